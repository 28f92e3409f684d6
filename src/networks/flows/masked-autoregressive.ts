import * as tf from '@tensorflow/tfjs';
import { OptionError, type RandomStream } from '../../core/index.ts';
import { type Activation, linear } from '../../tensors/index.ts';
import { Module } from '../module.ts';
import { checkSize, constantParameter, uniformParameter } from '../parameter.ts';
import { inverseOrder, reorderColumns } from './columns.ts';
import { type ConditionerOptions, FIRST_SHARE } from './conditioner.ts';
import { ELEMENT_MAPS, type ElementMap, type ElementMapName, type ElementMapOptions } from './element-map.ts';
import { Transform, type Transformed } from './transform.ts';

/** What an autoregressive transform may be told. */
export interface AutoregressiveOptions extends ConditionerOptions, ElementMapOptions {
  readonly dimension: number;
  /** Width of the context; 0 without a word. */
  readonly context?: number;
  /** What happens to a number; affine without a word. */
  readonly map?: ElementMapName;
  /** The columns from the first, which depends on none, to the last; 0, 1, ... without a word. */
  readonly order?: readonly number[];
}

/** A dense layer in which an output sees only inputs of lower rank, or of the same where `same` says so. */
class MaskedDense extends Module {
  readonly weight: tf.Variable;
  readonly bias: tf.Variable;
  private readonly mask: Float32Array;

  constructor(
    from: readonly number[],
    to: readonly number[],
    same: boolean,
    private readonly activation: Activation,
    share: number,
    random: RandomStream,
  ) {
    super();
    const bound = share * Math.sqrt(6 / (from.length + to.length));
    this.weight = uniformParameter([from.length, to.length], bound, random);
    this.bias = constantParameter([to.length], 0);
    this.mask = Float32Array.from(
      from.flatMap((low) => to.map((high) => (low < high || (same && low === high) ? 1 : 0))),
    );
  }

  override call(x: tf.Tensor): tf.Tensor {
    const mask = tf.tensor(this.mask, this.weight.shape);
    return linear(x, tf.mul(this.weight, mask), this.bias, this.activation);
  }
}

/**
 * Each column is mapped by parameters that depend on the columns before it, all at once by one masked network: one pass from
 * data to latent space, and a pass for each column back.
 *
 * @see Papamakarios, Pavlakou, Murray, "Masked autoregressive flow", arXiv:1705.07057; Germain et al., arXiv:1502.03509, for
 *   the masks
 */
export class MaskedAutoregressive extends Transform {
  readonly dimension: number;
  readonly contextWidth: number;
  readonly layers: readonly MaskedDense[];
  private readonly element: ElementMap;
  private readonly order: readonly number[];

  /** @throws OptionError "size" | "columns" | "range" */
  constructor(options: AutoregressiveOptions, random: RandomStream) {
    super();
    const { dimension, context = 0, map = 'affine', hidden = [64, 64], activation = 'relu' } = options;
    checkSize('dimension', dimension);
    if (context !== 0) checkSize('context', context);
    for (const width of hidden) checkSize('hidden', width);
    const columns = Array.from({ length: dimension }, (_, column) => column);
    const order = options.order ?? columns;
    if (!columns.every((column) => order.includes(column)) || order.length !== dimension) {
      throw new OptionError('columns', 'order', `[${order.join(', ')}]`, `0 to ${dimension - 1}, each once`);
    }
    this.dimension = dimension;
    this.contextWidth = context;
    this.order = order;
    this.element = ELEMENT_MAPS[map](options);
    const { seenWidth, parameterCount } = this.element;
    // Ranks: of a column its place, of the context one below all; outputs see strictly lower ranks.
    const inputs = [...Array.from({ length: seenWidth }, () => columns).flat(), ...Array<number>(context).fill(-1)];
    const ranks = [inputs, ...hidden.map((width) => spread(width, dimension, context > 0))];
    const outputs = columns.flatMap((column) => Array<number>(parameterCount).fill(column));
    const inner = hidden.map((_, i) => new MaskedDense(ranks[i], ranks[i + 1], true, activation, 1, random));
    this.layers = [...inner, new MaskedDense(ranks.at(-1)!, outputs, false, 'linear', FIRST_SHARE, random)];
  }

  protected override there(x: tf.Tensor, context: tf.Tensor | undefined): Transformed {
    const sorted = reorderColumns(x, this.order);
    const { values, logDerivatives } = this.element.map(sorted, this.parametersAt(sorted, context), false);
    return {
      values: reorderColumns(values, inverseOrder(this.order)),
      logDeterminants: tf.sum(logDerivatives, 1),
    };
  }

  protected override back(z: tf.Tensor, context: tf.Tensor | undefined): Transformed {
    const { dimension, element } = this;
    const rows = z.shape[0]!;
    const columns = tf.split(reorderColumns(z, this.order), dimension, 1);
    const found: tf.Tensor[] = [];
    const logs: tf.Tensor[] = [];
    for (const [i, column] of columns.entries()) {
      // What is not known yet is not looked at.
      const known = tf.concat([...found, tf.zeros([rows, dimension - i])], 1);
      const parameters = tf.slice(this.parametersAt(known, context), [0, i, 0], [rows, 1, element.parameterCount]);
      const { values, logDerivatives } = element.map(column, parameters, true);
      found.push(values);
      logs.push(logDerivatives);
    }
    return {
      values: reorderColumns(tf.concat(found, 1), inverseOrder(this.order)),
      logDeterminants: tf.sum(tf.concat(logs, 1), 1),
    };
  }

  private parametersAt(sorted: tf.Tensor, context: tf.Tensor | undefined): tf.Tensor {
    const { dimension, element } = this;
    const seen = element.see(sorted);
    const start = this.contextWidth > 0 ? tf.concat([seen, context!], 1) : seen;
    const raw = this.layers.reduce((value, layer) => layer.call(value), start);
    return tf.reshape(raw, [sorted.shape[0]!, dimension, element.parameterCount]);
  }
}

/** Ranks of hidden units, evenly from the lowest that sees something to the highest that something sees. */
function spread(width: number, dimension: number, withContext: boolean): number[] {
  const lowest = withContext ? -1 : 0;
  const count = dimension - 1 - lowest;
  return Array.from({ length: width }, (_, unit) => (count > 0 ? lowest + (unit % count) : lowest));
}
