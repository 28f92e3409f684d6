import * as tf from '@tensorflow/tfjs';
import { beforeAll, expect, test } from 'vitest';
import { RandomStream } from '../../src/core/index.ts';
import { createSchedule, train, VariationalDense } from '../../src/networks/index.ts';
import { chooseBackend } from '../../src/tensors/index.ts';

beforeAll(async () => {
  await chooseBackend({ backend: 'wasm' });
});

test('draws rows around their mean with the variance of the weights, the same from the same stream', () => {
  tf.tidy(() => {
    const layer = new VariationalDense(2, 1, new RandomStream(1), { logVariance: Math.log(0.25) });
    const x = tf.tile(tf.tensor2d([[1, -2]]), [4000, 1]);
    const draw = (seed: number): Float32Array => {
      layer.seed(new RandomStream(seed));
      return layer.call(x).dataSync() as Float32Array;
    };
    const { mean, variance } = tf.moments(tf.tensor1d(draw(3)));
    // Variance .25 (1 + 4); its error is 1.25 sqrt(2 / 4000) = .028.
    expect(Math.abs(variance.dataSync()[0] - 1.25)).toBeLessThan(0.12);
    expect(Math.abs(mean.dataSync()[0] - layer.mean(x).dataSync()[0])).toBeLessThan(0.08);
    expect(draw(3)).toEqual(draw(3));
    expect(draw(4)).not.toEqual(draw(3));
    layer.dispose();
  });
});

test('knows its divergence from the prior', () => {
  tf.tidy(() => {
    const layer = new VariationalDense(1, 1, new RandomStream(1), { prior: 2, logVariance: Math.log(0.5) });
    layer.weight.assign(tf.tensor2d([[3]]));
    const expected = 0.5 * ((0.5 + 9) / 4 - 1 - Math.log(0.5 / 4));
    expect(layer.divergence().dataSync()[0]).toBeCloseTo(expected, 5);
    layer.dispose();
  });
});

test('learns the posterior of a slope, which narrows with the number of rows', async () => {
  const before = tf.memory().numTensors;
  const deviations: number[] = [];
  for (const rows of [40, 640]) {
    const random = new RandomStream(rows);
    const x = Float32Array.from({ length: rows }, () => random.normal());
    const y = x.map((one) => 0.7 * one + 0.5 * random.normal());
    const data = { x: tf.tensor2d(x, [rows, 1]), y: tf.tensor2d(y, [rows, 1]) };
    const layer = new VariationalDense(1, 1, new RandomStream(2), { logVariance: -6 });
    layer.bias.trainable = false;
    // Noise of deviation .5: -log p is the square of the distance over 2 * .25.
    await train(layer, data, {
      epochs: 800,
      batchSize: rows,
      learningRate: 0.05,
      schedule: createSchedule('cosine'),
      losses: {
        surprise: {
          value: (net, batch) => tf.mean(tf.div(tf.squaredDifference(net.call(batch['x']), batch['y']), 0.5)),
        },
        prior: { value: (net) => net.divergence(), weight: 1 / rows },
      },
    });
    const precision = 1 + x.reduce((sum, one) => sum + one * one, 0) / 0.25;
    const mean = x.reduce((sum, one, i) => sum + one * y[i], 0) / 0.25 / precision;
    const deviation = Math.exp(0.5 * layer.logVariance.dataSync()[0]);
    expect(Math.abs(deviation * Math.sqrt(precision) - 1)).toBeLessThan(0.15);
    expect(Math.abs(layer.weight.dataSync()[0] - mean) * Math.sqrt(precision)).toBeLessThan(0.5);
    deviations.push(deviation);
    layer.dispose();
    tf.dispose(data);
  }
  // Sixteen times the rows.
  expect(deviations[0] / deviations[1]).toBeGreaterThan(3);
  expect(tf.memory().numTensors).toBe(before);
});

test.each([{ prior: 0 }, { prior: Number.NaN }, { logVariance: Number.POSITIVE_INFINITY }])('refuses %o', (options) => {
  const make = (): unknown => new VariationalDense(1, 1, new RandomStream(1), options);
  expect(make).toThrow(expect.objectContaining({ code: 'range' }));
});
