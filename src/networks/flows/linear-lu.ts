import * as tf from '@tensorflow/tfjs';
import type { RandomStream } from '../../core/index.ts';
import { linear } from '../../tensors/index.ts';
import { checkSize, constantParameter, normalParameter } from '../parameter.ts';
import { Transform, type Transformed } from './transform.ts';

/**
 * z = x L U + shift, L lower triangular with ones, U upper triangular with a positive diagonal: a linear map whose determinant
 * and inverse are cheap. With a permutation before it, every invertible map up to signs.
 *
 * @see Kingma, Dhariwal, "Glow", arXiv:1807.03039
 */
export class LinearLu extends Transform {
  readonly contextWidth = 0;
  /** Below the diagonal of L; shape [dimension, dimension], like `upper`. */
  readonly lower: tf.Variable;
  /** Above the diagonal of U. */
  readonly upper: tf.Variable;
  /** Logarithm of the diagonal of U; shape [dimension], like `shift`. */
  readonly logDiagonal: tf.Variable;
  readonly shift: tf.Variable;

  /** @throws OptionError "size" */
  constructor(
    readonly dimension: number,
    random: RandomStream,
  ) {
    super();
    checkSize('dimension', dimension);
    const small = 0.01 / Math.sqrt(dimension);
    this.lower = normalParameter([dimension, dimension], small, random);
    this.upper = normalParameter([dimension, dimension], small, random);
    this.logDiagonal = constantParameter([dimension], 0);
    this.shift = constantParameter([dimension], 0);
  }

  protected override there(x: tf.Tensor): Transformed {
    const { lower, upper } = this.matrices();
    const values = linear(linear(x, lower), upper, this.shift);
    return { values, logDeterminants: this.logDeterminants(x.shape[0]!, 1) };
  }

  protected override back(z: tf.Tensor): Transformed {
    const { lower, upper } = this.matrices();
    const { dimension } = this;
    const columns = tf.split(tf.sub(z, this.shift), dimension, 1);
    // y U = z - shift from the first column on, then x L = y from the last one back.
    const y: tf.Tensor[] = [];
    for (let j = 0; j < dimension; j++) {
      const known = tf.slice(upper, [0, j], [j + 1, 1]);
      const [above, own] = [tf.slice(known, [0, 0], [j, 1]), tf.slice(known, [j, 0], [1, 1])];
      const rest = j === 0 ? columns[j] : tf.sub(columns[j], tf.matMul(tf.concat(y, 1), above));
      y.push(tf.div(rest, own));
    }
    const x: tf.Tensor[] = [];
    for (let j = dimension - 1; j >= 0; j--) {
      const below = tf.slice(lower, [j + 1, j], [dimension - 1 - j, 1]);
      x.unshift(x.length === 0 ? y[j] : tf.sub(y[j], tf.matMul(tf.concat(x, 1), below)));
    }
    return { values: tf.concat(x, 1), logDeterminants: this.logDeterminants(z.shape[0]!, -1) };
  }

  private logDeterminants(rows: number, sign: number): tf.Tensor {
    return tf.mul(tf.ones([rows]), tf.mul(tf.sum(this.logDiagonal), sign));
  }

  private matrices(): { lower: tf.Tensor; upper: tf.Tensor } {
    const { dimension } = this;
    const where = (choose: (row: number, column: number) => boolean): tf.Tensor => {
      const cells = Float32Array.from({ length: dimension ** 2 }, (_, i) =>
        choose(Math.floor(i / dimension), i % dimension) ? 1 : 0,
      );
      return tf.tensor2d(cells, [dimension, dimension]);
    };
    const diagonal = where((row, column) => row === column);
    const lower = tf.add(
      tf.mul(
        this.lower,
        where((row, column) => row > column),
      ),
      diagonal,
    );
    const above = tf.mul(
      this.upper,
      where((row, column) => row < column),
    );
    return { lower, upper: tf.add(above, tf.mul(diagonal, tf.exp(this.logDiagonal))) };
  }
}
