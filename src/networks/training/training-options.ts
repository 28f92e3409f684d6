import type { AdamOptions } from '../../tensors/index.ts';
import type { Module } from '../module.ts';
import type { ParallelOptions } from './parallel/parallel-options.ts';
import type { TrainingProgress } from './progress.ts';
import type { Batch } from './rows.ts';
import type { Schedule } from './schedules.ts';
import type { Losses } from './shard-gradients.ts';

/** Options of `train`. */
export interface TrainingOptions<N extends Module> extends AdamOptions {
  readonly epochs: number;
  readonly batchSize: number;
  /** The terms of the loss by name. */
  readonly losses: Losses<N>;
  /** Of the order of rows and of what is random in the network; 1 without a word. */
  readonly seed?: number;
  /** Multiplies the learning rate; see `createSchedule`. */
  readonly schedule?: Schedule;
  /** Rows that are not trained on: their loss decides about the end. */
  readonly validation?: Batch;
  /** Epochs without a lower validation loss before the end. */
  readonly patience?: number;
  /** Decay of a moving average of the parameters, which validation uses and which remains at the end. */
  readonly average?: number;
  /** Bytes of a checkpoint to go on from. */
  readonly resume?: Uint8Array;
  /** Several threads instead of one. */
  readonly parallel?: ParallelOptions;
  /** Called some times a second, and after the last step. */
  readonly onProgress?: (progress: TrainingProgress) => void;
  /** Called after every epoch; `checkpoint` makes the bytes to go on from. */
  readonly onEpoch?: (epoch: EpochRecord, checkpoint: () => Uint8Array<ArrayBuffer>) => void;
  /** Ends training after the step of the moment. */
  readonly signal?: AbortSignal;
}

/** One epoch: mean values of the terms and of their sum, on the rows trained on and on those kept aside. */
export interface EpochRecord {
  readonly epoch: number;
  readonly loss: number;
  readonly terms: Readonly<Record<string, number>>;
  readonly validationLoss?: number;
  /** Mean length of the gradient before clipping. */
  readonly gradient: number;
}

/** What training did. */
export interface TrainingResult {
  readonly history: readonly EpochRecord[];
  readonly stoppedBy: 'epochs' | 'patience' | 'signal';
  readonly seconds: number;
}
