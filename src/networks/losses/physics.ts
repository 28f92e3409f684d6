import * as tf from '@tensorflow/tfjs';
import type { Loss } from './loss.ts';

const WEIGHTS = { 'weights?': ['events'] } as const;

/** The metric (+, -, -, -) on (E, px, py, pz). */
const METRIC = [1, -1, -1, -1];

/** p^2 of four-vectors of shape [..., 4]. */
function massSquared(momenta: tf.Tensor): tf.Tensor {
  return tf.sum(tf.mul(tf.square(momenta), tf.tensor1d(METRIC)), -1);
}

/** Penalties for what physics forbids; zero where it holds, without dimension unless a row says otherwise. */
export const PHYSICS = {
  /** |sum of incoming - sum of outgoing|^2, all four components, over the square of the incoming energy. */
  'four-momentum': {
    family: 'physics',
    inputs: { incoming: ['events', 'incoming', 4], outgoing: ['events', 'outgoing', 4], ...WEIGHTS },
    compute: ({ incoming, outgoing }) => {
      const total = tf.sum(incoming, 1);
      const missing = tf.sum(tf.square(tf.sub(total, tf.sum(outgoing, 1))), 1);
      return tf.div(missing, tf.square(tf.squeeze(tf.slice(total, [0, 0], [-1, 1]), [1])));
    },
  },
  /** ((p^2 - m^2) / E^2)^2, the mean over particles; masses in the unit of the momenta. */
  'on-shell': {
    family: 'physics',
    inputs: { momenta: ['events', 'particles', 4], masses: ['particles'], ...WEIGHTS },
    compute: ({ momenta, masses }) => {
      const energies = tf.squeeze(tf.slice(momenta, [0, 0, 0], [-1, -1, 1]), [2]);
      const off = tf.div(tf.sub(massSquared(momenta), tf.square(masses)), tf.square(energies));
      return tf.mean(tf.square(off), 1);
    },
  },
  /** Squared differences of what a network says before and after a transformation of its input that shall change nothing. */
  invariance: {
    family: 'physics',
    inputs: { before: ['events', 'outputs'], after: ['events', 'outputs'], ...WEIGHTS },
    compute: ({ before, after }) => tf.mean(tf.square(tf.sub(before, after)), 1),
  },
  /** (integral of each row of densities - expected)^2, summed over the rules; measure: the weights of the quadrature. */
  'sum-rules': {
    family: 'physics',
    inputs: { densities: ['rules', 'points'], measure: ['points'], expected: ['rules'] },
    compute: ({ densities, measure, expected }) =>
      tf.sum(tf.square(tf.sub(tf.sum(tf.mul(densities, measure), 1), expected))),
  },
  /** max(0, -value)^2, in the square of the value's unit. */
  positivity: {
    family: 'physics',
    inputs: { values: ['events'], ...WEIGHTS },
    compute: ({ values }) => tf.square(tf.relu(tf.neg(values))),
  },
  /** max(0, -slope)^2 of slopes along an input in which a network shall rise; a penalty at points, no guarantee. */
  monotonicity: {
    family: 'physics',
    inputs: { slopes: ['events'], ...WEIGHTS },
    compute: ({ slopes }) => tf.square(tf.relu(tf.neg(slopes))),
  },
  /** The square of what a differential equation leaves over; see `EQUATIONS`. */
  residual: {
    family: 'physics',
    inputs: { residual: ['events'], ...WEIGHTS },
    compute: ({ residual }) => tf.square(residual),
  },
} as const satisfies Readonly<Record<string, Loss>>;
