import { type Lift, liftBy, reconstructRational } from './chinese-remainder.ts';
import { Integer } from './integer.ts';
import { independentColumns, nullVectors } from './modular-matrix.ts';
import { primeAt } from './prime-field.ts';

/** A matrix over the rationals, known through its residues. */
export interface ResidueMatrix {
  readonly rows: number;
  readonly columns: number;
  /** Fills shape [rows, columns] with residues mod p; false when p divides a denominator. */
  fill(entries: Float64Array, p: number): boolean;
}

/** Primes after which a solution counts as too large: about 26 bits each. */
const MOST_PRIMES = 400;

/**
 * The null vectors of a rational matrix, as primitive integer vectors.
 *
 * Elimination mod p, the Chinese remainder theorem and rational reconstruction. A vector is answered only when one prime
 * more than it took confirms it. A prime that changes the pivots is an unlucky one and is passed over; where the first is
 * the unlucky one, the lift starts anew.
 *
 * @param most vectors asked for, the first ones by their last column that is not zero
 * @returns vectors of length `columns`, the last entry that is not zero positive; none where the columns are independent
 */
export function rationalNullspace(matrix: ResidueMatrix, most = 4): bigint[][] {
  const { rows, columns } = matrix;
  const entries = new Float64Array(rows * columns);
  let index = 0;
  const solved = (): { free: number; vector: Float64Array }[] => {
    do entries.fill(0);
    while (!matrix.fill(entries, primeAt(index++)) && index < MOST_PRIMES);
    return nullVectors({ rows, columns, entries }, primeAt(index - 1)).slice(0, most);
  };
  let first = solved();
  if (first.length === 0) return [];
  let lifts = first.map(({ vector }) => startOf(vector, primeAt(index - 1)));
  let guesses: (bigint[] | undefined)[] = lifts.map(reconstruct);
  while (index < MOST_PRIMES) {
    const fresh = solved();
    if (fresh.length === 0) return [];
    const p = primeAt(index - 1);
    const luck = compareShapes(first, fresh);
    if (luck > 0) {
      // The new prime knows more pivots: the ones before were unlucky.
      first = fresh;
      lifts = fresh.map(({ vector }) => startOf(vector, p));
      guesses = lifts.map(reconstruct);
      continue;
    }
    if (luck < 0) continue;
    if (guesses.every((guess, i) => guess && agrees(guess, fresh[i].vector, fresh[i].free, p))) {
      return guesses.map((guess) => guess as bigint[]);
    }
    lifts = lifts.map((lift, i) => liftBy(lift, p, fresh[i].vector));
    guesses = lifts.map((lift, i) => {
      const known = guesses[i];
      return known && agrees(known, fresh[i].vector, fresh[i].free, p) ? known : reconstruct(lift);
    });
  }
  return [];
}

/** Whether the columns depend on each other mod a prime: where they do not, no rational vector is left to find. */
export function hasNullVector(matrix: ResidueMatrix): boolean {
  const { rows, columns } = matrix;
  const entries = new Float64Array(rows * columns);
  if (!matrix.fill(entries, primeAt(0))) return true;
  return independentColumns({ rows, columns, entries }, primeAt(0)) < columns;
}

function startOf(vector: Float64Array, p: number): Lift {
  return { modulus: BigInt(p), residues: Array.from(vector, BigInt) };
}

/** Positive when the second has fewer null vectors, or others whose free columns stand further right. */
function compareShapes(first: readonly { free: number }[], fresh: readonly { free: number }[]): number {
  if (first.length !== fresh.length) return first.length - fresh.length;
  for (let i = 0; i < first.length; i++) if (first[i].free !== fresh[i].free) return fresh[i].free - first[i].free;
  return 0;
}

/** The primitive integer vector of the residues, when every entry is a fraction that fits. */
function reconstruct({ modulus, residues }: Lift): bigint[] | undefined {
  const fractions: { num: bigint; den: bigint }[] = [];
  let common = 1n;
  for (const r of residues) {
    const fraction = reconstructRational(r, modulus);
    if (!fraction) return undefined;
    fractions.push(fraction);
    common = (common / Integer.gcd(common, fraction.den)) * fraction.den;
  }
  return primitive(fractions.map(({ num, den }) => num * (common / den)));
}

/** Whether an integer vector is a multiple of the residues, that are 1 at the free column. */
function agrees(guess: readonly bigint[], vector: Float64Array, free: number, p: number): boolean {
  const prime = BigInt(p);
  const scale = guess[free];
  return guess.every((value, i) => (value - scale * BigInt(vector[i])) % prime === 0n);
}

/** Divides by the content; the last entry that is not zero becomes positive. */
export function primitive(vector: readonly bigint[]): bigint[] {
  let content = 0n;
  let last = 0n;
  for (const value of vector) {
    content = Integer.gcd(content, value);
    if (value !== 0n) last = value;
  }
  if (content === 0n) return [...vector];
  const divisor = last < 0n ? -content : content;
  return vector.map((value) => value / divisor);
}
