import * as tf from '@tensorflow/tfjs';
import { beforeAll, describe, expect, test } from 'vitest';
import { RandomStream, Table } from '../../src/core/index.ts';
import { distill } from '../../src/inference/index.ts';
import { createSchedule, Dense, Module, Sequential, train } from '../../src/networks/index.ts';
import { muonPair } from '../../src/physics/index.ts';
import { chooseBackend } from '../../src/tensors/index.ts';

beforeAll(async () => {
  await chooseBackend({ backend: 'wasm' });
});

/** A network that has learned a law to the last bit. */
class Law extends Module {
  override call(x: tf.Tensor): tf.Tensor {
    const [a, b] = tf.unstack(x, 1);
    return tf.add(tf.mul(3, tf.square(a)), tf.div(2, b));
  }
}

const law = new Law();
const of = (network: Module, { a, b }: Readonly<Record<string, tf.Tensor1D>>) => network.call(tf.stack([a, b], 1));
const domain = { a: { from: -1, to: 1 }, b: { from: 0.1, to: 10, scale: 'log' } } as const;

describe('a network', () => {
  test('is turned into the formula that it computes, at the points that it was given', async () => {
    const before = tf.memory().numTensors;
    const { model, table, agreement } = await distill(law, {
      of,
      domain,
      samples: 60,
      target: 'f',
      fit: { maxEvals: 40000 },
    });
    expect(table.rows).toBe(60);
    expect(table.names).toEqual(['a', 'b', 'f']);
    expect(agreement.points).toBe(20);
    expect(agreement.r2).toBeGreaterThan(1 - 1e-9);
    expect(agreement.worst).toBeLessThan(1e-4);
    expect(model.predict(Table.from({ a: [2], b: [4] }))[0]).toBeCloseTo(12.5, 3);
    const [low, high] = [Math.min(...table.numbers('b')), Math.max(...table.numbers('b'))];
    expect([low < 0.2, high > 5]).toEqual([true, true]);
    expect(tf.memory().numTensors).toBe(before);
  });

  test('is looked at where the user says, and the same seed gives the same formula', async () => {
    const points = Table.from({
      a: Array.from({ length: 40 }, (_, i) => Math.sin(i)),
      b: Array.from({ length: 40 }, (_, i) => 1 + (i % 7)),
    });
    const runs = [1, 2].map(() => distill(law, { of, domain: points, seed: 4, fit: { maxEvals: 20000 } }));
    const [one, other] = await Promise.all(runs);
    expect(one.table.rows).toBe(30);
    expect(one.model.best.expression).toBe(other.model.best.expression);
  });

  test('that learned |M|^2 of e e -> mu mu says 1 + cos^2 theta', async () => {
    const random = new RandomStream(3);
    const cosines = Float64Array.from({ length: 400 }, () => 2 * random.uniform() - 1);
    const squared = cosines.map((cosine) => muonPairAt(cosine));
    const scale = muonPairAt(0);
    const data = {
      x: tf.tensor2d(Float32Array.from(cosines), [400, 1]),
      y: tf.tensor2d(
        Float32Array.from(squared, (value) => value / scale),
        [400, 1],
      ),
    };
    const network = new Sequential([
      new Dense(1, 24, random, { activation: 'gelu' }),
      new Dense(24, 24, random, { activation: 'gelu' }),
      new Dense(24, 1, random),
    ]);
    const { history } = await train(network, data, {
      epochs: 300,
      batchSize: 50,
      learningRate: 0.01,
      schedule: createSchedule('cosine'),
      losses: { square: { value: (net, { x, y }) => tf.mean(tf.square(tf.sub(net.call(x), y))) as tf.Scalar } },
    });
    const { law, model, agreement } = await distill(network, {
      of: (net, { c }) => net.call(tf.expandDims(c, 1)),
      domain: { c: { from: -1, to: 1 } },
      samples: 60,
      error: Math.sqrt(history[299].loss),
      fit: { maxEvals: 40000 },
    });
    expect(agreement.r2).toBeGreaterThan(0.99);
    // a c^2 + b, a and b what the network has learned of 1.
    expect(law.complexity).toBeLessThanOrEqual(7);
    expect(law.expression).toContain('c^2');
    for (const c of [-0.9, -0.5, 0, 0.3, 0.8]) {
      expect(Math.abs(model.predict(Table.from({ c: [c] }), law)[0] - (1 + c * c))).toBeLessThan(0.02);
    }
    network.dispose();
    tf.dispose(data);
  });
});

/** |M|^2 at 10 GeV for a cosine of the angle between electron and muon. */
function muonPairAt(cosine: number): number {
  const sine = Math.sqrt(1 - cosine * cosine);
  const momenta = [
    [5, 0, 0, 5],
    [5, 0, 0, -5],
    [5, 5 * sine, 0, 5 * cosine],
    [5, -5 * sine, 0, -5 * cosine],
  ];
  return muonPair(momenta.flat());
}

describe('what cannot be distilled', () => {
  test.each([
    ['an empty domain', { domain: {} }, 'range'],
    ['a table without columns', { domain: Table.from({}) }, 'range'],
    ['a range turned round', { domain: { ...domain, a: { from: 1, to: -1 } } }, 'range'],
    [
      'a logarithm of numbers below 0',
      { domain: { ...domain, b: { from: -1, to: 1, scale: 'log' as const } } },
      'range',
    ],
    ['too few points', { samples: 3 }, 'range'],
    ['a target that is an input', { target: 'a' }, 'range'],
    ['an error below 0', { error: -1 }, 'range'],
    ['a function of another length', { of: (_: Module, { a }: { a: tf.Tensor1D }) => tf.slice(a, 0, 3) }, 'shape'],
    ['a function without a value somewhere', { of: (_: Module, { a }: { a: tf.Tensor1D }) => tf.log(a) }, 'not-finite'],
  ])('%s', async (_, spoilt, code) => {
    const options = { of, domain, ...spoilt } as Parameters<typeof distill>[1];
    await expect(distill(law, options)).rejects.toMatchObject({ code });
  });
});
