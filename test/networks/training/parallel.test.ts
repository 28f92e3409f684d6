import * as tf from '@tensorflow/tfjs';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { RandomStream } from '../../../src/core/index.ts';
import type * as networks from '../../../src/networks/index.ts';
import type { Batch, Sequential, TrainingResult } from '../../../src/networks/index.ts';
import type * as tensors from '../../../src/tensors/index.ts';
import makeProgram from './parallel-program.mjs';

// Threads run the built package, and two copies of our kernels would differ in the last bit from none: all is built here.
const { train } = (await import('ansatz/networks' as string)) as typeof networks;
const { chooseBackend } = (await import('ansatz/tensors' as string)) as typeof tensors;

const program = new URL('./parallel-program.mjs', import.meta.url);
const make = (settings?: object) => makeProgram(settings) as unknown as { network: Sequential; losses: object };

let data: Batch;

beforeAll(async () => {
  await chooseBackend({ backend: 'wasm' });
  const random = new RandomStream(1);
  const x = Float32Array.from({ length: 202 }, () => random.normal());
  const y = Float32Array.from({ length: 101 }, (_, i) => 2 * x[2 * i] - x[2 * i + 1] + 1);
  data = { x: tf.tensor2d(x, [101, 2]), y: tf.tensor2d(y, [101, 1]) };
});

afterAll(() => tf.dispose(data));

interface Run {
  readonly history: TrainingResult['history'];
  readonly weights: readonly number[][];
}

async function run(shards: number, threads: number, rest: object = {}): Promise<Run> {
  const { network, losses } = make();
  const options = { epochs: 3, batchSize: 32, learningRate: 0.05, seed: 3, losses: losses as never, ...rest };
  const { history } = await train(network, data, { ...options, parallel: { program, shards, threads } });
  const weights = [...network.parameters().values()].map((variable) => Array.from(variable.dataSync()));
  network.dispose();
  return { history, weights };
}

describe('threads', () => {
  test('give the bits of one thread, with dropout, an uneven last batch and parts that share a thread', async () => {
    const before = tf.memory().numTensors;
    const alone = await run(3, 1);
    expect(await run(3, 2)).toEqual(alone);
    expect(await run(3, 3)).toEqual(alone);
    expect(alone.history[2].loss).toBeLessThan(0.5 * alone.history[0].loss);
    expect(tf.memory().numTensors).toBe(before);
  });

  test('one part is the training without parts', async () => {
    const one = await run(1, 1);
    const { network, losses } = make();
    const options = { epochs: 3, batchSize: 32, learningRate: 0.05, seed: 3, losses: losses as never };
    const { history } = await train(network, data, options);
    expect(one.history).toEqual(history);
    network.dispose();
  });

  test('parts change the rounding and no more, where nothing is random in the network', async () => {
    const train2 = async (shards: number): Promise<number[]> => {
      const { network, losses } = make({ dropout: 0 });
      const options = { epochs: 2, batchSize: 101, losses: losses as never, parallel: { program, shards, threads: 1 } };
      const { history } = await train(network, data, options);
      network.dispose();
      return history.map(({ loss }) => loss);
    };
    const [whole, halves] = [await train2(1), await train2(2)];
    expect(halves).not.toEqual(whole);
    halves.forEach((loss, i) => {
      expect(Math.abs(loss / whole[i] - 1)).toBeLessThan(1e-5);
    });
  });

  test('frozen parameters stay, in all threads', async () => {
    const { network, losses } = make();
    network.parameters().get('layers.0.weight')!.trainable = false;
    const before = Array.from(network.parameters().get('layers.0.weight')!.dataSync());
    const parallel = { program, threads: 2 };
    const options = { epochs: 4, batchSize: 32, learningRate: 0.05, losses: losses as never, parallel };
    const { history } = await train(network, data, options);
    expect(history[3].loss).toBeLessThan(0.9 * history[0].loss);
    expect(Array.from(network.parameters().get('layers.0.weight')!.dataSync())).toEqual(before);
    network.dispose();
  });

  test('a signal ends training, and the threads with it', async () => {
    const { network, losses } = make();
    const stop = new AbortController();
    const result = await train(network, data, {
      epochs: 1000,
      batchSize: 16,
      losses: losses as never,
      parallel: { program, threads: 2 },
      signal: stop.signal,
      onEpoch: ({ epoch }) => epoch === 2 && stop.abort(),
    });
    expect(result.stoppedBy).toBe('signal');
    expect(result.history).toHaveLength(2);
    network.dispose();
  });
});

describe('what cannot be trained on threads', () => {
  test.each([
    ['a program that throws', { program, settings: { fail: 'throw' } }, 'thread', /no such data/],
    ['no program', { program: new URL('./nowhere.mjs', import.meta.url) }, 'thread', /nowhere\.mjs/],
    ['another network', { program, settings: { width: 8 } }, 'program', /layers\.0\.weight \[2, 8\]/],
    ['a program without a function', { program: 'data:text/javascript,export default 3' }, 'thread', /no function/],
    ['no parts', { program, shards: 0 }, 'range', /whole number/],
    ['half a thread', { program, threads: 0.5 }, 'range', /whole number/],
  ])('%s', async (_, parallel, code, message) => {
    const { network, losses } = make();
    const options = { epochs: 1, batchSize: 32, losses: losses as never, parallel };
    const training = train(network, data, options);
    await expect(training).rejects.toMatchObject({ code });
    await expect(training).rejects.toThrow(message);
    network.dispose();
  });

  test('a loss that is not finite in the part of another thread is named with the rows of the part', async () => {
    const { network, losses } = make();
    const y = data['y'].dataSync().slice();
    y[0] = Number.NaN;
    const spoilt = { x: data['x'], y: tf.tensor2d(y as Float32Array, [101, 1]) };
    const options = { epochs: 1, batchSize: 101, losses: losses as never, parallel: { program, threads: 2 } };
    const training = train(network, spoilt, options);
    await expect(training).rejects.toMatchObject({ code: 'not-finite', data: { step: 1 } });
    await training.catch(({ data: { rows } }) => {
      expect(rows).toContain(0);
      expect(rows.length).toBeLessThan(101);
    });
    network.dispose();
    spoilt.y.dispose();
  });
});
