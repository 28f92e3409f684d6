import * as tf from '@tensorflow/tfjs';
import { RandomStream } from '../../../src/core/index.ts';
import { type LossTerm, loss, type Sequential } from '../../../src/networks/index.ts';
import { dense, measure, rootMeanSquare, type Task } from './task.ts';

/** A rotation in three dimensions, uniform, from a random quaternion. */
function rotation(random: RandomStream): number[][] {
  const q = [0, 1, 2, 3].map(() => random.normal());
  const length = Math.hypot(...q);
  const [w, x, y, z] = q.map((value) => value / length);
  return [
    [1 - 2 * (y * y + z * z), 2 * (x * y - w * z), 2 * (x * z + w * y)],
    [2 * (x * y + w * z), 1 - 2 * (x * x + z * z), 2 * (y * z - w * x)],
    [2 * (x * z - w * y), 2 * (y * z + w * x), 1 - 2 * (x * x + y * y)],
  ];
}

const NOISE = 0.05;

/** Two vectors, a second orientation of them, and an invariant: the angle between them counts, with their lengths. */
function events(count: number, random: RandomStream, noise: number) {
  const [x, turned, y]: [number[], number[], number[]] = [[], [], []];
  for (let i = 0; i < count; i++) {
    const [a, b] = [0, 1].map(() => [0, 1, 2].map(() => random.normal()));
    const dot = a.reduce((sum, value, k) => sum + value * b[k], 0);
    const matrix = rotation(random);
    const turn = (v: number[]): number[] => matrix.map((row) => row.reduce((sum, value, k) => sum + value * v[k], 0));
    x.push(...a, ...b);
    turned.push(...turn(a), ...turn(b));
    y.push(Math.tanh(dot) + noise * random.normal());
  }
  return { x: tf.tensor2d(x, [count, 6]), turned: tf.tensor2d(turned, [count, 6]), y: tf.tensor1d(y) };
}

/** tanh of a scalar product of two vectors, by a network that is told of rotations or is not. */
export const ROTATIONS: Task = {
  name: 'invariant of two vectors',
  sizes: [100, 400],
  methods: ['plain', 'invariance'],
  error: (method, size, seed, effort) => {
    const network = dense(6, 48, 2, 1, new RandomStream(seed), 'gelu');
    const flat = (value: tf.Tensor): tf.Tensor => tf.reshape(value, [-1]);
    const losses: Record<string, LossTerm<Sequential>> = {
      squared: {
        value: (of, { x, y }) => loss('squared', { prediction: flat(of.call(x)), target: y }),
      },
    };
    if (method === 'invariance') {
      losses['invariance'] = {
        value: (of, { x, turned }) => loss('invariance', { before: of.call(x), after: of.call(turned) }),
      };
    }
    const settings = { steps: 400 * effort, seed, learningRate: 3e-3 };
    return measure(network, events(size, new RandomStream(seed).split(1), NOISE), losses, settings, (of) => {
      const test = events(4000, new RandomStream(78), 0);
      return rootMeanSquare(tf.sub(flat(of.call(test.x)), test.y));
    });
  },
};
