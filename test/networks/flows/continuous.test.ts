import * as tf from '@tensorflow/tfjs';
import { beforeAll, describe, expect, test } from 'vitest';
import { RandomStream } from '../../../src/core/index.ts';
import {
  ContinuousTransform,
  createSchedule,
  Flow,
  integrate,
  Standardization,
  toyDensity,
  toyPoints,
  train,
} from '../../../src/networks/index.ts';
import { chooseBackend } from '../../../src/tensors/index.ts';
import { determinant, jacobians, normal, shaken } from './probing.ts';

beforeAll(async () => {
  await chooseBackend({ backend: 'wasm' });
});

const ROWS = 12;
const make = (context = 0): ContinuousTransform => {
  const options = { dimension: 3, context, hidden: [10, 10], activation: 'tanh', tolerance: 3e-6 } as const;
  return shaken(new ContinuousTransform(options, new RandomStream(11)), 0.3);
};
const apart = (a: tf.Tensor, b: tf.Tensor): number => tf.max(tf.abs(tf.sub(a, b))).dataSync()[0];

describe('the solver', () => {
  const oscillator = (_: number, y: tf.Tensor): tf.Tensor => {
    const [x, v] = tf.split(y, 2, 1);
    return tf.concat([v, tf.neg(x)], 1);
  };

  test('follows an oscillator, forwards and back in time', () => {
    tf.tidy(() => {
      const start = tf.tensor2d([
        [1, 0],
        [0, 2],
      ]);
      const end = integrate(oscillator, start, 0, 3);
      const [c, s] = [Math.cos(3), Math.sin(3)];
      const expected = tf.tensor2d([
        [c, -s],
        [2 * s, 2 * c],
      ]);
      expect(apart(end, expected)).toBeLessThan(5e-5);
      expect(apart(integrate(oscillator, end, 3, 0), start)).toBeLessThan(1e-4);
    });
  });

  test('gives up where there is no solution, or the steps run out', () => {
    const start = tf.tensor2d([[1]]);
    // y = 1 / (1 - t) is infinite at time 1.
    const blowUp = (): unknown => tf.tidy(() => integrate((_, y) => tf.square(y), start, 0, 2));
    expect(blowUp).toThrow(expect.objectContaining({ code: 'convergence' }));
    const short = (): unknown => tf.tidy(() => integrate((_, y) => tf.neg(y), start, 0, 9, { maximumSteps: 3 }));
    expect(short).toThrow(expect.objectContaining({ code: 'convergence' }));
    const loose = (): unknown => tf.tidy(() => integrate((_, y) => y, start, 0, 1, { tolerance: 0 }));
    expect(loose).toThrow(expect.objectContaining({ code: 'range' }));
    start.dispose();
  });
});

describe.each([0, 2])('a continuous transform, context of width %i', (width) => {
  const context = (seed = 2): tf.Tensor | undefined => (width > 0 ? normal([ROWS, width], seed) : undefined);

  test('goes there and back, and leaks nothing', () => {
    const before = tf.memory().numTensors;
    const transform = make(width);
    tf.tidy(() => {
      const x = normal([ROWS, 3], 1);
      const there = transform.forward(x, context());
      const back = transform.inverse(there.values, context());
      expect(apart(there.values, x)).toBeGreaterThan(0.1);
      expect(apart(back.values, x)).toBeLessThan(1e-4);
      expect(apart(back.logDeterminants, tf.neg(there.logDeterminants))).toBeLessThan(1e-3);
      expect(apart(transform.inverseValues(there.values, context()), back.values)).toBeLessThan(1e-4);
      if (width > 0) expect(apart(transform.forward(x, context(3)).values, there.values)).toBeGreaterThan(0.01);
    });
    transform.dispose();
    expect(tf.memory().numTensors).toBe(before);
  });

  test('has the determinant of its Jacobian', () => {
    tf.tidy(() => {
      const transform = make(width);
      const z = normal([ROWS, 3], 1);
      const found = transform.inverse(z, context()).logDeterminants.dataSync();
      jacobians((at) => transform.inverseValues(at, context()), z).forEach((rows, i) => {
        expect(Math.abs(found[i] - Math.log(Math.abs(determinant(rows))))).toBeLessThan(1e-3);
      });
      transform.dispose();
    });
  });
});

test('flow matching learns eight modes, the same bits from the same seed', async () => {
  const density = toyDensity('eightGaussians');
  const points = toyPoints(density, 6000, new RandomStream(1));
  const learn = async (epochs: number): Promise<Flow> => {
    const scale = Standardization.of(points);
    const continuous = new ContinuousTransform(
      { dimension: 2, hidden: [64, 64], tolerance: 1e-3 },
      new RandomStream(3),
    );
    const flow = new Flow([scale, continuous]);
    await train(
      flow,
      { points },
      {
        epochs,
        batchSize: 200,
        learningRate: 5e-3,
        schedule: createSchedule('cosine'),
        losses: { matching: { value: (_, batch) => continuous.matchingLoss(scale.call(batch['points'])) } },
      },
    );
    return flow;
  };
  const flow = await learn(40);
  tf.tidy(() => {
    const fresh = toyPoints(density, 500, new RandomStream(2));
    const surprise = -tf.mean(flow.logProbability(fresh)).dataSync()[0];
    // A normal distribution is 1.85 nats above the entropy; 1200 small steps leave less than half of that.
    expect(surprise - density.entropy).toBeGreaterThan(-0.15);
    expect(surprise - density.entropy).toBeLessThan(0.92);
    const drawn = flow.sample(500, new RandomStream(4)).arraySync() as number[][];
    const near = drawn.filter(([x, y]) => Math.abs(Math.hypot(x, y) - 2) < 0.8).length;
    expect(near).toBeGreaterThan(400);
  });
  const [one, two] = [await learn(1), await learn(1)];
  expect(one.save()).toEqual(two.save());
  for (const each of [flow, one, two]) each.dispose();
  points.dispose();
});

test('refuses rows of another width in the loss', () => {
  const transform = make(2);
  const loss = (x: number[], c: number[]): unknown => tf.tidy(() => transform.matchingLoss(tf.zeros(x), tf.zeros(c)));
  expect(() => loss([4, 2], [4, 2])).toThrow('x: expected [batch, 3], got [4, 2]');
  expect(() => loss([4, 3], [3, 2])).toThrow('context: expected [4, 2], got [3, 2]');
  transform.dispose();
});
