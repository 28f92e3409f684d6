import * as tf from '@tensorflow/tfjs';
import { OptionError, type RandomStream } from '../../core/index.ts';
import { checkSize } from '../parameter.ts';
import { inverseOrder, reorderColumns } from './columns.ts';
import { Conditioner, type ConditionerOptions } from './conditioner.ts';
import { ELEMENT_MAPS, type ElementMap, type ElementMapName, type ElementMapOptions } from './element-map.ts';
import { Transform, type Transformed } from './transform.ts';

/** What a coupling may be told. */
export interface CouplingOptions extends ConditionerOptions, ElementMapOptions {
  readonly dimension: number;
  /** Width of the context; 0 without a word. */
  readonly context?: number;
  /** What happens to a number; spline without a word. */
  readonly map?: ElementMapName;
  /** Columns that stay and steer the others; the first half without a word. */
  readonly kept?: readonly number[];
}

/**
 * Some columns stay as they are, and a network of them gives the maps of the others: as fast in one direction as in the other.
 *
 * @see Dinh, Sohl-Dickstein, Bengio, "Density estimation using Real NVP", arXiv:1605.08803; Durkan et al., arXiv:1906.04032
 */
export class Coupling extends Transform {
  readonly dimension: number;
  readonly contextWidth: number;
  readonly conditioner: Conditioner;
  /** Columns that stay. */
  readonly kept: readonly number[];
  private readonly element: ElementMap;
  private readonly order: readonly number[];

  /** @throws OptionError "size" | "columns" | "range" */
  constructor(options: CouplingOptions, random: RandomStream) {
    super();
    const { dimension, context = 0, map = 'spline' } = options;
    checkSize('dimension', dimension);
    if (context !== 0) checkSize('context', context);
    const columns = Array.from({ length: dimension }, (_, column) => column);
    const kept = options.kept ?? columns.slice(0, dimension >> 1);
    const moved = columns.filter((column) => !kept.includes(column));
    if (moved.length === 0 || moved.length + kept.length !== dimension) {
      const hint = `some of the columns 0 to ${dimension - 1}, each once, and not all`;
      throw new OptionError('columns', 'kept', `[${kept.join(', ')}]`, hint);
    }
    this.dimension = dimension;
    this.contextWidth = context;
    this.kept = kept;
    this.order = [...kept, ...moved];
    this.element = ELEMENT_MAPS[map](options);
    const seen = kept.length * this.element.seenWidth + context;
    this.conditioner = new Conditioner(seen, moved.length * this.element.parameterCount, options, random);
  }

  protected override there(x: tf.Tensor, context: tf.Tensor | undefined): Transformed {
    return this.move(x, context, false);
  }

  protected override back(z: tf.Tensor, context: tf.Tensor | undefined): Transformed {
    return this.move(z, context, true);
  }

  private move(points: tf.Tensor, context: tf.Tensor | undefined, inverse: boolean): Transformed {
    const { kept, dimension, element } = this;
    const moved = dimension - kept.length;
    const sorted = reorderColumns(points, this.order);
    const [still, rest] = kept.length === 0 ? [undefined, sorted] : tf.split(sorted, [kept.length, moved], 1);
    const seen = [still && element.see(still), this.contextWidth > 0 ? context : undefined].filter((one) => !!one);
    const raw = this.conditioner.call(seen.length > 1 ? tf.concat(seen, 1) : (seen[0] ?? points));
    const parameters = tf.reshape(raw, [points.shape[0]!, moved, element.parameterCount]);
    const { values, logDerivatives } = element.map(rest, parameters, inverse);
    const together = still ? tf.concat([still, values], 1) : values;
    return {
      values: reorderColumns(together, inverseOrder(this.order)),
      logDeterminants: tf.sum(logDerivatives, 1),
    };
  }
}
