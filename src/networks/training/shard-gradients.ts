import * as tf from '@tensorflow/tfjs';
import type { RandomStream } from '../../core/index.ts';
import type { Module } from '../module.ts';
import { type Batch, batchOf } from './rows.ts';

/** A term of the loss: its value on a batch, a scalar that is a mean over the rows, and how much it counts. */
export interface LossTerm<N extends Module> {
  readonly value: (network: N, batch: Batch) => tf.Scalar;
  /** 1 without a word. */
  readonly weight?: number;
}

/** The terms of a loss by name. */
export type Losses<N extends Module> = Readonly<Record<string, LossTerm<N>>>;

/** The loss of some rows, and its slopes. */
export interface ShardGradients {
  readonly loss: number;
  readonly terms: Readonly<Record<string, number>>;
  /** One for each trainable parameter, in their order; the caller's to dispose of. */
  readonly gradients: tf.Tensor[];
}

/** The random numbers of a part of a batch: the same wherever it is computed. */
export function randomOfShard(random: RandomStream, step: number, shard: number, shards: number): RandomStream {
  const ofStep = random.split(2).split(step);
  return shards === 1 ? ofStep : ofStep.split(shard);
}

/** Computes the loss of some rows of the data and its slopes, in training, with these random numbers. */
export function shardGradients<N extends Module>(
  network: N,
  losses: Losses<N>,
  data: Batch,
  rows: Int32Array,
  random: RandomStream,
): ShardGradients {
  network.train();
  network.seed(random);
  return tf.tidy(() => {
    const batch = batchOf(data, rows);
    const trainable = network.trainable();
    const parts: tf.Scalar[] = [];
    let failure: { readonly reason: unknown } | undefined;
    try {
      const { value, grads } = tf.variableGrads(() => {
        try {
          for (const { value, weight = 1 } of Object.values(losses)) {
            parts.push(tf.keep(tf.mul(value(network, batch), weight) as tf.Scalar));
          }
          return parts.reduce((sum, part) => tf.add(sum, part) as tf.Scalar);
        } catch (reason) {
          // tfjs frees what it has kept for the slopes only when it has taken them.
          failure = { reason };
          return tf.mul(tf.sum(trainable[0]), 0) as tf.Scalar;
        }
      }, trainable);
      if (failure) throw failure.reason;
      const terms: Record<string, number> = {};
      Object.keys(losses).forEach((name, i) => {
        terms[name] = parts[i].dataSync()[0];
      });
      // The sum of one part is that part, so it is read before the parts go.
      const loss = value.dataSync()[0];
      return { loss, terms, gradients: trainable.map(({ name }) => grads[name]) };
    } finally {
      // Also when a loss throws: what is kept outlives its scope.
      tf.dispose(parts);
    }
  });
}
