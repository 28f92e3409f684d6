import type * as tf from '@tensorflow/tfjs';
import { ShapeError } from '../../core/index.ts';
import { Module } from '../module.ts';
import { type Arithmetic, SINGLE } from './arithmetic.ts';
import { DOUBLE, type DoubleArray } from './double.ts';

/**
 * A network or a part of one that respects a symmetry. Its formula is written once, in operations that are computed in single
 * precision, to train, or in double precision, to check what the formula claims without the rounding of the former.
 */
export abstract class CovariantModule extends Module {
  /** The formula. */
  abstract apply<A>(on: Arithmetic<A>, x: A, mask?: A): A;

  /**
   * @param mask shape [batch, particles]: 1 for a particle, 0 for padding, which then counts nowhere
   * @throws ShapeError
   */
  override call(x: tf.Tensor, mask?: tf.Tensor): tf.Tensor {
    return this.apply(SINGLE, x, mask);
  }
}

/**
 * What a network makes of its input, in double precision: the same formula and parameters as `call`. By plain loops, and
 * without gradients: a reference, not a way to train.
 *
 * @param values of x, row by row
 * @param shape of x
 * @param mask shape [batch, particles], 1 or 0
 * @throws ShapeError
 */
export function evaluateInDouble(
  network: CovariantModule,
  values: Float64Array,
  shape: readonly number[],
  mask?: Float64Array,
): DoubleArray {
  const size = shape.reduce((product, length) => product * length, 1);
  if (values.length !== size) throw new ShapeError('values', `${size} numbers`, `${values.length}`);
  const [batch, particles] = shape;
  if (mask && mask.length !== batch * particles) {
    throw new ShapeError('mask', `${batch * particles} numbers`, `${mask.length}`);
  }
  return network.apply(DOUBLE, { shape, values }, mask && { shape: [batch, particles], values: mask });
}

/** @throws ShapeError unless x has these axes, of which names stand for any length, and the mask those of its first two */
export function checkInput<A>(on: Arithmetic<A>, x: A, expected: readonly (number | string)[], mask?: A): void {
  const shape = on.shape(x);
  const fits =
    shape.length === expected.length && expected.every((one, i) => typeof one === 'string' || one === shape[i]);
  if (!fits) throw new ShapeError('x', `shape [${expected.join(', ')}]`, `[${shape.join(', ')}]`);
  if (mask === undefined) return;
  const own = on.shape(mask);
  if (own.length === 2 && own[0] === shape[0] && own[1] === shape[1]) return;
  throw new ShapeError('mask', `shape [${shape[0]}, ${shape[1]}]`, `[${own.join(', ')}]`, '[batch, particles]');
}

/** The mask as numbers of shape [batch, particles, 1], ones where none is given. */
export function maskOf<A>(on: Arithmetic<A>, x: A, mask?: A): A {
  const [batch, particles] = on.shape(x);
  if (mask) return on.reshape(mask, [batch, particles, 1]);
  return on.constant(new Float64Array(batch * particles).fill(1), [batch, particles, 1]);
}

/** How many particles each event has, shape [batch, 1, 1]; a little above 0 where there is none, so that a mean of none is 0. */
export function countOf<A>(on: Arithmetic<A>, present: A): A {
  return on.add(on.sum(present, 1, true), on.constant([1e-9], [1]));
}

/** The mean over the particles that are there: [batch, particles, width] to [batch, width]. */
export function meanOver<A>(on: Arithmetic<A>, x: A, present: A): A {
  const [batch, , width] = on.shape(x);
  const mean = on.divide(on.sum(on.multiply(x, present), 1, true), countOf(on, present));
  return on.reshape(mean, [batch, width]);
}

/** Minkowski products of every two particles: [batch, particles, 4] to [batch, particles, particles]. */
export function products<A>(on: Arithmetic<A>, momenta: A): A {
  return on.matMul(on.multiply(momenta, on.constant([1, -1, -1, -1], [4])), momenta, true);
}

/** Minkowski squares: [batch, particles, 4] to [batch, particles, 1]. */
export function squares<A>(on: Arithmetic<A>, momenta: A): A {
  return on.sum(on.multiply(on.multiply(momenta, momenta), on.constant([1, -1, -1, -1], [4])), -1, true);
}

/** Columns of the last of three axes: the momenta, and what stands beside them where there is something. */
export function columns<A>(on: Arithmetic<A>, x: A, from: number, count: number): A {
  const [batch, particles] = on.shape(x);
  return on.slice(x, [0, 0, from], [batch, particles, count]);
}
