import { execFileSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import * as tf from '@tensorflow/tfjs';
import { afterEach, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { RandomStream } from '../../src/core/index.ts';
import {
  CrossAttention,
  DecoderBlock,
  KeyValueCache,
  LanguageTransformer,
  type Module,
  SequenceTransformer,
  type TokenDecoder,
} from '../../src/networks/index.ts';
import { chooseBackend } from '../../src/tensors/index.ts';
import { hasTool, PYTHON } from '../tools.ts';

let before = 0;
beforeAll(async () => {
  await chooseBackend({ backend: 'wasm' });
});
beforeEach(() => {
  before = tf.memory().numTensors;
});
afterEach(() => expect(tf.memory().numTensors).toBe(before));

const random = () => new RandomStream(11);
const normal = (shape: number[], seed: number): tf.Tensor => {
  const stream = new RandomStream(seed);
  return tf.tensor(
    Float32Array.from({ length: tf.util.sizeFromShape(shape) }, () => stream.normal()),
    shape,
  );
};
const ids = (rows: readonly (readonly number[])[]): tf.Tensor2D => tf.tensor2d(rows as number[][], undefined, 'int32');
const SIZES = { layers: 2, width: 8, heads: 2, hidden: 12 };
const language = () => new LanguageTransformer({ ...SIZES, vocabulary: 7, length: 9 }, random());
const SEQUENCES = { ...SIZES, sourceVocabulary: 6, vocabulary: 7, sourceLength: 5, length: 9, padding: 0 };
const translator = () => new SequenceTransformer(SEQUENCES, random());
const mask = () => tf.tensor2d([1, 1, 1, 0, 1, 1, 0, 0], [2, 4]);
const SOURCE = [
  [3, 1, 5, 2, 4],
  [2, 2, 0, 0, 0],
  [1, 4, 3, 5, 0],
];
const TOKENS = [
  [1, 6, 0, 2, 5, 3],
  [4, 4, 2, 0, 1, 6],
  [6, 5, 1, 1, 0, 2],
];

/** Layers with their inputs, and inputs that do not fit, with the one that an error must name. A new layer is a new row. */
const LAYERS: readonly {
  name: string;
  make: () => Module;
  inputs: () => [tf.Tensor, ...tf.Tensor[]];
  wrong: readonly { named: string; inputs: () => [tf.Tensor, ...tf.Tensor[]] }[];
}[] = [
  {
    name: 'cross-attention',
    make: () => new CrossAttention(8, 2, random()),
    inputs: () => [normal([2, 3, 8], 1), normal([2, 4, 8], 2)],
    wrong: [
      { named: 'x', inputs: () => [normal([2, 3, 6], 1), normal([2, 4, 8], 2)] },
      { named: 'memory', inputs: () => [normal([2, 3, 8], 1), normal([2, 4, 6], 2)] },
      { named: 'memory', inputs: () => [normal([2, 3, 8], 1), normal([3, 4, 8], 2)] },
      { named: 'mask', inputs: () => [normal([2, 3, 8], 1), normal([2, 4, 8], 2), tf.ones([2, 5])] },
    ],
  },
  {
    name: 'cross-attention with keys hidden',
    make: () => new CrossAttention(8, 4, random()),
    inputs: () => [normal([2, 3, 8], 1), normal([2, 4, 8], 2), mask()],
    wrong: [{ named: 'mask', inputs: () => [normal([2, 3, 8], 1), normal([2, 4, 8], 2), tf.ones([4, 2])] }],
  },
  {
    name: 'decoder block',
    make: () => new DecoderBlock(SIZES, random()),
    inputs: () => [normal([2, 3, 8], 1), normal([2, 4, 8], 2), mask()],
    wrong: [{ named: 'memory', inputs: () => [normal([2, 3, 8], 1), normal([2, 4, 5], 2)] }],
  },
  {
    name: 'language transformer',
    make: language,
    inputs: () => [ids(TOKENS)],
    wrong: [{ named: 'x', inputs: () => [tf.zeros([2, 10], 'int32')] }],
  },
  {
    name: 'sequence transformer',
    make: translator,
    inputs: () => [ids(SOURCE), ids(TOKENS)],
    wrong: [
      { named: 'ids', inputs: () => [ids(SOURCE), ids(TOKENS.slice(1))] },
      { named: 'source', inputs: () => [tf.tensor1d([1, 2, 3], 'int32'), ids(TOKENS)] },
      { named: 'x', inputs: () => [ids(SOURCE), tf.zeros([3, 10], 'int32')] },
    ],
  },
];

/** Length of the steps of difference quotients, and what they may be off by, relative to the slope or to 1. */
const STEP = 2e-2;
const TOLERANCE = 5e-3;

describe.each(LAYERS)('$name', ({ make, inputs, wrong }) => {
  test('has the slopes of difference quotients along every parameter and every input', () => {
    const layer = make();
    tf.tidy(() => {
      const given = inputs();
      const moving = [
        ...layer.trainable(),
        ...given.slice(0, 2).flatMap((x) => (x.dtype === 'float32' ? [tf.variable(x)] : [])),
      ];
      const at = (): [tf.Tensor, ...tf.Tensor[]] => {
        const own = moving.slice(layer.trainable().length);
        return (own.length > 0 ? [...own, ...given.slice(2)] : given) as [tf.Tensor, ...tf.Tensor[]];
      };
      const weights = normal(layer.call(...given).shape, 3);
      const loss = (): tf.Scalar => tf.sum(tf.mul(layer.call(...at()), weights)) as tf.Scalar;
      const { grads } = tf.variableGrads(loss, moving);
      let largest = 0;
      moving.forEach((variable, i) => {
        const along = normal(variable.shape, 20 + i);
        const start = tf.add(variable, 0);
        const moved = (by: number): number => {
          variable.assign(tf.add(start, tf.mul(along, by)));
          const value = loss().dataSync()[0];
          variable.assign(start);
          return value;
        };
        // Central differences at two steps, extrapolated.
        const central = (h: number): number => (moved(h) - moved(-h)) / (2 * h);
        const step = STEP / Math.sqrt(tf.sum(tf.square(along)).dataSync()[0]);
        const quotient = (4 * central(2 * step) - central(4 * step)) / 3;
        const slope = tf.sum(tf.mul(grads[variable.name], along)).dataSync()[0];
        largest = Math.max(largest, Math.abs(slope));
        expect(Math.abs(slope - quotient), `parameter ${i}`).toBeLessThan(TOLERANCE * Math.max(1, Math.abs(slope)));
      });
      expect(largest).toBeGreaterThan(0.5);
      tf.dispose(moving.slice(layer.trainable().length));
    });
    layer.dispose();
  });

  test('is saved and loaded', () => {
    tf.tidy(() => {
      const [one, other] = [make(), make()];
      for (const variable of other.parameters().values()) variable.assign(tf.zerosLike(variable));
      other.load(one.save());
      const [first, ...more] = inputs();
      expect(Array.from(other.call(first, ...more).dataSync())).toEqual(
        Array.from(one.call(first, ...more).dataSync()),
      );
      one.dispose();
      other.dispose();
    });
  });

  test.each(wrong)('refuses another $named, and names it', ({ named, inputs: given }) => {
    const layer = make();
    tf.tidy(() => {
      expect(() => layer.call(...given())).toThrow(
        expect.objectContaining({ code: 'shape', data: expect.objectContaining({ argument: named }) }),
      );
    });
    layer.dispose();
  });
});

/** Of the largest of the values. */
function distance(found: ArrayLike<number>, expected: ArrayLike<number>): number {
  const scale = Math.max(...Array.from(expected, Math.abs), 1e-3);
  return Math.max(...Array.from(expected, (value, i) => Math.abs(value - found[i]))) / scale;
}

interface Fixture {
  readonly source: number[][];
  readonly target: number[][];
  readonly logits: { values: number[] };
  readonly weights: { shape: number[]; values: number[] };
  readonly parameters: Record<string, { shape: number[]; values: number[] }>;
  readonly gradients: Record<string, { values: number[] }>;
}

describe('a sequence transformer', () => {
  const folder = new URL('../fixtures/torch/', import.meta.url);
  const fixture = JSON.parse(readFileSync(new URL('decoder.json', folder), 'utf8')) as Fixture;

  test('has the logits and gradients of PyTorch, also where sources are filled up', () => {
    const network = new SequenceTransformer(
      { ...SIZES, sourceVocabulary: 7, vocabulary: 6, sourceLength: 5, length: 4, padding: 0 },
      random(),
    );
    tf.tidy(() => {
      const parameters = network.parameters();
      expect([...parameters.keys()].sort()).toEqual(Object.keys(fixture.parameters).sort());
      for (const [name, { shape, values }] of Object.entries(fixture.parameters)) {
        parameters.get(name)!.assign(tf.tensor(values, shape));
      }
      const call = () => network.call(ids(fixture.source), ids(fixture.target));
      expect(distance(call().dataSync(), fixture.logits.values)).toBeLessThan(1e-5);
      const weights = tf.tensor(fixture.weights.values, fixture.weights.shape);
      const { grads } = tf.variableGrads(() => tf.sum(tf.mul(call(), weights)) as tf.Scalar);
      for (const [name, { values }] of Object.entries(fixture.gradients)) {
        expect(distance(grads[parameters.get(name)!.name].dataSync(), values), name).toBeLessThan(3e-5);
      }
    });
    network.dispose();
  });

  test.runIf(hasTool('torch'))('finds the fixture written again by the PyTorch that is here', () => {
    const script = fileURLToPath(new URL('decoder.py', folder));
    const again = JSON.parse(execFileSync(PYTHON, [script], { encoding: 'utf8', maxBuffer: 2 ** 24 })) as Fixture;
    expect(again.parameters).toEqual(fixture.parameters);
    expect(distance(again.logits.values, fixture.logits.values)).toBeLessThan(1e-8);
  });

  test('does not see what fills a source up, nor how much of it there is', () => {
    const network = translator();
    tf.tidy(() => {
      const alone = network.call(ids([[2, 2]]), ids([TOKENS[1]])).dataSync();
      const beside = tf.slice(network.call(ids(SOURCE), ids(TOKENS)), [1, 0, 0], [1, 6, 7]).dataSync();
      expect(distance(beside, alone)).toBeLessThan(1e-5);
    });
    network.dispose();
  });

  test('says numbers of a source of padding alone, and the same however long it is', () => {
    const network = translator();
    tf.tidy(() => {
      const of = (source: number[]) => Array.from(network.call(ids([source]), ids([TOKENS[0]])).dataSync());
      expect(of([0, 0]).every(Number.isFinite)).toBe(true);
      expect(of([0, 0])).toEqual(of([0, 0, 0, 0]));
    });
    network.dispose();
  });
});

/** Networks that read token by token, and what they have read before the first. */
const DECODERS: readonly {
  name: string;
  make: () => Module & TokenDecoder;
  begin: (network: Module & TokenDecoder) => KeyValueCache;
  whole: (network: Module & TokenDecoder, tokens: tf.Tensor) => tf.Tensor;
}[] = [
  {
    name: 'language transformer',
    make: language,
    begin: () => new KeyValueCache(),
    whole: (network, tokens) => network.call(tokens),
  },
  {
    name: 'sequence transformer',
    make: translator,
    begin: (network) => {
      const source = ids(SOURCE);
      const cache = (network as SequenceTransformer).begin(source);
      source.dispose();
      return cache;
    },
    whole: (network, tokens) => network.call(ids(SOURCE), tokens),
  },
];

describe.each(DECODERS)('step by step, a $name', ({ make, begin, whole }) => {
  test.each([[[1, 1, 1, 1, 1, 1]], [[3, 1, 2]], [[6]], [[1, 5]]])(
    'says what it says at once: steps of %s',
    (lengths) => {
      const network = make();
      const cache = begin(network);
      tf.tidy(() => {
        const expected = whole(network, ids(TOKENS)).dataSync();
        let at = 0;
        const parts = lengths.map((length) => {
          const part = network.step(ids(TOKENS.map((row) => row.slice(at, at + length))), cache);
          at += length;
          expect(cache.length).toBe(at);
          return part;
        });
        expect(distance(tf.concat(parts, 1).dataSync(), expected)).toBeLessThan(1e-5);
      });
      cache.dispose();
      network.dispose();
    },
  );

  test('sees nothing of later tokens', () => {
    const network = make();
    tf.tidy(() => {
      const changed = TOKENS.map((row) => [...row.slice(0, 4), 3, 3]);
      const early = (rows: number[][]): number[] =>
        Array.from(tf.slice(whole(network, ids(rows)), [0, 0, 0], [3, 4, 7]).dataSync());
      expect(early(changed)).toEqual(early(TOKENS));
      const late = (rows: number[][]): number[] => Array.from(whole(network, ids(rows)).dataSync());
      expect(late(changed)).not.toEqual(late(TOKENS));
    });
    network.dispose();
  });

  test('keeps as many tensors at the tenth token as at the first, and gives all back', () => {
    const network = make();
    const cache = begin(network);
    const step = (token: number): void => {
      tf.tidy(() => void network.step(ids([[token], [token], [token]]), cache));
    };
    step(1);
    const kept = tf.memory().numTensors;
    for (let i = 1; i < 9; i++) step(i % 7);
    expect(tf.memory().numTensors).toBe(kept);
    cache.dispose();
    network.dispose();
  });

  test('goes on from sequences that are chosen and repeated, and from a copy', () => {
    const network = make();
    const cache = begin(network);
    tf.tidy(() => {
      network.step(ids(TOKENS.map((row) => row.slice(0, 3))), cache);
      const [chosen, copy] = [cache.select([2, 0, 2, 1]), cache.clone()];
      const next = network.step(ids([[5], [4], [3], [2]]), chosen).dataSync();
      for (const [i, [row, token]] of [
        [2, 5],
        [0, 4],
        [2, 3],
        [1, 2],
      ].entries()) {
        const rows = TOKENS.map((tokens) => [...tokens.slice(0, 3), token]);
        const expected = tf.slice(whole(network, ids(rows)), [row, 3, 0], [1, 1, 7]).dataSync();
        expect(distance(next.subarray(7 * i, 7 * i + 7), expected)).toBeLessThan(1e-5);
      }
      expect([cache.length, chosen.length, copy.length]).toEqual([3, 4, 3]);
      chosen.dispose();
      copy.dispose();
    });
    cache.dispose();
    network.dispose();
  });

  test('refuses another batch, unknown tokens and too many, and the cache stays as it was', () => {
    const network = make();
    const cache = begin(network);
    tf.tidy(() => {
      network.step(ids(TOKENS), cache);
      const attempt = (rows: number[][]) => () => network.step(ids(rows), cache);
      const shape = expect.objectContaining({ code: 'shape', data: expect.objectContaining({ argument: 'ids' }) });
      expect(attempt([[1], [2]])).toThrow(shape);
      expect(attempt(TOKENS.map((row) => row.slice(0, 4)))).toThrow(shape);
      expect(attempt([[1], [7], [2]])).toThrow(expect.objectContaining({ code: 'id-range' }));
      expect(() => network.step(tf.ones([3, 1]), cache)).toThrow(expect.objectContaining({ code: 'id-type' }));
      expect(cache.length).toBe(6);
    });
    cache.dispose();
    network.dispose();
  });
});

test('a sequence transformer without a source says so', () => {
  const network = translator();
  const cache = new KeyValueCache();
  tf.tidy(() => {
    expect(() => network.step(ids([[1]]), cache)).toThrow(expect.objectContaining({ code: 'shape' }));
    expect(() => network.step(ids([[1]]), cache)).toThrow('begin(source)');
  });
  network.dispose();
});

test.each([0, 3, 1.5])('cross-attention refuses %s heads for a width of 8', (heads) => {
  expect(() => new CrossAttention(8, heads, random())).toThrow(expect.objectContaining({ code: 'heads' }));
});
