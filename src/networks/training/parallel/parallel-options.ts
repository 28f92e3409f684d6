import { hardwareThreads, OptionError, threadsAvailable } from '../../../core/index.ts';
import type { Module } from '../../module.ts';
import type { Losses } from '../shard-gradients.ts';

/** Training on several threads: each computes the slopes of a part of every batch. */
export interface ParallelOptions {
  /**
   * Address of a module whose default export is a `TrainingProgram`: a thread cannot be handed a network, and makes its
   * own by it. The main thread's network must be made by the same function.
   */
  readonly program: string | URL;
  /** What the program is called with; plain data. */
  readonly settings?: unknown;
  /** Parts that a batch is cut into, 2 without a word. The result depends on this, and on the threads in no bit. */
  readonly shards?: number;
  /** Threads, the main one among them; as many as the machine and the parts allow without a word. */
  readonly threads?: number;
}

/** Makes the network and its losses, the same whenever it is called with the same settings. */
export type TrainingProgram<N extends Module, S = unknown> = (
  settings: S,
) => TrainingParts<N> | Promise<TrainingParts<N>>;

/** What is trained. */
export interface TrainingParts<N extends Module> {
  readonly network: N;
  readonly losses: Losses<N>;
}

/**
 * Parts and threads of a training; one of each without options, one thread where threads cannot share memory.
 *
 * @throws OptionError "range"
 */
export async function countThreads(options: ParallelOptions | undefined): Promise<{ shards: number; threads: number }> {
  if (!options) return { shards: 1, threads: 1 };
  const { shards = 2, threads } = options;
  for (const [name, value] of Object.entries({ shards, threads: threads ?? 1 })) {
    if (Number.isSafeInteger(value) && value >= 1) continue;
    throw new OptionError('range', `parallel.${name}`, `${value}`, 'a whole number from 1');
  }
  if (!threadsAvailable()) return { shards, threads: 1 };
  return { shards, threads: Math.min(shards, threads ?? (await hardwareThreads())) };
}
