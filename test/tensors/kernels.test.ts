import * as tf from '@tensorflow/tfjs';
import { beforeAll, describe, expect, test } from 'vitest';
import { RandomStream } from '../../src/core/index.ts';
import {
  type Activation,
  attention,
  type ConvolutionOptions,
  chooseBackend,
  convolution,
  crossEntropy,
  layerNorm,
  linear,
  pooling,
  relu,
} from '../../src/tensors/index.ts';
import { distance, valuesAndGradients, WAYS } from './fixture.ts';

const SINGLE_PRECISION = 1e-5;
/** Of a difference quotient of single-precision numbers. */
const QUOTIENT = 2e-2;

function normal(seed: number, shape: number[]): { shape: number[]; values: number[] } {
  const random = new RandomStream(seed);
  return { shape, values: Array.from({ length: tf.util.sizeFromShape(shape) }, () => random.normal()) };
}

interface Case {
  readonly name: string;
  readonly shapes: Readonly<Record<string, number[]>>;
  apply(inputs: Record<string, tf.Tensor>): tf.Tensor;
  /** What the cpu shall compute instead, where tfjs is wrong. */
  expect?(inputs: Record<string, tf.Tensor>): tf.Tensor;
}

const activated = (activation: Activation): Case => ({
  name: `linear, ${activation}, odd sizes`,
  shapes: { x: [3, 3, 5], weight: [5, 11], bias: [11] },
  apply: ({ x, weight, bias }) => linear(x, weight, bias, activation),
});

const product = (a: number[], b: number[], transposeA: boolean, transposeB: boolean): Case => ({
  name: `product of [${a}] and [${b}], ${transposeA ? 'T' : 'N'}${transposeB ? 'T' : 'N'}`,
  shapes: { a, b },
  apply: (inputs) => tf.matMul(inputs['a'], inputs['b'], transposeA, transposeB),
});

