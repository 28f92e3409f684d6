import type * as tf from '@tensorflow/tfjs';
import { OptionError, type RandomStream } from '../../core/index.ts';
import { checkSize, constantParameter, uniformParameter } from '../parameter.ts';
import type { Arithmetic } from './arithmetic.ts';
import { BLADES, DUAL, GEOMETRIC_PRODUCT, GRADE_TABLE, GRADES, SIGNATURE } from './clifford.ts';
import { CovariantModule, checkInput } from './covariant-module.ts';

/** What a map of multivectors may be told. */
export interface MultivectorOptions {
  /** Whether the map also commutes with mirrors; true without a word. Else it may multiply by the pseudoscalar. */
  readonly parity?: boolean;
}

/**
 * The most general linear map of channels of multivectors that commutes with Lorentz transforms: a weight a grade and pair of
 * channels and, without mirrors, as many for the product with the pseudoscalar. Its shift is a scalar.
 *
 * @see Brehmer et al., arXiv:2305.18415; Spinner et al., "Lorentz-equivariant geometric algebra transformers for high-energy
 *   physics", arXiv:2405.14806
 */
export class MultivectorLinear extends CovariantModule {
  /** By the grade of the result: shape [5, inputs, outputs], without mirrors [5, 2 inputs, outputs]. */
  readonly weight: tf.Variable;
  /** Shape [outputs, 1]: added to the scalars. */
  readonly bias: tf.Variable;
  private readonly parity: boolean;

  /** @throws OptionError "size" */
  constructor(
    private readonly inputs: number,
    private readonly outputs: number,
    random: RandomStream,
    { parity = true }: MultivectorOptions = {},
  ) {
    super();
    checkSize('inputs', inputs);
    checkSize('outputs', outputs);
    this.parity = parity;
    const terms = parity ? inputs : 2 * inputs;
    this.weight = uniformParameter([5, terms, outputs], Math.sqrt(6 / (terms + outputs)), random);
    this.bias = constantParameter([outputs, 1], 0);
  }

  /**
   * @param x shape [batch, particles, inputs, 16]
   * @returns shape [batch, particles, outputs, 16]
   * @throws ShapeError
   */
  override apply<A>(on: Arithmetic<A>, x: A): A {
    const { inputs, outputs, parity } = this;
    checkInput(on, x, ['batch', 'particles', inputs, BLADES]);
    const [batch, n] = on.shape(x);
    const terms = parity ? inputs : 2 * inputs;
    const own = on.reshape(x, [batch * n, inputs, BLADES]);
    const all = parity ? own : on.concat([own, dual(on, own)], 1);
    // Blade by blade a product of matrices: no weight mixes two of them.
    const table = on.constant(GRADE_TABLE, [BLADES, 5]);
    const weights = on.matMul(table, on.reshape(on.parameter(this.weight), [5, terms * outputs]));
    const mapped = on.matMul(on.transpose(all, [2, 0, 1]), on.reshape(weights, [BLADES, terms, outputs]));
    const shift = on.matMul(on.parameter(this.bias), on.constant(SCALAR, [1, BLADES]));
    return on.add(on.reshape(on.transpose(mapped, [1, 2, 0]), [batch, n, outputs, BLADES]), shift);
  }
}

const SCALAR = GRADES.map((grade) => (grade === 0 ? 1 : 0));

/** The product with the pseudoscalar: [rows, channels, 16] to the same. */
function dual<A>(on: Arithmetic<A>, x: A): A {
  const [rows, channels] = on.shape(x);
  const flat = on.reshape(x, [rows * channels, BLADES]);
  return on.reshape(on.matMul(flat, on.constant(DUAL, [BLADES, BLADES])), [rows, channels, BLADES]);
}

/** The geometric product, channel by channel: both of shape [batch, particles, channels, 16]. */
export function multivectorProduct<A>(on: Arithmetic<A>, a: A, b: A): A {
  const shape = on.shape(a);
  const rows = shape.slice(0, -1).reduce((product, length) => product * length, 1);
  const pairs = on.multiply(on.reshape(a, [rows, BLADES, 1]), on.reshape(b, [rows, 1, BLADES]));
  const table = on.constant(GEOMETRIC_PRODUCT, [BLADES ** 2, BLADES]);
  return on.reshape(on.matMul(on.reshape(pairs, [rows, BLADES ** 2]), table), shape);
}

/** Products of two linear maps of the same multivectors: what makes bivectors of vectors, and invariants of both. */
export class MultivectorBilinear extends CovariantModule {
  readonly left: MultivectorLinear;
  readonly right: MultivectorLinear;

  /** @throws OptionError "size" */
  constructor(inputs: number, outputs: number, random: RandomStream, options: MultivectorOptions = {}) {
    super();
    this.left = new MultivectorLinear(inputs, outputs, random, options);
    this.right = new MultivectorLinear(inputs, outputs, random, options);
  }

