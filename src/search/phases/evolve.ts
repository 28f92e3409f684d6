import type { RandomStream } from '../../core/index.ts';
import { evaluations, goalReached, mayContinue, type Phase, type SearchContext } from '../context.ts';
import { bestByDescription } from '../description-length.ts';
import { moveIslands } from '../device/move-islands.ts';
import { InlineExecutor, type IslandExecutor } from '../executor.ts';
import { describeFront } from '../front.ts';
import { isSettled } from '../is-settled.ts';
import type { IslandReport } from '../island.ts';
import type { Fitted } from '../objective.ts';
import { reductionOfTree } from '../reduced/group-names.ts';
import { reductionOfIsland } from '../reduced/island-space.ts';
import { createReductions, type Reduction } from '../reduced/reduction.ts';
import { startWorkerExecutor } from '../worker-executor.ts';

/** A fall of the description length that counts as progress, in nats. */
const PROGRESS_NATS = 0.1;
/** A relative fall of the lowest loss that counts as progress. */
const PROGRESS_LOSS = 0.05;
/** Times that islands which rest begin anew while the law is not settled. */
const MOST_RESTARTS = 6;
/** Complexity at which the warm-up of the largest one starts, PySR's. */
const WARMUP_START = 3;

/**
 * Islands of regularised evolution, in bulk-synchronous epochs: every island runs its quota, then the
 * coordinator merges the reports in the order of the islands, enters the best in the hall of fame and sends
 * migrants. Nothing depends on the thread an island ran on.
 */
export const evolve: Phase = {
  name: 'evolve',
  async run(context) {
    if (context.stoppedBy || context.evolution.populations === 0) return;
    const reductions = await createReductions(context);
    if (context.stoppedBy) return;
    const first = (await startWorkerExecutor(context, reductions)) ?? new InlineExecutor(context, reductions);
    const place: { executor: IslandExecutor } = { executor: first };
    try {
      if (context.log.evolve) {
        await first.restore(context.log.savedIslands);
      } else {
        const seeded = await first.seed(seeds(context, reductions.length));
        if (first.remote) context.remoteRows += seeded;
      }
      await epochs(context, place, reductions);
    } finally {
      context.log.evolve = undefined;
      place.executor.dispose();
    }
  },
};

/** The cheap phases' best, dealt out so that every island knows some and no two are alike. */
function seeds(context: SearchContext, reductions: number): Fitted[][] {
  const { populations, populationSize } = context.evolution;
  const limit = largestComplexity(context, 0);
  const entries = context.hall.all().filter((entry) => entry.complexity <= limit);
  const share = Math.floor(populationSize / 2);
  return Array.from({ length: populations }, (_, island) => {
    if (reductionOfIsland(island, reductions) >= 0) return [];
    // One island in four starts from random trees alone.
    const known = island % 4 === 3 ? [] : entries.filter((_, i) => (i + island) % 2 === 0).slice(-share);
    const guesses = context.guesses.filter((guess) => !known.some((entry) => entry.tree === guess.tree));
    return [...known, ...guesses.slice(0, populationSize - known.length)];
  });
}

async function epochs(
  context: SearchContext,
  place: { executor: IslandExecutor },
  reductions: readonly Reduction[],
): Promise<void> {
  const { evolution, objective, hall, log } = context;
  const saved = log.evolve;
  let pool: Fitted[] = saved ? context.packer!.unpack(saved.pool) : [];
  let resting = saved?.resting ?? 0;
  let bestLength = saved?.bestLength ?? Infinity;
  let lowest = saved?.lowest ?? Infinity;
  let epoch = saved?.epoch ?? 0;
  let restarts = saved?.restarts ?? 0;
  let afresh = saved?.afresh ?? false;
  // An epoch that was begun before an interruption is ended, though its evaluations are counted already.
  let open = saved !== undefined && log.savedIslands.some((island) => island.epoch !== undefined);
  while (open || (!goalReached(context) && (await mayContinue(context)))) {
    open = false;
    if (epoch >= context.niterations) {
      context.stoppedBy ??= 'iterations';
      break;
    }
    // Rows are counted as they stood at the start of the epoch, also for one that is taken up in its midst.
    if (!log.evolve || log.evolve.epoch !== epoch) {
      const packed = context.packer?.pack(pool) ?? new Float64Array(0);
      const { usedRows } = objective;
      log.evolve = { epoch, pool: packed, resting, bestLength, lowest, restarts, afresh, usedRows };
      if (log.isDue) {
        const states = await place.executor.states();
        log.save(() => states);
      }
    }
    const rowsBefore = log.evolve.usedRows + context.remoteRows;
    const random = context.random.split(1_000_000 + epoch);
    const migrants = Array.from({ length: evolution.populations }, (_, island) =>
      afresh ? [] : drawMigrants(context, pool, random, reductionOfIsland(island, reductions.length)),
    );
    const rowsLeft = context.budget.evaluationsLeft(rowsBefore / objective.rows) * objective.rows;
    const maxRows = Math.ceil(rowsLeft / evolution.populations);
    const maxSize = largestComplexity(context, warmth(context, epoch, rowsBefore / objective.rows));
    const plan = { migrants, maxRows, maxSize, afresh };
    place.executor = await moveIslands(context, place.executor, reductions, plan, rowsBefore);
    const reports = await place.executor.epoch(plan);
    afresh = false;
    pool = reports.flatMap((report) => report.emigrants);
    merge(context, place.executor, reports, reductions);
    epoch++;
    context.report();
    tell(context, epoch);
    const length = bestByDescription(hall.front(), objective).length;
    const warming = maxSize < context.syntax.grammar.maxSize;
    const progress = warming || length < bestLength - PROGRESS_NATS || fell(hall.lowest(), lowest);
    resting = progress ? 0 : resting + 1;
    bestLength = Math.min(bestLength, length);
    lowest = Math.min(lowest, hall.lowest());
    if (resting < context.patience) continue;
    if (restarts >= MOST_RESTARTS || isSettled(context)) context.stoppedBy ??= 'patience';
    else {
      restarts++;
      resting = 0;
      afresh = true;
    }
  }
}

