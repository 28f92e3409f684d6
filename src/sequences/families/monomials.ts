import { primitive, Rational, rationalNullspace } from '../../numerics/index.ts';
import { bitsOf } from '../bits.ts';
import type { Law, Problem } from '../law.ts';
import { sumText } from '../sum-text.ts';
import { columnsMatrix } from './integer-columns.ts';

/** A monomial in the terms, that a relation may contain. */
export interface Monomial {
  readonly text: string;
  readonly latex: string;
}

/** Monomials whose vanishing sum is looked for, the cheap ones first. */
export interface Ansatz {
  readonly kind: string;
  readonly monomials: readonly Monomial[];
  /**
   * Values of the monomials, column by column: shape [monomials, equations].
   *
   * Equation i may only see terms up to some index that grows with i, and the newest of them linearly.
   */
  evaluate(terms: readonly bigint[]): bigint[][];
  /** Bits that name the ansatz. */
  readonly bits: number;
  /** Terms that the equations need before the first: counted as given. */
  readonly initial: number;
}

const SURPLUS = 2;
/** Last terms that a relation among series must give from those before: not every term enters an equation. */
const CHECKED = 3;
/** Terms that the elimination sees, and terms beyond which relations are not looked for. */
const MOST_SEEN = 60;
const MOST_TERMS = 1000;
/** Equations that are looked at, at most, for the one that fixes the next term. */
const AHEAD = 12;

/** The relation among the monomials that every equation meets, when there is one. */
export function relationOf(ansatz: Ansatz, { values }: Problem, relation = ' = 0'): Law | undefined {
  if (values.length > MOST_TERMS) return undefined;
  const all = ansatz.evaluate(values.slice(0, MOST_SEEN));
  const equations = all[0].findLastIndex((_, row) => all.some((column) => column[row] !== 0n)) + 1;
  // The first null vector ends at the first monomial that depends on those before it: the list is in order of price.
  const columns = all.slice(0, equations - SURPLUS + 1);
  if (columns.length < 2) return undefined;
  const found = rationalNullspace(columnsMatrix(columns), 1)[0];
  if (!found) return undefined;
  const vector = primitive(found);
  const end = vector.findLastIndex((value) => value !== 0n);
  const surplus = equations - end;
  const used = vector.filter((value) => value !== 0n).length;
  if (used < 2) return undefined;
  if (values.length > MOST_SEEN && !residuals(vector, ansatz.evaluate(values)).every((sum) => sum === 0n))
    return undefined;
  const given = free(ansatz, vector, values);
  if (given === undefined) return undefined;
  // A relation among neighbours may leave terms open, where the factor of the newest one vanishes.
  const known = ansatz.initial > 0 ? given : Math.max(given, values.length - CHECKED);
  const last = extend(ansatz, vector, values.slice(0, known), values.length - known);
  if (!last?.every(({ num }, i) => num === values[known + i])) return undefined;
  return {
    kind: ansatz.kind,
    formula: sumText(ansatz.monomials, vector, 1n, false) + relation,
    latex: sumText(ansatz.monomials, vector, 1n, true) + relation,
    bits: ansatz.bits + bitsOf(vector.slice(0, end + 1)) + bitsOf(values.slice(0, given)),
    surplus: Math.min(surplus, values.length - given),
    reach: end + given,
    coefficients: vector,
    initial: values.slice(0, given),
    extend: (count) => extend(ansatz, vector, values, count),
  };
}

/** How many leading terms the relation does not give; undefined where it gives none of the later half. */
function free(ansatz: Ansatz, vector: readonly bigint[], values: readonly bigint[]): number | undefined {
  for (let given = ansatz.initial; given <= values.length / 2; given++) {
    const next = extend(ansatz, vector, values.slice(0, given), 1);
    if (next?.[0].den === 1n && next[0].num === values[given]) return given;
  }
  return undefined;
}

/**
 * The terms that follow, each from the first equation that it enters, linearly.
 *
 * @returns undefined where no equation fixes a term, or where a term is no integer
 */
function extend(
  ansatz: Ansatz,
  vector: readonly bigint[],
  given: readonly bigint[],
  count: number,
): Rational[] | undefined {
  const terms = [...given];
  const found: Rational[] = [];
  while (found.length < count) {
    const next = nextTerm(ansatz, vector, terms);
    if (next === undefined) return undefined;
    terms.push(next);
    found.push(Rational.of(next));
  }
  return found;
}

function nextTerm(ansatz: Ansatz, vector: readonly bigint[], terms: readonly bigint[]): bigint | undefined {
  // Terms after the unknown one are set to 0: an equation is of use only while they do not enter.
  const padded = (next: bigint, filler: bigint): bigint[] => [...terms, next, ...new Array<bigint>(AHEAD).fill(filler)];
  const at = (next: bigint, filler: bigint): bigint[] => residuals(vector, ansatz.evaluate(padded(next, filler)));
  const [zero, one, two, other] = [at(0n, 0n), at(1n, 0n), at(2n, 0n), at(0n, 1n)];
  for (let i = 0; i < zero.length; i++) {
    if (zero[i] !== other[i]) return undefined;
    const slope = one[i] - zero[i];
    if (slope === 0n && two[i] === zero[i]) continue;
    // Linear in the unknown, or of no use.
    if (two[i] - one[i] !== slope || slope === 0n) return undefined;
    if (zero[i] % slope !== 0n) return undefined;
    return -zero[i] / slope;
  }
  return undefined;
}

function residuals(vector: readonly bigint[], columns: readonly (readonly bigint[])[]): bigint[] {
  return columns[0].map((_, row) => {
    let sum = 0n;
    for (let c = 0; c < vector.length; c++) if (vector[c] !== 0n) sum += vector[c] * columns[c][row];
    return sum;
  });
}
