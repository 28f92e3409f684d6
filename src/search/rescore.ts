import type { LocalEvaluator } from '../evaluation/index.ts';
import { mayContinue, type SearchContext } from './context.ts';
import { bestByDescription } from './description-length.ts';
import { relativeWeights } from './noise-weights.ts';
import { Objective } from './objective.ts';
import type { ProblemData } from './problem.ts';

/** Steps of the refit on all rows, from constants that are nearly right. */
const REFIT_STEPS = 4;

/**
 * Refits the front of a batch on all rows of a large table and gives it its losses there.
 *
 * A run that is out of time scores without refitting, so that every loss shown is a loss on the whole table.
 */
export async function rescore(context: SearchContext, problem: ProblemData, evaluator: LocalEvaluator): Promise<void> {
  const batch = context.objective;
  const entries = context.hall.front();
  const best = bestByDescription(entries, batch).entry;
  evaluator.setData(problem);
  let objective = new Objective(problem, evaluator, batch.rules);
  if (context.pilot) {
    const weights = relativeWeights(objective, context.pilot);
    if (weights) objective = new Objective({ ...problem, weights }, evaluator, batch.rules);
    evaluator.setData(objective.problem);
  }
  context.remoteRows = Math.round((batch.usedRows + context.remoteRows) * (objective.rows / batch.rows));
  context.objective = objective;
  context.hall.clear();
  context.notes.push(`searched on ${batch.rows} of ${objective.rows} rows; constants and losses are of all`);
  for (const entry of entries) {
    await mayContinue(context);
    const late = context.stoppedBy === 'cancelled' || context.stoppedBy === 'time-limit';
    const refitted = late ? undefined : objective.full(entry.tree, REFIT_STEPS);
    const fitted =
      refitted && Number.isFinite(refitted.loss) ? refitted : { ...entry, loss: objective.lossOf(entry.tree) };
    if (entry === best) context.hall.replace(fitted.tree, fitted.loss);
    else context.hall.offer(fitted.tree, fitted.loss);
  }
}
