import type { Expression } from '../expression.ts';
import type { RoundedValue } from '../rounding-error.ts';

const UNIT = Number.EPSILON;
const NOTHING: RoundedValue = { value: Number.NaN, error: 0 };

/** Whether f64 computes an operation on exact numbers without rounding. */
const EXACT: Readonly<Record<string, (a: number, b: number, value: number) => boolean>> = {
  add: (a, b, value) => isExactSum(a, b, value),
  sub: (a, b, value) => isExactSum(a, -b, value),
  mul: (a, b, value) => a === 0 || b === 0 || areSafe(a, b, value),
  div: (a, b, value) => a === 0 || (areSafe(a, b, value) && value * b === a),
  pow: (a, b, value) => b >= 0 && areSafe(a, b, value),
  square: (a, _, value) => areSafe(a, a, value),
  cube: (a, _, value) => areSafe(a, a, value),
  neg: () => true,
  abs: () => true,
  sign: () => true,
  step: () => true,
  floor: () => true,
  ceil: () => true,
  relu: () => true,
  min: () => true,
  max: () => true,
  sqrt: (a, _, value) => Number.isSafeInteger(value) && value * value === a,
  exp: (a) => a === 0,
  log: (a) => a === 1,
  cos: (a) => a === 0,
  cosh: (a) => a === 0,
  sigmoid: (a) => a === 0,
};

function isExactSum(a: number, b: number, sum: number): boolean {
  const second = sum - a;
  return a - (sum - second) + (b - second) === 0;
}

function areSafe(a: number, b: number, value: number): boolean {
  return Number.isInteger(a) && Number.isInteger(b) && Number.isSafeInteger(value);
}

/**
 * Evaluates and estimates the rounding error on the way, as `evaluateWithError` does, but an operation counts as exact
 * only when it is: 1 + 1e-20 is 1 with an error. What is proven by two values, or judged by them, rests on this.
 */
export function roundedValue(expression: Expression, values: Readonly<Record<string, number>>): RoundedValue {
  if (expression.kind === 'constant') return { value: expression.value, error: 0 };
  if (expression.kind === 'variable') return { value: values[expression.name], error: 0 };
  const { apply, name } = expression.operator;
  const a = roundedValue(expression.arguments[0], values);
  const b = expression.arguments.length > 1 ? roundedValue(expression.arguments[1], values) : NOTHING;
  const value = apply(a.value, b.value);
  const error = moved(apply, a, b, value, true) + moved(apply, a, b, value, false);
  const rule = Object.hasOwn(EXACT, name) ? EXACT[name] : undefined;
  // f(0) = 0 for the odd functions.
  const exact = rule?.(a.value, b.value, value) || (a.value === 0 && value === 0 && ODD.has(name));
  if (error === 0 && exact) return { value, error: 0 };
  return { value, error: error + UNIT * Math.abs(value) + Number.MIN_VALUE };
}

const ODD: ReadonlySet<string> = new Set([
  'sin',
  'tan',
  'asin',
  'atan',
  'sinh',
  'tanh',
  'asinh',
  'atanh',
  'erf',
  'cbrt',
  'expm1',
  'log1p',
  'sqrt',
]);

/** How far the value moves when one argument moves by its error; infinite at the edge of a domain. */
function moved(
  apply: (a: number, b: number) => number,
  a: RoundedValue,
  b: RoundedValue,
  value: number,
  first: boolean,
): number {
  const { error } = first ? a : b;
  if (!(error > 0)) return 0;
  let furthest = 0;
  for (const sign of [1, -1]) {
    const other = first ? apply(a.value + sign * error, b.value) : apply(a.value, b.value + sign * error);
    const distance = Math.abs(other - value);
    if (!(distance <= furthest)) furthest = Number.isNaN(distance) ? Infinity : distance;
  }
  return furthest;
}
