import * as tf from '@tensorflow/tfjs';
import { RandomStream } from '../../../src/core/index.ts';
import { fitVertex, type LossTerm, loss, type Sequential, trackModel } from '../../../src/networks/index.ts';
import { dense, measure, type Task } from './task.ts';

const TRACKS = 6;
const STRANGERS = 0.3;
/** Deviations of d0, z0 (mm), phi, theta, rho (1 / mm). */
const DEVIATIONS = [0.02, 0.05, 1e-3, 1e-3, 1e-6];
const FEATURES = 3;

/** Tracks of a vertex and, among them, strangers from another one nearby; two features of a track hint at which it is. */
function events(count: number, random: RandomStream) {
  const [tracks, features, strange, truth]: [number[], number[], number[], number[]] = [[], [], [], []];
  for (let i = 0; i < count; i++) {
    const home = [0.3 * random.normal(), 0.3 * random.normal(), 5 * random.normal()];
    for (let k = 0; k < TRACKS; k++) {
      const stranger = k > 1 && random.uniform() < STRANGERS;
      const from = stranger ? home.map((value) => value + 0.5 * random.normal()) : home;
      const [phi, theta] = [2 * Math.PI * random.uniform(), Math.PI * (0.2 + 0.6 * random.uniform())];
      const rho = (random.uniform() < 0.5 ? 1 : -1) * 1e-3 * random.uniform();
      const { values } = trackModel(from[0], from[1], from[2], phi, theta, rho);
      values.forEach((value, j) => {
        tracks.push(value + DEVIATIONS[j] * random.normal());
      });
      const hint = stranger ? 1 : -1;
      features.push(hint + random.normal(), 0.5 * hint + random.normal(), random.normal());
      strange.push(stranger ? 1 : 0);
    }
    truth.push(...home);
  }
  return {
    tracks: tf.tensor3d(tracks, [count, TRACKS, 5]),
    features: tf.tensor3d(features, [count, TRACKS, FEATURES]),
    strange: tf.tensor2d(strange, [count, TRACKS]),
    truth: tf.tensor2d(truth, [count, 3]),
  };
}

function precisions(count: number): tf.Tensor {
  const one = tf.diag(tf.tensor1d(DEVIATIONS.map((deviation) => 1 / deviation ** 2)));
  return tf.tile(tf.reshape(one, [1, 1, 5, 5]), [count, TRACKS, 1, 1]);
}

/** Weights that never all vanish. */
const weightsOf = (network: Sequential, features: tf.Tensor): tf.Tensor =>
  tf.add(0.001, tf.sigmoid(tf.neg(tf.squeeze(network.call(features), [2]))));

/** Mean distance to the true vertex, mm. */
function distance(vertex: tf.Tensor, truth: tf.Tensor): tf.Scalar {
  return tf.mean(tf.sqrt(tf.add(tf.sum(tf.square(tf.sub(vertex, truth)), 1), 1e-8))) as tf.Scalar;
}

const fitted = (network: Sequential, { tracks, features }: Readonly<Record<string, tf.Tensor>>): tf.Tensor =>
  fitVertex(tracks, precisions(tracks.shape[0]!), weightsOf(network, features), { tolerance: 1e-6 }).vertex;

/** Vertices of tracks, strangers among them: weights learnt from labels of tracks, or through the fit from the vertex alone. */
export const VERTICES: Task = {
  name: 'vertex with strangers, mm',
  sizes: [50, 200],
  methods: ['labels of tracks', 'through the fit', 'both', 'equal weights'],
  error: async (method, size, seed, effort) => {
    const network = dense(FEATURES, 16, 1, 1, new RandomStream(seed));
    const byLabel: LossTerm<Sequential> = {
      value: (of, { features, strange }) =>
        loss('binary-cross-entropy', {
          logit: tf.reshape(of.call(features), [-1]),
          label: tf.reshape(strange, [-1]),
        }),
    };
    const byFit: LossTerm<Sequential> = {
      value: (of, batch) => distance(fitted(of, batch), batch['truth']),
      weight: 10,
    };
    const losses: Record<string, LossTerm<Sequential>> = {};
    if (method !== 'through the fit') losses['labels'] = byLabel;
    if (method === 'through the fit' || method === 'both') losses['fit'] = byFit;
    const settings = { steps: method === 'equal weights' ? 1 : 100 * effort, seed, learningRate: 1e-2, batchSize: 50 };
    return measure(network, events(size, new RandomStream(seed).split(1)), losses, settings, (of) => {
      const test = events(500, new RandomStream(80));
      if (method !== 'equal weights') return distance(fitted(of, test), test.truth).dataSync()[0];
      const { vertex } = fitVertex(test.tracks, precisions(500), tf.ones([500, TRACKS]));
      return distance(vertex, test.truth).dataSync()[0];
    });
  },
};
