import type { Expression } from '../expressions/index.ts';

/** Pre-order indices of the constants that stand as exponents and satisfy `accept`. */
export function exponentIndices(tree: Expression, accept: (value: number) => boolean = () => true): Set<number> {
  const found = new Set<number>();
  let next = 0;
  const visit = (node: Expression, exponent: boolean): void => {
    if (node.kind === 'constant') {
      if (exponent && accept(node.value)) found.add(next);
      next++;
    } else if (node.kind === 'call') {
      node.arguments.forEach((argument, i) => {
        visit(argument, i === 1 && node.operator.name === 'pow');
      });
    }
  };
  visit(tree, false);
  return found;
}
