import { constant, type Expression } from '../expression.ts';
import { substitute } from '../substitute.ts';
import type { Point } from './box.ts';

/** The formula with all variables but one held at numbers. */
export function restricted(expression: Expression, name: string, at: Point): Expression {
  const values: Record<string, Expression> = Object.create(null);
  for (const [other, value] of Object.entries(at)) if (other !== name) values[other] = constant(value);
  return substitute(expression, values);
}
