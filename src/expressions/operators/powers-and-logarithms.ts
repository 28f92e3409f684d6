import { call, constant } from '../expression.ts';
import type { Operator } from '../operator.ts';
import { ADD, DIV, INV, MUL, SQUARE, SUB } from './arithmetic.ts';
import { infix, unary } from './row.ts';

/** Real powers, roots, exponentials and logarithms. */

/**
 * The real power: x > 0, or x < 0 with an integer exponent, or 0^y with y >= 0 where 0^0 = 1.
 *
 * `Math.pow` answers 1 for NaN^0 and Infinity for 0^-1; here a NaN stays NaN and a pole is NaN.
 */
export function realPower(a: number, b: number): number {
  if (a > 0) return a ** b;
  if (a < 0) return Number.isInteger(b) ? a ** b : Number.NaN;
  return a === 0 && b >= 0 ? a ** b : Number.NaN;
}

export const POW: Operator = infix('pow', '^', 4, realPower, {
  latex: '#1^{#2}',
  rightAssociative: true,
  derivative: (a, b) => [
    call(MUL, b, call(POW, a, call(SUB, b, constant(1)))),
    call(MUL, call(POW, a, b), call(LOG, a)),
  ],
  domain: {
    text: 'x > 0, or x = 0 and y >= 0, or x < 0 and y an integer',
    contains: (a, b) => a > 0 || (a === 0 ? b >= 0 : Number.isInteger(b)),
  },
  facts: { identity: 1 },
});

export const SQRT: Operator = unary('sqrt', Math.sqrt, {
  latex: '\\sqrt{#1}',
  derivative: (a) => [call(DIV, constant(0.5), call(SQRT, a))],
  domain: { text: 'x >= 0', contains: (a) => a >= 0 },
  facts: { inverse: 'square', monotone: true },
});

export const CBRT: Operator = unary('cbrt', Math.cbrt, {
  latex: '\\sqrt[3]{#1}',
  derivative: (a) => [call(INV, call(MUL, constant(3), call(SQUARE, call(CBRT, a))))],
  facts: { parity: 'odd', inverse: 'cube', monotone: true },
});

export const EXP: Operator = unary('exp', Math.exp, {
  latex: 'e^{#1}',
  derivative: (a) => [call(EXP, a)],
  facts: { inverse: 'log', monotone: true },
});

export const EXP2: Operator = unary('exp2', (a) => 2 ** a, {
  latex: '2^{#1}',
  derivative: (a) => [call(MUL, constant(Math.LN2), call(EXP2, a))],
  facts: { inverse: 'log2', monotone: true },
});

export const LOG: Operator = unary('log', Math.log, {
  latex: '\\log\\left(#1\\right)',
  derivative: (a) => [call(INV, a)],
  domain: { text: 'x > 0', contains: (a) => a > 0 },
  facts: { inverse: 'exp', monotone: true },
});

export const LOG2: Operator = unary('log2', Math.log2, {
  latex: '\\log_{2}\\left(#1\\right)',
  derivative: (a) => [call(INV, call(MUL, constant(Math.LN2), a))],
  domain: { text: 'x > 0', contains: (a) => a > 0 },
  facts: { inverse: 'exp2', monotone: true },
});

export const LOG10: Operator = unary('log10', Math.log10, {
  latex: '\\log_{10}\\left(#1\\right)',
  derivative: (a) => [call(INV, call(MUL, constant(Math.LN10), a))],
  domain: { text: 'x > 0', contains: (a) => a > 0 },
  facts: { monotone: true },
});

export const LOG1P: Operator = unary('log1p', Math.log1p, {
  latex: '\\log\\left(1 + #1\\right)',
  derivative: (a) => [call(INV, call(ADD, constant(1), a))],
  domain: { text: 'x > -1', contains: (a) => a > -1 },
  facts: { inverse: 'expm1', monotone: true },
});

export const EXPM1: Operator = unary('expm1', Math.expm1, {
  latex: '\\operatorname{expm1}\\left(#1\\right)',
  derivative: (a) => [call(EXP, a)],
  facts: { inverse: 'log1p', monotone: true },
});

/** 1 / sqrt(sign + square(a)) with the square scaled by `factor`: the derivative of six inverse functions. */
export function inverseRoot(constantPart: number, factor: 1 | -1, a: Parameters<typeof call>[1]) {
  const squared = call(SQUARE, a);
  const sum = factor === 1 ? call(ADD, squared, constant(constantPart)) : call(SUB, constant(constantPart), squared);
  return call(INV, call(SQRT, sum));
}

export const POWERS_AND_LOGARITHMS: readonly Operator[] = [POW, SQRT, CBRT, EXP, EXP2, LOG, LOG2, LOG10, LOG1P, EXPM1];
