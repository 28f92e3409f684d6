import { call, constant, type Expression, variable } from '../expression.ts';
import { ADD, DIV, NEG, SUB } from '../operators/arithmetic.ts';
import { monomial } from './monomial.ts';
import { MINUS_ONE, ONE, scalarOfNumber } from './scalar.ts';
import { constantSeries, monomialSeries, type Transseries, type TransseriesAlgebra } from './transseries.ts';

/** How a variable goes to a place as t tends to infinity: x = t, -t, a + 1/t or a - 1/t. */
export interface Approach {
  /** 'inf', '-inf', or a number with the side: '0+', '1.5-'. */
  readonly text: string;
  /** The number approached; infinite for the ends. */
  readonly point: number;
  readonly side: 1 | -1;
}

/** The way to a point from one side, or to an end; the side of an end is its sign. */
export function approachTo(point: number, side: 1 | -1): Approach {
  if (point === Infinity) return { text: 'inf', point, side: 1 };
  if (point === -Infinity) return { text: '-inf', point, side: -1 };
  return { text: `${point + 0}${side > 0 ? '+' : '-'}`, point, side };
}

/** The variable in terms of t. */
export function seriesOfVariable(algebra: TransseriesAlgebra, { point, side }: Approach): Transseries {
  const sign = side > 0 ? ONE : MINUS_ONE;
  const finite = Number.isFinite(point);
  const moving = algebra.scale(monomialSeries(monomial([finite ? MINUS_ONE : ONE])), sign);
  return finite ? algebra.add(constantSeries(scalarOfNumber(point)), moving) : moving;
}

/** The value of the variable at t. */
export function valueAt({ point, side }: Approach, t: number): number {
  return Number.isFinite(point) ? point + side / t : side * t;
}

/** The distance 1/t, or t itself, as a formula in the variable. */
export function scaleOf({ point, side }: Approach, name: string): Expression {
  const x = variable(name);
  if (!Number.isFinite(point)) return side > 0 ? x : call(NEG, x);
  if (point === 0) return side > 0 ? x : call(NEG, x);
  if (side < 0) return call(SUB, constant(point), x);
  return point > 0 ? call(SUB, x, constant(point)) : call(ADD, x, constant(-point));
}

/** t as a formula in the variable. */
export function growingScaleOf(approach: Approach, name: string): Expression {
  const scale = scaleOf(approach, name);
  return Number.isFinite(approach.point) ? call(DIV, constant(1), scale) : scale;
}
