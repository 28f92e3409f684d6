import * as tf from '@tensorflow/tfjs';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { RandomStream } from '../../../src/core/index.ts';
import {
  type Batch,
  createSchedule,
  Dense,
  Dropout,
  type EpochRecord,
  Sequential,
  type TrainingOptions,
  train,
} from '../../../src/networks/index.ts';
import { chooseBackend } from '../../../src/tensors/index.ts';

let data: Batch;
let held: Batch;

beforeAll(async () => {
  await chooseBackend({ backend: 'wasm' });
  data = plane(100, 1);
  held = plane(40, 2);
});

afterAll(() => tf.dispose([data, held]));

/** y = 2 a - b + 1 with a little noise. */
function plane(rows: number, seed: number): Batch {
  const random = new RandomStream(seed);
  const x = Float32Array.from({ length: 2 * rows }, () => random.normal());
  const y = Float32Array.from({ length: rows }, (_, i) => 2 * x[2 * i] - x[2 * i + 1] + 1 + 0.1 * random.normal());
  return { x: tf.tensor2d(x, [rows, 2]), y: tf.tensor2d(y, [rows, 1]) };
}

const square = (network: Sequential, { x, y }: Batch): tf.Scalar =>
  tf.mean(tf.square(tf.sub(network.call(x), y))) as tf.Scalar;

const OPTIONS: TrainingOptions<Sequential> = {
  epochs: 6,
  batchSize: 32,
  learningRate: 0.05,
  losses: { square: { value: square } },
};

const line = () => new Sequential([new Dense(2, 1, new RandomStream(1))]);
const dropping = () =>
  new Sequential([
    new Dense(2, 16, new RandomStream(1), { activation: 'gelu' }),
    new Dropout(0.3, new RandomStream(9)),
    new Dense(16, 1, new RandomStream(2)),
  ]);
const weightsOf = (network: Sequential): number[][] =>
  [...network.parameters().values()].map((variable) => Array.from(variable.dataSync()));

