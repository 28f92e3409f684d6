import * as tf from '@tensorflow/tfjs';
import { beforeAll, describe, expect, test } from 'vitest';
import { RandomStream } from '../../../src/core/index.ts';
import {
  evaluateInDouble,
  GeometricTransformer,
  LorentzNet,
  MultivectorAttention,
  PelicanNetwork,
} from '../../../src/networks/index.ts';
import { Adam, chooseBackend } from '../../../src/tensors/index.ts';
import { BLOCKS, inputOf } from './blocks.ts';

beforeAll(async () => {
  await chooseBackend({ backend: 'wasm' });
});

/** Steps of the difference quotients, which are taken in double precision; what they may be off by, relative to the steepest. */
const STEP = 2e-5;
const TOLERANCE = 1e-3;

const normals = (count: number, seed: number): Float64Array => {
  const stream = new RandomStream(seed);
  return Float64Array.from({ length: count }, () => stream.normal());
};

describe.each(BLOCKS)('$name', (row) => {
  const { make } = row;

  test('has the slopes of difference quotients, along its parameters and its input', () => {
    const network = make();
    // The size of a massless momentum, an absolute value, has no slope.
    const { values, shape } = inputOf(row, 3, [0.4, 0.2, 0.5, 0.3]);
    const parameters = network.trainable();
    const start = [values, ...parameters.map((variable) => variable.dataSync())].map((one) => Float32Array.from(one));
    const weights = normals(evaluateInDouble(network, values, shape).values.length, 9);
    const slopes = tf.tidy(() => {
      const x = tf.variable(tf.tensor(start[0], [...shape]));
      const loss = (): tf.Scalar => {
        const out = network.call(x);
        return tf.sum(tf.mul(out, tf.tensor(Float32Array.from(weights), out.shape))) as tf.Scalar;
      };
      const { grads } = tf.variableGrads(loss, [x, ...parameters]);
      x.dispose();
      return [x, ...parameters].map((variable) => Float32Array.from(grads[variable.name].dataSync()));
    });
    const at = (place: readonly Float32Array[]): number => {
      parameters.forEach((variable, k) => {
        assign(variable, place[k + 1]);
      });
      const out = evaluateInDouble(network, Float64Array.from(place[0]), shape).values;
      return out.reduce((sum, value, i) => sum + value * weights[i], 0);
    };
    for (const ofInput of parameters.length > 0 ? [true, false] : [true]) {
      const along = start.map(({ length }, k) => normals(length, 20 + k));
      const moved = (by: number): Float32Array[] =>
        start.map((one, k) => ((k === 0) === ofInput ? one.map((value, i) => value + by * along[k][i]) : one));
      const [up, down] = [moved(STEP), moved(-STEP)];
      // The step as single precision has it.
      let [expected, size] = [0, 0];
      slopes.forEach((slope, k) => {
        slope.forEach((value, i) => {
          expected += value * (up[k][i] - down[k][i]);
          size += (value * STEP) ** 2;
        });
      });
      expect(Math.sqrt(size)).toBeGreaterThan(0.1 * STEP);
      expect(Math.abs(at(up) - at(down) - expected)).toBeLessThan(TOLERANCE * Math.sqrt(size));
    }
    network.dispose();
  });

  test('is saved and loaded, the same from the same stream, and leaks nothing', () => {
    const before = tf.memory().numTensors;
    const [one, same, other] = [make(), make(), make()];
    expect(same.save()).toEqual(one.save());
    for (const variable of other.parameters().values()) tf.tidy(() => variable.assign(tf.zerosLike(variable)));
    other.load(one.save());
    const { values, shape } = inputOf(row);
    const outputs = [one, other].map((network) =>
      Array.from(tf.tidy(() => network.call(tf.tensor(Float32Array.from(values), [...shape])).dataSync())),
    );
    expect(outputs[1]).toEqual(outputs[0]);
    for (const network of [one, same, other]) network.dispose();
    expect(tf.memory().numTensors).toBe(before);
  });

  test('refuses other shapes, of the input and of the mask', () => {
    const network = make();
    const { shape } = inputOf(row);
    const wrong = [...shape.slice(0, -1), shape.at(-1)! + 1];
    const size = (of: readonly number[]): number => of.reduce((product, length) => product * length, 1);
    const refusal = expect.objectContaining({ code: 'shape' });
    tf.tidy(() => {
      expect(() => network.call(tf.zeros(wrong))).toThrow(refusal);
      expect(() => network.call(tf.zeros([4]))).toThrow(refusal);
      if (row.mixes) expect(() => network.call(tf.zeros([...shape]), tf.ones([shape[0], 1]))).toThrow(refusal);
    });
    expect(() => evaluateInDouble(network, new Float64Array(size(wrong)), wrong)).toThrow(refusal);
    expect(() => evaluateInDouble(network, new Float64Array(3), shape)).toThrow(refusal);
    expect(() => evaluateInDouble(network, new Float64Array(size(shape)), shape, new Float64Array(3))).toThrow(refusal);
    network.dispose();
  });
});

