import type { LocalEvaluator } from '../../evaluation/index.ts';
import { evaluations, type Phase, type SearchContext } from '../context.ts';
import { bestByDescription, roughDescription } from '../description-length.ts';
import { isExact } from '../exactness.ts';
import { HallOfFame } from '../hall-of-fame.ts';
import { Objective } from '../objective.ts';
import { polish } from '../polish.ts';
import { RunLog } from '../state/run-log.ts';
import { createSyntax } from '../syntax.ts';

/** Share of the run's time and evaluations that goes to laws without units. */
const SHARE = 0.2;
const DONE = 'untyped';

/**
 * The cheap phases once more without units, for the units that are given may be wrong: what they find is kept aside.
 *
 * Laws that turn out to be of the right dimension enter the front. An exact law ends the run when the units forbid it
 * and no exact one that they allow is known. The pass is begun anew when a run is taken up in its midst.
 *
 * @param phases those that are run
 */
export function untypedPhase(evaluator: LocalEvaluator, phases: readonly Phase[]): Phase {
  return {
    name: 'untyped',
    async run(context) {
      const { log, syntax } = context;
      if (!syntax.grammar.units?.constructs || phases.length === 0 || log.isDone(DONE)) return;
      const free = withoutUnits(context, evaluator);
      for (const phase of phases) {
        free.log.enter(0);
        await phase.run(free);
        if (free.stoppedBy) break;
      }
      await conclude(context, free);
      context.remoteRows += free.objective.usedRows;
      log.finish(DONE);
    },
  };
}

/** The same run, its data and its options, as if no unit had been given. */
function withoutUnits(context: SearchContext, evaluator: LocalEvaluator): SearchContext {
  const { objective } = context;
  const syntax = createSyntax({ ...context.syntax.grammar, units: undefined, constants: undefined });
  const rules = { ...objective.rules, syntax, surcharge: undefined };
  // Tasks and their libraries are remembered by the problem; those with units are others.
  const free: SearchContext = {
    ...context,
    syntax,
    objective: new Objective({ ...objective.problem }, evaluator, rules),
    hall: new HallOfFame(syntax.grammar.maxSize, syntax, (tree, loss) => roughDescription(tree, loss, free.objective)),
    budget: context.budget.share(SHARE),
    remoteRows: 0,
    untyped: undefined,
    notes: [],
    log: new RunLog(() => free, '', undefined),
    packer: undefined,
  };
  return free;
}

/** Hands on what is of the right dimension, and keeps the best of what is not where it is better than all that is. */
async function conclude(context: SearchContext, free: SearchContext): Promise<void> {
  const { hall, syntax, objective } = context;
  // What units make dearer or cheaper is no argument against them.
  const typed = bestByDescription(hall.front(), free.objective);
  if (bestByDescription(free.hall.front(), free.objective).length >= typed.length) return;
  // Its own share may be used up; the law is finished all the same.
  const finished: SearchContext = { ...free, budget: context.budget, stoppedBy: undefined };
  finished.remoteRows = Math.round(evaluations(context) * objective.rows);
  await polish(finished);
  for (const { tree, loss } of finished.hall.candidates()) {
    if (syntax.admitted(tree) < Infinity) hall.offer(tree, loss);
  }
  const forbidden = finished.hall.front().filter(({ tree }) => syntax.admitted(tree) === Infinity);
  const { entry, length } = bestByDescription(forbidden, free.objective);
  if (!entry || length >= bestByDescription(hall.front(), free.objective).length) return;
  context.untyped = { tree: entry.tree, loss: entry.loss };
  if (isExact(entry, free.objective)) context.stoppedBy ??= 'floor';
  else if (entry.loss <= context.stopAtLoss) context.stoppedBy ??= 'target-loss';
}
