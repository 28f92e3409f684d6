import { call, constant, type Expression } from '../expression.ts';
import { ADD, DIV, MUL, NEG, SUB } from '../operators/arithmetic.ts';
import { EXP, LOG, POW, SQRT } from '../operators/powers-and-logarithms.ts';
import { type Approach, growingScaleOf, scaleOf } from './approach.ts';
import type { Monomial, Term } from './monomial.ts';
import { namedScalar } from './named-number.ts';
import {
  integerOf,
  isExactZero,
  MINUS_ONE,
  multiplyScalars,
  negateScalar,
  numberOf,
  type Scalar,
  scalarOf,
  scalarOfNumber,
  tidy,
} from './scalar.ts';

/** A term as a formula in the variable, with its sign apart. */
interface Signed {
  readonly negative: boolean;
  readonly expression: Expression | null;
  readonly coefficient: Expression;
}

/** Terms as a formula in the variable, the powers of its distance from the point written as people write them. */
export function expressionOfTerms(terms: readonly Term[], approach: Approach, name: string): Expression {
  let sum: Expression | null = null;
  for (const term of terms) {
    const signed = signedTerm(term, approach, name);
    const part = product(signed);
    if (sum === null) sum = signed.negative ? negated(part) : part;
    else sum = call(signed.negative ? SUB : ADD, sum, part);
  }
  return sum ?? constant(0);
}

/** A monomial as a formula in the variable. */
export function expressionOfMonomial(scale: Monomial, approach: Approach, name: string): Expression {
  const { expression } = signedTerm({ coefficient: scalarOf(constant(1)), monomial: scale }, approach, name);
  return expression ?? constant(1);
}

function negated(part: Expression): Expression {
  return part.kind === 'constant' ? constant(-part.value) : call(NEG, part);
}

function product({ expression, coefficient }: Signed): Expression {
  if (!expression) return coefficient;
  let [above, below] = wholeFraction(...fractionOf(coefficient));
  const [up, down] = fractionOf(expression);
  above = isOneConstant(above) ? up : isOneConstant(up) ? above : call(MUL, above, up);
  below = isOneConstant(below) ? down : isOneConstant(down) ? below : call(MUL, below, down);
  return isOneConstant(below) ? above : call(DIV, above, below);
}

/** Numerator and denominator of a quotient; 1 below anything else. */
function fractionOf(expression: Expression): [Expression, Expression] {
  const isQuotient = expression.kind === 'call' && expression.operator === DIV;
  return isQuotient ? [expression.arguments[0], expression.arguments[1]] : [expression, constant(1)];
}

/** 0.5 a / b as a / (2 b): the number in front becomes whole. */
function wholeFraction(above: Expression, below: Expression): [Expression, Expression] {
  if (above.kind === 'call' && above.operator === MUL) {
    const [first, rest] = wholeFraction(above.arguments[0], below);
    return [isOneConstant(first) ? above.arguments[1] : call(MUL, first, above.arguments[1]), rest];
  }
  if (above.kind !== 'constant' || Number.isInteger(above.value)) return [above, below];
  const number = scalarOfNumber(above.value);
  if (number.kind !== 'rational' || number.denominator > LARGEST_DENOMINATOR) return [above, below];
  const denominator = constant(Number(number.denominator));
  return [constant(Number(number.numerator)), isOneConstant(below) ? denominator : call(MUL, denominator, below)];
}

const LARGEST_DENOMINATOR = 10_000n;

function isOneConstant(expression: Expression): boolean {
  return expression.kind === 'constant' && expression.value === 1;
}

function signedTerm({ coefficient, monomial: { powers, exponent } }: Term, approach: Approach, name: string): Signed {
  let factor = coefficient;
  let above: Expression | null = null;
  let below: Expression | null = null;
  const finite = Number.isFinite(approach.point);
  powers.forEach((power, k) => {
    if (isExactZero(power)) return;
    const whole = integerOf(power);
    // t is 1 / distance at a point; a whole power of -x or a - x is written in x or x - a.
    let exponentHere = k === 0 && finite ? negateScalar(power) : power;
    let base = k === 0 ? scaleOf(approach, name) : logarithmOf(k, approach, name);
    if (k === 0 && whole !== null && approach.side < 0) {
      base = scaleOf({ ...approach, side: 1 }, name);
      if (Math.abs(whole) % 2 === 1) factor = multiplyScalars(factor, MINUS_ONE);
    }
    if (k === 1 && whole !== null && finite) {
      // log(1/d) is -log(d).
      base = call(LOG, scaleOf(approach, name));
      if (Math.abs(whole) % 2 === 1) factor = multiplyScalars(factor, MINUS_ONE);
    }
    const negative = exponentHere.kind !== 'symbolic' && numberOf(exponentHere) < 0;
    if (negative) exponentHere = negateScalar(exponentHere);
    const part = raised(base, exponentHere);
    if (negative) below = below ? call(MUL, below, part) : part;
    else above = above ? call(MUL, above, part) : part;
  });
  if (exponent.length > 0) {
    const part = call(EXP, expressionOfTerms(exponent, approach, name));
    above = above ? call(MUL, above, part) : part;
  }
  const expression = below ? call(DIV, above ?? constant(1), below) : above;
  const named = namedScalar(factor);
  const opposite = withoutMinus(named);
  return { negative: opposite !== null, coefficient: opposite ?? named, expression };
}

/** The negative of a formula that is written with a minus sign in front, else null. */
function withoutMinus(expression: Expression): Expression | null {
  if (expression.kind === 'constant') return expression.value < 0 ? constant(-expression.value) : null;
  if (expression.kind !== 'call') return null;
  const { operator, arguments: args } = expression;
  if (operator === NEG) return args[0];
  if (operator !== DIV && operator !== MUL) return null;
  const first = withoutMinus(args[0]);
  return first && (operator === MUL && isOneConstant(first) ? args[1] : call(operator, first, args[1]));
}

function raised(base: Expression, exponent: Scalar): Expression {
  if (integerOf(exponent) === 1) return base;
  if (exponent.kind === 'rational' && exponent.numerator === 1n && exponent.denominator === 2n) return call(SQRT, base);
  return call(POW, base, namedScalar(tidy(exponent)));
}

function logarithmOf(k: number, approach: Approach, name: string): Expression {
  let scale = growingScaleOf(approach, name);
  for (let i = 0; i < k; i++) scale = call(LOG, scale);
  return scale;
}
