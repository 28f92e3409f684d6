import type { Expression } from '../expressions/index.ts';

/** Indices (pre-order) of a set of constants in which the tree is jointly affine; largest found greedily. */
function linearIndices(node: Expression, first: number, out: number[]): number {
  if (node.kind === 'constant') {
    out.push(first);
    return first + 1;
  }
  if (node.kind === 'variable') return first;
  const [left, right] = node.arguments;
  switch (node.operator.name) {
    case 'add':
    case 'sub':
      return linearIndices(right, linearIndices(left, first, out), out);
    case 'neg':
      return linearIndices(left, first, out);
    case 'mul': {
      // A product is affine in one factor's constants at a time: take the richer factor.
      const inLeft: number[] = [];
      const inRight: number[] = [];
      const middle = linearIndices(left, first, inLeft);
      const end = linearIndices(right, middle, inRight);
      out.push(...(inLeft.length >= inRight.length ? inLeft : inRight));
      return end;
    }
    case 'div': {
      const middle = linearIndices(left, first, out);
      return linearIndices(right, middle, []);
    }
    default: {
      let next = first;
      for (const argument of node.arguments) next = linearIndices(argument, next, []);
      return next;
    }
  }
}

/**
 * Marks the constants in which a tree is jointly affine, so that a fit may solve for them exactly.
 *
 * @returns shape [parameters], 1 where linear
 * Of 2 * cos(3 * x) + 1, the 2 and the 1 are linear and the 3 is not.
 */
export function linearParameters(tree: Expression, parameters: number): Uint8Array {
  const indices: number[] = [];
  linearIndices(tree, 0, indices);
  const mask = new Uint8Array(parameters);
  for (const index of indices) mask[index] = 1;
  return mask;
}
