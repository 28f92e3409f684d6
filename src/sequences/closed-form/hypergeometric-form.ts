import { integerRoots, Rational, solveRational } from '../../numerics/index.ts';
import {
  extendRecurrence,
  homogenizeRecurrence,
  type Recurrence,
  recurrenceOrder,
  requireSolution,
} from '../recurrence.ts';
import { type ClosedForm, type ClosedFormKind, PROOF } from './closed-form.ts';
import { hypergeometricSolutions, obeys } from './hyper.ts';
import {
  evaluateTerm,
  type HypergeometricTerm,
  hypergeometricTerm,
  lastSingularity,
  termLatex,
  termText,
} from './hypergeometric-term.ts';
import { joinTerms } from './notation.ts';
import type { RationalFunction } from './rational-function.ts';

/** A form that holds only so far from the first term is of no use. */
const FARTHEST = 400;

/**
 * A sequence as a sum of hypergeometric terms, where its recurrence has such solutions.
 *
 * Every term obeys the recurrence identically in n (substituted and reduced to 0); their sum agrees with the sequence
 * on as many terms as the order, beyond the last root of the leading coefficient. So both are equal from there on.
 *
 * @param recurrence with polynomial coefficients
 * @param terms u(start), ...: at least as many as the order
 * @param start index of the first term
 * @returns undefined when there is no such form
 * @throws DomainError "recurrence-broken", "not-an-integer" or "vanishing-leading-coefficient" when the recurrence does not continue the terms
 * @see M. Petkovsek, H. Wilf, D. Zeilberger, A = B, chapter 8
 * @example hypergeometricForm({ coefficients: [[-2n, -4n], [2n, 1n]], constant: [] }, [1n], 0)!.text // "binomial(2*n, n)/(n + 1)"
 * @example hypergeometricForm({ coefficients: [[-1n, -1n], [1n]], constant: [] }, [1n], 0)!.text // "n!"
 */
export function hypergeometricForm(
  recurrence: Recurrence,
  terms: readonly bigint[],
  start: number,
): ClosedForm | undefined {
  requireSolution(recurrence, terms, start);
  const plain = homogenizeRecurrence(recurrence);
  const order = recurrenceOrder(plain);
  const ratios: RationalFunction[] = [];
  const roots = integerRoots(plain.coefficients[order]);
  const free = roots.length > 0 ? Number(roots[roots.length - 1]) + 1 : start;
  for (const ratio of hypergeometricSolutions(plain)) {
    ratios.push(ratio);
    const last = ratios
      .map(lastSingularity)
      .reduce((a, b) => (b !== undefined && (a === undefined || b > a) ? b : a), undefined);
    const base = Math.max(start, 0, free, last === undefined ? start : Number(last) + 1);
    if (base - start > FARTHEST) return undefined;
    const form = combine(ratios, recurrence, terms, start, base, order);
    if (form !== undefined && ratios.every((one) => obeys(plain.coefficients, one))) return form;
    if (ratios.length > 2 * order) return undefined;
  }
  return undefined;
}

/** Constants that fit the terms at base, ..., base + order - 1. */
function combine(
  ratios: readonly RationalFunction[],
  recurrence: Recurrence,
  terms: readonly bigint[],
  start: number,
  base: number,
  order: number,
): ClosedForm | undefined {
  const missing = Math.max(0, base + order - start - terms.length);
  const all = [...terms, ...extendRecurrence(recurrence, terms, start, missing)];
  const units = ratios.map((ratio) => hypergeometricTerm(ratio, base, Rational.ONE));
  if (!units.every((unit) => unit !== undefined)) return undefined;
  const indices = Array.from({ length: order }, (_, place) => base + place);
  const values = indices.map((n) => units.map((unit) => evaluateTerm(unit, n)));
  if (!values.every((row): row is Rational[] => row.every((value) => value !== undefined))) return undefined;
  const right = indices.map((n) => Rational.of(all[n - start]));
  const weights = solveRational(values, right);
  if (weights === undefined) return undefined;
  const parts = units
    .map((unit, index) => ({ ...unit, constant: Rational.multiply(unit.constant, weights[index]) }))
    .filter(({ constant }) => constant.num !== 0n);
  let from = base;
  while (from > start && agrees(parts, from - 1, all[from - 1 - start])) from--;
  return {
    kind: kindOf(parts),
    text: joinTerms(parts.map(termText)),
    latex: joinTerms(parts.map(termLatex)),
    from,
    proof: PROOF,
    evaluate: (n) => sumAt(parts, n) ?? Rational.ZERO,
  };
}

/** Polynomials and powers are named as such, wherever they come from. */
function kindOf(parts: readonly HypergeometricTerm[]): ClosedFormKind {
  const plain = parts.every(({ pieces, rational }) => pieces.length === 0 && rational.denominator.length === 1);
  if (plain) return parts.every(({ base }) => Rational.equal(base, Rational.ONE)) ? 'polynomial' : 'c-finite';
  return parts.length > 1 ? 'hypergeometric-sum' : 'hypergeometric';
}

function sumAt(parts: readonly HypergeometricTerm[], n: number): Rational | undefined {
  let sum = Rational.ZERO;
  for (const part of parts) {
    const value = evaluateTerm(part, n);
    if (value === undefined) return undefined;
    sum = Rational.add(sum, value);
  }
  return sum;
}

function agrees(parts: readonly HypergeometricTerm[], n: number, term: bigint): boolean {
  const value = n < 0 ? undefined : sumAt(parts, n);
  return value !== undefined && Rational.equal(value, Rational.of(term));
}
