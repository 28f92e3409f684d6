import { Integer } from '../../../src/numerics/index.ts';

/** Reals as whole multiples of 2^-BITS: some 240 decimal places, the last few of them wrong. */
export const BITS = 800n;
export const ONE = 1n << BITS;

export type Real = bigint;

export const real = (num: number, den = 1): Real => (BigInt(num) << BITS) / BigInt(den);
export const times = (a: Real, b: Real): Real => (a * b) >> BITS;
export const over = (a: Real, b: Real): Real => (a << BITS) / b;
export const root = (a: Real): Real => Integer.sqrt(a << BITS);

/** exp, by halving the argument 32 times and squaring back. */
export function exp(x: Real): Real {
  const small = x >> 32n;
  let term = ONE;
  let sum = ONE;
  for (let k = 1n; term !== 0n && term !== -1n; k++) {
    term = times(term, small) / k;
    sum += term;
  }
  for (let i = 0; i < 32; i++) sum = times(sum, sum);
  return sum;
}

/** log of a positive real, by Newton on exp. */
export function log(x: Real): Real {
  const shift = BigInt(Integer.bitLength(x)) - BITS;
  const mantissa = shift >= 0n ? x >> shift : x << -shift;
  const ratio = over(mantissa - ONE, mantissa + ONE);
  return 2n * arcTangent(ratio, 1n) + shift * LOG2;
}

/** sum of s^k x^(2k + 1) / (2k + 1): artanh for s = 1, arctan for s = -1. */
export function arcTangent(x: Real, sign: 1n | -1n): Real {
  const square = times(x, x) * sign;
  let power = x;
  let sum = x;
  for (let k = 3n; power !== 0n && power !== -1n; k += 2n) {
    power = times(power, square);
    sum += power / k;
  }
  return sum;
}

export const LOG2: Real = 2n * arcTangent(ONE / 3n, 1n);
/** Machin: pi / 4 = 4 arctan(1/5) - arctan(1/239). */
export const PI: Real = 4n * (4n * arcTangent(ONE / 5n, -1n) - arcTangent(ONE / 239n, -1n));
export const E: Real = exp(ONE);

/** x^(num/den), x > 0. */
export const power = (x: Real, num: number, den: number): Real => exp((log(x) * BigInt(num)) / BigInt(den));

/** sin and cos, by their series. */
export function sine(x: Real): Real {
  return alternating(x, x, 2n);
}
export function cosine(x: Real): Real {
  return alternating(ONE, x, 1n);
}
function alternating(first: Real, x: Real, from: bigint): Real {
  let term = first;
  let sum = first;
  for (let k = from; term !== 0n && term !== -1n; k += 2n) {
    term = -times(term, times(x, x)) / (k * (k + 1n));
    sum += term;
  }
  return sum;
}

/** zeta(3) = 5/2 sum (-1)^(k-1) / (k^3 binomial(2k, k)). */
export function zeta3(): Real {
  let sum = 0n;
  let central = 1n;
  for (let k = 1n; k < 420n; k++) {
    central = (central * 2n * (2n * k - 1n)) / k;
    sum += (k % 2n === 1n ? ONE : -ONE) / (k ** 3n * central);
  }
  return (5n * sum) / 2n;
}

/** Catalan's constant: pi/8 log(2 + sqrt 3) + 3/8 sum 1 / ((2k + 1)^2 binomial(2k, k)). */
export function catalanConstant(): Real {
  let sum = 0n;
  let central = 1n;
  for (let k = 0n; k < 420n; k++) {
    if (k > 0n) central = (central * 2n * (2n * k - 1n)) / k;
    sum += ONE / ((2n * k + 1n) ** 2n * central);
  }
  return (times(PI, log(2n * ONE + root(3n * ONE))) + 3n * sum) / 8n;
}

/**
 * Euler's constant by Brent and McMillan: S / I - log n with I = sum (n^k / k!)^2, S the same with harmonic numbers;
 * the error is e^(-4n).
 */
export function eulerConstant(): Real {
  const n = 140n;
  let [term, harmonic] = [ONE << 500n, 0n];
  let [above, below] = [0n, term];
  for (let k = 1n; k < 1200n; k++) {
    term = (term * n * n) / (k * k);
    harmonic += ONE / k;
    above += times(term, harmonic);
    below += term;
  }
  return over(above, below) - log(n << BITS);
}

/** The first partial quotients of a positive real; good for some 200. */
export function continuedFraction(x: Real, count: number): bigint[] {
  const terms: bigint[] = [];
  let [a, b] = [x, ONE];
  while (terms.length < count && b !== 0n) {
    const whole = (a - Integer.modulo(a, b)) / b;
    terms.push(whole);
    [a, b] = [b, a - whole * b];
  }
  return terms;
}

/** The first digits that are not leading zeros. */
export function expansion(x: Real, count: number, base = 10): bigint[] {
  let scaled = Integer.abs(x);
  let places = 0;
  while (scaled >> BITS < BigInt(base) ** BigInt(count)) {
    scaled *= BigInt(base);
    places++;
    if (places > 4 * count + 400) break;
  }
  return (scaled >> BITS)
    .toString(base)
    .split('')
    .slice(0, count)
    .map((digit) => BigInt(Number.parseInt(digit, base)));
}
