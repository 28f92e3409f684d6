import { DataError, RandomStream, type Table } from '../core/index.ts';
import { createWasmEvaluator, type LocalEvaluator } from '../evaluation/index.ts';
import { Budget } from './budget.ts';
import { evaluations, goalReached, type SearchContext } from './context.ts';
import { Forms } from './forms.ts';
import { choose, describeFront } from './front.ts';
import { HallOfFame } from './hall-of-fame.ts';
import { Model } from './model.ts';
import { Objective } from './objective.ts';
import { type FitOptions, type ResolvedOptions, resolveOptions } from './options.ts';
import { phasesOf } from './phases/index.ts';
import { polish } from './polish.ts';
import { type Prepared, prepare } from './prepare.ts';

/** Least seconds between two reports of progress. */
const REPORT_SECONDS = 0.1;

/**
 * Searches for closed forms of a column of a table in its other columns.
 *
 * The same table, options and seed give the same front at any number of threads, as long as the run is ended
 * by its evaluation budget, its loss or its patience and not by time.
 *
 * @throws OptionError for an option that is unknown, out of range or contradicts another
 * @throws DataError for a table that cannot be fitted
 * @example (await fit(Table.from({ x: [1, 2, 3, 4], y: [2, 8, 18, 32] }), { target: 'y' })).best.expression // '2 * x^2'
 */
export async function fit(table: Table, options: FitOptions): Promise<Model> {
  const resolved = resolveOptions(options);
  const prepared = prepare(table, resolved);
  const evaluator = createWasmEvaluator({ precision: 64 });
  try {
    evaluator.setData(prepared.problem);
    return await search(prepared, resolved, evaluator);
  } finally {
    evaluator.dispose();
  }
}

async function search(prepared: Prepared, options: ResolvedOptions, evaluator: LocalEvaluator): Promise<Model> {
  const context = createContext(prepared, options, evaluator);
  for (const phase of phasesOf(options, evaluator)) {
    if (goalReached(context) && context.hall.front().length > 0) break;
    context.phase = phase.name;
    await phase.run(context);
  }
  context.phase = 'polish';
  polish(context);
  const front = describeFront(context.hall);
  const best = choose(front, context.objective, options.modelSelection);
  if (!best) {
    const hint = 'check the operators against the range of the data, or allow more time';
    throw new DataError('no-expression', 'no expression is finite on every row', hint);
  }
  return new Model({
    target: options.target,
    inputs: prepared.problem.inputs,
    front,
    best,
    seed: options.seed,
    threads: context.threads,
    seconds: context.budget.elapsed(),
    evaluations: Math.round(evaluations(context)),
    stoppedBy: context.stoppedBy ?? 'exhausted',
    notes: context.notes,
  });
}

function createContext(prepared: Prepared, options: ResolvedOptions, evaluator: LocalEvaluator): SearchContext {
  const budget = new Budget(options.maxEvals ?? Infinity, options.timeLimit, options.signal);
  let lastReport = 0;
  const context: SearchContext = {
    grammar: prepared.grammar,
    forms: new Forms(prepared.grammar),
    objective: new Objective(prepared.problem, evaluator),
    hall: new HallOfFame(options.maxSize),
    budget,
    seed: options.seed,
    random: new RandomStream(options.seed),
    evolution: options,
    threads: options.threads ?? defaultThreads(),
    stopAtLoss: options.stopAtLoss ?? -1,
    patience: options.patience,
    remoteRows: 0,
    phase: 'prepare',
    stoppedBy: undefined,
    notes: prepared.notes,
    report: () => {
      if (!options.onProgress || budget.elapsed() - lastReport < REPORT_SECONDS) return;
      lastReport = budget.elapsed();
      const front = describeFront(context.hall);
      options.onProgress({
        phase: context.phase,
        elapsedSeconds: budget.elapsed(),
        remainingSeconds: Math.max(0, budget.secondsLeft()),
        evaluations: Math.round(evaluations(context)),
        front,
        best: choose(front, context.objective, options.modelSelection),
      });
    },
  };
  return context;
}

function defaultThreads(): number {
  return Math.min(globalThis.navigator?.hardwareConcurrency ?? 1, 8);
}
