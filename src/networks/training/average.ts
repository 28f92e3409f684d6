import * as tf from '@tensorflow/tfjs';
import { OptionError } from '../../core/index.ts';

/** The exponential moving average of variables, which evaluates better than where training happens to stand. */
export class MovingAverage {
  /** The averages, by the names of the variables. */
  readonly values: ReadonlyMap<string, tf.Variable>;

  /**
   * @param decay share of the average that a step keeps, from 0 to below 1
   * @throws OptionError "range"
   */
  constructor(
    private readonly variables: ReadonlyMap<string, tf.Variable>,
    private readonly decay: number,
  ) {
    if (!(decay >= 0 && decay < 1)) throw new OptionError('range', 'average', `${decay}`, 'a number from 0 to below 1');
    const copy = (variable: tf.Variable): tf.Variable => tf.tidy(() => tf.variable(tf.add(variable, 0), false));
    this.values = new Map([...variables].map(([name, variable]) => [name, copy(variable)]));
  }

  /** After a step of training. */
  update(): void {
    tf.tidy(() => {
      for (const [name, variable] of this.variables) {
        const average = this.values.get(name)!;
        average.assign(tf.add(tf.mul(average, this.decay), tf.mul(variable, 1 - this.decay)));
      }
    });
  }

  /** Puts the averages in the place of the variables while something is done. */
  during<T>(action: () => T): T {
    return tf.tidy(() => {
      const kept = [...this.variables].map(([name, variable]): [tf.Variable, tf.Tensor] => {
        const own = tf.add(variable, 0);
        variable.assign(tf.add(this.values.get(name)!, 0));
        return [variable, own];
      });
      try {
        return action() as T & tf.TensorContainer;
      } finally {
        for (const [variable, own] of kept) variable.assign(own);
      }
    });
  }

  dispose(): void {
    tf.dispose([...this.values.values()]);
  }
}