function assign(variable: tf.Variable, values: ArrayLike<number>): void {
  tf.tidy(() => variable.assign(tf.tensor(Float32Array.from(values), variable.shape)));
}

describe.each([
  ['LorentzNet', (o: object) => new LorentzNet({ width: 4, blocks: 1, outputs: 1, ...o }, new RandomStream(1))],
  ['PELICAN', (o: object) => new PelicanNetwork({ width: 4, blocks: 1, outputs: 1, ...o }, new RandomStream(1))],
  [
    'the transformer',
    (o: object) => new GeometricTransformer({ width: 4, blocks: 1, outputs: 1, ...o }, new RandomStream(1)),
  ],
])('%s', (_name, make) => {
  test('needs no scalars, and of an event of padding alone says a number', () => {
    const network = make({});
    const mask = Float64Array.of(1, 1, 0, 0);
    const values = Float64Array.of(1, 0, 0, 1, 1, 0, 0, -1, 0, 0, 0, 0, 0, 0, 0, 0);
    expect(evaluateInDouble(network, values, [2, 2, 4], mask).values.every(Number.isFinite)).toBe(true);
    const single = tf.tidy(() =>
      network
        .call(tf.tensor(Float32Array.from(values), [2, 2, 4]), tf.tensor(Float32Array.from(mask), [2, 2]))
        .dataSync(),
    );
    expect(single.every(Number.isFinite)).toBe(true);
    network.dispose();
  });

  test.each([
    [{ width: 0 }, 'size'],
    [{ blocks: 0 }, 'size'],
    [{ outputs: 1.5 }, 'size'],
    [{ spurions: ['moon'] }, 'spurion'],
  ])('refuses %j', (options, code) => {
    expect(() => make(options)).toThrow(expect.objectContaining({ code }));
  });

  test('learns the mass of an event', () => {
    const network = make({ width: 6 });
    const rows = 64;
    const stream = new RandomStream(2);
    const drawn = Float32Array.from({ length: rows * 8 }, (_, i) =>
      i % 4 === 0 ? 2 + stream.uniform() : stream.uniform(),
    );
    const target = Float32Array.from({ length: rows }, (_, row) => {
      const [e, x, y, z] = [0, 1, 2, 3].map((k) => drawn[8 * row + k] + drawn[8 * row + 4 + k]);
      return Math.log(e * e - x * x - y * y - z * z) - 2.8;
    });
    const [x, y] = [tf.tensor(drawn, [rows, 2, 4]), tf.tensor(target, [rows, 1])];
    const optimiser = new Adam({ learningRate: 0.02 });
    const variables = network.trainable();
    const losses = Array.from({ length: 200 }, () =>
      tf.tidy(() => {
        const { value, grads } = tf.variableGrads(
          () => tf.mean(tf.square(tf.sub(network.call(x), y))) as tf.Scalar,
          variables,
        );
        optimiser.step(variables.map((variable) => [variable, grads[variable.name]]));
        return value.dataSync()[0];
      }),
    );
    const mean = target.reduce((sum, value) => sum + value / rows, 0);
    const variance = target.reduce((sum, value) => sum + (value - mean) ** 2 / rows, 0);
    expect(losses.at(-1)).toBeLessThan(0.3 * variance);
    network.dispose();
    optimiser.dispose();
    tf.dispose([x, y]);
  });
});

test.each([0, 3, 1.5])('attention refuses %s heads for 4 channels', (heads) => {
  expect(() => new MultivectorAttention(4, heads, new RandomStream(1))).toThrow(
    expect.objectContaining({ code: 'heads' }),
  );
});
