import * as tf from '@tensorflow/tfjs';
import { beforeAll, describe, expect, test } from 'vitest';
import { RandomStream } from '../../../src/core/index.ts';
import {
  createFlow,
  FLOW_LAYER_NAMES,
  Flow,
  type FlowLayerName,
  type FlowOptions,
  Permutation,
} from '../../../src/networks/index.ts';
import { chooseBackend } from '../../../src/tensors/index.ts';
import { normal, shaken } from './probing.ts';

beforeAll(async () => {
  await chooseBackend({ backend: 'wasm' });
});

const flowOf = (layer: FlowLayerName, options: Partial<FlowOptions> = {}, seed = 11): Flow => {
  const own = { dimension: 3, context: 2, layers: 3, hidden: [10, 10], activation: 'tanh', layer, ...options } as const;
  return createFlow(own, new RandomStream(seed));
};

/** Of difference quotients of single-precision numbers. */
const QUOTIENT = 1e-2;

describe.each(FLOW_LAYER_NAMES.map((layer) => ({ layer })))('a flow of $layer', ({ layer }) => {
  test('has the slopes of difference quotients in its likelihood, along every parameter', () => {
    tf.tidy(() => {
      const flow = shaken(flowOf(layer), 0.2);
      const [x, context] = [normal([20, 3], 1), normal([20, 2], 2)];
      const loss = (): tf.Scalar => tf.neg(tf.mean(flow.logProbability(x, context))) as tf.Scalar;
      const list = flow.trainable();
      const { grads } = tf.variableGrads(loss, list);
      const along = list.map((variable, i) => normal(variable.shape, 30 + i));
      const starts = list.map((variable) => tf.clone(variable));
      const moved = (by: number): number => {
        list.forEach((variable, i) => {
          variable.assign(tf.add(starts[i], tf.mul(along[i], by)));
        });
        return loss().dataSync()[0];
      };
      const central = (h: number): number => (moved(h) - moved(-h)) / (2 * h);
      // The slope of a spline's logarithm has kinks at its knots: a step must carry few points over one.
      const quotient = central(2e-4);
      const slope = list.reduce((sum, { name }, i) => sum + tf.sum(tf.mul(grads[name], along[i])).dataSync()[0], 0);
      // Angles have a constant density at first, and all flows a slope that is worth comparing.
      expect(Math.abs(slope)).toBeGreaterThan(0.02);
      expect(Math.abs(slope - quotient)).toBeLessThan(QUOTIENT * Math.max(1, Math.abs(slope)));
      flow.dispose();
    });
  });

  test('knows the density of what it draws; the same stream draws the same bits', () => {
    const before = tf.memory().numTensors;
    const flow = shaken(flowOf(layer), 0.2);
    tf.tidy(() => {
      const context = normal([40, 2], 2);
      const { samples, logProbabilities } = flow.sampleWithDensity(40, new RandomStream(5), context);
      const again = flow.logProbability(samples, context).dataSync();
      logProbabilities.dataSync().forEach((log, i) => {
        expect(Math.abs(log - again[i])).toBeLessThan(2e-3);
      });
      const draw = (seed: number): number[] => [...flow.sample(40, new RandomStream(seed), context).dataSync()];
      expect(draw(5)).toEqual([...samples.dataSync()]);
      expect(draw(6)).not.toEqual(draw(5));
    });
    flow.dispose();
    expect(tf.memory().numTensors).toBe(before);
  });

  test('goes on as it was from its saved parameters, whatever it began with', () => {
    tf.tidy(() => {
      const [flow, other] = [shaken(flowOf(layer), 0.2), flowOf(layer, {}, 77)];
      const [x, context] = [normal([20, 3], 1), normal([20, 2], 2)];
      const values = (one: Flow): number[] => [...one.logProbability(x, context).dataSync()];
      expect(values(other)).not.toEqual(values(flow));
      expect(values(other.load(flow.save()))).toEqual(values(flow));
      flow.dispose();
      other.dispose();
    });
  });

  test('takes one row of context for all points', () => {
    tf.tidy(() => {
      const flow = shaken(flowOf(layer), 0.2);
      const [x, context] = [normal([7, 3], 1), normal([1, 2], 2)];
      const many = tf.tile(context, [7, 1]);
      expect(flow.logProbability(x, context).dataSync()).toEqual(flow.logProbability(x, many).dataSync());
      const drawn = flow.sample(7, new RandomStream(3), context).dataSync();
      expect(drawn).toEqual(flow.sample(7, new RandomStream(3), many).dataSync());
      expect(() => flow.logProbability(x)).toThrow('context: expected [7, 2], got none');
      flow.dispose();
    });
  });

  // A sum over cells is worth what rounding and the narrowest bin leave of it.
  test.each([1, 2])('has a density of integral 1 in %i dimensions', (dimension) => {
    tf.tidy(() => {
      const circular = layer.startsWith('circular');
      const flow = shaken(flowOf(layer, { dimension, context: 0, layers: 2 }), 0.15);
      const [half, cells] = [circular ? Math.PI : 12, dimension === 1 ? 20_000 : 240];
      const width = (2 * half) / cells;
      const axis = tf.linspace(-half + width / 2, half - width / 2, cells);
      const grid = dimension === 1 ? [axis] : tf.meshgrid(axis, axis);
      const places = tf.stack(
        grid.map((one) => tf.reshape(one, [-1])),
        1,
      );
      const total = tf.sum(tf.exp(flow.logProbability(places))).dataSync()[0] * width ** dimension;
      expect(Math.abs(total - 1)).toBeLessThan(5e-3);
      flow.dispose();
    });
  });
});

