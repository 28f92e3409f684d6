import * as tf from '@tensorflow/tfjs';
import { OptionError, type RandomStream, ShapeError } from '../../core/index.ts';
import { type Activation, convolution, type Padding } from '../../tensors/index.ts';
import { Module } from '../module.ts';
import { checkSize, constantParameter, uniformParameter } from '../parameter.ts';

/** What a convolution may be told; `Size` is a number, or for images also two of them, down and across. */
export interface ConvolutionLayerOptions<Size = number | readonly [number, number]> {
  /** Channels that come in. */
  readonly inputs: number;
  /** Channels that go out. */
  readonly outputs: number;
  /** Length of the window. */
  readonly size: Size;
  /** Steps of the window; 1 without a word. */
  readonly stride?: Size;
  /** "valid", where the window stays inside, without a word; "same" pads with zeros. */
  readonly padding?: Padding;
  readonly activation?: Activation;
  /** Whether there is a bias; true without a word. */
  readonly bias?: boolean;
}

type Both = readonly [number, number];

/** What convolutions share: a window of weights, drawn after Glorot and Bengio, that moves. */
abstract class Convolution extends Module {
  /** Shape [...size, inputs, outputs]. */
  readonly weight: tf.Variable;
  /** Shape [outputs]. */
  readonly bias: tf.Variable | undefined;
  readonly activation: Activation;
  readonly padding: Padding;

  protected constructor(
    options: Omit<ConvolutionLayerOptions, 'size' | 'stride'>,
    readonly size: readonly number[],
    readonly stride: readonly number[],
    random: RandomStream,
  ) {
    super();
    const { inputs, outputs, padding = 'valid', activation = 'linear', bias = true } = options;
    for (const [name, value] of Object.entries({ inputs, outputs })) checkSize(name, value);
    for (const length of size) checkSize('size', length);
    for (const length of stride) checkSize('stride', length);
    if (padding !== 'valid' && padding !== 'same') {
      throw new OptionError('padding', 'padding', `"${String(padding)}"`, 'give "valid" or "same"');
    }
    const area = size.reduce((product, length) => product * length, 1);
    const bound = Math.sqrt(6 / (area * (inputs + outputs)));
    this.weight = uniformParameter([...size, inputs, outputs], bound, random);
    this.bias = bias ? constantParameter([outputs], 0) : undefined;
    this.activation = activation;
    this.padding = padding;
  }

  /** @param x shape [batch, height, width, inputs]; `weight` with both axes of the window */
  protected slide(x: tf.Tensor, weight: tf.Tensor, stride: Both): tf.Tensor {
    const { padding, activation } = this;
    return convolution(x, weight, this.bias, { stride, padding, activation });
  }
}

/** A convolution of sequences: the same dense layer on every window of steps. */
export class Conv1d extends Convolution {
  /** @throws OptionError "size" | "padding" */
  constructor(options: ConvolutionLayerOptions<number>, random: RandomStream) {
    super(options, [options.size], [options.stride ?? 1], random);
  }

  /**
   * @param x shape [batch, steps, inputs]
   * @returns shape [batch, steps', outputs]; ceil(steps / stride) of them for "same", for "valid" as many as fit
   * @throws ShapeError
   */
  override call(x: tf.Tensor): tf.Tensor {
    const [size, inputs, outputs] = this.weight.shape as [number, number, number];
    if (x.rank !== 3 || x.shape[2] !== inputs) {
      throw new ShapeError('x', `[batch, steps, ${inputs}]`, `[${x.shape.join(', ')}]`);
    }
    const row = this.slide(tf.expandDims(x, 1), tf.reshape(this.weight, [1, size, inputs, outputs]), [
      1,
      this.stride[0],
    ]);
    return tf.squeeze(row, [1]);
  }
}

/** A convolution of images, with the channels last. */
export class Conv2d extends Convolution {
  /** @throws OptionError "size" | "padding" */
  constructor(options: ConvolutionLayerOptions, random: RandomStream) {
    super(options, both(options.size), both(options.stride ?? 1), random);
  }

  /**
   * @param x shape [batch, height, width, inputs]
   * @returns shape [batch, height', width', outputs], lengths as in `Conv1d`
   * @throws ShapeError
   */
  override call(x: tf.Tensor): tf.Tensor {
    return this.slide(x, this.weight, this.stride as Both);
  }
}

/** A number for each axis of an image, from one for both. */
export function both(value: number | Both): Both {
  return typeof value === 'number' ? [value, value] : value;
}
