import type { Expression } from '../expression.ts';

/** Number of nodes with every shared subtree counted as often as it appears; computed without walking it that often. */
export function expandedSize(expression: Expression): number {
  const known = new Map<Expression, number>();
  const count = (node: Expression): number => {
    if (node.kind !== 'call') return 1;
    let total = known.get(node);
    if (total === undefined) {
      total = 1;
      for (const argument of node.arguments) total += count(argument);
      known.set(node, total);
    }
    return total;
  };
  return count(expression);
}
