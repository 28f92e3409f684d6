import * as tf from '@tensorflow/tfjs';
import { OptionError } from '../../core/index.ts';
import { hasKernel } from '../register-kernels.ts';
import { checkImage, columnsOf, forBothAxes, placesOfWindow } from './convolution.ts';

/** What becomes of the numbers under a window. */
export type PoolingKind = 'max' | 'mean';

/** The window of a pooling. */
export interface PoolingOptions {
  readonly kind: PoolingKind;
  readonly size: number | readonly [height: number, width: number];
  /** Steps of the window; its size without a word. */
  readonly stride?: number | readonly [y: number, x: number];
}

const REDUCE: Readonly<Record<PoolingKind, (x: tf.Tensor, axis: number) => tf.Tensor>> = {
  max: (x, axis) => tf.max(x, axis),
  mean: (x, axis) => tf.mean(x, axis),
};

/**
 * The largest number, or the mean, under each place of a window that stays inside.
 *
 * @param x shape [batch, height, width, channels]
 * @returns shape [batch, height', width', channels]
 * @throws ShapeError, OptionError "kind" | "range"
 */
export function pooling(x: tf.Tensor, { kind, size, stride = size }: PoolingOptions): tf.Tensor {
  if (!Object.hasOwn(REDUCE, kind)) {
    throw new OptionError('kind', 'kind', `"${kind}"`, `give ${Object.keys(REDUCE).join(' or ')}`);
  }
  checkImage(x);
  const [window, steps] = [forBothAxes(size), forBothAxes(stride)];
  if (hasKernel('AnsatzColumns')) {
    const columns = columnsOf(x, window, steps, 'valid');
    const [batch, height, width, rows, across, channels] = columns.shape as number[];
    return REDUCE[kind](tf.reshape(columns, [batch, height, width, rows * across, channels]), 3);
  }
  for (const axis of [0, 1]) placesOfWindow(x.shape[axis + 1]!, window[axis], steps[axis], 'valid');
  const pool = kind === 'max' ? tf.maxPool : tf.avgPool;
  return pool(x as tf.Tensor4D, [...window], [...steps], 'valid');
}
