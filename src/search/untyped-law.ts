import type { SearchContext } from './context.ts';
import { untypedDescription } from './description-length.ts';
import { isExact } from './exactness.ts';
import { candidateOf, describeEntry } from './front.ts';
import type { FrontEntry } from './result.ts';

/** Nats by which a law must be shorter before the units that forbid it are doubted. */
const DOUBT_NATS = 10;

/** A law that the units forbid, and what it means for the choice. */
export interface UntypedLaw {
  readonly entry: FrontEntry;
  /** In words. */
  readonly note: string;
  /** True when it is exact and no law of the right dimension is: it is then the law of the data, whatever the units. */
  readonly prevails: boolean;
}

/** The law found without units, where it is better by far than the best of the right dimension. */
export function untypedLaw(context: SearchContext, typed: FrontEntry, scale: 'log' | 'linear'): UntypedLaw | undefined {
  const { untyped, objective, syntax } = context;
  if (!untyped) return undefined;
  // On another table than it was found on, a large one, it has another loss.
  const used = objective.usedRows;
  const { tree, loss } = objective.full(untyped.tree, 8);
  objective.usedRows = used;
  const law = candidateOf(typed);
  const gain = untypedDescription(law, typed.loss, objective) - untypedDescription(tree, loss, objective);
  if (!(gain > DOUBT_NATS)) return undefined;
  const entry = describeEntry({ tree, loss, complexity: syntax.complexity(tree) }, undefined, syntax, scale, objective);
  const prevails = isExact({ tree, loss }, objective) && !isExact({ tree: law, loss: typed.loss }, objective);
  const shorter = Number.isFinite(gain) ? ` (its description is ${gain.toPrecision(3)} nats shorter)` : '';
  const told = prevails ? '; it is exact, so that a unit must be wrong' : '';
  return { entry, prevails, note: `no law with these units; best without: ${entry.expression}${shorter}${told}` };
}
