import * as tf from '@tensorflow/tfjs';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { RandomStream } from '../../../src/core/index.ts';
import { type Batch, Dense, Dropout, Sequential, type TrainingOptions, train } from '../../../src/networks/index.ts';
import { chooseBackend, decodeSafetensors, encodeSafetensors } from '../../../src/tensors/index.ts';

const [ROWS, BAD_ROW] = [40, 17];
let data: Batch;
let before = 0;

beforeAll(async () => {
  await chooseBackend({ backend: 'wasm' });
  data = drawn();
});
afterAll(() => tf.dispose(data));
beforeEach(() => {
  before = tf.memory().numTensors;
});
afterEach(() => expect(tf.memory().numTensors).toBe(before));

/** Rows for a plane, and one number of them changed where one is given. */
function drawn(bad?: number): Batch {
  const random = new RandomStream(5);
  const x = Float32Array.from({ length: 2 * ROWS }, () => random.normal());
  const y = Float32Array.from({ length: ROWS }, (_, row) => x[2 * row] - x[2 * row + 1]);
  if (bad !== undefined) x[2 * BAD_ROW + 1] = bad;
  return { x: tf.tensor2d(x, [ROWS, 2]), y: tf.tensor2d(y, [ROWS, 1]) };
}

const square = (network: Sequential, { x, y }: Batch): tf.Scalar =>
  tf.mean(tf.square(tf.sub(network.call(x), y))) as tf.Scalar;
const network = (seed = 1) =>
  new Sequential([
    new Dense(2, 6, new RandomStream(seed), { activation: 'gelu' }),
    new Dropout(0.2, new RandomStream(2)),
    new Dense(6, 1, new RandomStream(seed + 1)),
  ]);
const weightsOf = (one: Sequential): number[][] => [...one.parameters().values()].map((v) => Array.from(v.dataSync()));
const OPTIONS: TrainingOptions<Sequential> = {
  epochs: 3,
  batchSize: 8,
  learningRate: 0.05,
  average: 0.9,
  losses: { square: { value: square } },
};

/** Remembers the parameters as they were when a loss was last asked for. */
function watched(value: (network: Sequential, batch: Batch, call: number) => tf.Scalar) {
  const seen: number[][][] = [];
  const loss = (one: Sequential, batch: Batch): tf.Scalar => {
    seen.push(weightsOf(one));
    return value(one, batch, seen.length);
  };
  return { seen, loss };
}

describe('training stops at once, names step and batch, and keeps the parameters of before:', () => {
  test.each([Number.NaN, Number.POSITIVE_INFINITY])('%s in a row', async (bad) => {
    const spoiled = drawn(bad);
    const one = network();
    const { seen, loss } = watched(square);
    const error = await train(one, spoiled, { ...OPTIONS, losses: { square: { value: loss } } }).catch((e) => e);
    expect(error).toMatchObject({ code: 'not-finite', data: { step: seen.length } });
    expect(error.data.rows).toContain(BAD_ROW);
    expect(error.data.rows.length).toBe(8);
    expect(error.message).toMatch(/^the loss of step \d+ is not finite: square is (NaN|Infinity)/);
    expect(weightsOf(one)).toEqual(seen.at(-1));
    one.dispose();
    tf.dispose(spoiled);
  });

  test.each<[string, (loss: tf.Scalar, one: Sequential) => tf.Scalar]>([
    ['a loss', (loss) => tf.div(loss, 0)],
    // |w - w|^(1/2) has the value 0 and no slope.
    ['a slope', (loss, one) => tf.add(loss, tf.sum(tf.sqrt(tf.mul(one.trainable()[0], 0))))],
  ])('%s in the middle of the second epoch', async (what, spoil) => {
    const one = network();
    const { seen, loss } = watched((net, batch, call) => {
      const value = square(net, batch);
      return call === 8 ? spoil(value, net) : value;
    });
    const error = await train(one, data, { ...OPTIONS, losses: { square: { value: loss } } }).catch((e) => e);
    expect(error).toMatchObject({ code: 'not-finite', data: { step: 8 } });
    expect(error.message).toContain('step 8');
    expect(error.data.rows.length, what).toBe(8);
    expect(seen.length).toBe(8);
    expect(weightsOf(one)).toEqual(seen[7]);
    expect(seen[7]).not.toEqual(seen[6]);
    one.dispose();
  });

  test('a loss that throws, beside one that does not', async () => {
    const one = network();
    const { seen, loss } = watched((_, __, call) => {
      if (call === 3) throw new Error('no such particle');
      return tf.scalar(0);
    });
    const losses = { square: { value: square }, other: { value: loss } };
    await expect(train(one, data, { ...OPTIONS, losses })).rejects.toThrow('no such particle');
    expect(weightsOf(one)).toEqual(seen[2]);
    one.dispose();
  });

  test('NaN in the rows kept aside, after the epoch that met it', async () => {
    const validation = drawn(Number.NaN);
    const one = network();
    const run = train(one, data, { ...OPTIONS, validation });
    await expect(run).rejects.toMatchObject({ code: 'not-finite', data: { epoch: 1 } });
    await expect(run).rejects.toThrow(/validation/);
    one.dispose();
    tf.dispose(validation);
  });
});

