import * as tf from '@tensorflow/tfjs';
import { OptionError, ShapeError } from '../../core/index.ts';

/** Tensors by the names that a loss gives its arguments. */
export type LossInputs = Readonly<Record<string, tf.Tensor>>;

/** Numbers by the names that a loss gives its settings. */
export type LossSettings = Readonly<Record<string, number>>;

/** What a loss is: an argument list, settings with defaults, and a value. */
export interface Loss {
  readonly family: 'likelihood' | 'regression' | 'divergence' | 'transport' | 'dependence' | 'physics';
  /** Argument -> axes. A name stands for one length throughout the call; a number is that length; a "?" may be left out. */
  readonly inputs: Readonly<Record<string, readonly (string | number)[]>>;
  /** Setting -> default and the least it may be; `above` where the least itself is out. */
  readonly settings?: Readonly<Record<string, Setting>>;
  /** A value an event, of shape [events], to be averaged with the weights; or a scalar. */
  compute(inputs: LossInputs, settings: LossSettings): tf.Tensor;
}

/** A number that a loss may be told. */
export interface Setting {
  readonly default: number;
  readonly least: number;
  /** Whether `least` itself is refused. */
  readonly above?: boolean;
  readonly most?: number;
  readonly whole?: boolean;
}

/**
 * Checks the arguments of a loss against its row and computes it.
 *
 * Where a loss has one value an event, the result is their mean, weighted by `weights` of shape [events] when these are given.
 *
 * @throws ShapeError that names the argument, OptionError "argument" | "setting" | "range"
 */
export function computeLoss(name: string, row: Loss, inputs: LossInputs, settings: LossSettings): tf.Scalar {
  const used = readSettings(row, settings);
  const lengths = checkInputs(name, row, inputs);
  return tf.tidy(() => {
    const value = row.compute(inputs, used);
    if (value.rank === 0) return value as tf.Scalar;
    const weights = inputs['weights'];
    if (!weights) return tf.mean(value) as tf.Scalar;
    if (weights.size !== lengths.get('events'))
      throw new ShapeError('weights', `[${value.shape}]`, `[${weights.shape}]`);
    return tf.div(tf.sum(tf.mul(weights, value)), tf.sum(weights)) as tf.Scalar;
  });
}

function readSettings(row: Loss, given: LossSettings): LossSettings {
  const known = row.settings ?? {};
  for (const name of Object.keys(given)) {
    if (Object.hasOwn(known, name)) continue;
    throw new OptionError('setting', name, 'unknown', `known: ${Object.keys(known).join(', ') || 'none'}`);
  }
  const used: Record<string, number> = {};
  for (const [name, { default: usual, least, above, most = Number.MAX_VALUE, whole }] of Object.entries(known)) {
    const value = given[name] ?? usual;
    const holds = (above ? value > least : value >= least) && value <= most && (!whole || Number.isInteger(value));
    if (!holds) {
      const range = `a ${whole ? 'whole ' : ''}number ${above ? 'above' : 'from'} ${least}`;
      throw new OptionError('range', name, `${value}`, most < Number.MAX_VALUE ? `${range} to ${most}` : range);
    }
    used[name] = value;
  }
  return used;
}

function checkInputs(loss: string, row: Loss, inputs: LossInputs): Map<string, number> {
  const lengths = new Map<string, number>();
  for (const name of Object.keys(inputs)) {
    if (Object.hasOwn(row.inputs, name) || Object.hasOwn(row.inputs, `${name}?`)) continue;
    throw new OptionError('argument', name, `unknown to "${loss}"`, `known: ${Object.keys(row.inputs).join(', ')}`);
  }
  for (const [entry, axes] of Object.entries(row.inputs)) {
    const name = entry.replace(/\?$/, '');
    const tensor = inputs[name];
    if (!tensor) {
      if (entry.endsWith('?')) continue;
      throw new OptionError('argument', name, `missing for "${loss}"`, `give a tensor of shape [${axes.join(', ')}]`);
    }
    const expected = axes.map((axis) => (typeof axis === 'number' ? axis : (lengths.get(axis) ?? axis)));
    const fits =
      tensor.rank === axes.length && expected.every((axis, i) => typeof axis === 'string' || axis === tensor.shape[i]);
    if (!fits) throw new ShapeError(name, `shape [${expected.join(', ')}]`, `[${tensor.shape.join(', ')}]`, loss);
    if (tensor.size === 0) throw new ShapeError(name, 'one value at least', 'none', loss);
    axes.forEach((axis, i) => {
      if (typeof axis === 'string') lengths.set(axis, tensor.shape[i]);
    });
  }
  return lengths;
}
