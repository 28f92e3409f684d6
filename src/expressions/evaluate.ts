import { AnsatzError, nearest } from '../core/index.ts';
import type { Expression } from './expression.ts';

/**
 * The value of a formula at one point, by the rules of the operator table.
 *
 * @param values a number for every variable
 * @throws AnsatzError "unknown-variable"
 * @example evaluate(parse('2*x + 1'), { x: 3 }) // 7
 */
export function evaluate(expression: Expression, values: Readonly<Record<string, number>>): number {
  if (expression.kind === 'constant') return expression.value;
  if (expression.kind === 'variable') {
    if (Object.hasOwn(values, expression.name)) return values[expression.name];
    const near = nearest(expression.name, Object.keys(values));
    throw new AnsatzError(
      'unknown-variable',
      `no value for variable "${expression.name}"`,
      near !== undefined ? `did you mean "${near}"?` : 'give every variable a number',
      { variable: expression.name },
    );
  }
  const [first, second] = expression.arguments;
  const a = evaluate(first, values);
  return expression.operator.apply(a, second === undefined ? Number.NaN : evaluate(second, values));
}
