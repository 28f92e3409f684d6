import { erf, gamma } from './special-functions.ts';

/** Coefficients of 1/a, 1/a^3, ... in log gamma(a) - ((a - 1/2) log a - a + log(2 pi) / 2): Bernoulli numbers. */
const STIRLING_SERIES = [1 / 12, -1 / 360, 1 / 1260, -1 / 1680, 1 / 1188];
/** From here on the series is exact to rounding, and gamma by itself would overflow soon. */
const LARGE_SHAPE = 20;
const MOST_TERMS = 100_000;
const TINY = 1e-300;

/** d - log(1 + d) for d = x / a - 1, without cancellation near 0. */
function logarithmicGap(x: number, a: number): number {
  const d = (x - a) / a;
  if (Math.abs(d) > 0.5) return d - Math.log(x / a);
  const v = d / (2 + d);
  const square = v * v;
  let sum = 0;
  for (let k = 27; k >= 3; k -= 2) sum = sum * square + 1 / k;
  return d * v - 2 * v * square * sum;
}

/** x^a e^-x / gamma(a). */
function gammaDensity(a: number, x: number): number {
  if (a < LARGE_SHAPE) {
    const root = x ** (a / 2) * Math.exp(-x / 2);
    return (root * root) / gamma(a);
  }
  const inverse = 1 / a;
  let correction = 0;
  for (let k = STIRLING_SERIES.length - 1; k >= 0; k--) {
    correction = correction * inverse * inverse + STIRLING_SERIES[k];
  }
  return Math.sqrt(a / (2 * Math.PI)) * Math.exp(-a * logarithmicGap(x, a) - correction * inverse);
}

/** P(a, x) / (x^a e^-x / gamma(a)) by its power series. */
function lowerSeries(a: number, x: number): number {
  let term = 1 / a;
  let sum = term;
  for (let k = 1; k < MOST_TERMS; k++) {
    term *= x / (a + k);
    sum += term;
    if (term < sum * 2 ** -54) break;
  }
  return sum;
}

/** Q(a, x) / (x^a e^-x / gamma(a)) by its continued fraction, in Lentz's form. */
function upperFraction(a: number, x: number): number {
  let b = x + 1 - a;
  let c = 1 / TINY;
  let d = 1 / b;
  let value = d;
  for (let k = 1; k < MOST_TERMS; k++) {
    const numerator = -k * (k - a);
    b += 2;
    d = numerator * d + b;
    d = 1 / (Math.abs(d) < TINY ? TINY : d);
    c = b + numerator / c;
    if (Math.abs(c) < TINY) c = TINY;
    const factor = c * d;
    value *= factor;
    if (Math.abs(factor - 1) < 2 ** -52) break;
  }
  return value;
}

/**
 * The regularised lower incomplete gamma function P(a, x) = integral of t^(a-1) e^-t / gamma(a) from 0 to x.
 *
 * Relative error about 1e-14 for a up to 1e4. NaN for a <= 0 or x < 0.
 *
 * @example gammaP(1, 2) // 0.864664716763
 */
export function gammaP(a: number, x: number): number {
  if (!(a > 0 && x >= 0)) return Number.NaN;
  if (x === 0) return 0;
  if (x === Number.POSITIVE_INFINITY) return 1;
  if (x < a + 1) return gammaDensity(a, x) * lowerSeries(a, x);
  return 1 - gammaDensity(a, x) * upperFraction(a, x);
}

/**
 * The regularised upper incomplete gamma function Q(a, x) = 1 - P(a, x), without cancellation far out.
 *
 * @example gammaQ(1, 2) // 0.135335283237
 */
export function gammaQ(a: number, x: number): number {
  if (!(a > 0 && x >= 0)) return Number.NaN;
  if (x === 0) return 1;
  if (x === Number.POSITIVE_INFINITY) return 0;
  if (x < a + 1) return 1 - gammaDensity(a, x) * lowerSeries(a, x);
  return gammaDensity(a, x) * upperFraction(a, x);
}

/**
 * Probability that chi2 with `ndf` degrees of freedom is at most `chi2`.
 *
 * @example chi2Cdf(1, 1) // 0.682689492137
 */
export function chi2Cdf(chi2: number, ndf: number): number {
  return chi2 < 0 ? 0 : gammaP(ndf / 2, chi2 / 2);
}

/**
 * Probability that chi2 with `ndf` degrees of freedom exceeds `chi2`: the p-value of a fit.
 *
 * @example chi2Sf(10, 10) // 0.440493285065
 */
export function chi2Sf(chi2: number, ndf: number): number {
  return chi2 < 0 ? 1 : gammaQ(ndf / 2, chi2 / 2);
}

/**
 * Probability that a standard normal deviate is at most z.
 *
 * @example normalCdf(1) // 0.8413447460685
 */
export function normalCdf(z: number): number {
  if (Math.abs(z) < 1) return 0.5 * (1 + erf(z * Math.SQRT1_2));
  const tail = 0.5 * gammaQ(0.5, 0.5 * z * z);
  return z < 0 ? tail : 1 - tail;
}

/** Hastings' rational start, to 5e-4. @see Abramowitz and Stegun 26.2.23 */
function roughUpperQuantile(tail: number): number {
  const t = Math.sqrt(-2 * Math.log(tail));
  const numerator = 2.515517 + t * (0.802853 + t * 0.010328);
  return t - numerator / (1 + t * (1.432788 + t * (0.189269 + t * 0.001308)));
}

/**
 * The z below which a standard normal deviate lies with the given probability. NaN outside of [0, 1].
 *
 * @example normalQuantile(0.975) // 1.959963984540
 */
export function normalQuantile(probability: number): number {
  if (!(probability >= 0 && probability <= 1)) return Number.NaN;
  if (probability === 0.5) return 0;
  const tail = Math.min(probability, 1 - probability);
  const sign = probability < 0.5 ? -1 : 1;
  if (tail === 0) return sign * Number.POSITIVE_INFINITY;
  let z = -roughUpperQuantile(tail);
  for (let round = 0; round < 3; round++) {
    // Halley's step on the cdf, relative to the tail so that nothing underflows.
    const ratio = normalCdf(z) / tail;
    const density = Math.exp(-0.5 * z * z) / (Math.sqrt(2 * Math.PI) * tail);
    if (!(density > 0)) break;
    const newton = (ratio - 1) / density;
    z -= newton / (1 + 0.5 * z * newton);
  }
  return -sign * z;
}

/**
 * Probability of n events where mu are expected: mu^n e^-mu / n!. NaN unless n is a whole number >= 0 and mu >= 0.
 *
 * @example poissonProbability(2, 3) // 0.224041807655
 */
export function poissonProbability(n: number, mu: number): number {
  if (!(Number.isInteger(n) && n >= 0 && mu >= 0)) return Number.NaN;
  if (mu === 0) return n === 0 ? 1 : 0;
  // mu^n e^-mu / n! = (mu^(n+1) e^-mu / gamma(n+1)) / mu
  return gammaDensity(n + 1, mu) / mu;
}

/**
 * Probability of at most n events where mu are expected.
 *
 * @example poissonCdf(2, 3) // 0.423190081127
 */
export function poissonCdf(n: number, mu: number): number {
  if (!(mu >= 0)) return Number.NaN;
  return n < 0 ? 0 : gammaQ(Math.floor(n) + 1, mu);
}
