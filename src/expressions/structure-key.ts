import type { Expression } from './expression.ts';

/**
 * A cheap key of a formula's shape: arguments of commutative operators in one order, every constant
 * written as #. Trees that differ in constants or in the order of a sum share it.
 *
 * @example structureKey(parse('2*x')) === structureKey(parse('x*3')) // true
 */
export function structureKey(expression: Expression): string {
  if (expression.kind === 'constant') return '#';
  // A name tells its length, so that no two shapes share a key whatever the names hold.
  if (expression.kind === 'variable') return `${expression.name.length}:${expression.name}`;
  const { operator } = expression;
  const first = structureKey(expression.arguments[0]);
  if (operator.arity === 1) return `${operator.name}(${first}`;
  const second = structureKey(expression.arguments[1]);
  return operator.facts.commutative && second < first
    ? `${operator.name}(${second}${first}`
    : `${operator.name}(${first}${second}`;
}
