import * as tf from '@tensorflow/tfjs';
import type { Loss } from './loss.ts';
import { momentDecomposition } from './moment-decomposition.ts';
import { shares } from './pairs.ts';

const INPUTS = { score: ['events'], mass: ['events'], 'weights?': ['events'] } as const;

/** Distances of all pairs less their weighted means over rows and columns. */
function centred(values: tf.Tensor, weights: tf.Tensor): tf.Tensor {
  const distances = tf.abs(tf.sub(tf.expandDims(values, 1), values));
  const means = tf.sum(tf.mul(distances, weights), 1);
  const mean = tf.sum(tf.mul(means, weights));
  return tf.add(tf.sub(tf.sub(distances, means), tf.expandDims(means, 1)), mean);
}

/** dCor^2 of two weighted samples. */
function squaredDistanceCorrelation(x: tf.Tensor, y: tf.Tensor, given: tf.Tensor | undefined): tf.Tensor {
  const weights = shares(given, x.size);
  const both = tf.mul(tf.expandDims(weights, 1), weights);
  const [a, b] = [centred(x, weights), centred(y, weights)];
  const [ofA, ofB] = [tf.mul(both, a), tf.mul(both, b)];
  // A score that is one number for all events depends on nothing: 0, not 0 / 0.
  const scale = tf.sqrt(tf.add(tf.mul(tf.sum(tf.mul(ofA, a)), tf.sum(tf.mul(ofB, b))), 1e-20));
  return tf.div(tf.sum(tf.mul(ofA, b)), scale);
}

/** How much a score depends on a mass; events of weight 0 do not count, such as those of the signal. */
export const DEPENDENCES = {
  /**
   * dCor^2, from 0 to 1, zero only for independence. The public code of DisCo returns this for power = 1.
   *
   * @see Szekely, Rizzo, Bakirov, Ann. Statist. 35 (2007) 2769; Kasieczka, Shih, arXiv:2001.05310
   */
  'squared-distance-correlation': {
    family: 'dependence',
    inputs: INPUTS,
    compute: ({ score, mass, weights }) => squaredDistanceCorrelation(score, mass, weights),
  },
  /** dCor itself, the square root; its slope grows without bound at independence. */
  'distance-correlation': {
    family: 'dependence',
    inputs: INPUTS,
    compute: ({ score, mass, weights }) => tf.sqrt(tf.maximum(squaredDistanceCorrelation(score, mass, weights), 1e-12)),
  },
  /**
   * Moment decomposition: the mean over bins of mass of the integral over s of (F(s | bin) - F_order(s | bin))^2, F the
   * distribution of the score in the bin, F_order its best polynomial of that order in the mass. Order 0 asks for
   * independence; 1 and 2 let the score depend on the mass linearly, or quadratically.
   *
   * @see Kitouni, Nachman, Weisser, Williams, arXiv:2010.09745
   */
  'moment-decomposition': {
    family: 'dependence',
    inputs: INPUTS,
    settings: {
      order: { default: 0, least: 0, most: 2, whole: true },
      bins: { default: 32, least: 2, whole: true },
    },
    compute: ({ score, mass, weights }, { order, bins }) => momentDecomposition(score, mass, weights, order, bins),
  },
} as const satisfies Readonly<Record<string, Loss>>;
