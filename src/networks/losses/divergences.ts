import * as tf from '@tensorflow/tfjs';

import type { Loss, LossSettings } from './loss.ts';

/**
 * Divergences of two densities that are given by their logarithms at points x, with the measure of each point: the weights of a
 * quadrature, or 1 / (N r(x)) for N points drawn from a density r, with which the sums are averages over samples. The densities
 * are not normalised here. Without a measure each point counts 1, as probabilities of classes do.
 */
const INPUTS = { logP: ['points'], logQ: ['points'], 'measure?': ['points'] } as const;

type Integrand = (logP: tf.Tensor, logQ: tf.Tensor, settings: LossSettings) => tf.Tensor;

function integral(values: tf.Tensor, measure: tf.Tensor | undefined): tf.Scalar {
  return tf.sum(measure ? tf.mul(values, measure) : values) as tf.Scalar;
}

function row(
  integrand: Integrand,
  settings?: Loss['settings'],
  after?: (sum: tf.Scalar, s: LossSettings) => tf.Tensor,
) {
  return {
    family: 'divergence',
    inputs: INPUTS,
    settings,
    compute: ({ logP, logQ, measure }, given) => {
      const sum = integral(integrand(logP, logQ, given), measure);
      return after ? after(sum, given) : sum;
    },
  } as const satisfies Loss;
}

/** log(exp(a) + exp(b)) without overflow, with both slopes right also where a = b. */
function logAdd(a: tf.Tensor, b: tf.Tensor): tf.Tensor {
  return tf.add(b, tf.softplus(tf.sub(a, b)));
}

const overlap: Integrand = (logP, logQ) => tf.exp(tf.mul(0.5, tf.add(logP, logQ)));

/** p^alpha q^(1 - alpha) */
const tilted: Integrand = (logP, logQ, { alpha }) => tf.exp(tf.add(tf.mul(alpha, logP), tf.mul(1 - alpha, logQ)));

const relativeEntropy: Integrand = (logP, logQ) => tf.mul(tf.exp(logP), tf.sub(logP, logQ));

/** Divergences by name. Logarithms are natural: Jensen-Shannon is at most log 2. */
export const DIVERGENCES = {
  /** Kullback-Leibler: integral of p log(p / q). */
  'kullback-leibler': row(relativeEntropy),
  /** Half the two Kullback-Leibler divergences to the mean of p and q. */
  'jensen-shannon': row((logP, logQ) => {
    const logMean = tf.sub(logAdd(logP, logQ), Math.LN2);
    const [p, q] = [tf.exp(logP), tf.exp(logQ)];
    return tf.mul(0.5, tf.add(tf.mul(p, tf.sub(logP, logMean)), tf.mul(q, tf.sub(logQ, logMean))));
  }),
  /** Half the integral of |p - q|. */
  'total-variation': row((logP, logQ) => tf.mul(0.5, tf.abs(tf.sub(tf.exp(logP), tf.exp(logQ))))),
  /** -log of the integral of sqrt(p q). */
  bhattacharyya: row(overlap, undefined, (sum) => tf.neg(tf.log(sum))),
  /** Squared Hellinger distance: half the integral of (sqrt p - sqrt q)^2, from 0 to 1. */
  'squared-hellinger': row((logP, logQ) =>
    tf.mul(0.5, tf.square(tf.sub(tf.exp(tf.mul(0.5, logP)), tf.exp(tf.mul(0.5, logQ))))),
  ),
  /** Pearson chi^2: integral of (p - q)^2 / q. */
  'chi-squared': row((logP, logQ) => {
    const excess = tf.sub(tf.exp(tf.sub(logP, tf.mul(0.5, logQ))), tf.exp(tf.mul(0.5, logQ)));
    return tf.square(excess);
  }),
  /** Renyi: log(integral of p^alpha q^(1 - alpha)) / (alpha - 1); at alpha = 1 its limit, Kullback-Leibler. */
  renyi: {
    ...row(tilted, { alpha: { default: 0.5, least: 0, above: true } }),
    compute: ({ logP, logQ, measure }, { alpha }) => {
      if (alpha === 1) return integral(relativeEntropy(logP, logQ, {}), measure);
      return tf.div(tf.log(integral(tilted(logP, logQ, { alpha }), measure)), alpha - 1);
    },
  },
  /**
   * Lower bound of Kullback-Leibler from samples alone: mean of a critic over p less log mean exp over q, exact for the critic
   * log(p / q).
   *
   * @see Donsker, Varadhan 1983; Belghazi et al., arXiv:1801.04062
   */
  'donsker-varadhan': {
    family: 'divergence',
    inputs: { criticOfP: ['samples of p'], criticOfQ: ['samples of q'] },
    compute: ({ criticOfP, criticOfQ }) =>
      tf.sub(tf.mean(criticOfP), tf.sub(tf.logSumExp(criticOfQ), Math.log(criticOfQ.size))),
  },
} as const satisfies Readonly<Record<string, Loss>>;

/**
 * Generators f of f-divergences, integral of q f(p / q), as functions of u = p / q; f(1) = 0.
 *
 * @see Ali, Silvey 1966; Csiszar 1967
 */
export const GENERATORS: Readonly<Record<string, (u: tf.Tensor) => tf.Tensor>> = {
  'kullback-leibler': (u) => tf.mul(u, tf.log(u)),
  'reverse-kullback-leibler': (u) => tf.neg(tf.log(u)),
  'jensen-shannon': (u) => {
    const one = tf.add(u, 1);
    return tf.mul(0.5, tf.sub(tf.mul(u, tf.log(u)), tf.mul(one, tf.log(tf.mul(0.5, one)))));
  },
  'total-variation': (u) => tf.mul(0.5, tf.abs(tf.sub(u, 1))),
  'squared-hellinger': (u) => tf.mul(0.5, tf.square(tf.sub(tf.sqrt(u), 1))),
  'chi-squared': (u) => tf.square(tf.sub(u, 1)),
};

/**
 * The f-divergence of two densities for a generator of one's own.
 *
 * @param generator f(u) of u = p / q, f(1) = 0, convex
 * @param logP log p at each point; shape [points]
 * @param logQ log q at each point; shape [points]
 * @param measure of each point, see `DIVERGENCES`; 1 without it
 */
export function fDivergence(
  generator: (u: tf.Tensor) => tf.Tensor,
  logP: tf.Tensor,
  logQ: tf.Tensor,
  measure?: tf.Tensor,
): tf.Scalar {
  return tf.tidy(() => integral(tf.mul(tf.exp(logQ), generator(tf.exp(tf.sub(logP, logQ)))), measure));
}
