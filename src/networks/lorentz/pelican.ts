import type { RandomStream } from '../../core/index.ts';
import { Dense } from '../layers/dense.ts';
import { checkSize } from '../parameter.ts';
import type { Arithmetic } from './arithmetic.ts';
import { CovariantModule, checkInput, columns, countOf, maskOf, products } from './covariant-module.ts';
import type { ParticleNetworkOptions } from './lorentz-net.ts';
import { addSpurions, type SpurionName, spurionCount } from './spurions.ts';

/** What is kept of a table T_ij of pairs when particles are summed over. */
interface Aggregates<A> {
  /** Shape [batch, particles, 3 channels]: T_ii, mean over j of T_ij, mean over j of T_ji. */
  readonly ofParticles: A;
  /** Shape [batch, 2 channels]: mean over i and j of T_ij, mean over i of T_ii. */
  readonly ofEvent: A;
}

function aggregate<A>(on: Arithmetic<A>, pairs: A, present: A): Aggregates<A> {
  const [batch, n, , channels] = on.shape(pairs);
  const count = countOf(on, present);
  const diagonal = on.sum(on.multiply(pairs, identity(on, n)), 2);
  const rows = on.divide(on.sum(pairs, 2), count);
  const columnMeans = on.divide(on.sum(pairs, 1), count);
  const both = on.divide(on.sum(on.concat([rows, diagonal], -1), 1, true), count);
  return {
    ofParticles: on.concat([diagonal, rows, columnMeans], -1),
    ofEvent: on.reshape(both, [batch, 2 * channels]),
  };
}

function identity<A>(on: Arithmetic<A>, n: number): A {
  const values = Float64Array.from({ length: n * n }, (_, place) => (place % (n + 1) === 0 ? 1 : 0));
  return on.constant(values, [1, n, n, 1]);
}

/** T_ij where both particles are there, else 0. */
function masked<A>(on: Arithmetic<A>, pairs: A, present: A): A {
  const [batch, n] = on.shape(pairs);
  const both = on.multiply(on.reshape(present, [batch, n, 1, 1]), on.reshape(present, [batch, 1, n, 1]));
  return on.multiply(pairs, both);
}

/**
 * A block of PELICAN: the most general linear map of tables of pairs to such tables that follows permutations of the
 * particles, between dense layers that act on every pair.
 *
 * Its 15 maps are T_ij and T_ji; T_ii and the means over rows and columns, each put along rows, along columns or on the
 * diagonal; and the means over all pairs and over the diagonal, each put everywhere or on the diagonal. Of symmetric
 * tables, 11 of them differ, and 6 where the diagonal is 0, as products of massless momenta are.
 *
 * @see Bogatskiy, Hoffman, Miller, Offermann, "PELICAN", arXiv:2211.00454, 2307.16506; Maron et al., arXiv:1812.09902
 */
export class PelicanBlock extends CovariantModule {
  readonly message: Dense;
  /** From T_ij and T_ji. */
  readonly pairs: Dense;
  /** From the three numbers of a particle and channel, and from the two of an event and channel. */
  readonly rows: Dense;
  readonly columns: Dense;
  readonly diagonal: Dense;
  readonly everywhere: Dense;
  readonly wholeDiagonal: Dense;

  /** @throws OptionError "size" */
  constructor(
    private readonly channels: number,
    outputs: number,
    random: RandomStream,
  ) {
    super();
    checkSize('channels', channels);
    this.message = new Dense(channels, channels, random, { activation: 'gelu' });
    this.pairs = new Dense(2 * channels, outputs, random);
    [this.rows, this.columns, this.diagonal] = [3, 3, 3].map(
      (kinds) => new Dense(kinds * channels, outputs, random, { bias: false }),
    );
    [this.everywhere, this.wholeDiagonal] = [2, 2].map(
      (kinds) => new Dense(kinds * channels, outputs, random, { bias: false }),
    );
  }