  /**
   * @param x shape [batch, particles, inputs, 16]
   * @returns shape [batch, particles, outputs, 16]
   * @throws ShapeError
   */
  override apply<A>(on: Arithmetic<A>, x: A): A {
    return multivectorProduct(on, this.left.apply(on, x), this.right.apply(on, x));
  }
}

/** Multiplies each multivector by gelu of its scalar. */
export class ScalarGate extends CovariantModule {
  /**
   * @param x shape [batch, particles, channels, 16]
   * @returns the same shape
   * @throws ShapeError
   */
  override apply<A>(on: Arithmetic<A>, x: A): A {
    checkInput(on, x, ['batch', 'particles', 'channels', BLADES]);
    return on.multiply(x, on.map(scalarsOf(on, x), 'gelu'));
  }
}

/** The scalars: shape [batch, particles, channels, 1]. */
export function scalarsOf<A>(on: Arithmetic<A>, x: A): A {
  return on.slice(x, [0, 0, 0, 0], [...on.shape(x).slice(0, 3), 1]);
}

/** Keeps the divisor from 0: parallel massless momenta have no size in the inner product. */
const EPSILON = 0.01;

/**
 * Divides all channels of a particle by their size: the root of the mean over channels of the sum over grades of
 * |<x, x>_grade|. The absolute value is taken grade by grade, since the inner product has both signs.
 */
export class MultivectorNorm extends CovariantModule {
  /**
   * @param x shape [batch, particles, channels, 16]
   * @returns the same shape
   * @throws ShapeError
   */
  override apply<A>(on: Arithmetic<A>, x: A): A {
    checkInput(on, x, ['batch', 'particles', 'channels', BLADES]);
    const [batch, n, channels] = on.shape(x);
    const byGrade = GRADE_TABLE.map((one, place) => one * SIGNATURE[Math.floor(place / 5)]);
    const squares = on.reshape(on.multiply(x, x), [batch * n * channels, BLADES]);
    const sizes = on.map(on.matMul(squares, on.constant(byGrade, [BLADES, 5])), 'abs');
    const mean = on.scale(on.sum(on.reshape(sizes, [batch, n, channels * 5]), -1), 1 / channels);
    const root = on.map(on.add(mean, on.constant([EPSILON], [1])), 'sqrt');
    return on.divide(x, on.reshape(root, [batch, n, 1, 1]));
  }
}

/** Hides padding from the softmax; finite, so that an event of padding alone gives no NaN. */
const HIDDEN = -1e9;

/** Attention of the particles to each other by several heads: softmax(<q, k> / sqrt(16 channels of a head)) v. */
export class MultivectorAttention extends CovariantModule {
  readonly query: MultivectorLinear;
  readonly key: MultivectorLinear;
  readonly value: MultivectorLinear;
  readonly join: MultivectorLinear;

  /** @throws OptionError "size" | "heads" */
  constructor(
    private readonly channels: number,
    private readonly heads: number,
    random: RandomStream,
    options: MultivectorOptions = {},
  ) {
    super();
    if (!(Number.isSafeInteger(heads) && heads > 0 && channels % heads === 0)) {
      const message = `${channels} channels do not divide into ${heads} heads`;
      throw new OptionError('heads', 'heads', message, 'a divisor of the channels');
    }
    const make = (): MultivectorLinear => new MultivectorLinear(channels, channels, random, options);
    [this.query, this.key, this.value, this.join] = [make(), make(), make(), make()];
  }

  /**
   * @param x shape [batch, particles, channels, 16]
   * @returns the same shape
   * @throws ShapeError
   */
  override apply<A>(on: Arithmetic<A>, x: A, mask?: A): A {
    const { channels, heads } = this;
    checkInput(on, x, ['batch', 'particles', channels, BLADES], mask);
    const [batch, n] = on.shape(x);
    const depth = (channels / heads) * BLADES;
    const apart = (of: A): A => on.transpose(on.reshape(of, [batch, n, heads, depth]), [0, 2, 1, 3]);
    const key = on.multiply(this.key.apply(on, x), on.constant(SIGNATURE, [BLADES]));
    let scores = on.scale(on.matMul(apart(this.query.apply(on, x)), apart(key), true), 1 / Math.sqrt(depth));
    if (mask) {
      const absent = on.subtract(on.constant([1], [1]), on.reshape(mask, [batch, 1, 1, n]));
      scores = on.add(scores, on.scale(absent, HIDDEN));
    }
    const seen = on.matMul(on.softmax(scores), apart(this.value.apply(on, x)));
    return this.join.apply(on, on.reshape(on.transpose(seen, [0, 2, 1, 3]), [batch, n, channels, BLADES]));
  }
}
