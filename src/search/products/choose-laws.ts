import type { Expression } from '../../expressions/index.ts';
import type { SearchContext } from '../context.ts';
import type { Task } from '../tasks/task.ts';
import { lawTree } from './law-tree.ts';
import type { ProductLaw } from './product-law.ts';

/** Trees of the laws that miss the target least, a few of each complexity, the simplest first. */
export function chooseLaws(
  { syntax }: SearchContext,
  task: Task,
  laws: readonly ProductLaw[],
  keep: number,
): Expression[] {
  const bySize: { readonly tree: Expression; readonly error: number }[][] = [];
  for (const law of laws) {
    const tree = lawTree(law, syntax.forms);
    const whole = tree && task.wrap(tree);
    if (!whole) continue;
    const size = syntax.admitted(whole);
    if (size === Infinity) continue;
    bySize[size] ??= [];
    bySize[size].push({ tree, error: law.error });
  }
  return bySize.flatMap((list) =>
    list
      .sort((a, b) => a.error - b.error)
      .slice(0, keep)
      .map(({ tree }) => tree),
  );
}
