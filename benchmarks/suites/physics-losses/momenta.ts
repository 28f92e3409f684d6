import * as tf from '@tensorflow/tfjs';
import { RandomStream } from '../../../src/core/index.ts';
import { type Batch, type LossTerm, loss, type Sequential } from '../../../src/networks/index.ts';
import { dense, measure, rootMeanSquare, type Task } from './task.ts';

/** Three massless particles from rest at energy 1, flat in phase space: RAMBO of Kleiss, Stirling, Ellis 1986. */
function threeBody(random: RandomStream): number[][] {
  const start = [0, 1, 2].map(() => {
    const [cos, phi] = [2 * random.uniform() - 1, 2 * Math.PI * random.uniform()];
    const energy = -Math.log((1 - random.uniform()) * (1 - random.uniform()));
    const sin = Math.sqrt(1 - cos * cos);
    return [energy, energy * sin * Math.cos(phi), energy * sin * Math.sin(phi), energy * cos];
  });
  const total = [0, 1, 2, 3].map((k) => start.reduce((sum, p) => sum + p[k], 0));
  const mass = Math.sqrt(total[0] ** 2 - total[1] ** 2 - total[2] ** 2 - total[3] ** 2);
  const boost = [1, 2, 3].map((k) => -total[k] / mass);
  const gamma = total[0] / mass;
  return start.map(([e, x, y, z]) => {
    const along = boost[0] * x + boost[1] * y + boost[2] * z;
    const factor = e + along / (1 + gamma);
    return [gamma * e + along, x + boost[0] * factor, y + boost[1] * factor, z + boost[2] * factor].map(
      (v) => v / mass,
    );
  });
}

const SMEARING = 0.15;
/** Events without labels in a step. */
const UNLABELLED = 128;

/** Momenta and what is measured of them: energies and lengths are smeared apart, directions are kept. */
function events(count: number, random: RandomStream): { measured: tf.Tensor; truth: tf.Tensor } {
  const [measured, truth]: [number[], number[]] = [[], []];
  for (let i = 0; i < count; i++) {
    for (const [e, ...p] of threeBody(random)) {
      const [ofEnergy, ofLength] = [1 + SMEARING * random.normal(), 1 + SMEARING * random.normal()];
      truth.push(e, ...p);
      measured.push(e * ofEnergy, ...p.map((value) => value * ofLength));
    }
  }
  return { measured: tf.tensor2d(measured, [count, 12]), truth: tf.tensor2d(truth, [count, 12]) };
}

const corrected = (network: Sequential, batch: Batch): tf.Tensor =>
  tf.add(batch['measured'], network.call(batch['measured']));
const vectors = (flat: tf.Tensor): tf.Tensor => tf.reshape(flat, [-1, 3, 4]);

/** Penalties, asked for at events without labels: at labelled ones they say nothing that the labels do not. */
const TERMS: Readonly<Record<string, (outgoing: tf.Tensor) => tf.Scalar>> = {
  'four-momentum': (outgoing) => {
    const incoming = tf.tile(tf.tensor3d([[[1, 0, 0, 0]]]), [outgoing.shape[0]!, 1, 1]);
    return loss('four-momentum', { incoming, outgoing });
  },
  // p^2 at event energy 1, where the row "on-shell" divides by the energy of each particle, which may be near zero.
  'on-shell': (outgoing) => {
    const off = tf.sum(tf.mul(tf.square(outgoing), tf.tensor1d([1, -1, -1, -1])), 2);
    return loss('residual', { residual: tf.reshape(off, [-1]) });
  },
};

const METHODS: Readonly<Record<string, readonly string[]>> = {
  plain: [],
  'four-momentum': ['four-momentum'],
  'on-shell': ['on-shell'],
  both: ['four-momentum', 'on-shell'],
};

/** Momenta of three particles from smeared ones, corrected by a network; the error is per component, at energy 1. */
export const MOMENTA: Task = {
  name: 'momenta of three particles',
  sizes: [100, 400],
  methods: Object.keys(METHODS),
  error: (method, size, seed, effort) => {
    const network = dense(12, 48, 2, 12, new RandomStream(seed), 'gelu');
    const losses: Record<string, LossTerm<Sequential>> = {
      squared: { value: (of, batch) => tf.mean(tf.square(tf.sub(corrected(of, batch), batch['truth']))) as tf.Scalar },
    };
    const unlabelled = new RandomStream(seed).split(2);
    for (const name of METHODS[method]) {
      const value = (of: Sequential): tf.Scalar => {
        const { measured } = events(UNLABELLED, unlabelled);
        return TERMS[name](vectors(tf.add(measured, of.call(measured))));
      };
      losses[name] = { value };
    }
    const data = events(size, new RandomStream(seed).split(1));
    const settings = { steps: 300 * effort, seed, learningRate: 3e-3 };
    return measure(network, data, losses, settings, (of) => {
      const test = events(4000, new RandomStream(77));
      return rootMeanSquare(tf.sub(corrected(of, test), test.truth));
    });
  },
};
