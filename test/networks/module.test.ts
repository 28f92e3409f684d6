import * as tf from '@tensorflow/tfjs';
import { beforeAll, describe, expect, test } from 'vitest';
import { FormatError, OptionError, RandomStream, ShapeError } from '../../src/core/index.ts';
import { Dense, LayerNorm, Sequential } from '../../src/networks/index.ts';
import { Adam, chooseBackend } from '../../src/tensors/index.ts';

beforeAll(async () => {
  await chooseBackend({ backend: 'wasm' });
});

function network(seed: number, hidden = 16): Sequential {
  const random = new RandomStream(seed);
  return new Sequential([
    new Dense(2, hidden, random, { activation: 'gelu' }),
    new LayerNorm(hidden),
    new Dense(hidden, 1, random, { bias: false }),
  ]);
}

const valuesOf = (one: Sequential): number[][] => [...one.parameters().values()].map((v) => [...v.dataSync()]);

describe('a module', () => {
  test('names its parameters by its fields, counts and shows them', () => {
    const one = network(1);
    expect([...one.parameters().keys()]).toEqual([
      'layers.0.weight',
      'layers.0.bias',
      'layers.1.gain',
      'layers.1.shift',
      'layers.2.weight',
    ]);
    expect(one.parameterCount).toBe(2 * 16 + 16 + 16 + 16 + 16);
    (one.layers[1] as LayerNorm).freeze();
    expect(one.trainable().length).toBe(3);
    expect(one.summary().split('\n').slice(1, 3)).toEqual([
      'layers.0.bias  [16]  16',
      'layers.1.gain  [16]  16  frozen',
    ]);
    one.dispose();
  });

  test('begins the same from the same stream, and otherwise from another', () => {
    const [first, second, other] = [network(1), network(1), network(2)];
    expect(valuesOf(first)).toEqual(valuesOf(second));
    expect(valuesOf(first)).not.toEqual(valuesOf(other));
    for (const one of [first, second, other]) one.dispose();
  });

  test('learns 64 examples by heart, saves what it learnt, and leaks nothing', () => {
    const before = tf.memory().numTensors;
    const random = new RandomStream(5);
    const x = tf.tidy(() =>
      tf.tensor2d(
        Float32Array.from({ length: 128 }, () => random.normal()),
        [64, 2],
      ),
    );
    const y = tf.tidy(() => tf.mul(tf.slice(x, [0, 0], [64, 1]), tf.slice(x, [0, 1], [64, 1])));
    const one = network(1, 32);
    const optimiser = new Adam({ learningRate: 0.02 });
    const step = (): number =>
      tf.tidy(() => {
        const list = one.trainable();
        const loss = () => tf.mean(tf.square(tf.sub(one.call(x), y))) as tf.Scalar;
        const { value, grads } = tf.variableGrads(loss, list);
        optimiser.step(list.map((variable) => [variable, grads[variable.name]]));
        return value.dataSync()[0];
      });
    const first = step();
    for (let i = 0; i < 400; i++) step();
    expect(step()).toBeLessThan(first / 50);
    const copy = network(9, 32).load(one.save());
    expect(valuesOf(copy)).toEqual(valuesOf(one));
    tf.dispose([x, y]);
    one.dispose();
    copy.dispose();
    optimiser.dispose();
    expect(tf.memory().numTensors).toBe(before);
  });

  test('refuses what belongs to another network, and stays as it was', () => {
    const [one, wider] = [network(1), network(1, 17)];
    const dense = new Dense(2, 16, new RandomStream(3));
    const start = valuesOf(one);
    expect(() => one.load(wider.save(), 'wide.safetensors')).toThrow(ShapeError);
    expect(() => one.load(wider.save())).toThrow('layers.0.weight: expected [2, 16], got [2, 17]');
    expect(() => one.load(dense.save())).toThrow(FormatError);
    expect(() => one.load(dense.save())).toThrow('unknown: weight, bias');
    expect(() => one.load(one.save().subarray(0, 300))).toThrow(FormatError);
    expect(valuesOf(one)).toEqual(start);
    for (const module of [one, wider, dense]) module.dispose();
  });

  test.each([0, 1.5, Number.NaN])('refuses a size of %s', (size) => {
    expect(() => new Dense(size, 1, new RandomStream(1))).toThrow(OptionError);
    expect(() => new LayerNorm(size)).toThrow(OptionError);
  });
});
