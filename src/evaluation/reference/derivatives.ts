import { digamma } from '../../numerics/index.ts';

/** Partial derivatives at (a, b) where the value is v. One argument: only the first entry counts. */
export type DerivativeRule = (a: number, b: number, v: number) => readonly [number, number];

const one =
  (rule: (a: number, v: number) => number): DerivativeRule =>
  (a, _, v) => [rule(a, v), 0];

const step = (x: number): number => (x > 0 ? 1 : x <= 0 ? 0 : Number.NaN);

/** The exponent's derivative is 0 at 0^b, its limit; NaN for a negative base, where no neighbour is real. */
function power(a: number, b: number, v: number): readonly [number, number] {
  const base = b === 0 && a !== 0 ? 0 : b * a ** (b - 1);
  return [base, a === 0 && b > 0 ? 0 : v * Math.log(a)];
}

/**
 * Derivatives in f64 of every operator, by name: what the back-ends compute for Jacobians.
 *
 * At a kink the rule is one-sided, as in the operator table: abs'(0) = relu'(0) = 0, and of two equal
 * arguments min follows the first and max the second.
 */
export const DERIVATIVES: Readonly<Record<string, DerivativeRule>> = {
  add: () => [1, 1],
  sub: () => [1, -1],
  mul: (a, b) => [b, a],
  div: (_, b, v) => [1 / b, -v / b],
  pow: power,
  min: (a, b) => [1 - step(a - b), step(a - b)],
  max: (a, b) => [step(a - b), 1 - step(a - b)],
  mod: (a, b) => [1, -Math.floor(a / b)],
  atan2: (y, x) => [x / (y * y + x * x), -y / (y * y + x * x)],
  neg: one(() => -1),
  abs: one((a) => Math.sign(a)),
  sqrt: one((_, v) => 0.5 / v),
  cbrt: one((_, v) => 1 / (3 * v * v)),
  square: one((a) => 2 * a),
  cube: one((a) => 3 * (a * a)),
  inv: one((_, v) => -v * v),
  exp: one((_, v) => v),
  exp2: one((_, v) => Math.LN2 * v),
  log: one((a) => 1 / a),
  log2: one((a) => 1 / (Math.LN2 * a)),
  log10: one((a) => 1 / (Math.LN10 * a)),
  log1p: one((a) => 1 / (1 + a)),
  expm1: one((_, v) => v + 1),
  sin: one((a) => Math.cos(a)),
  cos: one((a) => -Math.sin(a)),
  tan: one((_, v) => 1 + v * v),
  asin: one((a) => 1 / Math.sqrt((1 - a) * (1 + a))),
  acos: one((a) => -1 / Math.sqrt((1 - a) * (1 + a))),
  atan: one((a) => 1 / (1 + a * a)),
  sinh: one((a) => Math.cosh(a)),
  cosh: one((a) => Math.sinh(a)),
  tanh: one((_, v) => (1 - v) * (1 + v)),
  asinh: one((a) => 1 / Math.sqrt(a * a + 1)),
  acosh: one((a) => 1 / Math.sqrt((a - 1) * (a + 1))),
  atanh: one((a) => 1 / ((1 - a) * (1 + a))),
  erf: one((a) => (2 / Math.sqrt(Math.PI)) * Math.exp(-a * a)),
  gamma: one((a, v) => v * digamma(a)),
  sign: one(() => 0),
  step: one(() => 0),
  floor: one(() => 0),
  ceil: one(() => 0),
  relu: one(step),
  sigmoid: one((_, v) => v * (1 - v)),
};
