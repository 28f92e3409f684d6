import * as tf from '@tensorflow/tfjs';
import { DataError, OptionError, RandomStream, ShapeError, Table } from '../core/index.ts';
import type { Module } from '../networks/index.ts';
import { type FitOptions, type FrontEntry, fit, type Model } from '../search/index.ts';

/** How much farther than the network's own error a formula may be from it: that error varies with the points. */
const LEEWAY = 1.5;

/** Where an input is sampled: evenly in it, or in its logarithm. */
export interface InputRange {
  readonly from: number;
  readonly to: number;
  /** `linear` without a word. */
  readonly scale?: 'linear' | 'log';
}

/** Options of `distill`. */
export interface DistillOptions<N extends Module> {
  /**
   * The function of the network that is asked for: its output, a message, a latent. Of the inputs by name, each of shape
   * [points], it makes as many values.
   */
  readonly of: (network: N, inputs: Readonly<Record<string, tf.Tensor1D>>) => tf.Tensor;
  /** The inputs by name with their ranges, or points of one's own, such as those the network was trained at. */
  readonly domain: Readonly<Record<string, InputRange>> | Table;
  /** Points drawn where ranges are given; 300 without a word. A third as many more are kept aside. */
  readonly samples?: number;
  /** Of the points, and of the search where `fit` says nothing; 1 without a word. */
  readonly seed?: number;
  /** What the formula is for; `y` without a word. */
  readonly target?: string;
  /**
   * How far the network is from what it has learned, as a standard error of its values: the root of a mean square in
   * validation. A formula that follows the network closer than that describes its faults, which are smooth and no noise:
   * the simplest formula within 1.5 times this is chosen. Without a word `fit` chooses.
   */
  readonly error?: number;
  /** What the search is told, as for `fit`. */
  readonly fit?: Omit<FitOptions, 'target' | 'inputs'>;
}

/** What a network was found to compute. */
export interface Distilled {
  /** The search's outcome, with the whole front. */
  readonly model: Model;
  /** The formula chosen: see `error` of the options. */
  readonly law: FrontEntry;
  /** What the search was given: the inputs and the network's values. */
  readonly table: Table;
  /** How well the chosen formula repeats the network at points that the search did not see. */
  readonly agreement: {
    readonly points: number;
    /** 1 - sum of squared differences / sum of squared deviations of the network's values. */
    readonly r2: number;
    /** Largest difference, in units of the spread of the network's values. */
    readonly worst: number;
  };
}

/**
 * Turns what a trained network computes into formulas: its chosen function is sampled over a domain and handed to `fit`.
 *
 * A formula is worth as much as the network is on that domain: outside of what it was trained on it describes guesses.
 *
 * @throws OptionError "range" for a domain or a count that is none; DataError "not-finite" with the point where the network
 *   gives no number; ShapeError where `of` does not give a value for each point; what `fit` throws
 * @see Cranmer et al., "Discovering symbolic models from deep learning with inductive biases", arXiv:2006.11287
 */
export async function distill<N extends Module>(network: N, options: DistillOptions<N>): Promise<Distilled> {
  const { domain, seed = 1, target = 'y', samples = 300 } = options;
  if (!(Number.isSafeInteger(samples) && samples >= 10)) {
    throw new OptionError('range', 'samples', `${samples}`, 'a whole number from 10');
  }
  const { error } = options;
  if (error !== undefined && !(error > 0 && Number.isFinite(error))) {
    throw new OptionError('range', 'error', `${error}`, 'a number above 0');
  }
  const points = domain instanceof Table ? columnsOf(domain) : drawn(domain, Math.ceil((4 * samples) / 3), seed);
  const names = Object.keys(points);
  if (names.length === 0) throw new OptionError('range', 'domain', 'no inputs', 'give a range for each by name');
  if (names.includes(target)) throw new OptionError('range', 'target', `"${target}" is an input`, 'give another name');
  const values = valuesOf(network, options.of, points);
  const rows = Array.from(values.keys());
  // Points of one's own may come in an order; every fourth is kept aside.
  const isKept = (i: number): boolean => i % 4 === 3;
  const tableOf = (chosen: readonly number[]): Table => {
    const columns = names.map((name) => [name, chosen.map((i) => points[name][i])] as const);
    return Table.from(Object.fromEntries([...columns, [target, chosen.map((i) => values[i])]]));
  };
  const table = tableOf(rows.filter((i) => !isKept(i)));
  const model = await fit(table, { seed, ...options.fit, target, inputs: names });
  const near = (law: FrontEntry): boolean => error !== undefined && distance(model, law, table) <= LEEWAY * error;
  const law = model.front.find(near) ?? model.best;
  return { model, law, table, agreement: compare(model, law, tableOf(rows.filter(isKept))) };
}

