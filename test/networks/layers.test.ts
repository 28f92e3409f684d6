import * as tf from '@tensorflow/tfjs';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { RandomStream } from '../../src/core/index.ts';
import {
  Conv1d,
  Conv2d,
  DeepSets,
  Dense,
  Dropout,
  EdgeConvolution,
  Embedding,
  EnergyFlowNetwork,
  GatedRecurrentUnit,
  GlobalPooling,
  type Module,
  ParticleNet,
  Pooling,
  PositionalEncoding,
  RecursiveTree,
  SelfAttention,
  Sequential,
  Transformer,
} from '../../src/networks/index.ts';
import { Adam, chooseBackend, crossEntropy } from '../../src/tensors/index.ts';
import { distance } from '../tensors/fixture.ts';
import { apply, LAYERS, normal, random } from './layer-table.ts';

beforeAll(async () => {
  await chooseBackend({ backend: 'wasm' });
});

/** Length of the steps of difference quotients, and what they may be off by, relative to the slope or to 1. */
const STEP = 5e-2;
const TOLERANCE = 5e-3;
const SINGLE_PRECISION = 1e-5;

describe.each(LAYERS)('$name', ({ make, input, beside, wrong, step: length = STEP }) => {
  test('has the slopes of difference quotients, along its parameters and its input', () => {
    tf.tidy(() => {
      const layer = make();
      const x = input();
      const isFloat = x.dtype === 'float32';
      const parameters = layer.trainable();
      const weights = normal(apply(layer, x, beside).shape, 3);
      const loss = (at: tf.Tensor): tf.Scalar => tf.sum(tf.mul(apply(layer, at, beside), weights)) as tf.Scalar;
      const inputs = isFloat ? [x, ...parameters] : parameters;
      const along = inputs.map((one, i) => normal(one.shape, 20 + i));
      const moved = (by: number): number => {
        const start = parameters.map((variable) => tf.clone(variable));
        parameters.forEach((variable, i) => {
          variable.assign(tf.add(variable, tf.mul(along[i + (isFloat ? 1 : 0)], by)));
        });
        const value = loss(isFloat ? tf.add(x, tf.mul(along[0], by)) : x).dataSync()[0];
        parameters.forEach((variable, i) => {
          variable.assign(start[i]);
        });
        return value;
      };
      // Central differences at two steps, extrapolated.
      const central = (h: number): number => (moved(h) - moved(-h)) / (2 * h);
      const step = length / Math.sqrt(along.reduce((sum, one) => sum + tf.sum(tf.square(one)).dataSync()[0], 0));
      const quotient = (4 * central(step) - central(2 * step)) / 3;
      let slope = 0;
      if (isFloat) slope += tf.sum(tf.mul(tf.grad(loss)(x), along[0])).dataSync()[0];
      if (parameters.length > 0) {
        const { grads } = tf.variableGrads(() => loss(x), parameters);
        parameters.forEach((variable, i) => {
          slope += tf.sum(tf.mul(grads[variable.name], along[i + (isFloat ? 1 : 0)])).dataSync()[0];
        });
      }
      expect(Math.abs(slope)).toBeGreaterThan(0.05);
      expect(Math.abs(slope - quotient)).toBeLessThan(TOLERANCE * Math.max(1, Math.abs(slope)));
      layer.dispose();
    });
  });

  test('is saved and loaded', () => {
    tf.tidy(() => {
      const [one, other] = [make(), make()];
      for (const variable of other.parameters().values()) variable.assign(tf.zerosLike(variable));
      other.load(one.save());
      const [found, expected] = [other, one].map((layer) => Array.from(apply(layer, input(), beside).dataSync()));
      expect(found).toEqual(expected);
      one.dispose();
      other.dispose();
    });
  });

  test.skipIf(wrong === undefined)('refuses another width', () => {
    tf.tidy(() => {
      const layer = make();
      expect(() => apply(layer, normal(wrong!, 1), beside)).toThrow(expect.objectContaining({ code: 'shape' }));
      layer.dispose();
    });
  });
});

