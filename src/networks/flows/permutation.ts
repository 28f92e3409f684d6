import * as tf from '@tensorflow/tfjs';
import { OptionError } from '../../core/index.ts';
import { inverseOrder, reorderColumns } from './columns.ts';
import { Transform, type Transformed } from './transform.ts';

/** Columns in another order, so that the next transform sees others. */
export class Permutation extends Transform {
  readonly dimension: number;
  readonly contextWidth = 0;

  /**
   * @param order column i of the result is column order[i]
   * @throws OptionError "columns"
   */
  constructor(private readonly order: readonly number[]) {
    super();
    this.dimension = order.length;
    const sorted = [...order].sort((a, b) => a - b);
    if (order.length === 0 || sorted.some((column, i) => column !== i)) {
      throw new OptionError('columns', 'order', `[${order.join(', ')}]`, 'every column once, from 0');
    }
  }

  protected override there(x: tf.Tensor): Transformed {
    return { values: reorderColumns(x, this.order), logDeterminants: tf.zeros([x.shape[0]!]) };
  }

  protected override back(z: tf.Tensor): Transformed {
    return { values: reorderColumns(z, inverseOrder(this.order)), logDeterminants: tf.zeros([z.shape[0]!]) };
  }
}
