import {
  factorPolynomial,
  type IntegerPolynomial,
  Polynomial,
  polynomialLatex,
  polynomialText,
} from '../../numerics/index.ts';
import type { Recurrence } from '../recurrence.ts';
import { minimalCharacteristic } from './characteristic.ts';
import { joinTerms } from './notation.ts';

/** numerator(x) / denominator(x) = sum_{n >= start} u(n) x^n, in lowest terms, denominator(0) > 0. */
export interface RationalGeneratingFunction {
  readonly numerator: IntegerPolynomial;
  readonly denominator: IntegerPolynomial;
  readonly text: string;
  readonly latex: string;
}

/**
 * The generating function of a sequence with a constant-coefficient recurrence.
 *
 * sum_{n >= start} u(n) x^n = P(x) / Q(x), Q the least characteristic polynomial read backwards.
 *
 * @param recurrence with constant coefficients
 * @param terms u(start), ...: at least as many as the order
 * @param start index of the first term, >= 0
 * @returns undefined when the coefficients are not constant, or start < 0
 * @example rationalGeneratingFunction({ coefficients: [[-1n], [-1n], [1n]], constant: [] }, [0n, 1n], 0)!.text // "x/(1 - x - x^2)"
 */
export function rationalGeneratingFunction(
  recurrence: Recurrence,
  terms: readonly bigint[],
  start: number,
): RationalGeneratingFunction | undefined {
  const characteristic = start < 0 ? undefined : minimalCharacteristic(recurrence, terms, start);
  if (characteristic === undefined) return undefined;
  const chi = characteristic.factors.reduce(
    (product, { factor, multiplicity }) => Polynomial.multiply(product, Polynomial.power(factor, multiplicity)),
    [1n] as IntegerPolynomial,
  );
  let denominator: IntegerPolynomial = [...chi].reverse();
  const length = Polynomial.degree(chi) + characteristic.base - start;
  const first = characteristic.terms.slice(0, length);
  const product = Polynomial.multiply(denominator, Polynomial.trim(first)).slice(0, length);
  const delayed = [...new Array<bigint>(start).fill(0n), ...product];
  const numerator = Polynomial.trim(delayed);
  if (numerator.length === 0) denominator = [1n];
  const sign = denominator[0] < 0n ? -1n : 1n;
  return write(Polynomial.scale(numerator, sign), Polynomial.scale(denominator, sign));
}

function write(numerator: IntegerPolynomial, denominator: IntegerPolynomial): RationalGeneratingFunction {
  return {
    numerator,
    denominator,
    text: quotient(numerator, denominator, 'text'),
    latex: quotient(numerator, denominator, 'latex'),
  };
}

function quotient(numerator: IntegerPolynomial, denominator: IntegerPolynomial, format: 'text' | 'latex'): string {
  const above = ascending(numerator, format);
  if (denominator.length === 1 && denominator[0] === 1n) return above;
  const below = product(denominator, format);
  if (format === 'latex') return `\\frac{${above}}{${below}}`;
  const bare = (text: string) => (/^(\d+|x(\^\d+)?|\([^()]*\)(\^\d+)?)$/.test(text) ? text : `(${text})`);
  return `${numerator.filter((value) => value !== 0n).length > 1 ? `(${above})` : above}/${bare(below)}`;
}

/** Factors with a positive constant, as in (1 - x)^2*(1 - 2*x). */
function product(p: IntegerPolynomial, format: 'text' | 'latex'): string {
  const parts = factorPolynomial(p).factors.map(({ factor, multiplicity }) => {
    const text = ascending(factor[0] < 0n ? Polynomial.negate(factor) : factor, format);
    return multiplicity > 1 ? `(${text})^${format === 'text' ? multiplicity : `{${multiplicity}}`}` : `(${text})`;
  });
  const content = Polynomial.content(p);
  if (content !== 1n || parts.length === 0) parts.unshift(content.toString());
  if (parts.length === 1) return format === 'latex' ? parts[0].replace(/^\((.*)\)$/, '$1') : parts[0];
  return parts.join(format === 'text' ? '*' : ' ');
}

/** Series are read from the lowest power up. */
function ascending(p: IntegerPolynomial, format: 'text' | 'latex'): string {
  const print = format === 'text' ? polynomialText : polynomialLatex;
  return joinTerms(p.map((value, power) => print([...new Array<bigint>(power).fill(0n), value], 'x')));
}
