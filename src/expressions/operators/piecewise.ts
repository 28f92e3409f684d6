import { call, constant } from '../expression.ts';
import type { Operator } from '../operator.ts';
import { DIV, NEG, SUB } from './arithmetic.ts';
import { binary, unary } from './row.ts';

/** Operators with a kink or a jump. Derivatives are those of the smooth pieces; at a kink, one-sided. */

const FLAT = () => [constant(0)];

export const ABS: Operator = unary('abs', Math.abs, {
  latex: '\\left|#1\\right|',
  derivative: (a) => [call(SIGN, a)],
  facts: { parity: 'even', idempotent: true },
});

export const SIGN: Operator = unary('sign', Math.sign, {
  derivative: FLAT,
  facts: { parity: 'odd', idempotent: true, monotone: true },
});

/** 1 for x > 0, else 0; NaN stays NaN. */
export const STEP: Operator = unary('step', (a) => (a > 0 ? 1 : a <= 0 ? 0 : Number.NaN), {
  derivative: FLAT,
  facts: { idempotent: true, monotone: true },
});

export const FLOOR: Operator = unary('floor', Math.floor, {
  latex: '\\left\\lfloor #1\\right\\rfloor',
  derivative: FLAT,
  facts: { idempotent: true, monotone: true },
});

export const CEIL: Operator = unary('ceil', Math.ceil, {
  latex: '\\left\\lceil #1\\right\\rceil',
  derivative: FLAT,
  facts: { idempotent: true, monotone: true },
});

export const RELU: Operator = unary('relu', (a) => Math.max(a, 0), {
  derivative: (a) => [call(STEP, a)],
  facts: { idempotent: true, monotone: true },
});

export const MIN: Operator = binary('min', Math.min, {
  latex: '\\min\\left(#1, #2\\right)',
  derivative: (a, b) => {
    const second = call(STEP, call(SUB, a, b));
    return [call(SUB, constant(1), second), second];
  },
  facts: { commutative: true, associative: true, idempotent: true },
});

export const MAX: Operator = binary('max', Math.max, {
  latex: '\\max\\left(#1, #2\\right)',
  derivative: (a, b) => {
    const first = call(STEP, call(SUB, a, b));
    return [first, call(SUB, constant(1), first)];
  },
  facts: { commutative: true, associative: true, idempotent: true },
});

/** The floored remainder x - y floor(x / y): it has the sign of y. */
export const MOD: Operator = binary('mod', (a, b) => a - b * Math.floor(a / b), {
  derivative: (a, b) => [constant(1), call(NEG, call(FLOOR, call(DIV, a, b)))],
  domain: { text: 'y != 0', contains: (_, b) => b !== 0 },
});

export const PIECEWISE: readonly Operator[] = [MIN, MAX, MOD, ABS, SIGN, STEP, FLOOR, CEIL, RELU];
