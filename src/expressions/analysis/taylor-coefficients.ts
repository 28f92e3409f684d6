import { digamma, gamma } from '../../numerics/index.ts';
import type { Operator } from '../operator.ts';
import { ASINH } from '../operators/hyperbolic.ts';
import { EXP } from '../operators/powers-and-logarithms.ts';
import { ERF } from '../operators/special.ts';
import { ASIN, ATAN, COS, SIN } from '../operators/trigonometric.ts';
import {
  addScalars,
  applyToScalar,
  invertScalar,
  isExactZero,
  MINUS_ONE,
  multiplyScalars,
  negateScalar,
  numberOf,
  ONE,
  powerOfScalar,
  rational,
  real,
  type Scalar,
  ZERO,
} from './scalar.ts';

/** Coefficients of s^0, s^1, ... in f(c + s), `count` of them. */
export type TaylorRule = (c: Scalar, count: number) => Scalar[];

/** f(0) = 0, exactly, for the functions below that have it. */
function odd(operator: Operator, c: Scalar): Scalar {
  return isExactZero(c) ? ZERO : applyToScalar(operator, c);
}

/** value + integral of the sum of d_k s^k. */
function integrated(value: Scalar, slopes: readonly Scalar[]): Scalar[] {
  return [value, ...slopes.map((slope, k) => multiplyScalars(slope, rational(1, k + 1)))];
}

/** (p0 + p1 s + p2 s^2)^power, from p y' = power p' y. */
function quadraticPower(p0: Scalar, p1: Scalar, p2: Scalar, power: Scalar, count: number): Scalar[] {
  const y: Scalar[] = [powerOfScalar(p0, power)];
  const inverse = invertScalar(p0);
  for (let k = 0; k + 1 < count; k++) {
    const first = multiplyScalars(multiplyScalars(p1, addScalars(power, rational(-k))), y[k]);
    const factor = addScalars(multiplyScalars(rational(2), power), rational(1 - k));
    const second = k > 0 ? multiplyScalars(multiplyScalars(p2, factor), y[k - 1]) : ZERO;
    y.push(multiplyScalars(multiplyScalars(addScalars(first, second), inverse), rational(1, k + 1)));
  }
  return y;
}

function circular(c: Scalar, count: number, shift: 0 | 1): Scalar[] {
  const sine = odd(SIN, c);
  const cosine = isExactZero(c) ? ONE : applyToScalar(COS, c);
  const cycle = [sine, cosine, negateScalar(sine), negateScalar(cosine)];
  const coefficients: Scalar[] = [];
  let factorial: Scalar = ONE;
  for (let k = 0; k < count; k++) {
    if (k > 0) factorial = multiplyScalars(factorial, rational(1, k));
    coefficients.push(multiplyScalars(cycle[(k + shift) % 4], factorial));
  }
  return coefficients;
}

function onePlusSquare(c: Scalar, sign: Scalar): Scalar {
  return addScalars(ONE, multiplyScalars(sign, multiplyScalars(c, c)));
}

/** 1 / (1 + sign u^2) to a power, u = c + s. */
function slopeOfInverse(c: Scalar, sign: Scalar, power: Scalar, count: number): Scalar[] {
  const linear = multiplyScalars(multiplyScalars(rational(2), sign), c);
  return quadraticPower(onePlusSquare(c, sign), linear, sign, power, count);
}

/** Zeta(2), zeta(3), ... */
const ZETA = [
  1.6449340668482264, 1.2020569031595942, 1.0823232337111381, 1.03692775514337, 1.0173430619844492, 1.008349277381923,
  1.0040773561979444, 1.0020083928260821, 1.000994575127818, 1.0004941886041194, 1.000246086553308, 1.0001227133475785,
  1.0000612481350588, 1.000030588236307, 1.0000152822594086, 1.0000076371976379, 1.000003817293265,
];
const EULER = 0.5772156649015329;

/** log(gamma(1 + s)) = -euler s + sum of zeta(k) (-s)^k / k. */
export function logGammaCoefficients(count: number): Scalar[] {
  const coefficients: Scalar[] = [ZERO, real(-EULER)];
  for (let k = 2; k < count; k++) coefficients.push(real(((k % 2 === 0 ? 1 : -1) * (ZETA[k - 2] ?? 1)) / k));
  return coefficients.slice(0, count);
}

/** Rules for the analytic functions, at a point where they are analytic. */
export const TAYLOR_RULES = {
  sin: (c, count) => circular(c, count, 0),
  cos: (c, count) => circular(c, count, 1),
  atan: (c, count) => integrated(odd(ATAN, c), slopeOfInverse(c, ONE, MINUS_ONE, count - 1)),
  asin: (c, count) => integrated(odd(ASIN, c), slopeOfInverse(c, MINUS_ONE, rational(-1, 2), count - 1)),
  asinh: (c, count) => integrated(odd(ASINH, c), slopeOfInverse(c, ONE, rational(-1, 2), count - 1)),
  erf: (c, count) => {
    // y = exp(-u^2), y' = -2 u y.
    const y: Scalar[] = [isExactZero(c) ? ONE : applyToScalar(EXP, negateScalar(multiplyScalars(c, c)))];
    for (let k = 0; k + 2 < count; k++) {
      const sum = addScalars(multiplyScalars(c, y[k]), k > 0 ? y[k - 1] : ZERO);
      y.push(multiplyScalars(sum, rational(-2, k + 1)));
    }
    const factor = real(2 / Math.sqrt(Math.PI));
    return integrated(
      odd(ERF, c),
      y.map((value) => multiplyScalars(value, factor)),
    );
  },
  /** Two coefficients: gamma has one derivative in terms of what f64 offers here. */
  gamma: (c) => {
    const x = numberOf(c);
    const value = gamma(x);
    return [real(value, Math.abs(value) * 1e-15), real(value * digamma(x), Math.abs(value) * 1e-13)];
  },
} as const satisfies Readonly<Record<string, TaylorRule>>;
