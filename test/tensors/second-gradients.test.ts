import * as tf from '@tensorflow/tfjs';
import { beforeAll, describe, expect, test } from 'vitest';
import { RandomStream } from '../../src/core/index.ts';
import {
  type Activation,
  attention,
  chooseBackend,
  crossEntropy,
  gelu,
  layerNorm,
  linear,
} from '../../src/tensors/index.ts';
import { distance, WAYS } from './fixture.ts';

/** Of a difference quotient of slopes in single precision. */
const QUOTIENT = 5e-3;
const STEP = 2e-2;

function normal(seed: number, shape: number[]): tf.Tensor {
  const random = new RandomStream(seed);
  const values = Float32Array.from({ length: tf.util.sizeFromShape(shape) }, () => random.normal());
  return tf.tensor(values, shape);
}

type Apply = (...inputs: tf.Tensor[]) => tf.Tensor;

const dense = (activation: Activation): { name: string; shapes: number[][]; apply: Apply } => ({
  name: `linear, ${activation}`,
  shapes: [[4, 3], [3, 5], [5]],
  apply: (x, weight, bias) => linear(x, weight, bias, activation),
});

/** What can be differentiated twice. A new row is a new line. */
const CASES: readonly { name: string; shapes: number[][]; apply: Apply }[] = [
  ...(['linear', 'sigmoid', 'tanh', 'gelu'] as const).map(dense),
  {
    name: 'linear of three axes, without bias',
    shapes: [
      [2, 3, 4],
      [4, 5],
    ],
    apply: (x, w) => tf.tanh(linear(x, w)),
  },
  { name: 'exp', shapes: [[3, 5]], apply: (x) => tf.exp(tf.mul(0.5, x)) },
  { name: 'softmax', shapes: [[3, 5]], apply: (x) => tf.softmax(x) },
  { name: 'log of shares', shapes: [[3, 5]], apply: (x) => tf.sub(x, tf.logSumExp(x, -1, true)) },
  {
    name: 'a power',
    shapes: [
      [3, 5],
      [3, 5],
    ],
    apply: (x, y) => tf.pow(tf.add(1, tf.square(x)), y),
  },
  { name: 'gelu', shapes: [[3, 5]], apply: (x) => gelu(x) },
  { name: 'layer norm', shapes: [[3, 5], [5], [5]], apply: (x, gain, shift) => layerNorm(x, gain, shift) },
  {
    name: 'attention to another',
    shapes: [
      [1, 3, 4],
      [1, 2, 8],
    ],
    apply: (x, memory) => attention(x, { heads: 2, memory }),
  },
  {
    name: 'cross entropy, one place left out',
    shapes: [[4, 5]],
    apply: (x) => crossEntropy(x, tf.tensor1d([0, 4, -1, 2], 'int32')),
  },
];

/** sum(weights * values) + sum of squares of values: a scalar that is curved in every output. */
const scalar =
  (apply: Apply) =>
  (...inputs: tf.Tensor[]): tf.Scalar => {
    const values = apply(...inputs);
    return tf.sum(tf.add(tf.mul(values, normal(90, values.shape)), tf.square(values))) as tf.Scalar;
  };

describe.each(WAYS)('second derivatives on %s', (_name, options) => {
  beforeAll(async () => {
    await chooseBackend(options);
  });

  test.each(CASES)('$name: the slope of slopes is their difference quotient', ({ shapes, apply }) => {
    tf.tidy(() => {
      const inputs = shapes.map((shape, i) => normal(i + 1, shape));
      const along = shapes.map((shape, i) => normal(i + 50, shape));
      const slopes = (at: tf.Tensor[]): tf.Tensor[] => tf.grads(scalar(apply))(at);
      const projected = (...at: tf.Tensor[]): tf.Scalar =>
        slopes(at)
          .map((slope, i) => tf.sum(tf.mul(slope, along[i])))
          .reduce((sum, part) => tf.add(sum, part)) as tf.Scalar;
      const second = tf.grads(projected)(inputs);
      const moved = (by: number): tf.Tensor[] => slopes(inputs.map((x, i) => tf.add(x, tf.mul(along[i], by))));
      const [up, down] = [moved(STEP), moved(-STEP)];
      const [far, low] = [moved(2 * STEP), moved(-2 * STEP)];
      second.forEach((found, i) => {
        const near = tf.div(tf.sub(up[i], down[i]), 2 * STEP);
        const wide = tf.div(tf.sub(far[i], low[i]), 4 * STEP);
        const quotient = tf.div(tf.sub(tf.mul(4, near), wide), 3);
        expect(distance([...found.dataSync()], [...quotient.dataSync()])).toBeLessThan(QUOTIENT);
      });
    });
  });

  test('a dense layer of tanh has its third derivative, in closed form', () => {
    tf.tidy(() => {
      const f = (x: tf.Tensor): tf.Tensor => tf.sum(linear(x, tf.tensor2d([[1.5]]), tf.tensor1d([0.25]), 'tanh'));
      const [first, second] = [tf.grad(f), tf.grad((x: tf.Tensor) => tf.sum(tf.grad(f)(x)))];
      const third = tf.grad((x: tf.Tensor) => tf.sum(second(x)));
      const x = tf.tensor2d([[-0.7], [0], [0.4]]);
      const t = [-0.7, 0, 0.4].map((at) => Math.tanh(1.5 * at + 0.25));
      const near = (found: tf.Tensor, expected: number[]): void =>
        expect(distance([...found.dataSync()], expected)).toBeLessThan(1e-5);
      near(
        first(x),
        t.map((y) => 1.5 * (1 - y * y)),
      );
      near(
        second(x),
        t.map((y) => 2.25 * -2 * y * (1 - y * y)),
      );
      near(
        third(x),
        t.map((y) => 3.375 * (1 - y * y) * (6 * y * y - 2)),
      );
    });
  });

  test('no tensors are left behind', () => {
    const before = tf.memory().numTensors;
    tf.tidy(() => {
      const inner = (x: tf.Tensor): tf.Tensor => tf.sum(tf.grad((y: tf.Tensor) => tf.sum(gelu(y)))(x));
      tf.grad(inner)(normal(1, [3, 4])).dataSync();
    });
    expect(tf.memory().numTensors).toBe(before);
  });
});
