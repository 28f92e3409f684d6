import type { Expression } from '../../expressions/index.ts';
import type { SearchContext } from '../context.ts';
import type { Fitted } from '../objective.ts';
import { snap } from '../polish.ts';
import { proposeFor, type Task } from '../tasks/task.ts';
import { columnsOf, type Hit, weightedFit } from './problem.ts';
import { atSimpleExponents } from './small-shapes.ts';

/** A hit written as laws, with its errors in the task's target. */
interface Written {
  readonly laws: readonly Expression[];
  /** Whether small whole numbers in the laws are held: of small arguments the rows tell too little to free them too. */
  readonly held: boolean;
  readonly complexity: number;
  /** Weighted sum of squared errors, to first order. */
  readonly absolute: number;
  /** The same of relative errors; infinite where the target is 0. */
  readonly relative: number;
}

/** How many hits are fitted: the best of all, and the best of each complexity. */
export interface Choice {
  readonly best: number;
  readonly perComplexity: number;
}

/** Proposes the laws of the best hits by absolute and by relative error. */
export function proposeBest(context: SearchContext, task: Task, hits: readonly Hit[], choice: Choice): void {
  const written = hits.flatMap((found) =>
    atSimpleExponents(found).flatMap((hit) => write(context, task, hit, found.shape.whole !== undefined) ?? []),
  );
  const chosen = new Set<Written>();
  for (const error of ['absolute', 'relative'] as const) {
    const sorted = written.filter((each) => each[error] < Infinity).sort((a, b) => a[error] - b[error]);
    const atComplexity: number[] = [];
    const seen = new Set<string>();
    let taken = 0;
    for (const each of sorted) {
      const count = atComplexity[each.complexity] ?? 0;
      if (taken >= choice.best && count >= choice.perComplexity) continue;
      const key = context.syntax.key(each.laws[0]);
      if (seen.has(key)) continue;
      seen.add(key);
      taken++;
      atComplexity[each.complexity] = count + 1;
      chosen.add(each);
    }
  }
  const proposed = new Set<string>();
  for (const { laws, held } of chosen) {
    for (const law of laws) {
      const key = `${context.syntax.key(law)}`;
      if (proposed.has(key)) continue;
      proposed.add(key);
      const fitted = proposeFor(context, task, law, held);
      if (held && fitted) offerSnapped(context, fitted);
    }
  }
}

/** Two constants that nearly make up one are fitted to the last digit only once the one that has a simple value has it. */
function offerSnapped({ hall, objective }: SearchContext, fitted: Fitted): void {
  if (!(fitted.loss <= objective.nearFloor)) return;
  const snapped = snap(fitted, objective);
  hall.offer(snapped.tree, snapped.loss);
}

function write(context: SearchContext, { target, weights }: Task, hit: Hit, held: boolean): Written | undefined {
  const { problem, group } = hit;
  const fit = weightedFit([...columnsOf(hit), ...group.basis], problem.z, group.rootWeights);
  const laws = problem.laws(hit, fit).filter((law) => law !== undefined);
  if (laws.length === 0) return undefined;
  let absolute = 0;
  let relative = 0;
  for (let i = 0; i < target.length; i++) {
    if (weights[i] === 0) continue;
    const error = fit.residuals[i] * problem.slope[i];
    absolute += weights[i] * error * error;
    relative += (error / target[i]) ** 2;
  }
  return { laws, held, complexity: context.syntax.complexity(laws[0]), absolute, relative };
}
