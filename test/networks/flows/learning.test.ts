import * as tf from '@tensorflow/tfjs';
import { beforeAll, expect, test } from 'vitest';
import { RandomStream } from '../../../src/core/index.ts';
import {
  createFlow,
  createSchedule,
  Flow,
  type FlowLayerName,
  Standardization,
  toyDensity,
  toyPoints,
  train,
} from '../../../src/networks/index.ts';
import { chooseBackend } from '../../../src/tensors/index.ts';

beforeAll(async () => {
  await chooseBackend({ backend: 'wasm' });
});

const density = toyDensity('crescent');
/** What a normal distribution with mean and covariance of the crescent has above its entropy. */
const NORMAL = 1.09;

// A small budget; benchmarks/suites/flows has the whole.
test.each<[FlowLayerName, number]>([
  ['splineCoupling', 0.15],
  ['splineAutoregressive', 0.15],
  ['affineCoupling', 0.5 * NORMAL],
])('a flow of %s learns a crescent, the same bits from the same seed, and leaks nothing', async (layer, most) => {
  const before = tf.memory().numTensors;
  const points = toyPoints(density, 4000, new RandomStream(1));
  const fresh = toyPoints(density, 4000, new RandomStream(2));
  const values = fresh.dataSync();
  const truth = Array.from({ length: 4000 }, (_, i) => density.logDensity(values[2 * i], values[2 * i + 1]));
  const learn = async (epochs: number): Promise<number> => {
    const { transforms } = createFlow({ dimension: 2, layers: 4, hidden: [32, 32], layer }, new RandomStream(3));
    const flow = new Flow([Standardization.of(points), ...transforms]);
    await train(
      flow,
      { points },
      {
        epochs,
        batchSize: 200,
        learningRate: 5e-3,
        clipNorm: 5,
        schedule: createSchedule('cosine', 0.05),
        losses: {
          surprise: { value: (net, batch) => tf.neg(tf.mean(net.logProbability(batch['points']))) as tf.Scalar },
        },
      },
    );
    const mean = tf.tidy(() => tf.mean(flow.logProbability(fresh)).dataSync()[0]);
    flow.dispose();
    return truth.reduce((sum, log) => sum + log, 0) / truth.length - mean;
  };
  const excess = await learn(15);
  // No density is better than the true one, but for the scatter of 4000 points.
  expect(excess).toBeGreaterThan(-0.02);
  expect(excess).toBeLessThan(most);
  expect(await learn(1)).toBe(await learn(1));
  tf.dispose([points, fresh]);
  expect(tf.memory().numTensors).toBe(before);
});
