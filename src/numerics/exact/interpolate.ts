import { DomainError } from '../../core/index.ts';
import { Integer } from './integer.ts';
import { type IntegerPolynomial, Polynomial } from './polynomial.ts';
import { Rational } from './rational.ts';

/** numerator(n) / denominator, denominator > 0 and without a common factor. */
export interface RationalPolynomial {
  readonly numerator: IntegerPolynomial;
  readonly denominator: bigint;
}

/**
 * The polynomial of lowest degree through the given points, by Newton's divided differences.
 *
 * @param points (x, y) with different x: shape [count >= 1]
 * @returns numerator / denominator with y_i = numerator(x_i) / denominator
 * @throws DomainError "repeated-point" when two x are equal
 * @example interpolate([0, 1, 2].map((x) => [Rational.of(x), Rational.of(x * (x + 1) / 2)])) // { numerator: [0n, 1n, 1n], denominator: 2n }
 */
export function interpolate(points: readonly (readonly [Rational, Rational])[]): RationalPolynomial {
  const nodes = points.map(([x]) => x);
  const differences = points.map(([, y]) => y);
  for (let order = 1; order < points.length; order++) {
    for (let index = points.length - 1; index >= order; index--) {
      const step = Rational.subtract(nodes[index], nodes[index - order]);
      if (step.num === 0n) {
        throw new DomainError('repeated-point', `two points at ${Rational.print(nodes[index])}`, 'give each x once');
      }
      differences[index] = Rational.divide(Rational.subtract(differences[index], differences[index - 1]), step);
    }
  }
  let coefficients: Rational[] = [];
  for (let index = points.length - 1; index >= 0; index--) {
    const shifted = [Rational.ZERO, ...coefficients];
    coefficients = shifted.map((value, power) =>
      Rational.subtract(value, Rational.multiply(nodes[index], coefficients[power] ?? Rational.ZERO)),
    );
    coefficients[0] = Rational.add(coefficients[0], differences[index]);
  }
  return overCommonDenominator(coefficients);
}

/**
 * Rational coefficients over one denominator.
 *
 * @param coefficients ascending
 * @example overCommonDenominator([Rational.of(1, 2), Rational.of(1, 3)]) // { numerator: [3n, 2n], denominator: 6n }
 */
export function overCommonDenominator(coefficients: readonly Rational[]): RationalPolynomial {
  const denominator = coefficients.reduce((common, { den }) => Integer.lcm(common, den), 1n);
  return { numerator: Polynomial.trim(coefficients.map(({ num, den }) => num * (denominator / den))), denominator };
}
