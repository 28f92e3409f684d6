import {
  hasNullVector,
  type IntegerPolynomial,
  Polynomial,
  primitive,
  type ResidueMatrix,
  rationalNullspace,
  residue,
} from '../../numerics/index.ts';
import { bitsOf, integerBits } from '../bits.ts';
import type { Family, Law, Problem } from '../law.ts';
import type { Recurrence } from '../recurrence.ts';
import { recurrenceLatex, recurrenceText } from '../recurrence-text.ts';
import { rationalTerms } from './rational-terms.ts';
import { type Shape, shapesFor, unknownsOf } from './recurrence-shapes.ts';

/** Equations at least beyond those that fix a recurrence. */
const SURPLUS = 2;
/** Shapes with this many coefficients more than the smallest that fits are looked at for a shorter law. */
const MORE_UNKNOWNS = 2;
/** Leading terms that may lie outside the recurrence. */
const MOST_EXCEPTIONS = 3;
/** Bits of the claim that a leading term lies outside, beside its own. */
export const EXCEPTION_BITS = 4;
/** Terms that the elimination sees; all of them are checked. */
const MOST_TERMS = 120;
/** Terms ahead at which a leading coefficient must not vanish. */
const AHEAD = 40;

/** sum_j p_j(n) u(n + j) = q(n), p_j and q polynomials. */
export const pRecursive: Family = {
  name: 'p-recursive',
  bits: 3,
  propose(problem) {
    const laws: Law[] = [];
    for (let exceptions = 0; exceptions <= MOST_EXCEPTIONS; exceptions++) {
      const found = proposeFrom(problem, exceptions);
      laws.push(...found);
      // Leading terms left out are a price that a law without them need not pay.
      if (found.length > 0 || problem.isOver()) break;
    }
    return laws;
  },
};

function proposeFrom(problem: Problem, exceptions: number): Law[] {
  const values = problem.values.slice(exceptions, exceptions + MOST_TERMS);
  const start = problem.start + exceptions;
  const residues = new Map<number, Float64Array>();
  const reduced = (p: number): Float64Array => {
    const known = residues.get(p);
    if (known) return known;
    const fresh = Float64Array.from(values, (value) => residue(value, p));
    residues.set(p, fresh);
    return fresh;
  };
  const { all, largest, within } = shapesFor(values.length, SURPLUS);
  const soluble = largest.map((shape) => {
    const matrix = matrixOf(shape, values.length - (shape.degrees.length - 1), start, reduced);
    return !problem.isOver() && hasNullVector(matrix);
  });
  const laws: Law[] = [];
  const seen = new Set<string>();
  let most = Infinity;
  for (let i = 0; i < all.length; i++) {
    if (!within[i].some((index) => soluble[index])) continue;
    const shape = all[i];
    const unknowns = unknownsOf(shape);
    if (unknowns > most || problem.isOver()) break;
    const rows = values.length - (shape.degrees.length - 1);
    for (const vector of rationalNullspace(matrixOf(shape, rows, start, reduced), 2)) {
      const recurrence = recurrenceOf(shape, vector);
      const law = recurrence && lawOf(problem, recurrence, exceptions, rows - (unknowns - 1));
      if (!law) continue;
      most = Math.min(most, unknowns + MORE_UNKNOWNS);
      if (seen.has(law.formula)) continue;
      seen.add(law.formula);
      laws.push(law);
    }
  }
  return laws;
}

/** Rows n, columns n^k u(n + j) and n^k. */
function matrixOf(shape: Shape, rows: number, start: number, reduced: (p: number) => Float64Array): ResidueMatrix {
  const columns = unknownsOf(shape);
  return {
    rows,
    columns,
    fill(entries, p) {
      const terms = reduced(p);
      for (let row = 0; row < rows; row++) {
        const n = (((start + row) % p) + p) % p;
        let at = row * columns;
        for (let j = 0; j < shape.degrees.length; j++) {
          let entry = terms[row + j];
          for (let k = 0; k <= shape.degrees[j]; k++) {
            entries[at++] = entry;
            entry = (entry * n) % p;
          }
        }
        let power = 1;
        for (let k = 0; k <= shape.constant; k++) {
          entries[at++] = power;
          power = (power * n) % p;
        }
      }
      return true;
    },
  };
}

