import * as tf from '@tensorflow/tfjs';
import { crossEntropy } from '../../tensors/index.ts';
import type { Loss } from './loss.ts';

const EVENTS = ['events'] as const;
const WEIGHTS = { 'weights?': EVENTS };
const HALF_LOG_2PI = 0.5 * Math.log(2 * Math.PI);

/** -log N(target; mean, exp(logVariance)), entry by entry. */
function gaussian(mean: tf.Tensor, logVariance: tf.Tensor, target: tf.Tensor): tf.Tensor {
  const pull = tf.mul(tf.square(tf.sub(target, mean)), tf.exp(tf.neg(logVariance)));
  return tf.add(tf.mul(0.5, tf.add(logVariance, pull)), HALF_LOG_2PI);
}

/** Negative logarithms of likelihoods, in nats, an event each; constants are kept unless a row says otherwise. */
export const LIKELIHOODS = {
  /** Gaussian of unknown mean and variance. */
  gaussian: {
    family: 'likelihood',
    inputs: { mean: EVENTS, logVariance: EVENTS, target: EVENTS, ...WEIGHTS },
    compute: (inputs) => gaussian(inputs['mean'], inputs['logVariance'], inputs['target']),
  },
  /** Poisson, without log(count!), which no parameter moves. */
  poisson: {
    family: 'likelihood',
    inputs: { logRate: EVENTS, count: EVENTS, ...WEIGHTS },
    compute: ({ logRate, count }) => tf.sub(tf.exp(logRate), tf.mul(count, logRate)),
  },
  /** Binary cross-entropy from the logit; labels from 0 to 1. */
  'binary-cross-entropy': {
    family: 'likelihood',
    inputs: { logit: EVENTS, label: EVENTS, ...WEIGHTS },
    compute: ({ logit, label }) => tf.sub(tf.softplus(logit), tf.mul(logit, label)),
  },
  /** Categorical cross-entropy from logits; labels int32, a negative one leaves its event out. */
  'categorical-cross-entropy': {
    family: 'likelihood',
    inputs: { logits: ['events', 'classes'], labels: EVENTS, ...WEIGHTS },
    compute: ({ logits, labels }) => crossEntropy(logits, labels),
  },
  /** Exponential of unknown rate, target >= 0. */
  exponential: {
    family: 'likelihood',
    inputs: { logRate: EVENTS, target: EVENTS, ...WEIGHTS },
    compute: ({ logRate, target }) => tf.sub(tf.mul(tf.exp(logRate), target), logRate),
  },
  /** Laplace of unknown middle and width. */
  laplace: {
    family: 'likelihood',
    inputs: { middle: EVENTS, logWidth: EVENTS, target: EVENTS, ...WEIGHTS },
    compute: ({ middle, logWidth, target }) => {
      const pull = tf.mul(tf.abs(tf.sub(target, middle)), tf.exp(tf.neg(logWidth)));
      return tf.add(tf.add(pull, logWidth), Math.LN2);
    },
  },
  /** Mixture of Gaussians; shares from logits. */
  'gaussian-mixture': {
    family: 'likelihood',
    inputs: {
      logits: ['events', 'parts'],
      mean: ['events', 'parts'],
      logVariance: ['events', 'parts'],
      target: EVENTS,
      ...WEIGHTS,
    },
    compute: ({ logits, mean, logVariance, target }) => {
      const parts = tf.sub(logits, gaussian(mean, logVariance, tf.expandDims(target, 1)));
      return tf.sub(tf.logSumExp(logits, 1), tf.logSumExp(parts, 1));
    },
  },
} as const satisfies Readonly<Record<string, Loss>>;

/** Distances of a prediction to a target, an event each. */
export const REGRESSIONS = {
  squared: {
    family: 'regression',
    inputs: { prediction: EVENTS, target: EVENTS, ...WEIGHTS },
    compute: ({ prediction, target }) => tf.square(tf.sub(prediction, target)),
  },
  absolute: {
    family: 'regression',
    inputs: { prediction: EVENTS, target: EVENTS, ...WEIGHTS },
    compute: ({ prediction, target }) => tf.abs(tf.sub(prediction, target)),
  },
  /** Half the square up to `width`, straight beyond. */
  huber: {
    family: 'regression',
    inputs: { prediction: EVENTS, target: EVENTS, ...WEIGHTS },
    settings: { width: { default: 1, least: 0, above: true } },
    compute: ({ prediction, target }, { width }) => {
      const size = tf.abs(tf.sub(prediction, target));
      const near = tf.minimum(size, width);
      return tf.add(tf.mul(0.5, tf.square(near)), tf.mul(width, tf.sub(size, near)));
    },
  },
  /** Least at the quantile `level` of the target. */
  quantile: {
    family: 'regression',
    inputs: { prediction: EVENTS, target: EVENTS, ...WEIGHTS },
    settings: { level: { default: 0.5, least: 0, most: 1 } },
    compute: ({ prediction, target }, { level }) => {
      const above = tf.sub(target, prediction);
      return tf.maximum(tf.mul(level, above), tf.mul(level - 1, above));
    },
  },
} as const satisfies Readonly<Record<string, Loss>>;
