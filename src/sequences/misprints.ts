import { independentColumns, Polynomial, primeAt, primitive, rationalNullspace } from '../numerics/index.ts';
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
  [1, 3],
  [1, 4],
  [5, 0],
];
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
  const systems = SHAPES.map((shape) => systemOf(problem, shape));
  for (let place = 0; place < values.length; place++) {
    if (problem.isOver()) break;
    const expected = recurrenceAt(problem, place, systems);
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

/** All equations of a shape. */
interface System {
  readonly order: number;
  readonly degree: number;
  /** Columns n^k u(n + j), one entry for each equation. */
  readonly columns: readonly (readonly bigint[])[];
  /** The same mod the first prime, row by row. */
  readonly residues: Float64Array;
}

function systemOf({ values, start }: Problem, [order, degree]: readonly [number, number]): System {
  const rows = Math.max(0, values.length - order);
  const columns: bigint[][] = [];
  for (let j = 0; j <= order; j++) {
    for (let k = 0; k <= degree; k++) {
      columns.push(Array.from({ length: rows }, (_, n) => BigInt(start + n) ** BigInt(k) * values[n + j]));
    }
  }
  const residues = new Float64Array(rows * columns.length);
  if (rows > 0) columnsMatrix(columns).fill(residues, primeAt(0));
  return { order, degree, columns, residues };
}

/** Whether the equations without the place may have a solution: mod a prime, which is quick. */
function maySolve({ columns, residues }: System, rows: readonly number[]): boolean {
  const width = columns.length;
  const entries = new Float64Array(rows.length * width);
  for (const [i, row] of rows.entries()) entries.set(residues.subarray(row * width, (row + 1) * width), i * width);
  return independentColumns({ rows: rows.length, columns: width, entries }, primeAt(0)) < width;
}

/** The term that a short recurrence has there, found from the equations without it. */
function recurrenceAt({ values, start }: Problem, place: number, systems: readonly System[]): bigint | undefined {
  for (const system of systems) {
    const { order, degree } = system;
    const width = system.columns.length;
    const rows: number[] = [];
    for (let n = 0; n + order < values.length; n++) if (place < n || place > n + order) rows.push(n);
    if (rows.length - (width - 1) < SURPLUS || !maySolve(system, rows)) continue;
    const columns = system.columns.map((column) => rows.map((n) => column[n]));
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
