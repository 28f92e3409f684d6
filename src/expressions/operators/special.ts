import { AnsatzError } from '../../core/index.ts';
import { digamma, erf, gamma } from '../../numerics/index.ts';
import { call, constant } from '../expression.ts';
import type { Operator } from '../operator.ts';
import { MUL, NEG, SQUARE, SUB } from './arithmetic.ts';
import { EXP } from './powers-and-logarithms.ts';
import { unary } from './row.ts';

/** Special functions and the logistic curve. */

const NO_POLE: Operator['domain'] = {
  text: 'x not 0, -1, -2, ...',
  contains: (a) => a > 0 || !Number.isInteger(a),
};

export const ERF: Operator = unary('erf', erf, {
  derivative: (a) => [call(MUL, constant(2 / Math.sqrt(Math.PI)), call(EXP, call(NEG, call(SQUARE, a))))],
  facts: { parity: 'odd', monotone: true },
});

export const GAMMA: Operator = unary('gamma', gamma, {
  latex: '\\Gamma\\left(#1\\right)',
  derivative: (a) => [call(MUL, call(GAMMA, a), call(DIGAMMA, a))],
  domain: NO_POLE,
});

/**
 * The logarithmic derivative of gamma. It appears in derivatives only: it is not in the standard table
 * and no back-end has it. Read it back with `STANDARD_OPERATORS.with(DIGAMMA)`.
 */
export const DIGAMMA: Operator = unary('digamma', digamma, {
  latex: '\\psi\\left(#1\\right)',
  derivative: () => {
    throw new AnsatzError('no-derivative', 'digamma has no derivative here', 'derive gamma once only');
  },
  domain: NO_POLE,
});

export const SIGMOID: Operator = unary('sigmoid', (a) => 1 / (1 + Math.exp(-a)), {
  latex: '\\sigma\\left(#1\\right)',
  derivative: (a) => {
    const value = call(SIGMOID, a);
    return [call(MUL, value, call(SUB, constant(1), value))];
  },
  facts: { monotone: true },
});

export const SPECIAL: readonly Operator[] = [ERF, GAMMA, SIGMOID];
