import type { BackendOptions } from '../../../tensors/index.ts';
import type { SharedTensor } from './shared-tensors.ts';

/** What a thread is told first. */
export interface StartRequest {
  readonly kind: 'start';
  readonly program: string;
  readonly settings: unknown;
  readonly backend: BackendOptions;
  readonly data: Readonly<Record<string, SharedTensor>>;
  readonly seed: number;
  readonly shards: number;
  /** All parameters, as the main thread has them before a step. */
  readonly parameters: Float32Array;
  /** Which parameters are trained. */
  readonly trainable: readonly boolean[];
  /** Where the slopes of each of the thread's parts go, by the number of the part. */
  readonly gradients: ReadonlyMap<number, Float32Array>;
}

/** What it is told for each step: the rows of its parts. */
export interface StepRequest {
  readonly kind: 'step';
  readonly step: number;
  /** Parts that the batch is cut into, of which there are fewer than usual in a short batch. */
  readonly parts: number;
  readonly rows: ReadonlyMap<number, Int32Array>;
}

export type TrainingRequest = StartRequest | StepRequest;

/** What it answers. */
export type TrainingReply =
  | { readonly kind: 'started'; readonly parameters: readonly { readonly name: string; readonly shape: number[] }[] }
  | { readonly kind: 'stepped'; readonly losses: ReadonlyMap<number, ShardLoss> }
  | { readonly kind: 'failed'; readonly code: string; readonly message: string; readonly hint: string };

/** The loss of a part of a batch. */
export interface ShardLoss {
  readonly loss: number;
  readonly terms: Readonly<Record<string, number>>;
}
