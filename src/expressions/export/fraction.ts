/** A fraction in lowest terms with a positive denominator. */
export interface Fraction {
  readonly numerator: bigint;
  readonly denominator: bigint;
}

/**
 * The fraction that a finite double is, bit by bit.
 *
 * @example binaryFraction(-0.375) // { numerator: -3n, denominator: 8n }
 */
export function binaryFraction(value: number): Fraction {
  let scaled = value;
  let power = 0;
  while (!Number.isInteger(scaled)) {
    scaled *= 2;
    power++;
  }
  return reduced(BigInt(scaled), 1n << BigInt(power));
}

/**
 * The shortest decimal of a finite double as a fraction.
 *
 * @example decimalFraction(0.1) // { numerator: 1n, denominator: 10n }
 */
export function decimalFraction(value: number): Fraction {
  const [mantissa, exponent = '0'] = String(value).split('e');
  const [whole, digits = ''] = mantissa.split('.');
  const power = Number(exponent) - digits.length;
  const numerator = BigInt(whole + digits);
  return power >= 0 ? reduced(numerator * 10n ** BigInt(power), 1n) : reduced(numerator, 10n ** BigInt(-power));
}

function reduced(numerator: bigint, denominator: bigint): Fraction {
  let a = numerator < 0n ? -numerator : numerator;
  let b = denominator;
  while (b > 0n) [a, b] = [b, a % b];
  return { numerator: numerator / a, denominator: denominator / a };
}
