import * as tf from '@tensorflow/tfjs';
import { OptionError, ShapeError } from '../../core/index.ts';
import { type Activation, PLAIN_ACTIVATIONS } from '../activation.ts';
import { hasKernel } from '../register-kernels.ts';
import type { ColumnsAttributes } from '../wasm-kernels/columns.ts';
import { linear } from './linear.ts';
import { checkShape, shapeText } from './shape-checks.ts';

/** valid: the window stays inside; same: zeros around, so that a step of 1 keeps the length. */
export type Padding = 'valid' | 'same';

/** How a window moves. */
export interface ConvolutionOptions {
  /** Steps of the window along both axes; 1 without a word. */
  readonly stride?: number | readonly [y: number, x: number];
  /** "valid" without a word. */
  readonly padding?: Padding;
  readonly activation?: Activation;
}

/** Where a window stands along one axis. */
export interface WindowPlaces {
  /** How many places it takes. */
  readonly places: number;
  /** Zeros before the first input, and behind the last. */
  readonly before: number;
  readonly after: number;
}

/**
 * The places of a window along an axis, by the rule of TensorFlow: with "same", ceil(length / stride) of them, and where the
 * zeros are odd in number, one more of them behind.
 *
 * @throws OptionError "padding" | "range", ShapeError where the window does not fit
 * @example placesOfWindow(5, 2, 2, 'same') // { places: 3, before: 0, after: 1 }
 */
export function placesOfWindow(length: number, size: number, stride: number, padding: Padding): WindowPlaces {
  for (const [name, value] of Object.entries({ size, stride })) {
    if (Number.isSafeInteger(value) && value >= 1) continue;
    throw new OptionError('range', name, `${value}`, 'a whole number above 0');
  }
  if (padding === 'same') {
    const places = Math.ceil(length / stride);
    const zeros = Math.max(0, (places - 1) * stride + size - length);
    return { places, before: Math.floor(zeros / 2), after: Math.ceil(zeros / 2) };
  }
  if (padding !== 'valid') throw new OptionError('padding', 'padding', `"${padding}"`, 'give "valid" or "same"');
  if (length < size) throw new ShapeError('x', `${size} places at least`, `${length}`, 'or pad with "same"');
  return { places: Math.floor((length - size) / stride) + 1, before: 0, after: 0 };
}

/** The inputs under each place of a window, by the kernel: shape [batch, height, width, rows, columns, channels]. */
export function columnsOf(
  x: tf.Tensor,
  size: readonly [number, number],
  stride: readonly [number, number],
  padding: Padding,
): tf.Tensor {
  const [y, across] = [0, 1].map((i) => placesOfWindow(x.shape[i + 1]!, size[i], stride[i], padding));
  const attributes: ColumnsAttributes = {
    image: x.shape,
    size,
    stride,
    before: [y.before, across.before],
    places: [y.places, across.places],
  };
  return tf.engine().runKernel('AnsatzColumns', { x }, attributes as unknown as tf.NamedAttrMap) as tf.Tensor;
}

/** A number for each axis, from one for both. */
export function forBothAxes(value: number | readonly [number, number]): readonly [number, number] {
  return typeof value === 'number' ? [value, value] : value;
}

/**
 * activation(x * weight + bias), * the cross-correlation that networks call a convolution; one product of matrices, with
 * gradients that tfjs's WebAssembly back-end lacks.
 *
 * @param x shape [batch, height, width, inputs]
 * @param weight shape [rows, columns, inputs, outputs]
 * @param bias shape [outputs]
 * @returns shape [batch, height', width', outputs], lengths as `placesOfWindow` has them
 * @throws ShapeError, OptionError "padding" | "range"
 */
export function convolution(
  x: tf.Tensor,
  weight: tf.Tensor,
  bias?: tf.Tensor,
  { stride = 1, padding = 'valid', activation = 'linear' }: ConvolutionOptions = {},
): tf.Tensor {
  checkShape('weight', weight, ['rows', 'columns', 'inputs', 'outputs']);
  const [rows, across, inputs, outputs] = weight.shape as [number, number, number, number];
  checkShape('x', x, ['batch', 'height', 'width', inputs]);
  if (bias) checkShape('bias', bias, [outputs]);
  const steps = forBothAxes(stride);
  if (hasKernel('AnsatzColumns')) {
    const columns = columnsOf(x, [rows, across], steps, padding);
    const flat = tf.reshape(columns, [...columns.shape.slice(0, 3), rows * across * inputs]);
    return linear(flat, tf.reshape(weight, [rows * across * inputs, outputs]), bias, activation);
  }
  for (const axis of [0, 1]) placesOfWindow(x.shape[axis + 1]!, weight.shape[axis]!, steps[axis], padding);
  const product = tf.conv2d(x as tf.Tensor4D, weight as tf.Tensor4D, [...steps], padding);
  return PLAIN_ACTIVATIONS[activation](bias ? tf.add(product, bias) : product);
}

/** @throws ShapeError unless a tensor has axes for batch, height, width and channels */
export function checkImage(x: tf.Tensor): void {
  if (x.rank !== 4) throw new ShapeError('x', 'shape [batch, height, width, channels]', shapeText(x.shape));
}
