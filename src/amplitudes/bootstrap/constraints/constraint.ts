import type { RandomStream } from '../../../core/index.ts';
import { inverseMod } from '../../../numerics/index.ts';
import type { Alphabet } from '../../alphabet.ts';
import type { Candidates, Equations } from '../candidates.ts';
import type { Place } from '../probes.ts';
import type { Train } from '../train.ts';

/** What a constraint may look at. */
export interface LoopContext {
  readonly alphabet: Alphabet;
  /** The loop order whose symbol is sought. */
  readonly loops: number;
  readonly p: number;
  readonly random: RandomStream;
  /** lower[l]: the symbol at l loops, l = 1 .. loops - 1. */
  readonly lower: readonly (Train | undefined)[];
}

/** A physical condition on the symbol at one loop order: a row of the table of constraints. */
export interface Constraint {
  readonly name: string;
  /** What it says, in words. */
  readonly title: string;
  equations(candidates: Candidates, context: LoopContext): Equations;
}

/** Equations more than unknowns, so that random ones are as good as all. */
const SURPLUS = 20;

/** How many random equations fix candidates. */
export function probeCount({ normalisation }: Candidates): number {
  return normalisation.length + SURPLUS;
}

/** Random residues, shape [rows, probes]. */
export function randomPlace(rows: number, probes: number, { random, p }: LoopContext): Place {
  return Uint32Array.from({ length: rows * probes }, () => 1 + Math.floor(random.uniform() * (p - 1)));
}

/** The residue of a whole or half number. */
export function halfResidue(value: number, p: number): number {
  const doubled = ((Math.round(2 * value) % p) + p) % p;
  return (doubled * inverseMod(2, p)) % p;
}

/** The same weights for every probe. @param weights a number for letters by name; whole or half */
export function fixedPlace(
  alphabet: Alphabet,
  weights: Readonly<Record<string, number>>,
  probes: number,
  p: number,
): Place {
  const place = new Uint32Array(alphabet.size * probes);
  for (const [name, weight] of Object.entries(weights)) {
    const at = alphabet.letter(name) * probes;
    place.fill(halfResidue(weight, p), at, at + probes);
  }
  return place;
}
