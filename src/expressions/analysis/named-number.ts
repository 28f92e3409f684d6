import { call, constant, type Expression } from '../expression.ts';
import { DIV, MUL } from '../operators/arithmetic.ts';
import { EXP, LOG, SQRT } from '../operators/powers-and-logarithms.ts';
import { simplify } from '../simplify/simplify.ts';
import { expressionOfScalar, type Scalar } from './scalar.ts';

const TWO = constant(2);

/** Numbers that people know by a formula, pi as f64 has it. */
const NAMED: readonly (readonly [number, Expression])[] = [
  [Math.SQRT2, call(SQRT, TWO)],
  [Math.sqrt(3), call(SQRT, constant(3))],
  [Math.E, call(EXP, constant(1))],
  [1 / Math.E, call(EXP, constant(-1))],
  [Math.E ** 2, call(EXP, TWO)],
  [Math.LN2, call(LOG, TWO)],
  [Math.log(3), call(LOG, constant(3))],
  [Math.LN10, call(LOG, constant(10))],
];

const LARGEST_NUMERATOR = 100;
const DENOMINATORS = [1, 2, 3, 4, 5, 6, 8, 12];
const SPACINGS = 3;

/** A number as a fraction of a named one, where f64 cannot tell them apart: 1.4142135623730951 is sqrt(2). */
export function namedNumber(value: number): Expression {
  for (const [number, expression] of NAMED) {
    for (const denominator of DENOMINATORS) {
      const ratio = (value / number) * denominator;
      const numerator = Math.round(ratio);
      if (numerator === 0 || Math.abs(numerator) > LARGEST_NUMERATOR) continue;
      if (Math.abs(ratio - numerator) > SPACINGS * Number.EPSILON * Math.abs(numerator)) continue;
      const above = numerator === 1 ? expression : call(MUL, constant(numerator), expression);
      return denominator === 1 ? above : call(DIV, above, constant(denominator));
    }
  }
  return constant(value);
}

/** A coefficient as a formula that people read. */
export function namedScalar(a: Scalar): Expression {
  if (a.kind === 'real') return namedNumber(a.value);
  return a.kind === 'symbolic' ? simplify(a.expression) : expressionOfScalar(a);
}