test('begins near its base distribution', () => {
  tf.tidy(() => {
    const flow = flowOf('splineCoupling', { context: 0 });
    const x = normal([50, 3], 1);
    const plain = tf.sub(tf.mul(tf.sum(tf.square(x), 1), -0.5), 1.5 * Math.log(2 * Math.PI));
    const apart = tf.max(tf.abs(tf.sub(flow.logProbability(x), plain))).dataSync()[0];
    expect(apart).toBeGreaterThan(0);
    expect(apart).toBeLessThan(0.1);
    flow.dispose();
  });
});

test('has no density outside a uniform base, and draws nothing there', () => {
  tf.tidy(() => {
    const options = { dimension: 2, context: 0, base: 'uniform', bound: 1 } as const;
    const flow = shaken(flowOf('splineCoupling', options), 0.3);
    const inside = flow.sample(2000, new RandomStream(1));
    expect(tf.max(tf.abs(inside)).dataSync()[0]).toBeLessThanOrEqual(1 + 1e-6);
    expect([...flow.logProbability(tf.tensor2d([[0.2, 1.1]])).dataSync()]).toEqual([Number.NEGATIVE_INFINITY]);
    flow.dispose();
  });
});

test.each<[string, () => unknown, string]>([
  ['a kind of layer that it does not know', () => flowOf('cubicCoupling' as never), 'layer'],
  ['sums of angles', () => flowOf('circularCoupling', { mixing: 'linear' }), 'mixing'],
  ['mixing that it does not know', () => flowOf('affineCoupling', { mixing: 'shuffle' as never }), 'mixing'],
  ['no layers', () => flowOf('affineCoupling', { layers: 0 }), 'size'],
  ['a base that it does not know', () => flowOf('affineCoupling', { base: 'cauchy' as never }), 'base'],
  ['a domain without length', () => flowOf('splineCoupling', { bound: 0 }), 'range'],
  ['no transforms', () => new Flow([]), 'transforms'],
  ['transforms of different dimensions', () => new Flow([new Permutation([0, 1]), new Permutation([0])]), 'shape'],
  ['no draws', () => flowOf('affineCoupling').sample(0, new RandomStream(1), tf.zeros([1, 2])), 'size'],
])('refuses %s', (_, attempt, code) => {
  expect(attempt).toThrow(expect.objectContaining({ code }));
});