describe('without our kernels', () => {
  afterAll(() => chooseBackend({ backend: 'wasm' }));

  test('every layer gives the same values', async () => {
    const values = () =>
      LAYERS.map(({ make, input, beside }) => {
        const layer = make();
        const found = tf.tidy(() => Array.from(apply(layer, input(), beside).dataSync()));
        layer.dispose();
        return found;
      });
    const expected = values();
    await chooseBackend({ backend: 'cpu' });
    for (const [i, found] of values().entries()) {
      expect(distance(found, expected[i]), LAYERS[i].name).toBeLessThan(SINGLE_PRECISION);
    }
  });
});

describe('options out of range', () => {
  const refused: [string, () => Module, string][] = [
    ['no channels', () => new Conv1d({ inputs: 0, outputs: 1, size: 1 }, random()), 'size'],
    ['a window of half a pixel', () => new Conv2d({ inputs: 1, outputs: 1, size: [1, 0.5] }, random()), 'size'],
    ['a window that stands still', () => new Conv1d({ inputs: 1, outputs: 1, size: 1, stride: 0 }, random()), 'size'],
    [
      'an unknown padding',
      () => new Conv1d({ inputs: 1, outputs: 1, size: 1, padding: 'full' as 'same' }, random()),
      'padding',
    ],
    ['an unknown pooling', () => new Pooling({ kind: 'sum' as 'max', size: 2 }), 'kind'],
    ['pooling over nothing', () => new Pooling({ kind: 'max', size: 0 }), 'size'],
    ['an unknown pooling of all', () => new GlobalPooling('toString' as 'max'), 'kind'],
    ['no neighbours', () => new EdgeConvolution({ inputs: 1, widths: [1], neighbours: 0 }, random()), 'size'],
    ['pairs without a layer', () => new EdgeConvolution({ inputs: 1, widths: [], neighbours: 1 }, random()), 'size'],
    ['ParticleNet without blocks', () => new ParticleNet({ inputs: 1, outputs: 1, blocks: [] }, random()), 'size'],
    ['an unknown cell', () => new RecursiveTree({ inputs: 1, hidden: 1, cell: 'lstm' as 'gated' }, random()), 'cell'],
    ['distances up to 0', () => new SelfAttention(4, 2, random(), { relativePositions: 0 }), 'size'],
  ];

  test.each(refused)('%s are refused', (_name, make, code) => {
    expect(make).toThrow(expect.objectContaining({ code }));
  });
});

describe('attention', () => {
  test('of a causal kind does not see later steps; the other kind does', () => {
    tf.tidy(() => {
      const x = normal([1, 5, 8], 1);
      const later = tf.concat([tf.slice(x, [0, 0, 0], [1, 3, 8]), normal([1, 2, 8], 9)], 1);
      const early = (layer: Module, at: tf.Tensor): number[] =>
        Array.from(tf.slice(layer.call(at), [0, 0, 0], [1, 3, 8]).dataSync());
      const causal = new SelfAttention(8, 2, random(), { causal: true });
      const open = new SelfAttention(8, 2, random());
      expect(early(causal, later)).toEqual(early(causal, x));
      expect(early(open, later)).not.toEqual(early(open, x));
      causal.dispose();
      open.dispose();
    });
  });

  test.each([
    ['open', {}],
    ['relative', { relativePositions: 2 }],
    ['causal', { causal: true }],
  ] as const)('of the kind %s does not see padded steps, and sees no more of none', (_name, options) => {
    tf.tidy(() => {
      const layer = new Transformer({ layers: 2, width: 8, heads: 2, ...options }, random());
      for (const variable of layer.parameters().values()) variable.assign(tf.add(variable, normal(variable.shape, 5)));
      const [x, padding] = [normal([2, 3, 8], 1), normal([2, 2, 8], 2)];
      const padded = tf.concat([x, padding], 1);
      const mask = tf.tensor2d([1, 1, 1, 0, 0, 1, 1, 1, 0, 0], [2, 5]);
      const seen = tf.slice(layer.call(padded, mask), [0, 0, 0], [2, 3, 8]);
      expect(tf.max(tf.abs(tf.sub(seen, layer.call(x)))).dataSync()[0]).toBeLessThan(1e-5);
      expect(Array.from(layer.call(padded, tf.zeros([2, 5])).dataSync()).every(Number.isFinite)).toBe(true);
      layer.dispose();
    });
  });

  test('with relative positions adds the number of each distance to the scores', () => {
    tf.tidy(() => {
      const layer = new SelfAttention(4, 2, random(), { relativePositions: 1 });
      // Without queries, weights are the softmax of the bias alone; values pass as they are.
      const eye = tf
        .eye(4)
        .arraySync()
        .map((row) => [...Array<number>(8).fill(0), ...row]);
      layer.project.weight.assign(tf.tensor2d(eye));
      layer.join.weight.assign(tf.eye(4));
      layer.positions!.table.assign(tf.log(tf.tensor2d([1, 2, 1, 1, 3, 4], [3, 2])));
      const x = tf.tensor3d([1, 0, 1, 0, 0, 1, 0, 1, 0, 0, 0, 0], [1, 3, 4]);
      // Head 1 weighs keys before, at and after a query as 1 : 1 : 3, head 2 as 2 : 1 : 4.
      const expected = [1 / 7, 3 / 7, 1 / 9, 4 / 9, 1 / 5, 1 / 5, 2 / 7, 1 / 7, 1 / 3, 1 / 3, 2 / 5, 2 / 5];
      const found = layer.call(x).dataSync();
      for (const [i, value] of expected.entries()) expect(found[i]).toBeCloseTo(value, 6);
      layer.dispose();
    });
  });

  test('without positions does not know the order of steps', () => {
    tf.tidy(() => {
      const layer = new SelfAttention(8, 2, random());
      const x = normal([1, 5, 8], 1);
      const turned = tf.reverse(layer.call(tf.reverse(x, 1)), 1).dataSync();
      layer
        .call(x)
        .dataSync()
        .forEach((value, i) => {
          expect(turned[i]).toBeCloseTo(value, 5);
        });
      layer.dispose();
    });
  });

  test.each([0, 3, 1.5])('refuses %s heads for a width of 8', (heads) => {
    expect(() => new SelfAttention(8, heads, random())).toThrow(expect.objectContaining({ code: 'heads' }));
  });
});

