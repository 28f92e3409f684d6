import * as tf from '@tensorflow/tfjs';
import { RandomStream } from '../../../src/core/index.ts';
import { type LossTerm, loss, type Module, MonotoneNetwork } from '../../../src/networks/index.ts';
import { dense, measure, rootMeanSquare, type Task } from './task.ts';

const NOISE = 0.3;

/** Rises along the first input, falls along the second, and neither along the third; its slopes are at most 2. */
const truth = ([x, y, z]: number[]): number => Math.tanh(2 * x) - Math.log(1 + Math.exp(y)) + 0.5 * Math.sin(2 * z);

function events(count: number, random: RandomStream, noise: number): { x: tf.Tensor; y: tf.Tensor } {
  const points = Array.from({ length: count }, () => [0, 1, 2].map(() => 4 * random.uniform() - 2));
  return { x: tf.tensor2d(points), y: tf.tensor1d(points.map((point) => truth(point) + noise * random.normal())) };
}

const field = (network: Module, x: tf.Tensor): tf.Tensor => tf.reshape(network.call(x), [-1]);

/** A noisy function that rises along one input and falls along another. */
export const MONOTONE: Task = {
  name: 'monotone function',
  sizes: [30, 120],
  methods: ['plain', 'monotonicity', 'monotone network'],
  error: (method, size, seed, effort) => {
    const random = new RandomStream(seed);
    const network: Module =
      method === 'monotone network'
        ? new MonotoneNetwork({ directions: [1, -1, 0], hidden: [64, 64], lipschitz: 2 }, random)
        : dense(3, 32, 2, 1, random, 'gelu');
    const losses: Record<string, LossTerm<Module>> = {
      squared: { value: (of, { x, y }) => loss('squared', { prediction: field(of, x), target: y }) },
    };
    if (method === 'monotonicity') {
      const anywhere = new RandomStream(seed).split(2);
      losses['monotonicity'] = {
        value: (of) => {
          const x = tf.tensor2d(Array.from({ length: 64 }, () => [0, 1, 2].map(() => 4 * anywhere.uniform() - 2)));
          const slopes = tf.grad((at: tf.Tensor) => tf.sum(of.call(at)))(x);
          const along = tf.mul(tf.slice(slopes, [0, 0], [-1, 2]), tf.tensor1d([1, -1]));
          return loss('monotonicity', { slopes: tf.reshape(along, [-1]) });
        },
      };
    }
    const settings = { steps: 300 * effort, seed, learningRate: method === 'monotone network' ? 3e-2 : 1e-2 };
    return measure(network, events(size, new RandomStream(seed).split(1), NOISE), losses, settings, (of) => {
      const test = events(4000, new RandomStream(79), 0);
      return rootMeanSquare(tf.sub(field(of, test.x), test.y));
    });
  },
};
