import { call, constant, type Expression } from '../../expressions/index.ts';

/**
 * factor * tree without a constant more than the tree has: the factor goes into constants that are there.
 *
 * @param factor > 0
 * @returns undefined where there is no constant to take it
 */
export function scaleTree(factor: number, tree: Expression): Expression | undefined {
  if (factor === 1) return tree;
  if (tree.kind === 'constant') return constant(factor * tree.value);
  if (tree.kind === 'variable') return undefined;
  const [a, b] = tree.arguments;
  const first = (scaled: Expression | undefined): Expression | undefined =>
    scaled && call(tree.operator, scaled, ...(b ? [b] : []));
  switch (tree.operator.name) {
    case 'mul':
      return first(scaleTree(factor, a)) ?? second(tree, scaleTree(factor, b));
    case 'div':
      return first(scaleTree(factor, a)) ?? second(tree, scaleTree(1 / factor, b));
    case 'add':
    case 'sub': {
      const [left, right] = [scaleTree(factor, a), scaleTree(factor, b)];
      return left && right && call(tree.operator, left, right);
    }
    case 'neg':
      return first(scaleTree(factor, a));
    case 'inv':
      return first(scaleTree(1 / factor, a));
    case 'sqrt':
      return first(scaleTree(factor ** 2, a));
    case 'square':
      return first(scaleTree(Math.sqrt(factor), a));
    case 'pow':
      return b.kind === 'constant' ? first(scaleTree(factor ** (1 / b.value), a)) : undefined;
    case 'exp':
      return first(shifted(Math.log(factor), a));
    default:
      return undefined;
  }
}

function second(tree: Expression & { kind: 'call' }, scaled: Expression | undefined): Expression | undefined {
  return scaled && call(tree.operator, tree.arguments[0], scaled);
}

/** tree + offset where the tree is a sum with a constant. */
function shifted(offset: number, tree: Expression): Expression | undefined {
  if (tree.kind !== 'call') return undefined;
  const [a, b] = tree.arguments;
  const { name } = tree.operator;
  if (name !== 'add' && name !== 'sub') return undefined;
  if (a.kind === 'constant') return call(tree.operator, constant(a.value + offset), b);
  if (b.kind === 'constant') return call(tree.operator, a, constant(b.value + (name === 'add' ? offset : -offset)));
  return undefined;
}
