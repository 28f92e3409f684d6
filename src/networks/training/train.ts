import { now } from '../../core/index.ts';
import type { Module } from '../module.ts';
import type { Batch } from './rows.ts';
import { Training } from './training.ts';
import type { TrainingOptions, TrainingResult } from './training-options.ts';

/**
 * Trains a network by Adam on batches in an order drawn anew for every epoch.
 *
 * The same seed gives the same bits on one machine, also when training was cut off and goes on from a checkpoint, and at
 * any number of threads where `parallel` cuts batches into equally many parts.
 *
 * @param data tensors of equal first axis
 * @throws OptionError "range", ShapeError for data of unequal rows
 * @throws DomainError "not-finite" with step and rows of the batch when the loss or a gradient is not finite
 * @throws BackendError "thread" when a thread fails
 * @throws FormatError for a damaged checkpoint, or that of another training
 */
export async function train<N extends Module>(
  network: N,
  data: Batch,
  options: TrainingOptions<N>,
): Promise<TrainingResult> {
  const started = now();
  const run = new Training(network, data, options);
  try {
    await run.open();
    const stoppedBy = await run.epochs();
    return { history: run.history, stoppedBy, seconds: now() - started };
  } finally {
    run.dispose();
    network.train(false);
  }
}
