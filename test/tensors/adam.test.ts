import * as tf from '@tensorflow/tfjs';
import { beforeAll, describe, expect, test } from 'vitest';
import { BackendError, DomainError, OptionError, RandomStream, ShapeError } from '../../src/core/index.ts';
import { Adam, attention, chooseBackend, crossEntropy, embedding, layerNorm, linear } from '../../src/tensors/index.ts';

beforeAll(async () => {
  await chooseBackend({ backend: 'wasm' });
});

function variable(values: number[]): tf.Variable {
  return tf.tidy(() => tf.variable(tf.tensor1d(values)));
}

describe('Adam', () => {
  test('leaves a clone of a variable as it was', () => {
    const weights = variable([1, 2, 3]);
    const kept = weights.clone();
    const optimiser = new Adam({ learningRate: 0.5 });
    for (let step = 0; step < 2; step++) tf.tidy(() => optimiser.step([[weights, tf.tensor1d([1, -1, 1])]]));
    expect([...kept.dataSync()]).toEqual([1, 2, 3]);
    expect(weights.dataSync()[0]).toBeCloseTo(0, 4);
    tf.dispose([weights, kept]);
    optimiser.dispose();
  });

  test.each([Number.NaN, Number.POSITIVE_INFINITY])('stops at a gradient of %s and moves nothing', (bad) => {
    const [first, second] = [variable([1, 2]), variable([3])];
    const optimiser = new Adam();
    const step = () =>
      tf.tidy(() =>
        optimiser.step([
          [first, tf.tensor1d([1, 1])],
          [second, tf.tensor1d([bad])],
        ]),
      );
    expect(step).toThrow(DomainError);
    expect(step).toThrow('step 1');
    expect([...first.dataSync(), ...second.dataSync()]).toEqual([1, 2, 3]);
    tf.dispose([first, second]);
    optimiser.dispose();
  });

  test('refuses a gradient of another shape', () => {
    const weights = variable([1, 2]);
    expect(() => tf.tidy(() => new Adam().step([[weights, tf.tensor1d([1])]]))).toThrow(ShapeError);
    weights.dispose();
  });

  test.each([
    { learningRate: -1 },
    { learningRate: Number.NaN },
    { beta1: 1 },
    { beta2: -0.1 },
    { epsilon: 0 },
    { clipNorm: 0 },
  ])('refuses %o', (options) => {
    expect(() => new Adam(options)).toThrow(OptionError);
  });
});

describe('training', () => {
  /** A little of everything: embedding, normalisation, attention, gelu, cross entropy. */
  function train(steps: number): { losses: number[]; weights: number[]; leaked: number } {
    const random = new RandomStream(3);
    const normal = (shape: number[], scale: number): tf.Variable =>
      tf.tidy(() => {
        const values = Array.from({ length: tf.util.sizeFromShape(shape) }, () => scale * random.normal());
        return tf.variable(tf.tensor(values, shape));
      });
    const [table, project] = [normal([7, 12], 1), normal([12, 36], 0.3)];
    const [join, head] = [normal([12, 12], 0.3), normal([12, 7], 0.3)];
    const [gain, shift] = [normal([12], 1), normal([12], 1)];
    const list = [table, project, join, head, gain, shift];
    const ids = tf.tensor2d(
      [
        [0, 1, 2, 3, 4],
        [4, 5, 6, 0, 1],
      ],
      [2, 5],
      'int32',
    );
    const labels = tf.tensor2d(
      [
        [1, 2, 3, 4, 5],
        [5, 6, 0, 1, 2],
      ],
      [2, 5],
      'int32',
    );
    const optimiser = new Adam({ learningRate: 0.03, clipNorm: 1 });
    const step = (): number =>
      tf.tidy(() => {
        const { value, grads } = tf.variableGrads(() => {
          const x = embedding(table, ids);
          const looked = attention(linear(layerNorm(x, gain, shift), project), { heads: 3 });
          const hidden = linear(tf.add(x, looked), join, undefined, 'gelu');
          return tf.mean(crossEntropy(linear(hidden, head), labels));
        }, list);
        optimiser.step(list.map((one) => [one, grads[one.name]]));
        return value.dataSync()[0];
      });
    const losses = [step()];
    const before = tf.memory().numTensors;
    for (let i = 1; i < steps; i++) losses.push(step());
    const leaked = tf.memory().numTensors - before;
    const weights = list.flatMap((one) => [...one.dataSync()]);
    tf.dispose([...list, ids, labels]);
    optimiser.dispose();
    return { losses, weights, leaked };
  }

  test('overfits, leaks nothing, and gives the same bits again', () => {
    const [first, second] = [train(150), train(150)];
    expect(first.losses[0]).toBeGreaterThan(1);
    expect(first.losses.at(-1)).toBeLessThan(0.1);
    expect(first.leaked).toBe(0);
    expect(second).toEqual(first);
  });
});

describe('a shape that does not fit', () => {
  test.each([
    [
      'linear, inputs',
      () => linear(tf.zeros([2, 3]), tf.zeros([4, 5])),
      'x: expected shape [..., 4], got [2, 3] (axis 1',
    ],
    [
      'linear, bias',
      () => linear(tf.zeros([2, 3]), tf.zeros([3, 5]), tf.zeros([4])),
      'bias: expected shape [5], got [4]',
    ],
    ['layer norm', () => layerNorm(tf.zeros([2, 3]), tf.zeros([4]), tf.zeros([4])), 'x: expected shape [..., 4]'],
    [
      'attention, rank',
      () => attention(tf.zeros([2, 6]), { heads: 1 }),
      'queries: expected shape [batch, steps, 3 width]',
    ],
    [
      'attention, heads',
      () => attention(tf.zeros([2, 2, 12]), { heads: 3 }),
      'a width of 4 does not divide into 3 heads',
    ],
    ['labels', () => crossEntropy(tf.zeros([2, 3]), tf.zeros([3], 'int32')), 'labels: expected shape [2], got [3]'],
    ['labels, type', () => crossEntropy(tf.zeros([2, 3]), tf.zeros([2])), 'labels are float32'],
    ['ids, type', () => embedding(tf.zeros([2, 3]), tf.zeros([2])), 'ids are float32'],
  ])('%s', (_name, compute, message) => {
    expect(() => tf.tidy(() => compute())).toThrow(message);
  });

  test('a product past the memory says so, and what is there stays', () => {
    const length = 70_000;
    const [x, y] = [tf.ones([length, 1]), tf.ones([1, length])];
    const product = (): unknown => tf.matMul(x, y);
    expect(product).toThrow(BackendError);
    expect(product).toThrow(`no room for a tensor of shape [${length}, ${length}]`);
    expect(tf.tidy(() => tf.sum(tf.matMul(y, x)).dataSync()[0])).toBe(length);
    tf.dispose([x, y]);
  });
});
