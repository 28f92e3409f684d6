import { call, constant, type Expression, variablesOf } from '../expression.ts';
import type { Operator } from '../operator.ts';
import { ADD, DIV, MUL, NEG } from '../operators/arithmetic.ts';
import { POW } from '../operators/powers-and-logarithms.ts';
import { print } from '../print/print.ts';
import { simplify } from '../simplify/simplify.ts';
import { roundedValue } from './rounded-value.ts';

/** A fraction of integers, in lowest terms, the denominator positive. */
export interface Rational {
  readonly kind: 'rational';
  readonly numerator: bigint;
  readonly denominator: bigint;
}

/** A number in f64 with a bound on its rounding. */
export interface Real {
  readonly kind: 'real';
  readonly value: number;
  readonly error: number;
}

/** A formula in the variables that an expansion holds fixed. */
export interface Symbolic {
  readonly kind: 'symbolic';
  readonly expression: Expression;
}

/** The coefficient of a term: exact where it can be. */
export type Scalar = Rational | Real | Symbolic;

/** Fractions beyond this many bits become f64. */
const MOST_BITS = 900n;
const LARGEST = 1n << MOST_BITS;

/** A fraction of integers. */
export function rational(numerator: bigint | number, denominator: bigint | number = 1n): Scalar {
  let n = BigInt(numerator);
  let d = BigInt(denominator);
  if (d < 0n) [n, d] = [-n, -d];
  const divisor = greatestCommonDivisor(n < 0n ? -n : n, d);
  n /= divisor;
  d /= divisor;
  if (n > LARGEST || -n > LARGEST || d > LARGEST) return real(ratioOf(n, d), Math.abs(ratioOf(n, d)) * Number.EPSILON);
  return { kind: 'rational', numerator: n, denominator: d };
}

function greatestCommonDivisor(a: bigint, b: bigint): bigint {
  let [x, y] = [a, b];
  while (y !== 0n) [x, y] = [y, x % y];
  return x === 0n ? 1n : x;
}

/** n / d for integers of any length. */
function ratioOf(n: bigint, d: bigint): number {
  const shift = BigInt(Math.max(0, Math.max(n.toString(2).length, d.toString(2).length) - 1000));
  return Number(n >> shift) / Number(d >> shift);
}

/** A rounded number. */
export function real(value: number, error = Math.abs(value) * Number.EPSILON): Scalar {
  return { kind: 'real', value, error };
}

export const ZERO: Scalar = rational(0);
export const ONE: Scalar = rational(1);
export const HALF: Scalar = rational(1, 2);
export const MINUS_ONE: Scalar = rational(-1);
/** pi/2 in f64. */
export const QUARTER_TURN: Scalar = real(Math.PI / 2);

/** Digits up to which a decimal is taken at its word: 0.1 is 1/10, 3.141592653589793 is a rounded number. */
const MOST_DIGITS = 12;

/** The number that a constant of a formula stands for. */
export function scalarOfNumber(value: number): Scalar {
  if (Number.isSafeInteger(value)) return rational(value);
  const [mantissa, exponent = '0'] = value.toExponential().split('e');
  const digits = mantissa.replace('.', '');
  const places = (mantissa.split('.')[1] ?? '').length - Number(exponent);
  if (digits.replace('-', '').length > MOST_DIGITS || Math.abs(places) > 60) return real(value);
  return places >= 0
    ? rational(BigInt(digits), 10n ** BigInt(places))
    : rational(BigInt(digits) * 10n ** BigInt(-places));
}

/** The scalar as a formula. */
export function expressionOfScalar(a: Scalar): Expression {
  if (a.kind === 'symbolic') return a.expression;
  if (a.kind === 'real') return constant(a.value);
  const n = Number(a.numerator);
  const d = Number(a.denominator);
  if (d === 1) return constant(n);
  if (!Number.isSafeInteger(n) || !Number.isSafeInteger(d)) return constant(ratioOf(a.numerator, a.denominator));
  return call(DIV, constant(n), constant(d));
}

/** The value in f64; NaN for a formula. */
export function numberOf(a: Scalar): number {
  if (a.kind === 'rational') return ratioOf(a.numerator, a.denominator);
  return a.kind === 'real' ? a.value : Number.NaN;
}

export function isExactZero(a: Scalar): boolean {
  return a.kind === 'rational' && a.numerator === 0n;
}

export function isOne(a: Scalar): boolean {
  return a.kind === 'rational' && a.numerator === 1n && a.denominator === 1n;
}

/** The integer that a scalar is, or null. */
export function integerOf(a: Scalar): number | null {
  if (a.kind !== 'rational' || a.denominator !== 1n) return null;
  const value = Number(a.numerator);
  return Number.isSafeInteger(value) ? value : null;
}

function errorOf(a: Scalar): number {
  return a.kind === 'real' ? a.error : Math.abs(numberOf(a)) * Number.EPSILON;
}

export function addScalars(a: Scalar, b: Scalar): Scalar {
  if (isExactZero(a)) return b;
  if (isExactZero(b)) return a;
  if (a.kind === 'symbolic' || b.kind === 'symbolic') {
    return { kind: 'symbolic', expression: call(ADD, expressionOfScalar(a), expressionOfScalar(b)) };
  }
  if (a.kind === 'rational' && b.kind === 'rational') {
    return rational(a.numerator * b.denominator + b.numerator * a.denominator, a.denominator * b.denominator);
  }
  const value = numberOf(a) + numberOf(b);
  return real(value, errorOf(a) + errorOf(b) + Math.abs(value) * Number.EPSILON);
}