describe('train', () => {
  test('finds the plane, with the slopes of least squares, and leaks nothing', async () => {
    const before = tf.memory().numTensors;
    const network = line();
    const { history, stoppedBy } = await train(network, data, {
      ...OPTIONS,
      epochs: 60,
      schedule: createSchedule('cosine'),
    });
    expect(stoppedBy).toBe('epochs');
    expect(history.length).toBe(60);
    // The noise has a variance of .01; three parameters of 100 rows.
    expect(history.at(-1)!.loss).toBeLessThan(0.0125);
    const [[a, b], [c]] = weightsOf(network);
    for (const [value, truth] of [
      [a, 2],
      [b, -1],
      [c, 1],
    ]) {
      expect(Math.abs(value - truth)).toBeLessThan(0.05);
    }
    network.dispose();
    expect(tf.memory().numTensors).toBe(before);
  });

  test('with the same seed gives the same bits, with another one others', async () => {
    const run = async (seed: number): Promise<[number[][], number[]]> => {
      const network = dropping();
      const { history } = await train(network, data, { ...OPTIONS, seed });
      const weights = weightsOf(network);
      network.dispose();
      return [weights, history.map(({ loss }) => loss)];
    };
    expect(await run(3)).toEqual(await run(3));
    expect(await run(3)).not.toEqual(await run(4));
  });

  test('goes on from a checkpoint as if it had not been cut off, bit by bit', async () => {
    const options: TrainingOptions<Sequential> = {
      ...OPTIONS,
      validation: held,
      average: 0.9,
      schedule: createSchedule('linear', 0.2),
    };
    const whole = dropping();
    const saved: Uint8Array[] = [];
    const uncut = await train(whole, data, { ...options, onEpoch: (_, checkpoint) => saved.push(checkpoint()) });
    for (const at of [0, 3]) {
      const resumed = dropping();
      const { history } = await train(resumed, data, { ...options, resume: saved[at] });
      expect(history).toEqual(uncut.history);
      expect(weightsOf(resumed)).toEqual(weightsOf(whole));
      resumed.dispose();
    }
    whole.dispose();
  });

  test('refuses a checkpoint that is cut off, of another network, or of another seed', async () => {
    const network = line();
    let bytes = new Uint8Array();
    await train(network, data, { ...OPTIONS, epochs: 1, onEpoch: (_, checkpoint) => (bytes = checkpoint()) });
    const before = weightsOf(network);
    const attempt = (other: Sequential, resume: Uint8Array, seed = 1) =>
      train(other, data, { ...OPTIONS, seed, resume });
    await expect(attempt(network, bytes.slice(0, -3))).rejects.toMatchObject({ code: 'safetensors' });
    await expect(attempt(network, network.save())).rejects.toMatchObject({ code: 'checkpoint' });
    await expect(attempt(network, bytes, 2)).rejects.toMatchObject({ code: 'range' });
    const other = dropping();
    await expect(attempt(other, bytes)).rejects.toMatchObject({ code: 'checkpoint' });
    expect(weightsOf(network)).toEqual(before);
    network.dispose();
    other.dispose();
  });

  test('ends when rows kept aside are predicted no better', async () => {
    const network = line();
    const { history, stoppedBy } = await train(network, data, {
      ...OPTIONS,
      epochs: 500,
      validation: held,
      patience: 4,
    });
    expect(stoppedBy).toBe('patience');
    expect(history.length).toBeLessThan(500);
    const losses = history.map(({ validationLoss }) => validationLoss!);
    expect(losses.indexOf(Math.min(...losses))).toBe(losses.length - 5);
    network.dispose();
  });

  test('says each term of a mixed loss, weighted, and their sum', async () => {
    const network = line();
    const size = (net: Sequential): tf.Scalar =>
      [...net.parameters().values()].map((v) => tf.sum(tf.square(v))).reduce((a, b) => tf.add(a, b)) as tf.Scalar;
    const records: EpochRecord[] = [];
    await train(network, data, {
      ...OPTIONS,
      losses: { square: { value: square }, size: { value: size, weight: 0.1 } },
      onEpoch: (record) => records.push(record),
    });
    expect(records.length).toBe(6);
    for (const { loss, terms } of records) expect(terms['square'] + terms['size']).toBeCloseTo(loss, 5);
    network.dispose();
  });

  test('stops at once where the loss is not finite, with step and rows, and keeps the parameters', async () => {
    const network = line();
    const before = weightsOf(network);
    const x = tf.tidy(() => tf.tensor2d([1, 2, Number.NaN, 4], [2, 2]));
    const y = tf.tensor2d([1, 2], [2, 1]);
    const run = train(network, { x, y }, { ...OPTIONS, batchSize: 2 });
    await expect(run).rejects.toMatchObject({ code: 'not-finite', data: { step: 1 } });
    await expect(run).rejects.toThrow(/loss of step 1 is not finite: square is NaN/);
    expect(weightsOf(network)).toEqual(before);
    tf.dispose([x, y]);
    network.dispose();
  });

  test('ends between two steps when told to', async () => {
    const network = line();
    const stop = new AbortController();
    const { history, stoppedBy } = await train(network, data, {
      ...OPTIONS,
      signal: stop.signal,
      onEpoch: ({ epoch }) => {
        if (epoch === 2) stop.abort();
      },
    });
    expect(stoppedBy).toBe('signal');
    expect(history.length).toBe(2);
    network.dispose();
  });

  test('leaves frozen parameters where they are', async () => {
    const network = dropping();
    network.layers[0].freeze();
    const [before] = weightsOf(network);
    await train(network, data, { ...OPTIONS, epochs: 1 });
    expect(weightsOf(network)[0]).toEqual(before);
    network.dispose();
  });

  test.each<[string, Partial<TrainingOptions<Sequential>>, string]>([
    ['no epochs', { epochs: 0 }, 'range'],
    ['half a row', { batchSize: 0.5 }, 'range'],
    ['no loss', { losses: {} }, 'range'],
    ['an average that forgets nothing', { average: 1 }, 'range'],
    ['a negative rate', { learningRate: -1 }, 'range'],
  ])('refuses %s', async (_, wrong, code) => {
    const network = line();
    await expect(train(network, data, { ...OPTIONS, ...wrong })).rejects.toMatchObject({ code });
    network.dispose();
  });

  test('refuses tensors of unequal rows, and names one', async () => {
    const network = line();
    await expect(train(network, { x: data['x'], y: held['y'] }, OPTIONS)).rejects.toThrow(
      /y: expected 100 rows, got 40/,
    );
    network.dispose();
  });
});

describe('a schedule', () => {
  test('rises in a line, then falls to zero', () => {
    const cosine = createSchedule('cosine', 0.1);
    expect([0, 4, 9, 10, 55].map((step) => cosine(step, 100))).toEqual([0.1, 0.5, 1, 1, expect.closeTo(0.5, 12)]);
    expect(cosine(99, 100)).toBeLessThan(0.001);
    expect(createSchedule('linear')(75, 100)).toBe(0.25);
    expect(createSchedule('constant')(99, 100)).toBe(1);
  });

  test('refuses unknown names and a warm-up of everything', () => {
    expect(() => createSchedule('sudden' as 'cosine')).toThrow(expect.objectContaining({ code: 'schedule' }));
    expect(() => createSchedule('cosine', 1)).toThrow(expect.objectContaining({ code: 'range' }));
  });
});
