import { type Expression, evaluate, parse, variablesOf } from '../../src/expressions/index.ts';

const COMPARE: Readonly<Record<string, (left: number, right: number) => boolean>> = {
  '>=': (left, right) => left >= right,
  '<=': (left, right) => left <= right,
  '!=': (left, right) => left !== right,
  '>': (left, right) => left > right,
  '<': (left, right) => left < right,
};

/** A condition on the inputs of a problem, such as "v4 > v5" or "v^2/c^2 < 1". */
export interface Condition {
  readonly text: string;
  readonly left: Expression;
  readonly right: Expression;
  readonly sign: string;
}

/**
 * Reads a comparison of two formulas.
 *
 * @param variables names that may stand in it
 * @throws ParseError from either side; a SyntaxError without exactly one comparison
 */
export function parseCondition(text: string, variables: readonly string[]): Condition {
  const parts = text.split(/(>=|<=|!=|>|<)/);
  if (parts.length !== 3) throw new SyntaxError(`"${text}" is not one comparison (write a > b, >=, <, <= or !=)`);
  const [left, sign, right] = parts;
  return { text, left: parse(left, { variables }), right: parse(right, { variables }), sign };
}

/** Whether a condition holds at a point; not where a side is not finite. */
export function holds(condition: Condition, values: Readonly<Record<string, number>>): boolean {
  const left = evaluate(condition.left, values);
  const right = evaluate(condition.right, values);
  return Number.isFinite(left) && Number.isFinite(right) && COMPARE[condition.sign](left, right);
}

/** Names that stand in a condition. */
export function namesOf(condition: Condition): string[] {
  return variablesOf(condition.right, variablesOf(condition.left));
}
