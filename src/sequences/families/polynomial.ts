import {
  interpolate,
  Polynomial,
  polynomialLatex,
  polynomialText,
  Rational,
  type RationalPolynomial,
} from '../../numerics/index.ts';
import { bitsOf, integerBits } from '../bits.ts';
import type { Family, Law } from '../law.ts';
import { normalizeRecurrence, type Recurrence } from '../recurrence.ts';

/** Differences at least that must vanish; one is weak evidence, which the confidence says. */
const SURPLUS = 1;
const MOST_EXCEPTIONS = 3;
const MOST_DEGREE = 60;

/** Polynomials in n, by differences; the first terms may lie outside. */
export const polynomial: Family = {
  name: 'polynomial',
  bits: 1,
  propose(problem) {
    for (let exceptions = 0; exceptions <= MOST_EXCEPTIONS; exceptions++) {
      const values = problem.values.slice(exceptions);
      const heads = headsOfDifferences(values);
      if (!heads) continue;
      return [lawOf(problem.start + exceptions, heads, values.length, problem.values.slice(0, exceptions))];
    }
    return [];
  },
};

/** The first entries of the difference rows, up to the one after which all vanish. */
function headsOfDifferences(values: readonly bigint[]): bigint[] | undefined {
  const heads: bigint[] = [];
  let row = [...values];
  while (heads.length <= MOST_DEGREE) {
    if (row.every((value) => value === 0n)) return row.length >= SURPLUS ? heads : undefined;
    if (row.length <= SURPLUS) return undefined;
    heads.push(row[0]);
    row = row.slice(1).map((value, i) => value - row[i]);
  }
  return undefined;
}

function lawOf(start: number, heads: readonly bigint[], terms: number, exceptions: readonly bigint[]): Law {
  const points = heads.map((_, i) => [Rational.of(start + i), Rational.of(binomialSum(heads, i))] as const);
  const formula = points.length > 0 ? interpolate(points) : { numerator: [], denominator: 1n };
  return {
    kind: 'polynomial',
    formula: withDenominator(formula, false) + (exceptions.length > 0 ? ` for n >= ${start}` : ''),
    latex: withDenominator(formula, true) + (exceptions.length > 0 ? `\\quad (n \\ge ${start})` : ''),
    bits: integerBits(BigInt(heads.length)) + bitsOf(heads) + bitsOf(exceptions) + 4 * exceptions.length,
    surplus: terms - heads.length,
    recurrence: { equations: stepOf(formula), from: start },
    reach: heads.length + exceptions.length,
    coefficients: [...formula.numerator, formula.denominator],
    initial: [...exceptions],
    extend: (count) => Array.from({ length: count }, (_, i) => Rational.of(binomialSum(heads, terms + i))),
  };
}

/** u(n + 1) - u(n) = p(n + 1) - p(n), over integers. */
function stepOf({ numerator, denominator }: RationalPolynomial): Recurrence {
  const step = Polynomial.subtract(Polynomial.shift(numerator, 1n), numerator);
  return normalizeRecurrence({ coefficients: [[-denominator], [denominator]], constant: step });
}

/** sum_k heads[k] binomial(i, k). */
export function binomialSum(heads: readonly bigint[], i: number): bigint {
  let sum = 0n;
  let binomial = 1n;
  for (let k = 0; k < heads.length && k <= i; k++) {
    sum += heads[k] * binomial;
    binomial = (binomial * BigInt(i - k)) / BigInt(k + 1);
  }
  return sum;
}

export function withDenominator({ numerator, denominator }: RationalPolynomial, latex: boolean): string {
  const text = latex ? polynomialLatex(numerator) : polynomialText(numerator);
  if (denominator === 1n) return text;
  if (latex) return `\\frac{${text}}{${denominator}}`;
  return numerator.filter((value) => value !== 0n).length > 1 ? `(${text})/${denominator}` : `${text}/${denominator}`;
}
