import type { LocalEvaluator } from '../evaluation/index.ts';
import { mayContinue, type SearchContext } from './context.ts';
import { bestByDescription, descriptionLength } from './description-length.ts';
import { relativeWeights } from './noise-weights.ts';
import { type Fitted, Objective } from './objective.ts';
import type { ProblemData } from './problem.ts';
import { RIVAL_NATS } from './rivals/rivals.ts';

/** Steps of the refit on all rows, from constants that are nearly right. */
const REFIT_STEPS = 4;

/**
 * Refits the front of a batch on all rows of a large table, and what may be rivals of its best, and gives them their
 * losses there.
 *
 * A run that is out of time scores without refitting, so that every loss shown is a loss on the whole table.
 */
export async function rescore(context: SearchContext, problem: ProblemData, evaluator: LocalEvaluator): Promise<void> {
  const batch = context.objective;
  const front = context.hall.front();
  const { entry: best, length } = bestByDescription(front, batch);
  const entries = [...front, ...contenders(context, front, length)];
  evaluator.setData(problem);
  let objective = new Objective(problem, evaluator, batch.rules);
  if (context.pilot) {
    const weights = relativeWeights(objective, context.pilot);
    if (weights) objective = new Objective({ ...problem, weights }, evaluator, batch.rules);
    evaluator.setData(objective.problem);
  }
  // The hall of the batch stays until the end: a run that is taken up again starts from it.
  const { log } = context;
  const refitted: Fitted[] = log.rescore ? context.packer!.unpack(log.rescore.refitted) : [];
  objective.usedRows = log.rescore?.usedRows ?? 0;
  for (const entry of entries.slice(refitted.length)) {
    await mayContinue(context);
    const late = context.stoppedBy === 'cancelled' || context.stoppedBy === 'time-limit';
    const fitted = late ? undefined : objective.full(entry.tree, REFIT_STEPS);
    refitted.push(
      fitted && Number.isFinite(fitted.loss) ? fitted : { tree: entry.tree, loss: objective.lossOf(entry.tree) },
    );
    if (log.isDue) {
      log.rescore = { refitted: context.packer!.pack(refitted), usedRows: objective.usedRows };
      log.save();
    }
  }
  context.remoteRows = Math.round((batch.usedRows + context.remoteRows) * (objective.rows / batch.rows));
  context.objective = objective;
  context.hall.clear();
  context.notes.push(`searched on ${batch.rows} of ${objective.rows} rows; constants and losses are of all`);
  refitted.forEach((fitted, i) => {
    context.hall.keep(fitted.tree, fitted.loss);
    if (i >= front.length) return;
    if (entries[i] === best) context.hall.replace(fitted.tree, fitted.loss);
    else context.hall.offer(fitted.tree, fitted.loss);
  });
}

/** Runners-up that describe the batch as well as the best of the front. */
function contenders({ hall, objective }: SearchContext, front: readonly Fitted[], length: number): Fitted[] {
  const trees = new Set(front.map(({ tree }) => tree));
  return hall.candidates().filter((entry) => {
    return !trees.has(entry.tree) && descriptionLength(entry.tree, entry.loss, objective) <= length + RIVAL_NATS;
  });
}
