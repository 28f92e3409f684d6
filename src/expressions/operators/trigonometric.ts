import { call, constant } from '../expression.ts';
import type { Operator } from '../operator.ts';
import { ADD, DIV, INV, NEG, SQUARE } from './arithmetic.ts';
import { inverseRoot } from './powers-and-logarithms.ts';
import { binary, unary } from './row.ts';

/** Circular functions and their inverses, in radians. */

const BETWEEN_ONES: Operator['domain'] = { text: '-1 <= x <= 1', contains: (a) => a >= -1 && a <= 1 };

export const SIN: Operator = unary('sin', Math.sin, {
  latex: '\\sin\\left(#1\\right)',
  derivative: (a) => [call(COS, a)],
  facts: { parity: 'odd', inverse: 'asin', inverseHolds: (a) => Math.abs(a) <= Math.PI / 2 },
});

export const COS: Operator = unary('cos', Math.cos, {
  latex: '\\cos\\left(#1\\right)',
  derivative: (a) => [call(NEG, call(SIN, a))],
  facts: { parity: 'even', inverse: 'acos', inverseHolds: (a) => a >= 0 && a <= Math.PI },
});

export const TAN: Operator = unary('tan', Math.tan, {
  latex: '\\tan\\left(#1\\right)',
  derivative: (a) => [call(ADD, call(SQUARE, call(TAN, a)), constant(1))],
  facts: { parity: 'odd', inverse: 'atan', inverseHolds: (a) => Math.abs(a) < Math.PI / 2 },
});

export const ASIN: Operator = unary('asin', Math.asin, {
  latex: '\\arcsin\\left(#1\\right)',
  derivative: (a) => [inverseRoot(1, -1, a)],
  domain: BETWEEN_ONES,
  facts: { parity: 'odd', inverse: 'sin', monotone: true },
});

export const ACOS: Operator = unary('acos', Math.acos, {
  latex: '\\arccos\\left(#1\\right)',
  derivative: (a) => [call(NEG, inverseRoot(1, -1, a))],
  domain: BETWEEN_ONES,
  facts: { inverse: 'cos' },
});

export const ATAN: Operator = unary('atan', Math.atan, {
  latex: '\\arctan\\left(#1\\right)',
  derivative: (a) => [call(INV, call(ADD, call(SQUARE, a), constant(1)))],
  facts: { parity: 'odd', inverse: 'tan', monotone: true },
});

/**
 * The angle of the point (x, y) written atan2(y, x), in (-pi, pi].
 *
 * Adding 0 turns -0 into 0: the angle must not depend on the sign of a zero, which algebra does not keep.
 */
export const ATAN2: Operator = binary('atan2', (y, x) => Math.atan2(y + 0, x + 0), {
  derivative: (y, x) => {
    const radius = call(ADD, call(SQUARE, y), call(SQUARE, x));
    return [call(DIV, x, radius), call(NEG, call(DIV, y, radius))];
  },
});

export const TRIGONOMETRIC: readonly Operator[] = [ATAN2, SIN, COS, TAN, ASIN, ACOS, ATAN];