/** Lets the user see the front, and end the run. */
function tell(context: SearchContext, iteration: number): void {
  const { earlyStop, onIteration, hall, syntax, lossScale, budget } = context;
  if (!earlyStop && !onIteration) return;
  const front = describeFront(hall, syntax, lossScale);
  const told = { iteration, front, evaluations: Math.round(evaluations(context)), elapsedSeconds: budget.elapsed() };
  if (onIteration?.(told) === false || (earlyStop && front.some(earlyStop))) context.stoppedBy ??= 'early-stop';
}

function fell(loss: number, before: number): boolean {
  return loss < before - PROGRESS_LOSS * Math.abs(before === Infinity ? 0 : before);
}

/** Share of the run that is done, 0 to 1, by epochs or by evaluations. */
function warmth(context: SearchContext, epoch: number, used: number): number {
  const left = context.budget.evaluationsLeft(used);
  const byEvaluations = left === Infinity ? 0 : used / (used + left);
  return Math.max(epoch / context.niterations, byEvaluations);
}

/** The largest complexity while it warms up. */
function largestComplexity(context: SearchContext, share: number): number {
  const { maxSize } = context.syntax.grammar;
  if (context.warmupMaxsizeBy === 0 || share >= context.warmupMaxsizeBy) return maxSize;
  return Math.min(maxSize, WARMUP_START + Math.floor(((maxSize - WARMUP_START) * share) / context.warmupMaxsizeBy));
}

function merge(
  context: SearchContext,
  executor: IslandExecutor,
  reports: readonly IslandReport[],
  reductions: readonly Reduction[],
): void {
  const { hall, objective } = context;
  for (const report of reports) {
    if (executor.remote) context.remoteRows += report.usedRows;
    const reduction = reductions[reductionOfIsland(report.island, reductions.length)];
    for (const found of report.best) {
      const fitted = reduction ? expanded(found, reduction, context) : found;
      if (!fitted) continue;
      if (!hall.improves(fitted.tree, fitted.loss)) continue;
      const refitted = objective.full(fitted.tree, 8);
      hall.offer(refitted.tree, refitted.loss);
    }
  }
}

/** The law of the user's target that a law of the groups stands for, where it is within the limits. */
function expanded({ tree, loss }: Fitted, reduction: Reduction, { syntax }: SearchContext): Fitted | undefined {
  const law = reduction.expand(tree);
  if (!law) return undefined;
  const simple = syntax.simplify(law) ?? law;
  const shorter = syntax.admitted(simple) <= syntax.admitted(law) ? simple : law;
  if (syntax.admitted(shorter) === Infinity) return undefined;
  return { tree: shorter, loss: loss * reduction.lossFactor };
}

/** A Poisson number of copies of members of other islands, of the hall of fame and of the user's guesses. */
function drawMigrants(
  context: SearchContext,
  pool: readonly Fitted[],
  random: RandomStream,
  reduction: number,
): Fitted[] {
  const { populationSize, fractionReplaced, fractionReplacedHof, fractionReplacedGuesses } = context.evolution;
  const drawn: Fitted[] = [];
  const draw = (from: readonly Fitted[], mean: number): void => {
    if (from.length === 0) return;
    const count = Math.min(poisson(mean, random), populationSize);
    for (let i = 0; i < count; i++) drawn.push(from[random.integer(from.length)]);
  };
  const { units } = context.syntax.grammar;
  const alike = units ? pool.filter(({ tree }) => (reductionOfTree(tree) ?? reduction) === reduction) : pool;
  if (context.evolution.migration) draw(alike, fractionReplaced * populationSize);
  if (reduction >= 0) return drawn;
  if (context.evolution.hofMigration) draw(context.hall.front(), fractionReplacedHof * populationSize);
  draw(context.guesses, fractionReplacedGuesses * populationSize);
  return drawn;
}

/** Knuth's product of uniforms; mean below 30 here. */
function poisson(mean: number, random: RandomStream): number {
  const limit = Math.exp(-mean);
  let count = 0;
  for (let product = random.uniform(); product > limit; product *= random.uniform()) count++;
  return count;
}