  /**
   * @param x shape [batch, particles, particles, channels]
   * @returns shape [batch, particles, particles, outputs]
   * @throws ShapeError
   */
  override apply<A>(on: Arithmetic<A>, x: A, mask?: A): A {
    checkInput(on, x, ['batch', 'particles', on.shape(x)[1] ?? 'particles', this.channels], mask);
    const [batch, n] = on.shape(x);
    const present = maskOf(on, x, mask);
    const table = masked(on, on.dense(this.message, x), present);
    const { ofParticles, ofEvent } = aggregate(on, table, present);
    const along = (layer: Dense, from: A, shape: readonly number[]): A =>
      on.reshape(on.dense(layer, from), [batch, ...shape, layer.weight.shape[1]!]);
    const onDiagonal = on.multiply(
      on.add(along(this.diagonal, ofParticles, [n, 1]), along(this.wholeDiagonal, ofEvent, [1, 1])),
      identity(on, n),
    );
    const shared = on.add(
      along(this.rows, ofParticles, [n, 1]),
      on.add(along(this.columns, ofParticles, [1, n]), along(this.everywhere, ofEvent, [1, 1])),
    );
    const own = on.dense(this.pairs, on.concat([table, on.transpose(table, [0, 2, 1, 3])], -1));
    return on.map(on.add(own, on.add(shared, onDiagonal)), 'gelu');
  }
}

/**
 * PELICAN: tables of products of momenta, taken through blocks that follow permutations, then the means over all pairs and
 * over the diagonal. What it says does not change under Lorentz transforms, mirrors and permutations.
 *
 * @see arXiv:2211.00454, 2307.16506; here with sums over the blocks instead of normalisation over the batch
 */
export class PelicanNetwork extends CovariantModule {
  readonly embed: Dense;
  readonly blocks: readonly PelicanBlock[];
  readonly decode: readonly [Dense, Dense];
  private readonly scalars: number;
  private readonly spurions: readonly SpurionName[];

  /** @throws OptionError "size" | "spurion" */
  constructor({ scalars = 0, width, blocks, outputs, spurions = [] }: ParticleNetworkOptions, random: RandomStream) {
    super();
    checkSize('blocks', blocks);
    this.scalars = scalars;
    this.spurions = spurions;
    this.embed = new Dense(1 + 2 * (scalars + spurionCount(spurions)), width, random);
    this.blocks = Array.from({ length: blocks }, () => new PelicanBlock(width, width, random));
    this.decode = [new Dense(2 * width, width, random, { activation: 'gelu' }), new Dense(width, outputs, random)];
  }

  /**
   * @param given momenta and scalars side by side, shape [batch, particles, 4 + scalars]
   * @returns shape [batch, outputs]
   * @throws ShapeError
   */
  override apply<A>(on: Arithmetic<A>, given: A, givenMask?: A): A {
    checkInput(on, given, ['batch', 'particles', 4 + this.scalars], givenMask);
    const [x, mask] = addSpurions(on, given, this.spurions, givenMask);
    const [batch, n, wide] = on.shape(x);
    const present = maskOf(on, x, mask);
    const inner = on.map(products(on, columns(on, x, 0, 4)), 'signedLog');
    const features = [on.reshape(inner, [batch, n, n, 1])];
    if (wide > 4) {
      const scalars = columns(on, x, 4, wide - 4);
      const ones = on.constant(new Float64Array(n * n).fill(1), [1, n, n, 1]);
      features.push(on.multiply(on.reshape(scalars, [batch, n, 1, wide - 4]), ones));
      features.push(on.multiply(on.reshape(scalars, [batch, 1, n, wide - 4]), ones));
    }
    let table = on.dense(this.embed, on.concat(features, -1));
    // What a block makes is added to what it was given: without that, learning stands still for long.
    for (const block of this.blocks) table = on.add(table, block.apply(on, table, mask));
    const { ofEvent } = aggregate(on, masked(on, table, present), present);
    return on.dense(this.decode[1], on.dense(this.decode[0], ofEvent));
  }
}
