import * as tf from '@tensorflow/tfjs';
import { RandomStream } from '../../../src/core/index.ts';
import { type LossTerm, loss, type Sequential } from '../../../src/networks/index.ts';
import { gaussLegendre } from '../../../src/numerics/index.ts';
import { dense, measure, rootMeanSquare, type Task } from './task.ts';

/** x^(1/2) (1 - x)^3 over its integral, Beta(3/2, 4). */
const NORM = 0.5 * Math.sqrt(Math.PI) * (6 / ((1.5 + 3) * (1.5 + 2) * (1.5 + 1) * 1.5 * 0.5 * Math.sqrt(Math.PI)));
const density = (x: number): number => (Math.sqrt(x) * (1 - x) ** 3) / NORM;
/** Data end here: what lies beyond is known by its sum alone. */
const [FIRST, LAST] = [0.15, 0.7];
const NOISE = 0.1;

const { nodes, weights } = gaussLegendre(48);
const POINTS = Array.from(nodes, (t) => (1 + t) / 2);
const column = (x: readonly number[]): tf.Tensor => tf.tensor2d([...x], [x.length, 1]);
const field = (network: Sequential, x: tf.Tensor): tf.Tensor => tf.reshape(network.call(x), [-1]);

const TERMS: Readonly<Record<string, LossTerm<Sequential>>> = {
  'sum rules': {
    value: (network) => {
      const f = field(network, column(POINTS));
      const densities = tf.stack([f, tf.mul(f, tf.tensor1d(POINTS))]);
      const measure = tf.tensor1d(Array.from(weights, (w) => w / 2));
      // The number is 1; the mean of Beta(3/2, 4) is 3/11.
      return loss('sum-rules', { densities, measure, expected: tf.tensor1d([1, 3 / 11]) });
    },
    weight: 10,
  },
  positivity: {
    value: (network) => loss('positivity', { values: field(network, column(POINTS)) }),
    weight: 10,
  },
};

const METHODS: Readonly<Record<string, readonly string[]>> = {
  plain: [],
  'sum rules': ['sum rules'],
  positivity: ['positivity'],
  both: ['sum rules', 'positivity'],
};

/** A density on [0, 1] from noisy values on a part of it, with number and momentum known. */
export const DENSITIES: Task = {
  name: 'density beyond the data',
  sizes: [10, 40],
  methods: Object.keys(METHODS),
  error: (method, size, seed, effort) => {
    const random = new RandomStream(seed).split(1);
    const x = Array.from({ length: size }, () => FIRST + (LAST - FIRST) * random.uniform());
    const y = x.map((at) => density(at) + NOISE * random.normal());
    const losses: Record<string, LossTerm<Sequential>> = {
      squared: { value: (of, batch) => loss('squared', { prediction: field(of, batch['x']), target: batch['y'] }) },
    };
    for (const name of METHODS[method]) losses[name] = TERMS[name];
    const network = dense(1, 24, 2, 1, new RandomStream(seed));
    const settings = { steps: 400 * effort, seed, learningRate: 5e-3 };
    return measure(network, { x: column(x), y: tf.tensor1d(y) }, losses, settings, (of) => {
      const at = Array.from({ length: 200 }, (_, i) => (i + 0.5) / 200);
      return rootMeanSquare(tf.sub(field(of, column(at)), tf.tensor1d(at.map(density))));
    });
  },
};
