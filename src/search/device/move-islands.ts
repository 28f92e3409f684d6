import { RandomStream } from '../../core/index.ts';
import type { SearchContext } from '../context.ts';
import { type EpochPlan, InlineExecutor, type IslandExecutor } from '../executor.ts';
import type { Reduction } from '../reduced/reduction.ts';
import { randomCandidate } from '../variation.ts';

/** Nodes of the laws that devices are measured with, and the stream that these are drawn from. */
const BROOD_NODES = 12;
const BROOD_STREAM = 2_000_000;

/**
 * Makes a choice of the device that is still open, when the run has worked long enough for it, in the midst of an epoch
 * where it comes to that; the islands then go on where broods are scored.
 *
 * What is done before, and when, depends on no clock: a run whose choice is WebAssembly is the run without a choice.
 *
 * @param usedRows of the run before the epoch
 * @returns the executor that ends the epoch
 */
export async function moveIslands(
  context: SearchContext,
  executor: IslandExecutor,
  reductions: readonly Reduction[],
  plan: EpochPlan,
  usedRows: number,
): Promise<IslandExecutor> {
  const { device, budget, evolution, objective, log, packer, syntax } = context;
  if (!device.isOpen || !packer) return executor;
  const threads = Math.min(context.threads, evolution.populations);
  const rowsLeft = device.rowsBefore(objective.rows, threads) - usedRows;
  const isDue = await executor.hold(plan, Math.max(0, rowsLeft / evolution.populations));
  if (!isDue || budget.exhausted(0) !== undefined) return executor;
  const draw = (random: RandomStream) => randomCandidate(BROOD_NODES, syntax.grammar, objective.problem.inputs, random);
  const random = new RandomStream(context.seed).split(BROOD_STREAM);
  await device.settle({ objective, threads, draw, random }, budget.elapsed());
  const states = await executor.states();
  log.save(() => states, true);
  if (!device.screen) return executor;
  executor.dispose();
  context.threads = 1;
  const moved = new InlineExecutor(context, reductions);
  // The new executor counts the open epoch from its start.
  if (log.evolve) objective.usedRows = log.evolve.usedRows;
  await moved.restore(states);
  return moved;
}