describe('dropout', () => {
  test('drops its share in training alone, keeps the mean, and the same from the same stream', () => {
    tf.tidy(() => {
      const x = tf.ones([100, 100]);
      const layer = new Sequential([new Dropout(0.3, new RandomStream(1))]);
      expect(tf.mean(layer.call(x)).dataSync()[0]).toBe(1);
      layer.train();
      const values = Array.from(layer.call(x).dataSync());
      const kept = values.filter((value) => value !== 0);
      // 10^4 draws: a standard deviation of .0046.
      expect(Math.abs(kept.length / values.length - 0.7)).toBeLessThan(0.02);
      for (const value of kept) expect(value).toBeCloseTo(1 / 0.7, 5);
      const again = new Sequential([new Dropout(0.3, new RandomStream(1))]).train();
      expect(Array.from(again.call(x).dataSync())).toEqual(values);
      expect(Array.from(layer.train(false).call(x).dataSync())).toEqual(Array.from(x.dataSync()));
    });
  });

  test.each([-0.1, 1, Number.NaN])('refuses a share of %s', (rate) => {
    expect(() => new Dropout(rate, random())).toThrow(expect.objectContaining({ code: 'range' }));
  });
});

describe('sines for positions', () => {
  test('are those of the paper and are not trained', () => {
    tf.tidy(() => {
      const layer = new PositionalEncoding(4, 6, 'sinusoidal', random());
      expect(layer.trainable()).toEqual([]);
      const table = layer.table.arraySync() as number[][];
      expect(table[0]).toEqual([0, 1, 0, 1, 0, 1]);
      expect(table[3][2]).toBeCloseTo(Math.sin(3 / 10_000 ** (2 / 6)), 6);
      expect(table[3][5]).toBeCloseTo(Math.cos(3 / 10_000 ** (4 / 6)), 6);
      layer.dispose();
    });
  });
});

describe('embedding', () => {
  test('names an id that it does not have, and its place', () => {
    const layer = new Embedding(7, 4, random());
    const ids = tf.tensor1d([0, 7], 'int32');
    expect(() => layer.call(ids)).toThrow(/id 7 at place 2/);
    tf.dispose(ids);
    layer.dispose();
  });
});

