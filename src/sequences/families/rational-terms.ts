import { Integer, Polynomial, Rational } from '../../numerics/index.ts';
import type { Recurrence } from '../recurrence.ts';

/**
 * The terms that follow the given ones, as fractions where the leading coefficient does not divide.
 *
 * @param values u(start), u(start + 1), ...; as many as the order at least
 * @returns `count` terms; undefined where the leading coefficient vanishes
 */
export function rationalTerms(
  { coefficients, constant }: Recurrence,
  values: readonly bigint[],
  start: number,
  count: number,
): Rational[] | undefined {
  const order = coefficients.length - 1;
  // The last terms over one denominator, which grows where a division leaves a rest.
  const window = order === 0 ? [] : values.slice(-order);
  let denominator = 1n;
  const found: Rational[] = [];
  for (let i = 0; i < count; i++) {
    const n = BigInt(start + values.length - order + i);
    let sum = Polynomial.evaluate(constant, n) * denominator;
    for (let j = 0; j < order; j++) {
      if (coefficients[j].length > 0) sum -= Polynomial.evaluate(coefficients[j], n) * window[j];
    }
    const leading = Polynomial.evaluate(coefficients[order], n);
    if (leading === 0n) return undefined;
    if (sum % leading !== 0n) {
      const factor = Integer.abs(leading / Integer.gcd(sum, leading));
      denominator *= factor;
      sum *= factor;
      for (let j = 0; j < order; j++) window[j] *= factor;
    }
    const next = sum / leading;
    found.push(Rational.of(next, denominator));
    window.push(next);
    window.shift();
  }
  return found;
}
