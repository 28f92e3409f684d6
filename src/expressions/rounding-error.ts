import type { Expression } from './expression.ts';

const UNIT = Number.EPSILON;

/** A value with a bound on what rounding has done to it. */
export interface RoundedValue {
  readonly value: number;
  readonly error: number;
}

/**
 * Evaluates and estimates the rounding error on the way: each operator is asked how far its value moves
 * when its arguments move by their errors. First order; enough to tell noise from a difference. The error
 * is infinite at the edge of a domain.
 *
 * @param constantError relative error of constants that are no whole numbers
 */
export function evaluateWithError(
  expression: Expression,
  values: Readonly<Record<string, number>>,
  constantError = 0,
): RoundedValue {
  if (expression.kind === 'constant') {
    const { value } = expression;
    return { value, error: Number.isInteger(value) ? 0 : constantError * Math.abs(value) };
  }
  if (expression.kind === 'variable') return { value: values[expression.name], error: 0 };
  const { apply } = expression.operator;
  const a = evaluateWithError(expression.arguments[0], values, constantError);
  const b =
    expression.arguments.length > 1 ? evaluateWithError(expression.arguments[1], values, constantError) : NOTHING;
  const value = apply(a.value, b.value);
  let error = 0;
  if (a.error > 0) {
    const up = distance(apply(a.value + a.error, b.value), value);
    error += Math.max(up, distance(apply(a.value - a.error, b.value), value));
  }
  if (b.error > 0) {
    const up = distance(apply(a.value, b.value + b.error), value);
    error += Math.max(up, distance(apply(a.value, b.value - b.error), value));
  }
  // Whole numbers from exact arguments are exact, so that x^(1 + 1) keeps its whole exponent.
  if (error > 0 || !Number.isInteger(value)) error += UNIT * Math.abs(value);
  return { value, error };
}

/** Within its error an argument may lie outside the domain: the value then says nothing. Called for every node and row. */
function distance(moved: number, value: number): number {
  const apart = Math.abs(moved - value);
  return Number.isNaN(apart) ? Number.POSITIVE_INFINITY : apart;
}

const NOTHING: RoundedValue = { value: Number.NaN, error: 0 };