test('a small transformer learns 64 sequences by heart and leaks nothing', () => {
  const before = tf.memory().numTensors;
  const stream = new RandomStream(3);
  const [vocabulary, steps, rows] = [7, 5, 64];
  const network = new Sequential([
    new Embedding(vocabulary, 32, stream),
    new PositionalEncoding(steps, 32, 'learned', stream),
    new Transformer({ layers: 1, width: 32, heads: 4, causal: true }, stream),
    new Dense(32, vocabulary, stream),
  ]).train();
  const draw = () => Int32Array.from({ length: rows * steps }, () => Math.floor(vocabulary * stream.uniform()));
  // What follows depends on the two steps before: a causal network can say it.
  const given = draw();
  const wanted = given.map((token, i) => (token + 2 * (i % steps > 0 ? given[i - 1] : 0)) % vocabulary);
  const [ids, labels] = [given, wanted].map((values) => tf.tensor2d(values, [rows, steps], 'int32'));
  const optimiser = new Adam({ learningRate: 0.01 });
  let loss = Infinity;
  for (let step = 0; step < 250 && loss > 0.02; step++) {
    loss = tf.tidy(() => {
      const variables = network.trainable();
      const { value, grads } = tf.variableGrads(
        () => tf.mean(crossEntropy(network.call(ids), labels)) as tf.Scalar,
        variables,
      );
      optimiser.step(variables.map((variable) => [variable, grads[variable.name]]));
      return value.dataSync()[0];
    });
  }
  expect(loss).toBeLessThan(0.02);
  network.dispose();
  optimiser.dispose();
  tf.dispose([ids, labels]);
  expect(tf.memory().numTensors).toBe(before);
});

const largest = (a: tf.Tensor, b: tf.Tensor): number => tf.max(tf.abs(tf.sub(a, b))).dataSync()[0];

describe('networks on sets', () => {
  const particleNet = () => new ParticleNet({ inputs: 3, outputs: 2, blocks: [[8, 6], [9]], neighbours: 3 }, random());

  test('do not depend on the order of the elements', () => {
    tf.tidy(() => {
      const x = normal([3, 6, 3], 1);
      for (const network of [
        new DeepSets({ inputs: 3, hidden: 8, latent: 6, outputs: 2 }, random()),
        new EnergyFlowNetwork({ inputs: 2, hidden: 8, latent: 6, outputs: 2 }, random()),
        particleNet(),
      ]) {
        expect(largest(network.call(tf.reverse(x, 1)), network.call(x))).toBeLessThan(1e-5);
        network.dispose();
      }
    });
  });

  test('of each particle turn with the order', () => {
    tf.tidy(() => {
      const x = normal([3, 6, 3], 1);
      const block = new EdgeConvolution({ inputs: 3, widths: [8, 5], neighbours: 3 }, random());
      expect(largest(tf.reverse(block.call(tf.reverse(x, 1)), 1), block.call(x))).toBeLessThan(1e-5);
      block.dispose();
    });
  });

  test('do not see padded places, and make numbers of an event without particles', () => {
    tf.tidy(() => {
      const [x, padding] = [normal([2, 5, 3], 1), normal([2, 4, 3], 2)];
      // Padding in front of the one event, behind in the other, and among its particles where they lie.
      const [first, second] = tf.split(x, 2);
      const [before, behind] = tf.split(padding, 2);
      const padded = tf.concat([tf.concat([before, first], 1), tf.concat([second, behind], 1)], 0);
      const mask = tf.tensor2d([0, 0, 0, 0, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 0, 0, 0, 0], [2, 9]);
      for (const network of [particleNet(), new DeepSets({ inputs: 3, hidden: 8, latent: 6, outputs: 2 }, random())]) {
        expect(largest(network.call(padded, mask), network.call(x))).toBeLessThan(1e-5);
        expect(largest(network.call(padded), network.call(tf.slice(padded, [0, 1, 0])))).toBeGreaterThan(1e-3);
        expect(Array.from(network.call(padded, tf.zeros([2, 9])).dataSync()).every(Number.isFinite)).toBe(true);
        network.dispose();
      }
    });
  });

  test('find neighbours also where energies are large', () => {
    tf.tidy(() => {
      const block = new EdgeConvolution({ inputs: 3, widths: [8, 5], neighbours: 3 }, random());
      const [x, padding] = [tf.mul(normal([1, 5, 3], 1), 1e6), normal([1, 2, 3], 2)];
      const padded = block.call(tf.concat([x, padding], 1), tf.tensor2d([[1, 1, 1, 1, 1, 0, 0]]));
      expect(largest(tf.slice(padded, [0, 0, 0], [1, 5, 5]), block.call(x))).toBeLessThan(1e-5);
      block.dispose();
    });
  });

  test('of fewer particles than neighbours look at those that there are', () => {
    tf.tidy(() => {
      // Two particles and four padded places: each has one neighbour, whatever the number that is asked for.
      const x = normal([2, 6, 3], 1);
      const mask = tf.tensor2d([1, 1, 0, 0, 0, 0, 1, 1, 0, 0, 0, 0], [2, 6]);
      const [one, many] = [1, 4].map(
        (neighbours) => new EdgeConvolution({ inputs: 3, widths: [5], neighbours }, random()),
      );
      const pair = tf.slice(x, [0, 0, 0], [2, 2, 3]);
      expect(largest(tf.slice(many.call(x, mask), [0, 0, 0], [2, 2, 5]), one.call(pair))).toBeLessThan(1e-5);
      one.dispose();
      many.dispose();
    });
  });

  test('of the energy-flow kind are safe against soft and collinear emissions, and only they', () => {
    tf.tidy(() => {
      const efn = new EnergyFlowNetwork({ inputs: 2, hidden: 8, latent: 6, outputs: 2 }, random());
      const sets = new DeepSets({ inputs: 3, hidden: 8, latent: 6, outputs: 2 }, random());
      const jet = normal([1, 4, 3], 1);
      const soft = tf.concat([jet, tf.tensor3d([[[0, 1.3, -0.4]]])], 1);
      // The first particle as two of a third and two thirds of its energy.
      const [first, others] = tf.split(jet, [1, 3], 1);
      const share = (z: number): tf.Tensor => tf.mul(first, tf.tensor3d([[[z, 1, 1]]]));
      const split = tf.concat([share(1 / 3), share(2 / 3), others], 1);
      for (const emitted of [soft, split]) {
        expect(largest(efn.call(emitted), efn.call(jet))).toBeLessThan(1e-5);
        expect(largest(sets.call(emitted), sets.call(jet))).toBeGreaterThan(1e-3);
      }
      efn.dispose();
      sets.dispose();
    });
  });
});