const CASES: readonly Case[] = [
  ...(['linear', 'relu', 'sigmoid', 'tanh', 'gelu'] as const).map(activated),
  {
    name: 'linear without bias, one row',
    shapes: { x: [1, 4], weight: [4, 3] },
    apply: ({ x, weight }) => linear(x, weight),
  },
  product([3, 4], [4, 2], false, false),
  product([4, 3], [4, 2], true, false),
  product([3, 4], [2, 4], false, true),
  product([4, 3], [2, 4], true, true),
  product([2, 3, 5, 7], [2, 3, 7, 4], false, false),
  product([2, 3, 7, 5], [2, 3, 4, 7], true, true),
  product([4, 5, 7], [1, 7, 3], false, false),
  {
    // tfjs multiplies the wrong matrices when each factor is shared along an axis.
    ...product([2, 1, 5, 7], [3, 7, 3], false, false),
    expect: ({ a, b }) => tf.matMul(tf.tile(a, [1, 3, 1, 1]), tf.tile(tf.expandDims(b, 0), [2, 1, 1, 1])),
  },
  product([9, 13], [13, 1], false, false),
  product([9, 14], [1, 14], false, true),
  product([13, 9], [13, 1], true, false),
  product([14, 9], [1, 14], true, true),
  // Beyond one block of the product in every direction: 64 rows, 512 deep, 1024 columns.
  product([70, 517], [517, 1035], false, false),
  product([517, 70], [1035, 517], true, true),
  {
    name: 'sum over leading axes',
    shapes: { x: [3, 5, 7] },
    apply: ({ x }) =>
      tf.concat([tf.reshape(tf.sum(x, 0), [-1]), tf.sum(x, [0, 1]), tf.reshape(tf.sum(x, 0, true), [-1])], 0),
  },
  { name: 'sum over other axes', shapes: { x: [3, 5, 7] }, apply: ({ x }) => tf.sum(x, [0, 2]) },
  {
    name: 'gather, rows more than once',
    shapes: { table: [6, 3] },
    apply: ({ table }) =>
      tf.gather(
        table,
        tf.tensor2d(
          [
            [5, 0, 5],
            [1, 1, 5],
          ],
          [2, 3],
          'int32',
        ),
      ),
  },
  { name: 'relu alone', shapes: { x: [3, 7] }, apply: ({ x }) => relu(x) },
  {
    name: 'gather along another axis',
    shapes: { x: [3, 5, 2] },
    apply: ({ x }) => tf.gather(x, tf.tensor1d([4, 0, 4], 'int32'), 1),
  },
  {
    name: 'segment sum',
    shapes: { x: [6, 5] },
    apply: ({ x }) => tf.unsortedSegmentSum(x, tf.tensor1d([2, 0, 2, 2, 3, 0], 'int32'), 4),
  },
  { name: 'softmax', shapes: { x: [5, 13] }, apply: ({ x }) => tf.softmax(x) },
  { name: 'softmax of one', shapes: { x: [5, 1] }, apply: ({ x }) => tf.softmax(x) },
  {
    name: 'layer norm',
    shapes: { x: [2, 3, 13], gain: [13], shift: [13] },
    apply: ({ x, gain, shift }) => layerNorm(x, gain, shift),
  },
  {
    name: 'attention to itself',
    shapes: { x: [2, 5, 18], bias: [5, 5] },
    apply: ({ x, bias }) => attention(x, { heads: 2, bias }),
  },
  ...[
    [2, 2, 5, 5],
    [1, 2, 5, 5],
    [2, 1, 5, 5],
    [2, 1, 1, 5],
    [1, 1, 1, 5],
  ].map(
    (bias): Case => ({
      name: `attention to itself with a bias of [${bias}]`,
      shapes: { x: [2, 5, 18], bias },
      apply: (inputs) => attention(inputs['x'], { heads: 2, bias: inputs['bias'] }),
    }),
  ),
  {
    name: 'attention to another with a bias of each head, and keys that are hidden',
    shapes: { x: [2, 3, 6], memory: [2, 7, 12], bias: [2, 3, 1, 7] },
    apply: ({ x, memory, bias }) => {
      const hidden = Array.from({ length: 14 }, (_, i) => (i < 4 || i === 9 ? -1 / 0 : 0));
      return attention(x, { heads: 3, memory, bias: tf.add(bias, tf.tensor(hidden, [2, 1, 1, 7])) });
    },
  },
  {
    name: 'attention where a step sees nothing',
    shapes: { x: [2, 3, 12], bias: [2, 1, 3, 3] },
    apply: ({ x, bias }) => {
      const hidden = Array.from({ length: 18 }, (_, i) => (i >= 9 && i < 12 ? -1 / 0 : 0));
      return attention(x, { heads: 2, bias: tf.add(bias, tf.tensor(hidden, [2, 1, 3, 3])) });
    },
  },
  {
    name: 'attention to another',
    shapes: { x: [2, 5, 6], memory: [2, 7, 12] },
    apply: ({ x, memory }) => attention(x, { heads: 3, memory }),
  },
  ...[
    { stride: 1, padding: 'valid' },
    { stride: [2, 3], padding: 'same' },
    { stride: [3, 1], padding: 'valid' },
    { stride: 1, padding: 'same' },
  ].map(
    (options): Case => ({
      name: `convolution, ${JSON.stringify(options)}`,
      shapes: { x: [2, 7, 8, 3], weight: [4, 5, 3, 6], bias: [6] },
      apply: ({ x, weight, bias }) =>
        convolution(x, weight, bias, { ...(options as ConvolutionOptions), activation: 'tanh' }),
    }),
  ),
  {
    name: 'convolution, the window wider than the image',
    shapes: { x: [2, 2, 3, 2], weight: [5, 7, 2, 3] },
    apply: ({ x, weight }) => convolution(x, weight, undefined, { padding: 'same' }),
  },
  ...(['max', 'mean'] as const).map(
    (kind): Case => ({
      name: `pooling, ${kind}`,
      shapes: { x: [2, 7, 8, 3] },
      apply: ({ x }) => pooling(x, { kind, size: [3, 2], stride: [2, 1] }),
    }),
  ),
  {
    name: 'cross entropy',
    shapes: { x: [2, 3, 7] },
    apply: ({ x }) =>
      crossEntropy(
        x,
        tf.tensor2d(
          [
            [0, 6, 3],
            [-1, 2, 2],
          ],
          [2, 3],
          'int32',
        ),
      ),
  },
  {
    name: 'a choice by comparison',
    shapes: { a: [4, 3], b: [4, 3] },
    apply: ({ a, b }) => tf.mul(tf.cast(tf.greater(a, b), 'float32'), tf.mul(a, b)),
  },
];

