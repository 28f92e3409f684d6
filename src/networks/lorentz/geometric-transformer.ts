import type { RandomStream } from '../../core/index.ts';
import { Dense } from '../layers/dense.ts';
import { checkSize } from '../parameter.ts';
import type { Arithmetic } from './arithmetic.ts';
import { BLADES, GRADES } from './clifford.ts';
import { CovariantModule, checkInput, columns, maskOf, meanOver } from './covariant-module.ts';
import type { ParticleNetworkOptions } from './lorentz-net.ts';
import {
  MultivectorAttention,
  MultivectorBilinear,
  MultivectorLinear,
  MultivectorNorm,
  type MultivectorOptions,
  ScalarGate,
  scalarsOf,
} from './multivector-layers.ts';
import { addSpurions, type SpurionName, spurionCount } from './spurions.ts';

/**
 * A block of a geometric algebra transformer: x + attention(norm(x)), then that + products, gate and a linear map of its norm.
 *
 * @see Spinner et al., arXiv:2405.14806
 */
export class GeometricTransformerBlock extends CovariantModule {
  readonly attention: MultivectorAttention;
  readonly bilinear: MultivectorBilinear;
  readonly back: MultivectorLinear;
  private readonly norm = new MultivectorNorm();
  private readonly gate = new ScalarGate();

  /** @throws OptionError "size" | "heads" */
  constructor(channels: number, heads: number, random: RandomStream, options: MultivectorOptions = {}) {
    super();
    this.attention = new MultivectorAttention(channels, heads, random, options);
    this.bilinear = new MultivectorBilinear(channels, channels, random, options);
    this.back = new MultivectorLinear(channels, channels, random, options);
  }

  /**
   * @param x shape [batch, particles, channels, 16]
   * @returns the same shape
   * @throws ShapeError
   */
  override apply<A>(on: Arithmetic<A>, x: A, mask?: A): A {
    const seen = on.add(x, this.attention.apply(on, this.norm.apply(on, x), mask));
    const multiplied = this.bilinear.apply(on, this.norm.apply(on, seen));
    return on.add(seen, this.back.apply(on, this.gate.apply(on, multiplied)));
  }
}

/** Sizes of a geometric algebra transformer: its width counts channels of multivectors. */
export interface GeometricTransformerOptions extends ParticleNetworkOptions, MultivectorOptions {
  /** 1 without a word. */
  readonly heads?: number;
}

/**
 * A transformer on particles as multivectors: momenta are vectors, all else scalars. At the end the scalars are averaged over
 * the particles and go through dense layers.
 *
 * What it says does not change under Lorentz transforms that keep the direction of time, nor under permutations, nor, with
 * `parity`, under mirrors. Momenta should come in units that make them about 1.
 *
 * @see Spinner et al., arXiv:2405.14806; scalars are channels like the others here
 */
export class GeometricTransformer extends CovariantModule {
  readonly embed: MultivectorLinear;
  readonly blocks: readonly GeometricTransformerBlock[];
  readonly decode: readonly [Dense, Dense];
  private readonly norm = new MultivectorNorm();
  private readonly scalars: number;
  private readonly spurions: readonly SpurionName[];

  /** @throws OptionError "size" | "heads" | "spurion" */
  constructor(options: GeometricTransformerOptions, random: RandomStream) {
    super();
    const { scalars = 0, width, blocks, outputs, spurions = [], heads = 1 } = options;
    checkSize('blocks', blocks);
    this.scalars = scalars;
    this.spurions = spurions;
    this.embed = new MultivectorLinear(1 + scalars + spurionCount(spurions), width, random, options);
    this.blocks = Array.from({ length: blocks }, () => new GeometricTransformerBlock(width, heads, random, options));
    this.decode = [new Dense(width, 2 * width, random, { activation: 'gelu' }), new Dense(2 * width, outputs, random)];
  }

  /**
   * @param given momenta and scalars side by side, shape [batch, particles, 4 + scalars]
   * @returns shape [batch, outputs]
   * @throws ShapeError
   */
  override apply<A>(on: Arithmetic<A>, given: A, givenMask?: A): A {
    checkInput(on, given, ['batch', 'particles', 4 + this.scalars], givenMask);
    const [x, mask] = addSpurions(on, given, this.spurions, givenMask);
    let state = this.embed.apply(on, multivectorsOf(on, x));
    for (const block of this.blocks) state = block.apply(on, state, mask);
    const [batch, n, channels] = on.shape(state);
    const invariants = on.reshape(scalarsOf(on, this.norm.apply(on, state)), [batch, n, channels]);
    const present = maskOf(on, invariants, mask);
    return on.dense(this.decode[1], on.dense(this.decode[0], meanOver(on, invariants, present)));
  }
}

/** [batch, particles, 4 + scalars] as multivectors of shape [batch, particles, 1 + scalars, 16]. */
function multivectorsOf<A>(on: Arithmetic<A>, x: A): A {
  const [batch, n, wide] = on.shape(x);
  const vector = Float64Array.from({ length: 4 * BLADES }, (_, place) =>
    place % BLADES === 1 + Math.floor(place / BLADES) ? 1 : 0,
  );
  const momenta = on.matMul(on.reshape(columns(on, x, 0, 4), [batch * n, 4]), on.constant(vector, [4, BLADES]));
  const first = on.reshape(momenta, [batch, n, 1, BLADES]);
  if (wide === 4) return first;
  const scalar = on.constant(
    GRADES.map((grade) => (grade === 0 ? 1 : 0)),
    [BLADES],
  );
  const others = on.multiply(on.reshape(columns(on, x, 4, wide - 4), [batch, n, wide - 4, 1]), scalar);
  return on.concat([first, others], 2);
}
