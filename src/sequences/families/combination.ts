import { primitive, Rational, rationalNullspace } from '../../numerics/index.ts';
import { bitsOf, integerBits } from '../bits.ts';
import type { Law, Problem } from '../law.ts';
import { sumText } from '../sum-text.ts';
import { columnsMatrix } from './integer-columns.ts';

/** A known function of n that may enter a sum. */
export interface Column {
  readonly text: string;
  readonly latex: string;
  readonly at: (n: number) => bigint;
}

/** Terms that the elimination sees beyond the number of functions; all of them are checked. */
const MOST_SPARE = 40;

/**
 * The rational combination of known functions that gives every term, when there is one.
 *
 * @param bits bits that name the functions among those that could have been taken
 * @param exceptions leading terms left out
 */
export function combinationOf(
  kind: string,
  problem: Problem,
  columns: readonly Column[],
  bits: number,
  exceptions = 0,
): Law | undefined {
  const values = problem.values.slice(exceptions);
  const first = problem.start + exceptions;
  const surplus = values.length - columns.length;
  if (surplus < 2) return undefined;
  const seen = values.slice(0, columns.length + MOST_SPARE);
  const known = columns.map(({ at }) => seen.map((_, i) => at(first + i)));
  const solution = rationalNullspace(columnsMatrix([...known, seen]), columns.length + 1).find(
    (vector) => vector[columns.length] !== 0n,
  );
  if (!solution) return undefined;
  const denominator = solution[columns.length];
  const factors = primitive(solution)
    .slice(0, -1)
    .map((value) => -value);
  const total = (n: number): bigint => {
    let sum = 0n;
    for (let c = 0; c < columns.length; c++) if (factors[c] !== 0n) sum += factors[c] * columns[c].at(n);
    return sum;
  };
  if (values.some((value, i) => value * denominator !== total(first + i))) return undefined;
  const initial = problem.values.slice(0, exceptions);
  return {
    kind,
    formula: sumText(columns, factors, denominator, false),
    latex: sumText(columns, factors, denominator, true),
    bits: bits + bitsOf(factors) + integerBits(denominator) + bitsOf(initial) + 4 * exceptions,
    surplus,
    reach: columns.length + exceptions,
    coefficients: [...factors, denominator],
    initial,
    extend: (count) =>
      Array.from({ length: count }, (_, i) => Rational.of(total(first + values.length + i), denominator)),
  };
}