/** What tfjs's own code in TypeScript says; a comparison has no slope there unless ours is entered. */
const reference = new Map<string, ReturnType<typeof valuesAndGradients>>();

function inputsOf({ shapes }: Case) {
  return Object.fromEntries(Object.entries(shapes).map(([name, shape], i) => [name, normal(17 + i, shape)]));
}

test.each([-1, 6])('a row of number %s of 6 is refused', async (id) => {
  await chooseBackend({ backend: 'wasm' });
  const table = tf.ones([6, 3]);
  const ids = tf.tensor1d([0, 5, id], 'int32');
  const before = tf.memory().numTensors;
  expect(() => tf.tidy(() => tf.gather(table, ids))).toThrow('the id at place 3 is out of range');
  expect(tf.memory().numTensors).toBe(before);
  tf.dispose([table, ids]);
});

describe.each(WAYS.filter(([, { backend }]) => backend === 'wasm'))('on %s', (_name, options) => {
  beforeAll(async () => {
    if (reference.size === 0) {
      // The rules of differentiation are entered with the kernels.
      await chooseBackend({ backend: 'wasm' });
      await chooseBackend({ backend: 'cpu' });
      for (const one of CASES) {
        reference.set(
          one.name,
          valuesAndGradients(one.expect ?? one.apply, inputsOf(one), (shape) => normal(5, shape)),
        );
      }
    }
    await chooseBackend(options);
  });

  test.each(CASES)('$name: values and gradients of the cpu', (one) => {
    const found = valuesAndGradients(one.apply, inputsOf(one), (shape) => normal(5, shape));
    const expected = reference.get(one.name)!;
    expect(found.shape).toEqual(expected.shape);
    expect(distance(found.values, expected.values)).toBeLessThan(SINGLE_PRECISION);
    for (const name of Object.keys(one.shapes)) {
      expect(distance(found.gradients[name], expected.gradients[name]), name).toBeLessThan(SINGLE_PRECISION);
    }
  });

  // A step may carry relu, a comparison or a maximum over its edge.
  const smooth = CASES.filter(
    ({ name }) => !name.includes('relu') && !name.includes('choice') && !name.includes('1035') && !name.includes('max'),
  );
  test.each(smooth)('$name: gradients are difference quotients', (one) => {
    const inputs = inputsOf(one);
    const { gradients } = valuesAndGradients(one.apply, inputs, (shape) => normal(5, shape));
    const step = 1e-2;
    for (const [name, { shape, values }] of Object.entries(inputs)) {
      const along = normal(99, shape).values;
      const at = (sign: number) => {
        const moved = { ...inputs, [name]: { shape, values: values.map((x, i) => x + sign * step * along[i]) } };
        const out = valuesAndGradients(one.apply, moved, (of) => normal(5, of));
        const weights = normal(5, out.shape).values;
        return out.values.reduce((sum, value, i) => sum + value * weights[i], 0);
      };
      const quotient = (at(1) - at(-1)) / (2 * step);
      const slope = gradients[name].reduce((sum, value, i) => sum + value * along[i], 0);
      expect(Math.abs(quotient - slope), name).toBeLessThan(QUOTIENT * Math.max(1, Math.abs(slope)));
    }
  });
});

test.each([[[5, 4]], [[2, 3, 5, 5]], [[2, 2, 5, 1]], [[3, 2, 5, 5]]])('attention refuses a bias of %j', (shape) => {
  tf.tidy(() => {
    expect(() => attention(tf.zeros([2, 5, 18]), { heads: 2, bias: tf.zeros(shape) })).toThrow(
      expect.objectContaining({ code: 'shape', data: expect.objectContaining({ argument: 'bias' }) }),
    );
  });
});
