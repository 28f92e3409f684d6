import { type IntegerPolynomial, Polynomial } from '../../numerics/index.ts';

/** numerator(n) / denominator(n). */
export interface RationalFunction {
  readonly numerator: IntegerPolynomial;
  readonly denominator: IntegerPolynomial;
}

/**
 * A quotient of integer polynomials in lowest terms, denominator's leading coefficient positive.
 *
 * @param denominator not zero
 * @example rationalFunction([0n, 2n], [0n, 0n, -4n]) // { numerator: [-1n], denominator: [0n, 2n] }
 */
export function rationalFunction(numerator: IntegerPolynomial, denominator: IntegerPolynomial): RationalFunction {
  const divisor = Polynomial.scale(
    Polynomial.gcd(numerator, denominator),
    Polynomial.leading(denominator) < 0n ? -1n : 1n,
  );
  return {
    numerator: Polynomial.exactQuotient(numerator, divisor)!,
    denominator: Polynomial.exactQuotient(denominator, divisor)!,
  };
}

/** The product of rational functions to whole powers, in lowest terms. */
export function multiplyRational(
  parts: readonly { readonly value: RationalFunction; readonly exponent: number }[],
): RationalFunction {
  let [numerator, denominator]: IntegerPolynomial[] = [[1n], [1n]];
  for (const { value, exponent } of parts) {
    const [above, below] = exponent < 0 ? [value.denominator, value.numerator] : [value.numerator, value.denominator];
    numerator = Polynomial.multiply(numerator, Polynomial.power(above, Math.abs(exponent)));
    denominator = Polynomial.multiply(denominator, Polynomial.power(below, Math.abs(exponent)));
  }
  return rationalFunction(numerator, denominator);
}
