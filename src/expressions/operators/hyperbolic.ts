import { call, constant } from '../expression.ts';
import type { Operator } from '../operator.ts';
import { INV, SQUARE, SUB } from './arithmetic.ts';
import { inverseRoot } from './powers-and-logarithms.ts';
import { unary } from './row.ts';

/** Hyperbolic functions and their inverses. */

export const SINH: Operator = unary('sinh', Math.sinh, {
  latex: '\\sinh\\left(#1\\right)',
  derivative: (a) => [call(COSH, a)],
  facts: { parity: 'odd', inverse: 'asinh', monotone: true },
});

export const COSH: Operator = unary('cosh', Math.cosh, {
  latex: '\\cosh\\left(#1\\right)',
  derivative: (a) => [call(SINH, a)],
  facts: { parity: 'even', inverse: 'acosh', inverseHolds: (a) => a >= 0 },
});

export const TANH: Operator = unary('tanh', Math.tanh, {
  latex: '\\tanh\\left(#1\\right)',
  derivative: (a) => [call(SUB, constant(1), call(SQUARE, call(TANH, a)))],
  facts: { parity: 'odd', inverse: 'atanh', monotone: true },
});

export const ASINH: Operator = unary('asinh', Math.asinh, {
  derivative: (a) => [inverseRoot(1, 1, a)],
  facts: { parity: 'odd', inverse: 'sinh', monotone: true },
});

export const ACOSH: Operator = unary('acosh', Math.acosh, {
  derivative: (a) => [inverseRoot(-1, 1, a)],
  domain: { text: 'x >= 1', contains: (a) => a >= 1 },
  facts: { inverse: 'cosh', monotone: true },
});

export const ATANH: Operator = unary('atanh', Math.atanh, {
  derivative: (a) => [call(INV, call(SUB, constant(1), call(SQUARE, a)))],
  domain: { text: '-1 < x < 1', contains: (a) => a > -1 && a < 1 },
  facts: { parity: 'odd', inverse: 'tanh', monotone: true },
});

export const HYPERBOLIC: readonly Operator[] = [SINH, COSH, TANH, ASINH, ACOSH, ATANH];
