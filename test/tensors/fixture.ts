import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import * as tf from '@tensorflow/tfjs';
import {
  type Activation,
  attention,
  type BackendOptions,
  convolution,
  crossEntropy,
  embedding,
  gelu,
  layerNorm,
  linear,
  type PoolingOptions,
  pooling,
  rationalQuadraticSpline,
} from '../../src/tensors/index.ts';

interface Values {
  readonly shape: number[];
  readonly values: number[];
}

/** A case of test/fixtures/torch/operations.py. */
export interface TorchCase {
  readonly name: string;
  readonly operation: string;
  readonly attributes: Readonly<Record<string, unknown>>;
  readonly inputs: Readonly<Record<string, Values>>;
  readonly weights: Values;
  readonly values: Values;
  readonly gradients: Readonly<Record<string, Values>>;
}

/** A run of Adam there. */
export interface TorchAdam {
  readonly start: number[];
  readonly gradients: number[][];
  readonly path: number[][];
}

/** Reads what the generator wrote. */
export function torchFixture(text?: string): { cases: TorchCase[]; splines: TorchCase[]; adam: TorchAdam } {
  const path = fileURLToPath(new URL('../fixtures/torch/operations.json', import.meta.url));
  return JSON.parse(text ?? readFileSync(path, 'utf8'));
}

export function tensorOf({ shape, values }: Values): tf.Tensor {
  return tf.tensor(values, shape);
}

type Apply = (inputs: Record<string, tf.Tensor>, attributes: Readonly<Record<string, unknown>>) => tf.Tensor;

/** The operations by the names that the generator uses. */
export const OPERATIONS: Readonly<Record<string, Apply>> = {
  linear: ({ x, weight, bias }, { activation }) => linear(x, weight, bias, activation as Activation),
  layerNorm: ({ x, gain, shift }) => layerNorm(x, gain, shift),
  gelu: ({ x }) => gelu(x),
  softmax: ({ x }) => tf.softmax(x),
  crossEntropy: ({ logits }, { labels }) => crossEntropy(logits, tf.tensor1d(labels as number[], 'int32')),
  embedding: ({ table }, { ids }) => embedding(table, tf.tensor1d(ids as number[], 'int32')),
  convolution: ({ x, weight, bias }, options) => convolution(x, weight, bias, options),
  pooling: ({ x }, options) => pooling(x, options as unknown as PoolingOptions),
  attention: ({ queries, memory, bias }, { heads, causal }) => {
    const steps = queries.shape[1]!;
    const above = Array.from({ length: steps * steps }, (_, i) => (i % steps > Math.floor(i / steps) ? -1 / 0 : 0));
    const mask = causal ? tf.tensor2d(above, [steps, steps]) : bias;
    return attention(queries, { heads: heads as number, memory, bias: mask });
  },
  spline: ({ x, parameters }, { bins, bound, circular, inverse }) => {
    const options = { bins: bins as number, bound: bound as number, inverse: inverse as boolean };
    const result = rationalQuadraticSpline(x, parameters, { ...options, tails: circular ? 'circular' : 'linear' });
    return tf.stack([result.values, result.logDerivatives]);
  },
};

/** Every way that our operations are computed here. */
export const WAYS: readonly (readonly [name: string, options: BackendOptions])[] = [
  ['wasm', { backend: 'wasm', relaxedSimd: 'off' }],
  ['wasm with relaxed SIMD', { backend: 'wasm', relaxedSimd: 'enable' }],
  ['cpu', { backend: 'cpu' }],
];

/** Values and gradients of sum(values * weights). */
export function valuesAndGradients(
  apply: (inputs: Record<string, tf.Tensor>) => tf.Tensor,
  inputs: Readonly<Record<string, Values>>,
  weights: Values | ((shape: number[]) => Values),
): { values: number[]; shape: number[]; gradients: Record<string, number[]> } {
  return tf.tidy(() => {
    const names = Object.keys(inputs);
    const named = (tensors: tf.Tensor[]) => Object.fromEntries(names.map((name, i) => [name, tensors[i]]));
    const leaves = names.map((name) => tensorOf(inputs[name]));
    const out = apply(named(leaves));
    const factor = tensorOf(typeof weights === 'function' ? weights(out.shape) : weights);
    const slopes = tf.grads((...given: tf.Tensor[]) => tf.sum(tf.mul(apply(named(given)), factor)))(leaves);
    const gradients = Object.fromEntries(names.map((name, i) => [name, [...slopes[i].dataSync()]]));
    return { values: [...out.dataSync()], shape: out.shape, gradients };
  });
}

/** The largest difference, relative to the largest value. */
export function distance(a: readonly number[], b: readonly number[]): number {
  if (a.length !== b.length) return Number.POSITIVE_INFINITY;
  const scale = b.reduce((top, value) => Math.max(top, Math.abs(value)), 1e-3);
  const worst = a.reduce((top, value, i) => {
    const difference = Math.abs(value - b[i]);
    return Number.isNaN(difference) ? Number.POSITIVE_INFINITY : Math.max(top, difference);
  }, 0);
  return worst / scale;
}
