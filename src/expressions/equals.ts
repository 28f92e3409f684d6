import type { Expression } from './expression.ts';

/**
 * True for trees of the same shape, operators, names and numbers; 0 and -0 differ.
 *
 * @example equals(parse('x + y'), parse('y + x')) // false
 */
export function equals(a: Expression, b: Expression): boolean {
  if (a === b) return true;
  if (a.kind === 'constant') return b.kind === 'constant' && Object.is(a.value, b.value);
  if (a.kind === 'variable') return b.kind === 'variable' && a.name === b.name;
  return (
    b.kind === 'call' &&
    a.operator.name === b.operator.name &&
    a.arguments.length === b.arguments.length &&
    a.arguments.every((argument, i) => equals(argument, b.arguments[i]))
  );
}