test('a gated recurrent unit is that of its formula', () => {
  tf.tidy(() => {
    const layer = new GatedRecurrentUnit(1, 1, random());
    for (const variable of layer.parameters().values()) variable.assign(tf.mul(tf.onesLike(variable), 0.5));
    const sigmoid = (x: number): number => 1 / (1 + Math.exp(-x));
    let h = 0;
    const expected = [1, -2, 0.5].map((x) => {
      const fromX = 0.5 * x + 0.5;
      const fromH = 0.5 * h + 0.5;
      const gate = sigmoid(fromX + fromH);
      h = (1 - gate) * Math.tanh(fromX + gate * fromH) + gate * h;
      return h;
    });
    layer
      .call(tf.tensor3d([1, -2, 0.5], [1, 3, 1]))
      .dataSync()
      .forEach((value, i) => {
        expect(value).toBeCloseTo(expected[i], 6);
      });
    layer.dispose();
  });
});

test('a convolution over neighbours is that of its formula', () => {
  tf.tidy(() => {
    const points = [
      [0, 0],
      [1, 0],
      [0, 3],
      [5, 5],
    ];
    const nearest = [
      [1, 2],
      [0, 2],
      [0, 1],
      [2, 1],
    ];
    const wide = new EdgeConvolution({ inputs: 2, widths: [3], neighbours: 2 }, random());
    const value = (variable: tf.Tensor): number[][] => variable.arraySync() as number[][];
    const times = (x: readonly number[], matrix: number[][]): number[] =>
      matrix[0].map((_, j) => x.reduce((sum, entry, i) => sum + entry * matrix[i][j], 0));
    const normalised = (x: readonly number[]): number[] => {
      const mean = x.reduce((sum, entry) => sum + entry, 0) / x.length;
      const variance = x.reduce((sum, entry) => sum + (entry - mean) ** 2, 0) / x.length;
      return x.map((entry) => (entry - mean) / Math.sqrt(variance + 1e-5));
    };
    const [self, other, shortcut] = [wide.fromSelf, wide.fromOther, wide.shortcut].map(({ weight }) => value(weight));
    const expected = points.flatMap((point, i) => {
      const pairs = nearest[i].map((j) => {
        const [a, b] = [times(point, self), times(points[j], other)];
        return normalised(a.map((entry, k) => entry + b[k])).map((entry) => Math.max(0, entry));
      });
      const direct = normalised(times(point, shortcut));
      return direct.map((entry, k) => Math.max(0, entry + (pairs[0][k] + pairs[1][k]) / 2));
    });
    const found = wide.call(tf.tensor3d([points])).dataSync();
    for (const [i, entry] of expected.entries()) expect(found[i]).toBeCloseTo(entry, 4);
    wide.dispose();
  });
});

