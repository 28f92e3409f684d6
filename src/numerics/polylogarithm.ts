import { DomainError, OptionError } from '../core/index.ts';

/** A complex number. */
export interface Complex {
  readonly re: number;
  readonly im: number;
}

const LARGEST_ORDER = 64;
/** Below this size the defining series is quick; up to its inverse the series in log z is. */
const SMALL = 0.5;
const ROUNDING = 1e-18;

/** Bernoulli numbers B_2, B_4, ...: numerator and denominator are exact floats as far as they are used. */
const BERNOULLI: readonly number[] = bernoulliNumbers(80);

/** zeta(2), zeta(3), ..., at n - 2. */
const ZETA: readonly number[] = Array.from({ length: LARGEST_ORDER - 1 }, (_, i) => zetaByEulerMaclaurin(i + 2));

/**
 * The Riemann zeta function at an integer other than 1, in f64.
 *
 * @throws OptionError "out-of-range" beyond -120 .. 64, and at the pole
 * @example zetaAtInteger(2) // 1.6449340668482264
 * @example zetaAtInteger(-1) // -0.08333333333333333
 */
export function zetaAtInteger(n: number): number {
  if (!(Number.isInteger(n) && n !== 1 && n >= -120 && n <= LARGEST_ORDER)) {
    throw new OptionError('out-of-range', 'n', `zeta at ${n}`, `give an integer from -120 to ${LARGEST_ORDER}, not 1`);
  }
  if (n >= 2) return ZETA[n - 2];
  if (n === 0) return -0.5;
  return n % 2 === 0 ? 0 : -BERNOULLI[(1 - n) / 2 - 1] / (1 - n);
}

/**
 * The polylogarithm Li_n(z) on its principal branch, cut along z > 1 where the value is that from below.
 *
 * The series in z inside |z| < 1/2; near the unit circle the series in log z with values of zeta; outside of |z| > 2 by
 * inversion, Li_n(z) = (-1)^(n-1) Li_n(1/z) - log(-z)^n / n! - 2 sum over even k of eta(k) log(-z)^(n-k) / (n-k)!.
 *
 * @param n order, 1 to 64
 * @param z an argument; Li_1 has a pole at 1
 * @returns relative error of the modulus about 1e-15
 * @throws OptionError "out-of-range" for other orders
 * @throws DomainError "not-finite" for arguments without a value
 * @see NIST Digital Library of Mathematical Functions, 25.12
 * @example polylogarithm(2, { re: 0.5, im: 0 }).re // 0.5822405264650125
 */
export function polylogarithm(n: number, z: Complex): Complex {
  if (!(Number.isInteger(n) && n >= 1 && n <= LARGEST_ORDER)) {
    throw new OptionError('out-of-range', 'n', `order ${n}`, `give a whole number from 1 to ${LARGEST_ORDER}`);
  }
  const { re, im } = z;
  const size = Math.hypot(re, im);
  if (!Number.isFinite(size) || (n === 1 && re === 1 && im === 0)) {
    throw new DomainError(
      'not-finite',
      `Li_${n} at ${re} + ${im} i`,
      'give a finite argument, for n = 1 other than 1',
      {
        n,
        re,
        im,
      },
    );
  }
  if (n === 1) {
    // log1p keeps what 1 - z loses for small z, and the difference what log1p loses near 1.
    const logarithm = size <= SMALL ? Math.log1p(re * re + im * im - 2 * re) / 2 : Math.log(Math.hypot(1 - re, im));
    return { re: -logarithm, im: im !== 0 ? Math.atan2(im, 1 - re) : re > 1 ? -Math.PI : 0 };
  }
  if (size <= SMALL) return powerSeries(n, re, im);
  if (size < 1 / SMALL) return logarithmicSeries(n, re, im, size);
  return inverted(n, re, im, size);
}

function powerSeries(n: number, re: number, im: number): Complex {
  let [sumRe, sumIm] = [re, im];
  let [powerRe, powerIm] = [re, im];
  for (let k = 2; k < 200; k++) {
    [powerRe, powerIm] = [powerRe * re - powerIm * im, powerRe * im + powerIm * re];
    const weight = k ** -n;
    const [a, b] = [powerRe * weight, powerIm * weight];
    sumRe += a;
    sumIm += b;
    if (Math.abs(a) + Math.abs(b) < ROUNDING * (Math.abs(sumRe) + Math.abs(sumIm))) break;
  }
  return { re: sumRe, im: sumIm };
}

