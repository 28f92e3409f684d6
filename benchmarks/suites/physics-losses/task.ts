import * as tf from '@tensorflow/tfjs';
import type { RandomStream } from '../../../src/core/index.ts';
import { type Batch, Dense, type LossTerm, type Module, Sequential, train } from '../../../src/networks/index.ts';
import type { Activation } from '../../../src/tensors/index.ts';

/** A small problem on which a loss of physics is set beside the plain one. */
export interface Task {
  readonly name: string;
  /** Sizes of the training sample. */
  readonly sizes: readonly number[];
  /** The first one is the plain loss. */
  readonly methods: readonly string[];
  /** What is left on a test sample that has neither noise nor labels in common with training; the smaller the better. */
  error(method: string, size: number, seed: number, effort: number): Promise<number>;
}

/** Dense layers with one hidden width. */
export function dense(
  inputs: number,
  width: number,
  depth: number,
  outputs: number,
  random: RandomStream,
  activation: Activation = 'tanh',
): Sequential {
  const layers = Array.from(
    { length: depth },
    (_, i) => new Dense(i === 0 ? inputs : width, width, random, { activation }),
  );
  return new Sequential([...layers, new Dense(width, outputs, random)]);
}

/** Trains for a number of steps, whatever the size of the sample, measures, and frees all tensors. */
export async function measure<N extends Module>(
  network: N,
  data: Batch,
  losses: Readonly<Record<string, LossTerm<N>>>,
  settings: {
    readonly steps: number;
    readonly seed: number;
    readonly learningRate: number;
    readonly batchSize?: number;
  },
  error: (network: N) => number,
): Promise<number> {
  const rows = Object.values(data)[0].shape[0];
  const batchSize = Math.min(rows, settings.batchSize ?? 128);
  const epochs = Math.max(1, Math.round(settings.steps / Math.ceil(rows / batchSize)));
  const { learningRate, seed } = settings;
  const schedule = (step: number, steps: number): number => 0.5 * (1 + Math.cos((Math.PI * step) / steps));
  await train(network, data, { epochs, batchSize, learningRate, seed, losses, schedule });
  const found = tf.tidy(() => error(network));
  network.dispose();
  tf.dispose(Object.values(data));
  return found;
}

/** The root of the mean square of a tensor. */
export function rootMeanSquare(x: tf.Tensor): number {
  return Math.sqrt(tf.mean(tf.square(x)).dataSync()[0]);
}
