import * as tf from '@tensorflow/tfjs';
import { RandomStream } from '../../../src/core/index.ts';
import {
  burgersSolution,
  type EquationName,
  type EquationTerms,
  equationResidual,
  type LossTerm,
  loss,
  type Sequential,
} from '../../../src/networks/index.ts';
import { dense, measure, rootMeanSquare, type Task } from './task.ts';

interface Problem {
  readonly equation: EquationName;
  readonly terms: EquationTerms;
  /** Of the mean square of what is left over, whose size is that of second derivatives. */
  readonly weight: number;
  /** The solution on [-1, 1] x [0, 1]. */
  readonly exact: (x: number, t: number) => number;
}

const column = (points: tf.Tensor, k: number): tf.Tensor => tf.reshape(tf.slice(points, [0, k], [-1, 1]), [-1]);

const PROBLEMS: readonly Problem[] = [
  {
    equation: 'poisson',
    weight: 0.003,
    exact: (x, y) => Math.sin(Math.PI * x) * Math.sin(Math.PI * y),
    terms: {
      source: (p) =>
        tf.mul(2 * Math.PI ** 2, tf.mul(tf.sin(tf.mul(Math.PI, column(p, 0))), tf.sin(tf.mul(Math.PI, column(p, 1))))),
    },
  },
  {
    equation: 'heat',
    exact: (x, t) => Math.sin(Math.PI * x) * Math.exp(-0.1 * Math.PI ** 2 * t),
    terms: { diffusion: 0.1 },
    weight: 0.3,
  },
  { equation: 'burgers', exact: (x, t) => burgersSolution(x, t, 0.1, 0.6), terms: { diffusion: 0.1 }, weight: 0.3 },
];

const NOISE = 0.05;
/** Points at which the equation is asked for, in a step. */
const COLLOCATION = 64;

const point = (random: RandomStream): number[] => [2 * random.uniform() - 1, random.uniform()];

/** The field of an equation from a few noisy values of it. */
export const EQUATION_TASKS: readonly Task[] = PROBLEMS.map(({ equation, terms, exact, weight }) => ({
  name: `field of ${equation}`,
  sizes: [20, 80],
  methods: ['plain', 'residual'],
  error: (method, size, seed, effort) => {
    const random = new RandomStream(seed).split(1);
    const points = Array.from({ length: size }, () => point(random));
    const field = (network: Sequential, x: tf.Tensor): tf.Tensor => tf.reshape(network.call(x), [-1]);
    const losses: Record<string, LossTerm<Sequential>> = {
      squared: { value: (of, { x, y }) => loss('squared', { prediction: field(of, x), target: y }) },
    };
    if (method === 'residual') {
      const anywhere = new RandomStream(seed).split(2);
      losses['residual'] = {
        value: (of) => {
          const at = tf.tensor2d(Array.from({ length: COLLOCATION }, () => point(anywhere)));
          return loss('residual', { residual: equationResidual(equation, (x) => of.call(x), at, terms) });
        },
        weight,
      };
    }
    const network = dense(2, 24, 2, 1, new RandomStream(seed));
    const y = points.map(([x, t]) => exact(x, t) + NOISE * random.normal());
    const data = { x: tf.tensor2d(points), y: tf.tensor1d(y) };
    const settings = { steps: 400 * effort, seed, learningRate: 1e-2 };
    return measure(network, data, losses, settings, (of) => {
      const test = Array.from({ length: 900 }, (_, i) => [((i % 30) + 0.5) / 15 - 1, (Math.floor(i / 30) + 0.5) / 30]);
      return rootMeanSquare(tf.sub(field(of, tf.tensor2d(test)), tf.tensor1d(test.map(([x, t]) => exact(x, t)))));
    });
  },
}));
