import { interpolate, Polynomial, primitive, Rational, rationalNullspace } from '../numerics/index.ts';
import { integerBits } from './bits.ts';
import { cFinite } from './families/c-finite.ts';
import { columnsMatrix } from './families/integer-columns.ts';
import { pRecursive } from './families/p-recursive.ts';
import { polynomial } from './families/polynomial.ts';
import type { Law, Problem } from './law.ts';

/** A law that meets every term but one. */
export interface Misprint {
  readonly law: Law;
  /** Place of the term among the given ones, from 0. */
  readonly place: number;
  readonly expected: bigint;
}

/** Orders and degrees of the recurrences that are looked for with a term left open. */
const SHAPES: readonly (readonly [order: number, degree: number])[] = [
  [1, 0],
  [2, 0],
  [1, 1],
  [3, 0],
  [1, 2],
  [2, 1],
  [4, 0],
];
const MOST_DEGREE = 4;
const SURPLUS = 3;
/** Terms at most in which a misprint is looked for. */
const MOST_TERMS = 80;

/**
 * Laws that all terms but one obey, for each place of the one: what a misprint leaves behind.
 *
 * The law is looked for among the equations that the term does not enter; they give the term that was meant.
 */
export function misprintsOf(problem: Problem): Misprint[] {
  const { values } = problem;
  const found: Misprint[] = [];
  if (values.length < 8 || values.length > MOST_TERMS) return found;
  for (let place = 0; place < values.length; place++) {
    if (problem.isOver()) break;
    const expected = polynomialAt(values, place) ?? recurrenceAt(problem, place);
    if (expected === undefined || expected === values[place]) continue;
    const repaired = { ...problem, values: values.with(place, expected) };
    const laws = [polynomial, cFinite, pRecursive].flatMap((family) =>
      family.propose(repaired).map((law) => ({ ...law, bits: law.bits + family.bits })),
    );
    if (laws.length === 0) continue;
    const best = laws.reduce((a, b) => (b.bits < a.bits ? b : a));
    // The place, and what was printed instead.
    const price = Math.log2(values.length) + integerBits(values[place] - expected) + 2;
    found.push({ law: { ...best, bits: best.bits + price }, place, expected });
  }
  return found;
}

/** The term that a polynomial through all others has there. */
function polynomialAt(values: readonly bigint[], place: number): bigint | undefined {
  const others = values.flatMap((value, n) => (n === place ? [] : [[Rational.of(n), Rational.of(value)] as const]));
  for (let degree = 0; degree <= MOST_DEGREE && degree + 1 + SURPLUS <= others.length; degree++) {
    const { numerator, denominator } = interpolate(others.slice(0, degree + 1));
    const fits = others.every(([n, { num }]) => Polynomial.evaluate(numerator, n.num) === num * denominator);
    if (!fits) continue;
    const value = Polynomial.evaluate(numerator, BigInt(place));
    return value % denominator === 0n ? value / denominator : undefined;
  }
  return undefined;
}

/** The term that a short recurrence has there, found from the equations without it. */
function recurrenceAt({ values, start }: Problem, place: number): bigint | undefined {
  for (const [order, degree] of SHAPES) {
    const width = (order + 1) * (degree + 1);
    const rows: number[] = [];
    for (let n = 0; n + order < values.length; n++) if (place < n || place > n + order) rows.push(n);
    if (rows.length - (width - 1) < SURPLUS) continue;
    const columns: bigint[][] = [];
    for (let j = 0; j <= order; j++) {
      for (let k = 0; k <= degree; k++) columns.push(rows.map((n) => BigInt(start + n) ** BigInt(k) * values[n + j]));
    }
    const vector = rationalNullspace(columnsMatrix(columns), 1)[0];
    if (!vector) continue;
    const coefficients = primitive(vector);
    const at = (j: number, n: number): bigint =>
      Polynomial.evaluate(coefficients.slice(j * (degree + 1), (j + 1) * (degree + 1)), BigInt(start + n));
    // The first equation with the term in it.
    for (let n = Math.max(0, place - order); n <= place && n + order < values.length; n++) {
      const own = at(place - n, n);
      if (own === 0n) continue;
      let sum = 0n;
      for (let j = 0; j <= order; j++) if (n + j !== place) sum -= at(j, n) * values[n + j];
      return sum % own === 0n ? sum / own : undefined;
    }
  }
  return undefined;
}
