import { DataError, RandomStream, type Table } from '../core/index.ts';
import { createWasmEvaluator, type LocalEvaluator } from '../evaluation/index.ts';
import { Budget } from './budget.ts';
import { type EvolutionSettings, evaluations, goalReached, type SearchContext } from './context.ts';
import { roughDescription } from './description-length.ts';
import { Forms } from './forms.ts';
import { choose, describeFront } from './front.ts';
import { HallOfFame } from './hall-of-fame.ts';
import { Model } from './model.ts';
import { Objective } from './objective.ts';
import { type FitOptions, type ResolvedOptions, resolveOptions } from './options.ts';
import { phasesOf } from './phases/index.ts';
import { polish } from './polish.ts';
import { type Prepared, prepare } from './prepare.ts';
import { BATCH_ROWS, batchOf } from './problem.ts';
import { rescore } from './rescore.ts';
import { hardwareThreads } from './worker-threads.ts';

/** Least seconds between two reports of progress. */
const REPORT_SECONDS = 0.1;
/** Threads beyond this bring little to eight islands. */
const MOST_DEFAULT_THREADS = 8;

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
    return await search(prepared, resolved, evaluator);
  } finally {
    evaluator.dispose();
  }
}

async function search(prepared: Prepared, options: ResolvedOptions, evaluator: LocalEvaluator): Promise<Model> {
  const problem = batchOf(prepared.problem, BATCH_ROWS);
  evaluator.setData(problem);
  const threads = options.threads ?? Math.min(await hardwareThreads(), MOST_DEFAULT_THREADS);
  const context = createContext(prepared, options, new Objective(problem, evaluator), threads);
  for (const phase of phasesOf(options, evaluator)) {
    if (goalReached(context)) break;
    context.phase = phase.name;
    await phase.run(context);
  }
  context.phase = 'polish';
  await polish(context);
  if (problem !== prepared.problem) await rescore(context, prepared.problem, evaluator);
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
    threads,
    seconds: context.budget.elapsed(),
    evaluations: Math.round(evaluations(context)),
    stoppedBy: context.stoppedBy ?? 'exhausted',
    notes: context.notes,
  });
}

function createContext(
  prepared: Prepared,
  options: ResolvedOptions,
  objective: Objective,
  threads: number,
): SearchContext {
  const budget = new Budget(options.maxEvals ?? Infinity, options.timeLimit, options.signal);
  let lastReport = 0;
  const context: SearchContext = {
    grammar: prepared.grammar,
    forms: new Forms(prepared.grammar),
    objective,
    hall: new HallOfFame(options.maxSize, (tree, loss) => roughDescription(tree, loss, context.objective)),
    budget,
    seed: options.seed,
    random: new RandomStream(options.seed),
    evolution: evolutionSettings(options),
    threads,
    stopAtLoss: options.stopAtLoss ?? -1,
    patience: options.patience,
    remoteRows: 0,
    pilot: undefined,
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

/** Only what the islands read: callbacks and signals cannot travel to a worker. */
function evolutionSettings(options: ResolvedOptions): EvolutionSettings {
  return {
    populations: options.populations,
    populationSize: options.populationSize,
    ncyclesPerIteration: options.ncyclesPerIteration,
    tournamentSelectionN: options.tournamentSelectionN,
    tournamentSelectionP: options.tournamentSelectionP,
    parsimony: options.parsimony,
    adaptiveParsimonyScaling: options.adaptiveParsimonyScaling,
    crossoverProbability: options.crossoverProbability,
    perturbationFactor: options.perturbationFactor,
    probabilityNegateConstant: options.probabilityNegateConstant,
    alpha: options.alpha,
    annealing: options.annealing,
    fractionReplaced: options.fractionReplaced,
    fractionReplacedHof: options.fractionReplacedHof,
    topn: options.topn,
    shouldSimplify: options.shouldSimplify,
    optimizerIterations: options.optimizerIterations,
    mutationWeights: options.mutationWeights,
  };
}