function columnsOf(table: Table): Record<string, Float64Array> {
  return Object.fromEntries(table.names.map((name) => [name, table.numbers(name)]));
}

function drawn(
  domain: Readonly<Record<string, InputRange>>,
  count: number,
  seed: number,
): Record<string, Float64Array> {
  const entries = Object.entries(domain);
  const random = new RandomStream(seed).split(1);
  const columns = entries.map(([name, { from, to, scale = 'linear' }]) => {
    const isLog = scale === 'log';
    if (!(Number.isFinite(from) && Number.isFinite(to) && from < to && (!isLog || from > 0))) {
      const mend = isLog ? 'two numbers above 0, the smaller first' : 'two numbers, the smaller first';
      throw new OptionError('range', `domain.${name}`, `${from} to ${to}`, mend);
    }
    const [low, high] = isLog ? [Math.log(from), Math.log(to)] : [from, to];
    const stream = random.split(entries.findIndex(([other]) => other === name));
    const draw = (): number => low + (high - low) * stream.uniform();
    return [name, Float64Array.from({ length: count }, () => (isLog ? Math.exp(draw()) : draw()))] as const;
  });
  return Object.fromEntries(columns);
}

function valuesOf<N extends Module>(
  network: N,
  of: DistillOptions<N>['of'],
  points: Readonly<Record<string, Float64Array>>,
): Float64Array {
  const count = Object.values(points)[0]?.length ?? 0;
  const wasTraining = network.training;
  network.train(false);
  try {
    const found = tf.tidy(() => {
      const inputs = Object.entries(points).map(([name, x]) => [name, tf.tensor1d(Float32Array.from(x))]);
      const result = of(network, Object.fromEntries(inputs));
      if (result.size !== count) throw new ShapeError('of', `${count} values`, `[${result.shape.join(', ')}]`);
      return result.dataSync() as Float32Array;
    });
    const bad = found.findIndex((value) => !Number.isFinite(value));
    if (bad >= 0) {
      const place = Object.entries(points).map(([name, x]) => `${name} = ${x[bad]}`);
      throw new DataError('not-finite', `the network gives ${found[bad]} at ${place.join(', ')}`, 'narrow the domain');
    }
    return Float64Array.from(found);
  } finally {
    network.train(wasTraining);
  }
}

/** Root of the mean square of the differences of a formula from the target. */
function distance(model: Model, law: FrontEntry, table: Table): number {
  const y = table.numbers(model.target);
  const predicted = model.predict(table, law);
  return Math.sqrt(y.reduce((sum, value, i) => sum + (predicted[i] - value) ** 2, 0) / y.length);
}

function compare(model: Model, law: FrontEntry, kept: Table): Distilled['agreement'] {
  const y = kept.numbers(model.target);
  const mean = y.reduce((sum, value) => sum + value, 0) / y.length;
  const predicted = model.predict(kept, law);
  let [residual, spread, worst] = [0, 0, 0];
  y.forEach((value, i) => {
    const difference = Math.abs(predicted[i] - value);
    residual += difference ** 2;
    spread += (value - mean) ** 2;
    worst = Math.max(worst, difference);
  });
  return { points: y.length, r2: 1 - residual / spread, worst: worst / Math.sqrt(spread / y.length) };
}
