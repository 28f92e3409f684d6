import { constantsOf, type Expression } from '../../expressions/index.ts';
import type { SearchContext } from '../context.ts';
import type { Task } from '../tasks/task.ts';
import { lawTree } from './law-tree.ts';
import type { Weighting } from './log-problem.ts';
import type { ProductLaw } from './product-law.ts';

interface Candidate {
  readonly tree: Expression;
  readonly error: number;
}

/** Constants of a law under a loss of the user's own, which is fitted without derivatives: thousands of evaluations each. */
const MOST_CONSTANTS = 2;

/** Which laws of a list are worth a fit. */
export interface Choice {
  /** Laws of one complexity and weighting at most. */
  readonly keep: number;
  /** Factor by which a law may miss the target by more than a simpler one. */
  readonly slack: number;
}

/** Trees of the laws that miss the target least, a few of each complexity and weighting, the simplest first. */
export function chooseLaws(
  { syntax, objective }: SearchContext,
  task: Task,
  laws: readonly ProductLaw[],
  { keep, slack }: Choice,
): Expression[] {
  const mostConstants = objective.rules.lossFunction ? MOST_CONSTANTS : Infinity;
  const bySize: Record<Weighting, Candidate[]>[] = [];
  for (const law of laws) {
    const tree = lawTree(law, syntax.forms);
    const whole = tree && task.wrap(tree);
    if (!whole) continue;
    const size = syntax.admitted(whole);
    if (size === Infinity || constantsOf(whole).length > mostConstants) continue;
    bySize[size] ??= { relative: [], absolute: [] };
    bySize[size][law.problem.weighting].push({ tree, error: law.error });
  }
  const least = { relative: Infinity, absolute: Infinity };
  const best = (candidates: Candidate[], weighting: Weighting): Expression[] => {
    candidates.sort((a, b) => a.error - b.error);
    const chosen = candidates.slice(0, keep).filter(({ error }) => error <= slack * least[weighting]);
    least[weighting] = Math.min(least[weighting], candidates[0]?.error ?? Infinity);
    return chosen.map(({ tree }) => tree);
  };
  return bySize.flatMap(({ relative, absolute }) => [...best(relative, 'relative'), ...best(absolute, 'absolute')]);
}
