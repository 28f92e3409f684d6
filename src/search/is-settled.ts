import type { SearchContext } from './context.ts';
import { untypedDescription } from './description-length.ts';

/** Nats by which the last step of the front is the longer description, and steps that lie beyond the shortest. */
const SETTLED_NATS = 3;
const SETTLED_STEPS = 2;

/**
 * Whether larger laws fit the noise alone: the description of the front has a minimum well before its end.
 *
 * Where a law is exact but not found, every larger approximation still pays for itself, whatever units its constants
 * carry.
 */
export function isSettled({ hall, objective }: SearchContext): boolean {
  const lengths = hall.front().map(({ tree, loss }) => untypedDescription(tree, loss, objective));
  const shortest = Math.min(...lengths);
  const at = lengths.indexOf(shortest);
  return at < lengths.length - SETTLED_STEPS && lengths[lengths.length - 1] > shortest + SETTLED_NATS;
}
