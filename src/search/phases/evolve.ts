import type { RandomStream } from '../../core/index.ts';
import { evaluations, goalReached, mayContinue, type Phase, type SearchContext } from '../context.ts';
import { bestByDescription } from '../description-length.ts';
import { InlineExecutor, type IslandExecutor } from '../executor.ts';
import type { IslandReport } from '../island.ts';
import type { Fitted } from '../objective.ts';
import { startWorkerExecutor } from '../worker-executor.ts';

/** A fall of the description length that counts as progress, in nats. */
const PROGRESS_NATS = 0.1;
/** A relative fall of the lowest loss that counts as progress. */
const PROGRESS_LOSS = 0.05;

/**
 * Islands of regularised evolution, in bulk-synchronous epochs: every island runs its quota, then the
 * coordinator merges the reports in the order of the islands, enters the best in the hall of fame and sends
 * migrants. Nothing depends on the thread an island ran on.
 */
export const evolve: Phase = {
  name: 'evolve',
  async run(context) {
    if (context.stoppedBy || context.evolution.populations === 0) return;
    const executor: IslandExecutor = (await startWorkerExecutor(context)) ?? new InlineExecutor(context);
    try {
      const seeded = await executor.seed(seeds(context));
      if (executor.remote) context.remoteRows += seeded;
      await epochs(context, executor);
    } finally {
      executor.dispose();
    }
  },
};

/** The cheap phases' best, dealt out so that every island knows some and no two are alike. */
function seeds(context: SearchContext): Fitted[][] {
  const { populations, populationSize } = context.evolution;
  const entries = context.hall.all();
  const share = Math.floor(populationSize / 2);
  return Array.from({ length: populations }, (_, island) =>
    // One island in four starts from random trees alone.
    island % 4 === 3 ? [] : entries.filter((_, i) => (i + island) % 2 === 0).slice(-share),
  );
}

async function epochs(context: SearchContext, executor: IslandExecutor): Promise<void> {
  const { evolution, objective, hall } = context;
  let pool: Fitted[] = [];
  let resting = 0;
  let bestLength = Infinity;
  let lowest = Infinity;
  for (let epoch = 0; !goalReached(context) && (await mayContinue(context)); epoch++) {
    const random = context.random.split(1_000_000 + epoch);
    const migrants = Array.from({ length: evolution.populations }, () => drawMigrants(context, pool, random));
    const rowsLeft = context.budget.evaluationsLeft(evaluations(context)) * objective.rows;
    const quota = Math.ceil(rowsLeft / evolution.populations);
    const reports = await executor.epoch(migrants, quota);
    pool = reports.flatMap((report) => report.emigrants);
    merge(context, executor, reports);
    context.report();
    const length = bestByDescription(hall.front(), objective).length;
    const progress = length < bestLength - PROGRESS_NATS || hall.lowest() < lowest * (1 - PROGRESS_LOSS);
    resting = progress ? 0 : resting + 1;
    bestLength = Math.min(bestLength, length);
    lowest = Math.min(lowest, hall.lowest());
    if (resting >= context.patience) context.stoppedBy ??= 'patience';
  }
}

function merge(context: SearchContext, executor: IslandExecutor, reports: readonly IslandReport[]): void {
  const { hall, objective } = context;
  for (const report of reports) {
    if (executor.remote) context.remoteRows += report.usedRows;
    for (const fitted of report.best) {
      if (!hall.improves(fitted.tree, fitted.loss)) continue;
      const refitted = objective.full(fitted.tree, 8);
      hall.offer(refitted.tree, refitted.loss);
    }
  }
}

/** A Poisson number of copies of members of other islands and of the hall of fame. */
function drawMigrants(context: SearchContext, pool: readonly Fitted[], random: RandomStream): Fitted[] {
  const { populationSize, fractionReplaced, fractionReplacedHof } = context.evolution;
  const hall = context.hall.front();
  const drawn: Fitted[] = [];
  const draw = (from: readonly Fitted[], mean: number): void => {
    if (from.length === 0) return;
    const count = Math.min(poisson(mean, random), populationSize);
    for (let i = 0; i < count; i++) drawn.push(from[random.integer(from.length)]);
  };
  draw(pool, fractionReplaced * populationSize);
  draw(hall, fractionReplacedHof * populationSize);
  return drawn;
}

/** Knuth's product of uniforms; mean below 30 here. */
function poisson(mean: number, random: RandomStream): number {
  const limit = Math.exp(-mean);
  let count = 0;
  for (let product = random.uniform(); product > limit; product *= random.uniform()) count++;
  return count;
}