function recurrenceOf({ degrees, constant }: Shape, vector: readonly bigint[]): Recurrence | undefined {
  let at = 0;
  const take = (degree: number): IntegerPolynomial => {
    const from = at;
    at += degree + 1;
    return Polynomial.trim(vector.slice(from, at));
  };
  const coefficients = degrees.map(take);
  // The vector adds up to 0 with q on the left.
  const last = Polynomial.negate(take(constant));
  return normalised(coefficients, last);
}

/** Without polynomials at the ends that are 0, and without a common factor; undefined where no u(n) is left to find. */
function normalised(coefficients: readonly IntegerPolynomial[], constant: IntegerPolynomial): Recurrence | undefined {
  let top = coefficients.length;
  while (top > 0 && Polynomial.isZero(coefficients[top - 1])) top--;
  if (top < 1) return undefined;
  return { coefficients: coefficients.slice(0, top), constant };
}

/** The law of a recurrence, when it gives every term after the initial ones. */
export function lawOf(
  { values, start }: Problem,
  recurrence: Recurrence,
  exceptions: number,
  surplus: number,
  kind = 'p-recursive',
): Law | undefined {
  const order = recurrence.coefficients.length - 1;
  const first = start + exceptions;
  const rows = values.length - exceptions - order;
  // Terms that no equation reads are exceptions too.
  const unread = recurrence.coefficients.findIndex((p) => p.length > 0);
  if (unread + exceptions > MOST_EXCEPTIONS) return undefined;
  const leading = recurrence.coefficients[order];
  for (let row = 0; row < rows + AHEAD; row++) {
    if (Polynomial.evaluate(leading, BigInt(first + row)) === 0n) return undefined;
  }
  for (let row = 0; row < rows; row++) if (!holds(recurrence, values, exceptions + row, first + row)) return undefined;
  const initial = values.slice(0, exceptions + order);
  const coefficients = [...recurrence.coefficients.flat(), ...recurrence.constant];
  return {
    kind,
    formula: recurrenceText(recurrence) + (exceptions > 0 ? ` for n >= ${first + order}` : ''),
    latex: recurrenceLatex(recurrence) + (exceptions > 0 ? `\\quad (n \\ge ${first + order})` : ''),
    bits: recurrenceBits(recurrence) + bitsOf(initial) + EXCEPTION_BITS * (exceptions + unread),
    surplus,
    recurrence: { equations: recurrence, from: first },
    reach: order + exceptions,
    coefficients,
    initial,
    extend: (count) => rationalTerms(recurrence, values.slice(exceptions), first, count),
  };
}

/** Whether the equation of index n holds, u(n) being values[at]. */
function holds({ coefficients, constant }: Recurrence, values: readonly bigint[], at: number, n: number): boolean {
  const index = BigInt(n);
  let sum = -Polynomial.evaluate(constant, index);
  for (let j = 0; j < coefficients.length; j++) {
    if (coefficients[j].length > 0) sum += Polynomial.evaluate(coefficients[j], index) * values[at + j];
  }
  return sum === 0n;
}

/** Bits of the polynomials, seen from the index where they are shortest. */
export function recurrenceBits({ coefficients, constant }: Recurrence): number {
  const order = coefficients.length - 1;
  const polynomials = [...coefficients, constant];
  const structure = integerBits(BigInt(order)) + polynomials.reduce((sum, p) => sum + integerBits(BigInt(p.length)), 0);
  let least = Infinity;
  for (let shift = -order - 1; shift <= 1; shift++) {
    const shifted = polynomials.map((p) => Polynomial.shift(p, BigInt(shift)));
    const flat = primitive(shifted.flat());
    least = Math.min(least, bitsOf(flat) + integerBits(BigInt(shift)));
  }
  return structure + least;
}
