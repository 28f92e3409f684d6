import type { Expression } from '../../expressions/index.ts';
import type { SearchContext } from '../context.ts';
import type { Task } from '../tasks/task.ts';
import { lawTree } from './law-tree.ts';
import type { Weighting } from './log-problem.ts';
import type { ProductLaw } from './product-law.ts';

interface Candidate {
  readonly tree: Expression;
  readonly error: number;
}

/** Trees of the laws that miss the target least, a few of each complexity and weighting, the simplest first. */
export function chooseLaws(
  { syntax }: SearchContext,
  task: Task,
  laws: readonly ProductLaw[],
  keep: number,
): Expression[] {
  const bySize: Record<Weighting, Candidate[]>[] = [];
  for (const law of laws) {
    const tree = lawTree(law, syntax.forms);
    const whole = tree && task.wrap(tree);
    if (!whole) continue;
    const size = syntax.admitted(whole);
    if (size === Infinity) continue;
    bySize[size] ??= { relative: [], absolute: [] };
    bySize[size][law.problem.weighting].push({ tree, error: law.error });
  }
  return bySize.flatMap(({ relative, absolute }) => [...best(relative, keep), ...best(absolute, keep)]);
}

function best(candidates: Candidate[], keep: number): Expression[] {
  candidates.sort((a, b) => a.error - b.error);
  return candidates.slice(0, keep).map(({ tree }) => tree);
}
