import type * as tf from '@tensorflow/tfjs';
import { type KernelCall, type KernelRow, output } from './kernel-row.ts';

/** How a window moves over an image. */
export interface ColumnsAttributes {
  /** [batch, height, width, channels] */
  readonly image: readonly number[];
  readonly size: readonly [height: number, width: number];
  readonly stride: readonly [y: number, x: number];
  /** Zeros above and to the left. */
  readonly before: readonly [top: number, left: number];
  readonly places: readonly [height: number, width: number];
}

/** The inputs under each place of a window, shape [batch, ...places, ...size, channels]; and back. */
function columns(back: boolean): (call: KernelCall) => tf.TensorInfo {
  return (call) => {
    const { kernels, inputs, attrs } = call;
    const { image, size, stride, before, places } = attrs as unknown as ColumnsAttributes;
    const [batch, height, width, channels] = image;
    const given = inputs[back ? 'dy' : 'x'];
    const out = output(call, back ? image : [batch, ...places, ...size, channels]);
    const [from, to] = [given, out].map(kernels.at);
    kernels.exports.windowColumns(
      back,
      batch,
      height,
      width,
      channels,
      ...size,
      ...stride,
      ...before,
      ...places,
      back ? to : from,
      back ? from : to,
    );
    return out;
  };
}

/** Windows on images, for convolutions and pooling. */
export const COLUMNS: readonly KernelRow[] = [
  { name: 'AnsatzColumns', run: columns(false) },
  { name: 'AnsatzColumnsGradient', run: columns(true) },
];
