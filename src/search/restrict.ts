import { constant, type Expression } from '../expressions/index.ts';
import type { Forms } from './forms.ts';

/** Powers by name: what `power` can write in other ways. */
const NAMED_POWERS: Readonly<Record<string, number>> = { square: 2, cube: 3, sqrt: 0.5, inv: -1, cbrt: 1 / 3 };

/**
 * Rewrites a tree in the operators a user allowed; simplification may have used others, such as x^2 for x * x.
 *
 * @returns undefined when the allowed operators cannot express it
 */
export function restrict(tree: Expression, forms: Forms): Expression | undefined {
  if (tree.kind !== 'call') return tree;
  const args: Expression[] = [];
  for (const argument of tree.arguments) {
    const inner = restrict(argument, forms);
    if (!inner) return undefined;
    args.push(inner);
  }
  const { name } = tree.operator;
  if (forms.has(name)) return forms.apply(name, ...args) ?? undefined;
  const [a, b] = args;
  if (name === 'pow') return b.kind === 'constant' ? forms.power(a, b.value) : undefined;
  if (name in NAMED_POWERS) return forms.power(a, NAMED_POWERS[name]);
  if (name === 'neg') return forms.multiply(constant(-1), a) ?? forms.apply('sub', constant(0), a);
  if (name === 'sub') return forms.add(a, b.kind === 'constant' ? constant(-b.value) : forms.multiply(constant(-1), b));
  if (name === 'add') return b.kind === 'constant' ? forms.add(a, b) : undefined;
  if (name === 'div') return forms.multiply(a, forms.power(b, -1));
  if (name === 'mul') return a.kind === 'constant' ? forms.multiply(a, b) : undefined;
  return undefined;
}
