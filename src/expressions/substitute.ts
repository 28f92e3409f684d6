import type { Expression } from './expression.ts';

/** The tree with variables replaced; names that are not in the record stay. */
export function substitute(expression: Expression, replacements: Readonly<Record<string, Expression>>): Expression {
  if (expression.kind === 'constant') return expression;
  if (expression.kind === 'variable') {
    return Object.hasOwn(replacements, expression.name) ? replacements[expression.name] : expression;
  }
  return {
    kind: 'call',
    operator: expression.operator,
    arguments: expression.arguments.map((argument) => substitute(argument, replacements)),
  };
}