test('a convolution of images is that of the plain loop', () => {
  tf.tidy(() => {
    const layer = new Conv2d({ inputs: 2, outputs: 3, size: [3, 2], stride: [2, 1], padding: 'same' }, random());
    const image = normal([1, 5, 4, 2], 1);
    const [x] = image.arraySync() as number[][][][];
    const weight = layer.weight.arraySync() as number[][][][];
    const found = layer.call(image);
    expect(found.shape).toEqual([1, 3, 4, 3]);
    const values = found.arraySync() as number[][][][];
    for (let i = 0; i < 3; i++) {
      for (let j = 0; j < 4; j++) {
        for (let out = 0; out < 3; out++) {
          let sum = 0;
          for (let a = 0; a < 3; a++) {
            for (let b = 0; b < 2; b++) {
              for (let c = 0; c < 2; c++) sum += (x[2 * i + a - 1]?.[j + b]?.[c] ?? 0) * weight[a][b][c][out];
            }
          }
          expect(values[0][i][j][out]).toBeCloseTo(sum, 5);
        }
      }
    }
    layer.dispose();
  });
});

describe('a network on trees', () => {
  test('of the simple kind is that of its formula, padding left out', () => {
    tf.tidy(() => {
      const layer = new RecursiveTree({ inputs: 1, hidden: 1, cell: 'simple' }, random());
      layer.embed.weight.assign(tf.tensor2d([[2]]));
      layer.combine.weight.assign(tf.tensor2d([[3], [5], [1]]));
      const leaf = [-1, -1];
      const children = tf.tensor3d([[[1, 2], [3, 4], leaf, leaf, leaf, [5, 5]]], undefined, 'int32');
      const x = tf.tensor3d([[[1], [-1], [2], [3], [4], [100]]]);
      // Leaves 3 and 4 hold 6 and 8; their parent -1 adds nothing of its own: 3 6 + 5 8 = 58. Root: 3 58 + 5 4 + 2.
      expect(Array.from(layer.call(x, children).dataSync())).toEqual([196]);
      layer.dispose();
    });
  });

  test.each(['simple', 'gated'] as const)('of the %s kind gives in a batch what it gives alone', (cell) => {
    tf.tidy(() => {
      const { input, beside } = LAYERS.find(({ name }) => name === `recursive tree, ${cell}`)!;
      const layer = new RecursiveTree({ inputs: 3, hidden: 5, cell }, random());
      const x = input();
      const children = Object.values(beside!)[0]() as tf.Tensor;
      const whole = layer.call(x, children);
      const alone = tf.concat([0, 1, 2].map((i) => layer.call(tf.slice(x, i, 1), tf.slice(children, i, 1))));
      expect(largest(whole, alone)).toBeLessThan(1e-6);
      layer.dispose();
    });
  });

  test.each([[[1, 1]], [[0, 1]], [[1, 3]], [[1, -1]], [[-2, -2]]])(
    'refuses %j for the children of the root',
    (pair) => {
      tf.tidy(() => {
        const layer = new RecursiveTree({ inputs: 1, hidden: 2 }, random());
        const children = tf.tensor3d([[pair, [-1, -1], [-1, -1]]], undefined, 'int32');
        expect(() => layer.call(tf.zeros([1, 3, 1]), children)).toThrow(expect.objectContaining({ code: 'tree' }));
        layer.dispose();
      });
    },
  );
});
