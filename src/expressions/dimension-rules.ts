import { type Rational, rational } from '../units/index.ts';

/**
 * How the dimension of a call follows from those of its arguments.
 *
 * - product: each argument to its power, multiplied; null asks for a pure number
 * - tied: the second argument has the dimension of the first to the power `ratio`, the result has it to `power`
 * - power: a base and an exponent, which may be any pure number where the base is one, else a constant
 */
export type DimensionRule =
  | { readonly kind: 'product'; readonly powers: readonly (Rational | null)[] }
  | { readonly kind: 'tied'; readonly ratio: Rational; readonly power: Rational }
  | { readonly kind: 'power' };

const product = (...powers: (Rational | number | null)[]): DimensionRule => ({
  kind: 'product',
  powers: powers.map((power) => (typeof power === 'number' ? rational(power) : power)),
});
const alike = (power: number): DimensionRule => ({ kind: 'tied', ratio: [1, 1], power: rational(power) });

const SAME = product(1);
const PURE = product(null);
/** A sign or a step says nothing of the unit. */
const FORGET = product(0);

/** The rules of the standard operators; rounding to integers would depend on the unit, so it needs pure numbers. */
export const DIMENSION_RULES: Readonly<Record<string, DimensionRule>> = {
  add: alike(1),
  sub: alike(1),
  min: alike(1),
  max: alike(1),
  mod: alike(1),
  atan2: alike(0),
  mul: product(1, 1),
  div: product(1, -1),
  pow: { kind: 'power' },
  square: product(2),
  cube: product(3),
  inv: product(-1),
  sqrt: product([1, 2]),
  cbrt: product([1, 3]),
  neg: SAME,
  abs: SAME,
  relu: SAME,
  sign: FORGET,
  step: FORGET,
  floor: PURE,
  ceil: PURE,
  exp: PURE,
  exp2: PURE,
  expm1: PURE,
  log: PURE,
  log2: PURE,
  log10: PURE,
  log1p: PURE,
  sin: PURE,
  cos: PURE,
  tan: PURE,
  asin: PURE,
  acos: PURE,
  atan: PURE,
  sinh: PURE,
  cosh: PURE,
  tanh: PURE,
  asinh: PURE,
  acosh: PURE,
  atanh: PURE,
  erf: PURE,
  gamma: PURE,
  digamma: PURE,
  sigmoid: PURE,
};
