import { call, constant, type Expression } from '../expression.ts';
import type { Operator } from '../operator.ts';
import { infix, unary } from './row.ts';

/** The field operations and the small powers that need nothing else. */

export const ADD: Operator = infix('add', '+', 1, (a, b) => a + b, {
  derivative: () => [ONE, ONE],
  facts: { commutative: true, associative: true, identity: 0 },
});

export const SUB: Operator = infix('sub', '-', 1, (a, b) => a - b, {
  derivative: () => [ONE, constant(-1)],
  facts: { identity: 0 },
});

export const MUL: Operator = infix('mul', '*', 2, (a, b) => a * b, {
  latex: '#1 \\cdot #2',
  derivative: (a, b) => [b, a],
  facts: { commutative: true, associative: true, identity: 1 },
});

export const DIV: Operator = infix('div', '/', 2, (a, b) => a / b, {
  latex: '\\frac{#1}{#2}',
  derivative: (a, b) => [call(DIV, ONE, b), call(NEG, call(DIV, a, call(SQUARE, b)))],
  domain: { text: 'y != 0', contains: (_, b) => b !== 0 },
  facts: { identity: 1 },
});

export const NEG: Operator = {
  ...unary('neg', (a) => -a, {
    derivative: () => [constant(-1)],
    facts: { parity: 'odd', involution: true, inverse: 'neg' },
  }),
  notation: { text: '-', form: 'prefix', latex: '-#1', precedence: 3 },
};

export const SQUARE: Operator = unary('square', (a) => a * a, {
  latex: '#1^{2}',
  derivative: (a) => [call(MUL, constant(2), a)],
  facts: { parity: 'even', inverse: 'sqrt', inverseHolds: (a) => a >= 0 },
});

export const CUBE: Operator = unary('cube', (a) => a * a * a, {
  latex: '#1^{3}',
  derivative: (a) => [call(MUL, constant(3), call(SQUARE, a))],
  facts: { parity: 'odd', inverse: 'cbrt', monotone: true },
});

export const INV: Operator = unary('inv', (a) => 1 / a, {
  latex: '\\frac{1}{#1}',
  derivative: (a) => [call(DIV, constant(-1), call(SQUARE, a))],
  domain: { text: 'x != 0', contains: (a) => a !== 0 },
  facts: { parity: 'odd', involution: true, inverse: 'inv' },
});

const ONE: Expression = constant(1);

export const ARITHMETIC: readonly Operator[] = [ADD, SUB, MUL, DIV, NEG, SQUARE, CUBE, INV];
