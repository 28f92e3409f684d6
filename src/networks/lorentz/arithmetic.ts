import * as tf from '@tensorflow/tfjs';
import { gelu } from '../../tensors/index.ts';
import type { Dense } from '../layers/dense.ts';

/** Functions of single numbers that the layers use. */
export const POINTWISE = ['gelu', 'sigmoid', 'sqrt', 'abs', 'signedLog'] as const;

/** The name of one. `signedLog` is sgn(x) log(1 + |x|), which tames products of momenta of any size. */
export type Pointwise = (typeof POINTWISE)[number];

/**
 * The operations that layers are written in, on arrays of a kind A: once as a formula, then computed in single precision with
 * gradients, or in double precision as a reference. Shapes broadcast as in NumPy.
 */
export interface Arithmetic<A> {
  shape(x: A): number[];
  /** A parameter of a network. */
  parameter(variable: tf.Variable): A;
  constant(values: ArrayLike<number>, shape: readonly number[]): A;
  reshape(x: A, shape: readonly number[]): A;
  transpose(x: A, order: readonly number[]): A;
  add(a: A, b: A): A;
  subtract(a: A, b: A): A;
  multiply(a: A, b: A): A;
  divide(a: A, b: A): A;
  scale(x: A, factor: number): A;
  /** Products of the matrices of the last two axes. */
  matMul(a: A, b: A, transposeB?: boolean): A;
  sum(x: A, axis: number, keep?: boolean): A;
  concat(parts: readonly A[], axis: number): A;
  slice(x: A, begin: readonly number[], size: readonly number[]): A;
  map(x: A, by: Pointwise): A;
  /** Over the last axis. */
  softmax(x: A): A;
  dense(layer: Dense, x: A): A;
}

const SINGLE_POINTWISE: Readonly<Record<Pointwise, (x: tf.Tensor) => tf.Tensor>> = {
  gelu,
  sigmoid: (x) => tf.sigmoid(x),
  sqrt: (x) => tf.sqrt(x),
  abs: (x) => tf.abs(x),
  signedLog: tf.customGrad((x, save) => {
    // The rule of the parts is 0 at 0, where massless momenta are.
    (save as tf.GradSaveFunc)([x as tf.Tensor]);
    const value = tf.mul(tf.sign(x as tf.Tensor), tf.log1p(tf.abs(x as tf.Tensor)));
    return { value, gradFunc: (dy: tf.Tensor, [of]: tf.Tensor[]) => tf.div(dy, tf.add(1, tf.abs(of))) };
  }),
};

/** The tensors of tfjs. */
export const SINGLE: Arithmetic<tf.Tensor> = {
  shape: (x) => x.shape,
  parameter: (variable) => variable,
  constant: (values, shape) => tf.tensor(Float32Array.from(values), [...shape]),
  reshape: (x, shape) => tf.reshape(x, [...shape]),
  transpose: (x, order) => tf.transpose(x, [...order]),
  add: (a, b) => tf.add(a, b),
  subtract: (a, b) => tf.sub(a, b),
  multiply: (a, b) => tf.mul(a, b),
  divide: (a, b) => tf.div(a, b),
  scale: (x, factor) => tf.mul(x, factor),
  matMul: (a, b, transposeB = false) => tf.matMul(a, b, false, transposeB),
  sum: (x, axis, keep = false) => tf.sum(x, axis, keep),
  concat: (parts, axis) => tf.concat([...parts], axis),
  slice: (x, begin, size) => tf.slice(x, [...begin], [...size]),
  map: (x, by) => SINGLE_POINTWISE[by](x),
  softmax: (x) => tf.softmax(x),
  dense: (layer, x) => layer.call(x),
};
