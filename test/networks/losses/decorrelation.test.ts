import * as tf from '@tensorflow/tfjs';
import { beforeAll, describe, expect, test } from 'vitest';
import { RandomStream } from '../../../src/core/index.ts';
import { planingWeights, reverseGradient } from '../../../src/networks/index.ts';
import { chooseBackend } from '../../../src/tensors/index.ts';

beforeAll(async () => {
  await chooseBackend({ backend: 'wasm' });
});

describe('a reversed gradient', () => {
  test('leaves values, and turns slopes round by its strength', () => {
    tf.tidy(() => {
      const x = tf.tensor1d([1, -2, 3]);
      expect([...reverseGradient(x, 0.5).dataSync()]).toEqual([1, -2, 3]);
      const slope = tf.grad((at: tf.Tensor) => tf.sum(tf.square(reverseGradient(at, 0.5))))(x);
      expect([...slope.dataSync()]).toEqual([-1, 2, -3]);
    });
  });
});

describe('planing weights', () => {
  test('make the mass flat in every class, and keep the mean weight at 1', () => {
    const random = new RandomStream(3);
    const labels = Array.from({ length: 4000 }, (_, i) => i % 2);
    const masses = labels.map((label) =>
      label === 0 ? -0.3 * Math.log(1 - 0.9 * random.uniform()) : random.uniform(),
    );
    const bins = 8;
    const weights = planingWeights(masses, labels, bins);
    const [low, high] = [Math.min(...masses), Math.max(...masses)];
    for (const label of [0, 1]) {
      const filled = new Float64Array(bins);
      let [sum, count] = [0, 0];
      masses.forEach((mass, i) => {
        if (labels[i] !== label) return;
        filled[Math.min(bins - 1, Math.floor((bins * (mass - low)) / (high - low)))] += weights[i];
        sum += weights[i];
        count++;
      });
      expect(sum / count).toBeCloseTo(1, 10);
      // One class ends before the other: the bins that it reaches are equally full.
      const reached = [...filled].filter((value) => value > 0);
      expect(reached.length).toBeGreaterThan(4);
      expect(Math.max(...reached) - Math.min(...reached)).toBeLessThan(1e-9 * sum);
    }
  });

  test('are 1 where all masses are one', () => {
    expect([...planingWeights([2, 2, 2], [0, 1, 1], 5)]).toEqual([1, 1, 1]);
  });

  test.each([
    ['labels of another length', () => planingWeights([1, 2], [0], 2), 'shape'],
    ['no bins', () => planingWeights([1, 2], [0, 0], 0), 'range'],
    ['a mass that is no number', () => planingWeights([1, Number.NaN], [0, 0], 2), 'not-finite'],
  ] as const)('refuse %s', (_what, call, code) => {
    expect(call).toThrow(expect.objectContaining({ code }));
  });
});
