import * as tf from '@tensorflow/tfjs';
import { DataError, ShapeError } from '../../core/index.ts';
import { Transform, type Transformed } from './transform.ts';

/** z = (x - mean) / deviation, column by column: is not trained, and is saved with the rest. */
export class Standardization extends Transform {
  readonly dimension: number;
  readonly contextWidth = 0;
  /** Shape [dimension], like `deviation`. */
  readonly mean: tf.Variable;
  readonly deviation: tf.Variable;

  /**
   * @param deviation above 0
   * @throws ShapeError, DataError "deviation"
   */
  constructor(mean: readonly number[], deviation: readonly number[]) {
    super();
    if (mean.length !== deviation.length || mean.length === 0) {
      throw new ShapeError('deviation', `${mean.length} numbers, at least one`, `${deviation.length}`);
    }
    const bad = deviation.findIndex((value, i) => !(value > 0 && Number.isFinite(value) && Number.isFinite(mean[i])));
    if (bad >= 0) {
      const message = `column ${bad} has mean ${mean[bad]} and deviation ${deviation[bad]}`;
      throw new DataError('deviation', message, 'give finite columns that vary');
    }
    this.dimension = mean.length;
    this.mean = tf.tidy(() => tf.variable(tf.tensor1d([...mean]), false));
    this.deviation = tf.tidy(() => tf.variable(tf.tensor1d([...deviation]), false));
  }

  /**
   * That of data: mean 0 and deviation 1 afterwards.
   *
   * @param x shape [rows, dimension]
   * @throws ShapeError, DataError "deviation" for a column that does not vary
   */
  static of(x: tf.Tensor): Standardization {
    if (x.rank !== 2) throw new ShapeError('x', '[rows, dimension]', `[${x.shape.join(', ')}]`);
    const [mean, deviation] = tf.tidy(() => {
      const { mean, variance } = tf.moments(x, 0);
      return [Array.from(mean.dataSync()), Array.from(tf.sqrt(variance).dataSync())];
    });
    return new Standardization(mean, deviation);
  }

  protected override there(x: tf.Tensor): Transformed {
    return { values: tf.div(tf.sub(x, this.mean), this.deviation), logDeterminants: this.logs(x.shape[0]!, -1) };
  }

  protected override back(z: tf.Tensor): Transformed {
    return { values: tf.add(tf.mul(z, this.deviation), this.mean), logDeterminants: this.logs(z.shape[0]!, 1) };
  }

  private logs(rows: number, sign: number): tf.Tensor {
    return tf.mul(tf.ones([rows]), tf.mul(tf.sum(tf.log(this.deviation)), sign));
  }
}
