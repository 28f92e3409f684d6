/**
 * A number of the normal form: an f64, or a fraction of integers that f64 cannot hold, such as 1/3.
 *
 * Integers below 2^53 and fractions of them are exact. A result that leaves that range is rounded to
 * f64; one that leaves f64, or loses digits to underflow, is refused, and the caller keeps the
 * operation as it was written.
 */
export type Coefficient = number | Fraction;

/** In lowest terms; the denominator is above 1 and no power of two. */
export class Fraction {
  constructor(
    readonly numerator: number,
    readonly denominator: number,
  ) {}
}

/** Thrown where no coefficient can hold a result. One object: the stack is of no interest. */
export const UNREPRESENTABLE = { reason: 'no coefficient can hold this number' };

const SMALLEST_NORMAL = 2.2250738585072014e-308;
/** Decimals with this many binary places count as exact fractions: 0.5, 2.25. */
const DYADIC = 1024;

function greatestCommonDivisor(a: number, b: number): number {
  let x = Math.abs(a);
  let y = Math.abs(b);
  while (y !== 0) {
    const rest = x % y;
    x = y;
    y = rest;
  }
  return x;
}

function isPowerOfTwo(value: number): boolean {
  return Number.isInteger(Math.log2(value));
}

/** numerator / denominator, exact when both are safe integers. */
export function ratio(numerator: number, denominator: number): Coefficient {
  if (!Number.isSafeInteger(numerator) || !Number.isSafeInteger(denominator)) return checked(numerator / denominator);
  const divisor = greatestCommonDivisor(numerator, denominator) * Math.sign(denominator);
  const n = numerator / divisor;
  const d = denominator / divisor;
  return isPowerOfTwo(d) ? n / d : new Fraction(n, d);
}

function checked(value: number): number {
  if (!Number.isFinite(value) || Math.abs(value) < SMALLEST_NORMAL) throw UNREPRESENTABLE;
  return value;
}

export function toNumber(a: Coefficient): number {
  return typeof a === 'number' ? a : a.numerator / a.denominator;
}

/** The number as a fraction of integers, or null when it is no short one. */
function exact(a: Coefficient): { numerator: number; denominator: number } | null {
  if (typeof a !== 'number') return a;
  if (Number.isSafeInteger(a)) return { numerator: a, denominator: 1 };
  const scaled = a * DYADIC;
  return Number.isSafeInteger(scaled) ? { numerator: scaled, denominator: DYADIC } : null;
}

export function addCoefficients(a: Coefficient, b: Coefficient): Coefficient {
  if (typeof a === 'number' && typeof b === 'number') {
    const sum = a + b;
    if (!Number.isFinite(sum)) throw UNREPRESENTABLE;
    return sum + 0;
  }
  const x = exact(a);
  const y = exact(b);
  if (x && y) {
    const left = x.numerator * y.denominator;
    const right = y.numerator * x.denominator;
    const denominator = x.denominator * y.denominator;
    if (Number.isSafeInteger(left) && Number.isSafeInteger(right) && Number.isSafeInteger(left + right)) {
      if (left + right === 0) return 0;
      if (Number.isSafeInteger(denominator)) return ratio(left + right, denominator);
    }
  }
  return toNumber(a) + toNumber(b) + 0;
}

export function multiplyCoefficients(a: Coefficient, b: Coefficient): Coefficient {
  if (a === 1) return b;
  if (b === 1) return a;
  if (a === 0 || b === 0) return 0;
  if (a === -1) return negate(b);
  if (b === -1) return negate(a);
  if (typeof a === 'number' && typeof b === 'number') return checked(a * b);
  const x = exact(a);
  const y = exact(b);
  if (x && y) {
    const numerator = x.numerator * y.numerator;
    const denominator = x.denominator * y.denominator;
    if (Number.isSafeInteger(numerator) && Number.isSafeInteger(denominator)) return ratio(numerator, denominator);
  }
  // Times the numerator first: -0.03 * 2/3 is -0.02 then, as -0.03 / 1.5 is.
  if (typeof a === 'number') return checked((a * (b as Fraction).numerator) / (b as Fraction).denominator);
  if (typeof b === 'number') return checked((b * a.numerator) / a.denominator);
  return checked(toNumber(a) * toNumber(b));
}

export function negate(a: Coefficient): Coefficient {
  return typeof a === 'number' ? 0 - a : new Fraction(-a.numerator, a.denominator);
}

export function isNegative(a: Coefficient): boolean {
  return typeof a === 'number' ? a < 0 : a.numerator < 0;
}

export function isInteger(a: Coefficient): boolean {
  return typeof a === 'number' && Number.isInteger(a);
}

export function isEven(a: Coefficient): boolean {
  return typeof a === 'number' && a % 2 === 0;
}

export function equalCoefficients(a: Coefficient, b: Coefficient): boolean {
  if (typeof a === 'number' || typeof b === 'number') return a === b;
  return a.numerator === b.numerator && a.denominator === b.denominator;
}

export function coefficientKey(a: Coefficient): string {
  return typeof a === 'number' ? `${a}` : `${a.numerator}/${a.denominator}`;
}

/** a^b for an integer b, or for any b when a > 0. Exact where the result is a fraction of safe integers. */
export function powerOfCoefficient(a: Coefficient, b: Coefficient): Coefficient {
  if (a === 1) return 1;
  const fraction = exact(a);
  const power = toNumber(b);
  if (fraction) {
    const numerator = exactPower(fraction.numerator, Math.abs(power));
    const denominator = exactPower(fraction.denominator, Math.abs(power));
    if (numerator !== null && denominator !== null) {
      return power < 0 ? ratio(denominator, numerator) : ratio(numerator, denominator);
    }
  }
  return checked(toNumber(a) ** power);
}

/** base^power when that is a safe integer for certain, else null. */
function exactPower(base: number, power: number): number | null {
  const result = base ** power;
  if (!Number.isSafeInteger(result)) return null;
  if (Number.isInteger(power)) return result;
  // A root that rounds to an integer is exact when the integer, raised back, gives the base.
  return base > 0 && Number.isInteger(1 / power) && result ** (1 / power) === base ? result : null;
}

/** True when b is such that a^b is exact. */
export function isExactPower(a: Coefficient, b: Coefficient): boolean {
  const fraction = exact(a);
  const power = Math.abs(toNumber(b));
  return (
    fraction !== null &&
    exactPower(fraction.numerator, power) !== null &&
    exactPower(fraction.denominator, power) !== null
  );
}

/** The largest exact number that divides both, positive; null when one of them is not exact. */
export function commonDivisor(a: Coefficient, b: Coefficient): Coefficient | null {
  const x = exact(a);
  const y = exact(b);
  if (!x || !y) return null;
  const left = x.numerator * y.denominator;
  const right = y.numerator * x.denominator;
  const denominator = x.denominator * y.denominator;
  if (![left, right, denominator].every(Number.isSafeInteger)) return null;
  return ratio(greatestCommonDivisor(left, right), denominator);
}
