/** An exact fraction [numerator, denominator] in lowest terms, denominator > 0. */
export type Rational = readonly [number, number];

/** Exponents of units beyond this have no use, and sums of them no exact fraction of small integers. */
export const LARGEST_NUMERATOR = 1000;
export const LARGEST_DENOMINATOR = 100;

function greatestCommonDivisor(a: number, b: number): number {
  let [x, y] = [Math.abs(a), Math.abs(b)];
  while (y !== 0) [x, y] = [y, x % y];
  return x;
}

/**
 * The fraction n / d in lowest terms; integers below 2^26.
 *
 * @example rational(2, -4) // [-1, 2]
 */
export function rational(numerator: number, denominator = 1): Rational {
  const divisor = greatestCommonDivisor(numerator, denominator) * Math.sign(denominator);
  return [numerator / divisor + 0, denominator / divisor];
}

/** The sum of two fractions. */
export function addRationals(a: Rational, b: Rational): Rational {
  if (a[1] === 1 && b[1] === 1) return [a[0] + b[0], 1];
  return rational(a[0] * b[1] + b[0] * a[1], a[1] * b[1]);
}

/** The product of two fractions. */
export function multiplyRationals(a: Rational, b: Rational): Rational {
  if (a[1] === 1 && b[1] === 1) return [a[0] * b[0] + 0, 1];
  return rational(a[0] * b[0], a[1] * b[1]);
}

/** Whether a fraction is small enough to be an exponent of a unit. */
export function isSmall([numerator, denominator]: Rational): boolean {
  return Math.abs(numerator) <= LARGEST_NUMERATOR && denominator <= LARGEST_DENOMINATOR;
}

const ROUNDING = 1e-13;

/**
 * The small fraction that a number stands for, to rounding; undefined when there is none.
 *
 * @example toRational(1 / 3) // [1, 3]
 */
export function toRational(value: number): Rational | undefined {
  for (let denominator = 1; denominator <= LARGEST_DENOMINATOR; denominator++) {
    const scaled = value * denominator;
    const numerator = Math.round(scaled);
    if (Math.abs(scaled - numerator) <= ROUNDING * Math.abs(scaled)) {
      return Math.abs(numerator) <= LARGEST_NUMERATOR ? [numerator + 0, denominator] : undefined;
    }
  }
  return undefined;
}

/**
 * An exponent as text: an integer, a short decimal, or a fraction in brackets.
 *
 * @example formatExponent([3, 2]) // '1.5'
 */
export function formatExponent([numerator, denominator]: Rational): string {
  if (denominator === 1) return String(numerator);
  if (denominator === 2 || denominator === 4 || denominator === 5) return String(numerator / denominator);
  return `(${numerator}/${denominator})`;
}
