import type { RandomStream } from '../../core/index.ts';
import { Dense } from '../layers/dense.ts';
import { checkSize } from '../parameter.ts';
import type { Arithmetic } from './arithmetic.ts';
import { CovariantModule, checkInput, columns, maskOf, meanOver, products, squares } from './covariant-module.ts';
import { addSpurions, type SpurionName, spurionCount } from './spurions.ts';

/** How much of the other momenta a block adds to a momentum; small, so that many blocks do not blow them up. */
const STEP = 5e-3;

/**
 * A block of LorentzNet: particles tell each other of their momenta by products alone, and mix them by invariant weights.
 *
 * m_ij = phi_e(h_i, h_j, psi((x_i - x_j)^2), psi(x_i . x_j)), psi(z) = sgn(z) log(1 + |z|);
 * x_i <- x_i + c sum_j phi_x(m_ij) x_j; h_i <- h_i + phi_h(h_i, sum_j sigmoid(phi_m(m_ij)) m_ij).
 *
 * The momenta turn with the input, the scalars stay, and both follow a permutation of the particles.
 *
 * @see Gong et al., "An efficient Lorentz equivariant graph neural network for jet tagging", JHEP 07 (2022) 030,
 *   arXiv:2201.08187; here with gelu and without normalisation over the batch
 */
export class LorentzGroupBlock extends CovariantModule {
  readonly receiver: Dense;
  readonly sender: Dense;
  readonly distance: Dense;
  readonly product: Dense;
  readonly message: Dense;
  readonly weight: Dense;
  readonly momentum: readonly [Dense, Dense];
  readonly update: readonly [Dense, Dense];

  /**
   * @param width scalars a particle
   * @throws OptionError "size"
   */
  constructor(
    private readonly width: number,
    random: RandomStream,
  ) {
    super();
    checkSize('width', width);
    // One dense layer on (h_i, h_j, two products), in parts: what belongs to a particle is not repeated for every pair.
    this.receiver = new Dense(width, width, random);
    this.sender = new Dense(width, width, random, { bias: false });
    this.distance = new Dense(1, width, random, { bias: false });
    this.product = new Dense(1, width, random, { bias: false });
    this.message = new Dense(width, width, random, { activation: 'gelu' });
    this.weight = new Dense(width, 1, random, { activation: 'sigmoid' });
    this.momentum = [new Dense(width, width, random, { activation: 'gelu' }), new Dense(width, 1, random)];
    this.update = [new Dense(2 * width, width, random, { activation: 'gelu' }), new Dense(width, width, random)];
  }

  /**
   * @param x momenta and scalars side by side, shape [batch, particles, 4 + width]
   * @returns the same shape
   * @throws ShapeError
   */
  override apply<A>(on: Arithmetic<A>, x: A, mask?: A): A {
    const { width } = this;
    checkInput(on, x, ['batch', 'particles', 4 + width], mask);
    const [batch, n] = on.shape(x);
    const present = maskOf(on, x, mask);
    const momenta = columns(on, x, 0, 4);
    const h = columns(on, x, 4, width);
    const pairs = on.reshape(products(on, momenta), [batch, n, n, 1]);
    const own = squares(on, momenta);
    const distances = on.subtract(
      on.add(on.reshape(own, [batch, n, 1, 1]), on.reshape(own, [batch, 1, n, 1])),
      on.scale(pairs, 2),
    );
    const edges = on.add(
      on.dense(this.distance, on.map(distances, 'signedLog')),
      on.dense(this.product, on.map(pairs, 'signedLog')),
    );
    const ends = on.add(
      on.reshape(on.dense(this.receiver, h), [batch, n, 1, width]),
      on.reshape(on.dense(this.sender, h), [batch, 1, n, width]),
    );
    const first = on.map(on.add(ends, edges), 'gelu');
    const messages = on.dense(this.message, first);
    const counted = on.reshape(present, [batch, 1, n, 1]);
    const weights = on.multiply(on.dense(this.weight, messages), counted);
    const gathered = on.sum(on.multiply(weights, messages), 2);
    const shares = on.multiply(on.dense(this.momentum[1], on.dense(this.momentum[0], messages)), counted);
    const moved = on.add(momenta, on.scale(on.matMul(on.reshape(shares, [batch, n, n]), momenta), STEP));
    const change = on.dense(this.update[1], on.dense(this.update[0], on.concat([h, gathered], -1)));
    return on.concat([moved, on.add(h, change)], -1);
  }
}

/** Sizes of a network on particles. */
export interface ParticleNetworkOptions {
  /** Numbers that describe a particle beside its momentum; 0 without a word. */
  readonly scalars?: number;
  /** Width of what is passed on. */
  readonly width: number;
  readonly blocks: number;
  readonly outputs: number;
  /** Vectors that stand for what breaks the symmetry: the beams, or a time direction. None without a word. */
  readonly spurions?: readonly SpurionName[];
}

/**
 * LorentzNet: blocks of products of momenta, then the mean over the particles, then dense layers. What it says does not
 * change under Lorentz transforms, mirrors and permutations.
 *
 * @see Gong et al., arXiv:2201.08187
 */
export class LorentzNet extends CovariantModule {
  readonly embed: Dense;
  readonly blocks: readonly LorentzGroupBlock[];
  readonly decode: readonly [Dense, Dense];
  private readonly scalars: number;
  private readonly spurions: readonly SpurionName[];

  /** @throws OptionError "size" | "spurion" */
  constructor({ scalars = 0, width, blocks, outputs, spurions = [] }: ParticleNetworkOptions, random: RandomStream) {
    super();
    checkSize('blocks', blocks);
    this.scalars = scalars;
    this.spurions = spurions;
    this.embed = new Dense(1 + scalars + spurionCount(spurions), width, random);
    this.blocks = Array.from({ length: blocks }, () => new LorentzGroupBlock(width, random));
    this.decode = [new Dense(width, width, random, { activation: 'gelu' }), new Dense(width, outputs, random)];
  }

  /**
   * @param given momenta and scalars side by side, shape [batch, particles, 4 + scalars]
   * @returns shape [batch, outputs]
   * @throws ShapeError
   */
  override apply<A>(on: Arithmetic<A>, given: A, givenMask?: A): A {
    checkInput(on, given, ['batch', 'particles', 4 + this.scalars], givenMask);
    const [x, mask] = addSpurions(on, given, this.spurions, givenMask);
    const momenta = columns(on, x, 0, 4);
    const features = [on.map(squares(on, momenta), 'signedLog')];
    const rest = on.shape(x)[2] - 4;
    if (rest > 0) features.push(columns(on, x, 4, rest));
    let state = on.concat([momenta, on.dense(this.embed, on.concat(features, -1))], -1);
    for (const block of this.blocks) state = block.apply(on, state, mask);
    const present = maskOf(on, state, mask);
    const h = columns(on, state, 4, on.shape(state)[2] - 4);
    return on.dense(this.decode[1], on.dense(this.decode[0], meanOver(on, h, present)));
  }
}