describe('a checkpoint is refused, nothing changes and nothing leaks,', () => {
  let bytes: Uint8Array;
  beforeAll(async () => {
    const one = network();
    await train(one, data, { ...OPTIONS, epochs: 2, onEpoch: (_, checkpoint) => (bytes = checkpoint()) });
    one.dispose();
  });

  /** The same tensors with other words beside them. */
  function retold(change: Record<string, string | undefined>): Uint8Array {
    const { tensors, metadata } = decodeSafetensors(bytes);
    const entries = Object.entries({ ...metadata, ...change }).filter(([, value]) => value !== undefined);
    return encodeSafetensors({ tensors, metadata: Object.fromEntries(entries) as Record<string, string> });
  }

  function withTensors(change: (names: string[]) => string[]): Uint8Array {
    const { tensors, metadata } = decodeSafetensors(bytes);
    const one = { shape: [1], values: new Float32Array(1) };
    const kept = change([...tensors.keys()]).map((name) => [name, tensors.get(name) ?? one] as const);
    return encodeSafetensors({ tensors: new Map(kept), metadata });
  }

  test.each<[string, string, () => Uint8Array, Partial<TrainingOptions<Sequential>>?]>([
    ['empty', 'safetensors', () => new Uint8Array()],
    ['cut off in its length', 'safetensors', () => bytes.slice(0, 5)],
    ['cut off in its header', 'safetensors', () => bytes.slice(0, 60)],
    ['cut off in its values', 'safetensors', () => bytes.slice(0, bytes.length >> 1)],
    ['without its last byte', 'safetensors', () => bytes.slice(0, -1)],
    ['with a byte more', 'safetensors', () => Uint8Array.from([...bytes, 0])],
    ['of no training', 'checkpoint', () => retold({ kind: 'another' })],
    ['without the step', 'checkpoint', () => retold({ step: undefined })],
    ['of a step that is none', 'checkpoint', () => retold({ step: '-3' })],
    ['without a history', 'checkpoint', () => retold({ history: undefined })],
    ['of a history that is no JSON', 'checkpoint', () => retold({ history: '[{' })],
    ['of a history of other length', 'checkpoint', () => retold({ history: '[]' })],
    ['without a tensor', 'checkpoint', () => withTensors((names) => names.slice(1))],
    ['with a tensor more', 'checkpoint', () => withTensors((names) => [...names, 'network.other'])],
    [
      'of a training without averages',
      'checkpoint',
      () => withTensors((names) => names.filter((n) => !/^average/.test(n))),
    ],
    ['of another seed', 'range', () => bytes, { seed: 2 }],
  ])('%s', async (_, code, make, options = {}) => {
    const one = network(7);
    const start = weightsOf(one);
    const error = await train(one, data, { ...OPTIONS, ...options, resume: make() }).catch((e) => e);
    expect(error).toMatchObject({ code });
    expect(weightsOf(one)).toEqual(start);
    one.dispose();
  });

  test('and this one is taken', async () => {
    const one = network(7);
    const { history } = await train(one, data, { ...OPTIONS, resume: bytes });
    expect(history.map(({ epoch }) => epoch)).toEqual([1, 2, 3]);
    one.dispose();
  });
});