export function multiplyScalars(a: Scalar, b: Scalar): Scalar {
  if (isExactZero(a) || isExactZero(b)) return ZERO;
  if (isOne(a)) return b;
  if (isOne(b)) return a;
  if (a.kind === 'symbolic' || b.kind === 'symbolic') {
    return { kind: 'symbolic', expression: call(MUL, expressionOfScalar(a), expressionOfScalar(b)) };
  }
  if (a.kind === 'rational' && b.kind === 'rational') {
    return rational(a.numerator * b.numerator, a.denominator * b.denominator);
  }
  const [x, y] = [numberOf(a), numberOf(b)];
  return real(x * y, Math.abs(x) * errorOf(b) + Math.abs(y) * errorOf(a) + Math.abs(x * y) * Number.EPSILON);
}

export function negateScalar(a: Scalar): Scalar {
  if (a.kind === 'symbolic') return { kind: 'symbolic', expression: call(NEG, a.expression) };
  if (a.kind === 'real') return real(-a.value, a.error);
  return { kind: 'rational', numerator: -a.numerator, denominator: a.denominator };
}

/** 1 / a for a that is not 0. */
export function invertScalar(a: Scalar): Scalar {
  if (a.kind === 'symbolic') return { kind: 'symbolic', expression: call(DIV, constant(1), a.expression) };
  if (a.kind === 'real') return real(1 / a.value, a.error / (a.value * a.value) + Number.EPSILON / Math.abs(a.value));
  return rational(a.denominator, a.numerator);
}

/** a^b where a > 0, or b is an integer and a is not 0. Exact for rational powers that are rational. */
export function powerOfScalar(a: Scalar, b: Scalar): Scalar {
  if (isOne(a) || isExactZero(b)) return ONE;
  if (isOne(b)) return a;
  if (a.kind === 'symbolic' || b.kind === 'symbolic') {
    return { kind: 'symbolic', expression: call(POW, expressionOfScalar(a), expressionOfScalar(b)) };
  }
  if (a.kind === 'rational' && b.kind === 'rational') {
    const exact = exactPower(a, b);
    if (exact) return exact;
  }
  const [x, y] = [numberOf(a), numberOf(b)];
  const value = x ** y;
  const relative = Math.abs((y * errorOf(a)) / x) + Math.abs(Math.log(Math.abs(x))) * errorOf(b) + 4 * Number.EPSILON;
  return real(value, Math.abs(value) * relative);
}

const LARGEST_POWER = 60n;

function exactPower(a: Rational, b: Rational): Scalar | null {
  const size = b.numerator < 0n ? -b.numerator : b.numerator;
  if (size > LARGEST_POWER) return null;
  const n = rootOf(a.numerator, b.denominator);
  const d = rootOf(a.denominator, b.denominator);
  if (n === null || d === null) return null;
  return b.numerator > 0n ? rational(n ** size, d ** size) : rational(d ** size, n ** size);
}

/** The integer root, when it is one. */
function rootOf(value: bigint, degree: bigint): bigint | null {
  if (degree === 1n) return value;
  if (value < 0n || degree > LARGEST_POWER) return null;
  const root = BigInt(Math.round(Number(value) ** (1 / Number(degree))));
  return root ** degree === value ? root : null;
}

/** f(a) for an operator of one argument, rounded unless a formula stays. */
export function applyToScalar(operator: Operator, a: Scalar): Scalar {
  if (a.kind === 'symbolic') return { kind: 'symbolic', expression: call(operator, a.expression) };
  const x = numberOf(a);
  const value = operator.apply(x, Number.NaN);
  const error = errorOf(a);
  const moved = Math.max(
    Math.abs(operator.apply(x + error, Number.NaN) - value),
    Math.abs(operator.apply(x - error, Number.NaN) - value),
  );
  return real(value, (Number.isFinite(moved) ? moved : Math.abs(value) * 1e-8) + 4 * Number.EPSILON * Math.abs(value));
}

/** A formula without the expanded variable as a scalar, simplified; a number where no variable is left. */
export function scalarOf(expression: Expression): Scalar {
  const simple = simplify(expression);
  if (simple.kind === 'constant') return scalarOfNumber(simple.value);
  if (variablesOf(simple).length > 0) return { kind: 'symbolic', expression: simple };
  const fraction = fractionOf(simple);
  if (fraction) return fraction;
  const { value, error } = roundedValue(marked(simple), {});
  return real(value, Math.max(error, Math.abs(value) * Number.EPSILON));
}

/** Constants that are rounded numbers carry their rounding into the estimate of the error. */
function marked(tree: Expression): Expression {
  if (tree.kind === 'variable') return tree;
  if (tree.kind === 'constant') {
    return scalarOfNumber(tree.value).kind === 'rational' ? tree : call(ADD, tree, constant(0));
  }
  return { kind: 'call', operator: tree.operator, arguments: tree.arguments.map(marked) };
}

function fractionOf(tree: Expression): Scalar | null {
  if (tree.kind === 'constant') return scalarOfNumber(tree.value);
  if (tree.kind !== 'call') return null;
  const parts = tree.arguments.map(fractionOf);
  if (parts.some((part) => part?.kind !== 'rational')) return null;
  const [a, b] = parts as Scalar[];
  if (tree.operator.name === 'neg') return negateScalar(a);
  if (tree.operator.name === 'div' && !isExactZero(b)) return multiplyScalars(a, invertScalar(b));
  return null;
}

/** A formula coefficient in its short form; numbers as they are. */
export function tidy(a: Scalar): Scalar {
  return a.kind === 'symbolic' ? scalarOf(a.expression) : a;
}

/** Text that equal scalars share. */
export function keyOfScalar(a: Scalar): string {
  if (a.kind === 'rational') return `${a.numerator}/${a.denominator}`;
  return a.kind === 'real' ? a.value.toPrecision(12) : print(a.expression);
}