/** sum over k other than n - 1 of zeta(n - k) m^k / k!, and m^(n-1) / (n-1)! (H_(n-1) - log(-m)), with m = log z. */
function logarithmicSeries(n: number, re: number, im: number, size: number): Complex {
  // log |z| by log1p where |z| is near 1.
  const x = Math.abs(size - 1) < 0.1 ? Math.log1p((re - 1) * (re + 1) + im * im) / 2 : Math.log(size);
  const y = Math.atan2(im, re);
  let [sumRe, sumIm] = [0, 0];
  let [powerRe, powerIm] = [1, 0];
  for (let k = 0; k < 150 && k <= n + 119; k++) {
    if (k > 0) [powerRe, powerIm] = [(powerRe * x - powerIm * y) / k, (powerRe * y + powerIm * x) / k];
    if (k === n - 1) {
      let harmonic = 0;
      for (let j = k; j >= 1; j--) harmonic += 1 / j;
      const modulus = Math.hypot(x, y);
      // m^(n-1) log(-m) tends to 0 at m = 0.
      const a = modulus === 0 ? 0 : harmonic - Math.log(modulus);
      const b = modulus === 0 ? 0 : -Math.atan2(y === 0 ? 0 : -y, -x);
      sumRe += powerRe * a - powerIm * b;
      sumIm += powerRe * b + powerIm * a;
      continue;
    }
    const zeta = zetaAtInteger(n - k);
    sumRe += zeta * powerRe;
    sumIm += zeta * powerIm;
    const term = Math.abs(zeta) * (Math.abs(powerRe) + Math.abs(powerIm));
    if (k > n && zeta !== 0 && term < ROUNDING * (Math.abs(sumRe) + Math.abs(sumIm))) break;
  }
  // The sum is real on 0 < z < 1 up to the zero of the argument.
  return { re: sumRe, im: im === 0 && re <= 1 ? 0 : sumIm };
}

function inverted(n: number, re: number, im: number, size: number): Complex {
  const inner = powerSeries(n, re / size / size, -im / size / size);
  const sign = n % 2 === 0 ? -1 : 1;
  // log(-z), with z below the cut when it is real: -z is then above.
  const [x, y] = [Math.log(size), Math.atan2(im === 0 ? 0 : -im, -re)];
  let [sumRe, sumIm] = [sign * inner.re, sign * inner.im];
  let [powerRe, powerIm] = [1, 0];
  for (let m = 0; m <= n; m++) {
    if (m > 0) [powerRe, powerIm] = [(powerRe * x - powerIm * y) / m, (powerRe * y + powerIm * x) / m];
    const k = n - m;
    if (k % 2 === 1) continue;
    const factor = k === 0 ? 1 : 2 * (1 - 2 ** (1 - k)) * ZETA[k - 2];
    sumRe -= factor * powerRe;
    sumIm -= factor * powerIm;
  }
  return { re: sumRe, im: im === 0 && re <= 1 ? 0 : sumIm };
}

/** B_2, B_4, ... from zeta, B_2k = (-1)^(k+1) 2 (2k)! zeta(2k) / (2 pi)^(2k). */
function bernoulliNumbers(count: number): number[] {
  const exact = [
    1 / 6,
    -1 / 30,
    1 / 42,
    -1 / 30,
    5 / 66,
    -691 / 2730,
    7 / 6,
    -3617 / 510,
    43_867 / 798,
    -174_611 / 330,
  ];
  const numbers: number[] = [];
  let factor = 2;
  for (let k = 1; k <= count; k++) {
    factor *= ((2 * k - 1) * (2 * k)) / (4 * Math.PI * Math.PI);
    if (k <= exact.length) numbers.push(exact[k - 1]);
    else {
      let zeta = 1;
      for (let j = 7; j >= 2; j--) zeta += j ** (-2 * k);
      numbers.push((k % 2 === 1 ? 1 : -1) * factor * zeta);
    }
  }
  return numbers;
}

function zetaByEulerMaclaurin(n: number): number {
  const terms = 12;
  let sum = terms ** (1 - n) / (n - 1) + terms ** -n / 2;
  let factor = n * terms ** (-n - 1);
  for (let k = 1; k <= 10; k++) {
    sum += (BERNOULLI[k - 1] * factor) / factorial(2 * k);
    factor *= (n + 2 * k - 1) * (n + 2 * k) * terms ** -2;
  }
  for (let j = terms - 1; j >= 1; j--) sum += j ** -n;
  return sum;
}

function factorial(n: number): number {
  let product = 1;
  for (let k = 2; k <= n; k++) product *= k;
  return product;
}
