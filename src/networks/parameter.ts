import * as tf from '@tensorflow/tfjs';
import { OptionError, type RandomStream } from '../core/index.ts';

/** A parameter drawn uniformly from [-bound, bound). */
export function uniformParameter(shape: readonly number[], bound: number, random: RandomStream): tf.Variable {
  const size = shape.reduce((product, length) => product * length, 1);
  const values = Float32Array.from({ length: size }, () => bound * (2 * random.uniform() - 1));
  return tf.tidy(() => tf.variable(tf.tensor(values, [...shape])));
}

/** A parameter drawn from a normal distribution around 0. */
export function normalParameter(shape: readonly number[], deviation: number, random: RandomStream): tf.Variable {
  const size = shape.reduce((product, length) => product * length, 1);
  const values = Float32Array.from({ length: size }, () => deviation * random.normal());
  return tf.tidy(() => tf.variable(tf.tensor(values, [...shape])));
}

/** A parameter that begins as one number everywhere. */
export function constantParameter(shape: readonly number[], value: number): tf.Variable {
  return tf.tidy(() => tf.variable(tf.fill([...shape], value)));
}

/** @throws OptionError "size" unless a size is a whole number above 0 */
export function checkSize(name: string, size: number): void {
  if (!Number.isSafeInteger(size) || size < 1) {
    throw new OptionError('size', name, `${size} is not a size`, 'a whole number above 0');
  }
}
