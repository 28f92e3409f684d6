import * as tf from '@tensorflow/tfjs';
import { beforeAll, describe, expect, test } from 'vitest';
import { RandomStream } from '../../../src/core/index.ts';
import { GroupSort, LipschitzDense, loss, MonotoneNetwork, train } from '../../../src/networks/index.ts';
import { chooseBackend } from '../../../src/tensors/index.ts';
import { normal, slopes } from '../losses/gradient-check.ts';

beforeAll(async () => {
  await chooseBackend({ backend: 'wasm' });
});

const LIPSCHITZ = 2;
/** Of sums in single precision. */
const ROUNDING = 1e-4;
const DIRECTIONS = [1, -1, 0] as const;

function network(seed: number): MonotoneNetwork {
  return new MonotoneNetwork(
    { directions: DIRECTIONS, hidden: [16, 16], lipschitz: LIPSCHITZ },
    new RandomStream(seed),
  );
}

/** Points of a cube, 13 a side. */
function grid(): tf.Tensor2D {
  const side = Array.from({ length: 13 }, (_, i) => (i - 6) / 2 + 0.013);
  return tf.tensor2d(side.flatMap((x) => side.flatMap((y) => side.map((z) => [x, y, z]))));
}

/** The slopes at every point of the grid, by input. */
function slopesOf(one: MonotoneNetwork): number[][] {
  return tf.tidy(() => {
    const found = tf.grad((x: tf.Tensor) => tf.sum(one.call(x)))(grid()) as tf.Tensor2D;
    const values = found.arraySync();
    return [0, 1, 2].map((k) => values.map((row) => row[k]));
  });
}

function expectBounds(one: MonotoneNetwork): void {
  const [rising, falling, free] = slopesOf(one);
  expect(Math.min(...rising)).toBeGreaterThanOrEqual(-ROUNDING);
  expect(Math.max(...rising)).toBeLessThanOrEqual(2 * LIPSCHITZ + ROUNDING);
  expect(Math.max(...falling)).toBeLessThanOrEqual(ROUNDING);
  expect(Math.min(...falling)).toBeGreaterThanOrEqual(-2 * LIPSCHITZ - ROUNDING);
  expect(Math.max(...free.map(Math.abs))).toBeLessThanOrEqual(LIPSCHITZ + ROUNDING);
}

describe('a monotone network', () => {
  test.each([1, 2, 3])(
    'has slopes within its bounds at every point of a grid, whatever its weights, seed %i',
    (seed) => {
      tf.tidy(() => {
        const one = network(seed);
        expectBounds(one);
        [...one.parameters().values()].forEach((variable, i) => {
          variable.assign(tf.mul(30, normal(variable.shape, 10 * seed + i)));
        });
        expectBounds(one);
        // The bounds are used, here by weights of one sign: a network that is flat would keep them too.
        for (const variable of one.parameters().values()) variable.assign(tf.abs(variable));
        expectBounds(one);
        expect(Math.max(...slopesOf(one)[2].map(Math.abs))).toBeGreaterThan(0.1 * LIPSCHITZ);
        one.dispose();
      });
    },
  );

  test('keeps them when it is trained on what breaks them, and learns what does not', async () => {
    const one = network(5);
    const x = tf.tidy(() => tf.mul(2, normal([256, 3], 1)));
    // Falls along the first input where it must rise; the third is free.
    const target = tf.tidy(() => {
      const [a, b, c] = tf.split(x, 3, 1);
      return tf.reshape(tf.add(tf.sub(tf.neg(a), b), tf.sin(c)), [-1]);
    });
    const losses = {
      squared: {
        value: (of: MonotoneNetwork, batch: Readonly<Record<string, tf.Tensor>>) =>
          loss('squared', { prediction: tf.reshape(of.call(batch['x']), [-1]), target: batch['target'] }),
      },
    };
    const { history } = await train(one, { x, target }, { epochs: 60, batchSize: 64, learningRate: 0.02, losses });
    expectBounds(one);
    // What is left is near the variance of the first input, 4, whose slope the network may at best make zero.
    expect(history.at(-1)!.loss).toBeLessThan(0.7 * history[0].loss);
    expect(history.at(-1)!.loss).toBeGreaterThan(2);
    one.dispose();
    tf.dispose([x, target]);
  });

  test('has the slopes of difference quotients along its parameters', () => {
    tf.tidy(() => {
      const layer = new LipschitzDense(3, 4, new RandomStream(2), { norm: 'inf', bound: 0.7 });
      const x = normal([5, 3], 4);
      const along = normal([5, 4], 6);
      const f = ({ weight, x: at }: Record<string, tf.Tensor>): tf.Scalar => {
        const norms = tf.maximum(tf.sum(tf.abs(weight), 0), 0.7);
        return tf.sum(tf.mul(along, tf.matMul(at, tf.mul(weight, tf.div(0.7, norms))))) as tf.Scalar;
      };
      // The layer is its formula, and the gradient of the layer that of the formula's quotient.
      const value = tf.sum(tf.mul(along, layer.call(x)));
      expect(f({ weight: layer.weight, x }).dataSync()[0]).toBeCloseTo(value.dataSync()[0], 4);
      const [ofX] = slopes(({ x: at }) => tf.sum(tf.mul(along, layer.call(at))) as tf.Scalar, { x }, ['x'], 1e-2);
      expect(Math.abs(ofX.slope - ofX.quotient)).toBeLessThan(1e-2 * Math.abs(ofX.slope));
      const { grads } = tf.variableGrads(() => tf.sum(tf.mul(along, layer.call(x))) as tf.Scalar, [layer.weight]);
      const direction = normal([3, 4], 70);
      const slope = tf.sum(tf.mul(grads[layer.weight.name], direction)).dataSync()[0];
      const [{ quotient }] = slopes(f, { weight: tf.clone(layer.weight), x }, ['weight'], 2e-3);
      expect(Math.abs(slope - quotient)).toBeLessThan(1e-2 * Math.max(0.1, Math.abs(slope)));
      layer.dispose();
    });
  });
});

describe('sorting in pairs', () => {
  test('keeps the values of each pair, and the length of gradients', () => {
    tf.tidy(() => {
      const x = tf.tensor2d([[1, 5, 3, 2]]);
      expect([...new GroupSort().call(x).dataSync()]).toEqual([3, 5, 1, 2]);
      const slope = tf.grad((at: tf.Tensor) => tf.sum(tf.mul(new GroupSort().call(at), tf.tensor1d([1, 2, 3, 4]))))(x);
      expect([...slope.dataSync()]).toEqual([3, 2, 1, 4]);
    });
  });
});

describe('what is refused', () => {
  const random = new RandomStream(1);
  test.each([
    ['an odd width', () => new MonotoneNetwork({ directions: [1], hidden: [3] }, random), 'range'],
    ['a direction of 2', () => new MonotoneNetwork({ directions: [2 as 1], hidden: [4] }, random), 'range'],
    ['no inputs', () => new MonotoneNetwork({ directions: [], hidden: [4] }, random), 'size'],
    ['a bound of 0', () => new LipschitzDense(1, 1, random, { norm: 'inf', bound: 0 }), 'range'],
    ['an unknown norm', () => new LipschitzDense(1, 1, random, { norm: 'two' as 'inf' }), 'range'],
    ['pairs of an odd axis', () => new GroupSort().call(tf.ones([2, 3])), 'shape'],
    ['another width', () => network(1).call(tf.ones([2, 4])), 'shape'],
  ] as const)('%s', (_what, call, code) => {
    tf.tidy(() => {
      expect(call).toThrow(expect.objectContaining({ code }));
    });
  });
});
