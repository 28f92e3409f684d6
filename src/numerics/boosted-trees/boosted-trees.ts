import { OptionError, type RandomStream, ShapeError } from '../../core/index.ts';
import { type BinnedColumns, binsOf, edgesOf } from './bins.ts';
import { growTree, type Tree, treeValue } from './grow-tree.ts';
import { BOOSTING_LOSSES, type BoostingLossName } from './losses.ts';
import { readRecord } from './read-record.ts';

/** Options of `fitBoostedTrees`, with their ranges. */
export interface BoostedTreesOptions {
  /** squared: a number; logistic: a class, target 0 or 1. squared by default. */
  readonly loss?: BoostingLossName;
  /** Trees at most, 1 or more; 300 by default. */
  readonly rounds?: number;
  /** Step of a tree, above 0 up to 1; .1 by default. */
  readonly learningRate?: number;
  /** 1 .. 16; 6 by default. */
  readonly maxDepth?: number;
  /** Rows of a leaf, 1 or more; 10 by default. */
  readonly minRows?: number;
  /** 0 or more; 1 by default. */
  readonly l2?: number;
  /** Share of the rows a tree sees, above 0 up to 1; 1 by default. */
  readonly rowShare?: number;
  /** Share of the columns a tree sees; 1 by default. */
  readonly columnShare?: number;
  /** Positive weights of rows, shape [rows]. */
  readonly weights?: Float64Array;
  /** Rows that decide when to stop: trees after the best round are dropped. */
  readonly validation?: { readonly columns: readonly Float64Array[]; readonly target: Float64Array };
  /** Rounds without a better validation loss before the end; 20 by default. */
  readonly patience?: number;
}

const DEFAULTS = {
  loss: 'squared',
  rounds: 300,
  learningRate: 0.1,
  maxDepth: 6,
  minRows: 10,
  l2: 1,
  rowShare: 1,
  columnShare: 1,
  patience: 20,
} as const;

/** Values of a column that are told apart. */
const MOST_BINS = 255;

type Settings = Required<Omit<BoostedTreesOptions, 'weights' | 'validation'>>;

/** Trees as they are saved. */
export interface BoostedTreesRecord {
  readonly loss: BoostingLossName;
  readonly columns: number;
  readonly start: number;
  readonly trees: readonly Tree[];
  readonly gains: readonly number[];
}

/**
 * Gradient-boosted trees: a sum of small trees, each a step down the loss of those before. `JSON.stringify` saves them,
 * `BoostedTrees.fromJSON` brings them back.
 */
export class BoostedTrees {
  /** @param record what `toJSON` gave; not checked, see `fromJSON` */
  constructor(private readonly record: BoostedTreesRecord) {}

  /**
   * Trees that were saved.
   *
   * @param saved what `JSON.parse` made of the text
   * @throws FormatError "boosted-trees" that says what is wrong
   */
  static fromJSON(saved: unknown): BoostedTrees {
    return new BoostedTrees(readRecord(saved));
  }

  /** Number of trees. */
  get size(): number {
    return this.record.trees.length;
  }

  /** The share of the loss that splits on each column took away; shape [columns], sum 1, or all 0. */
  get importances(): Float64Array {
    const gains = Float64Array.from(this.record.gains);
    const total = gains.reduce((sum, gain) => sum + gain, 0);
    return total > 0 ? gains.map((gain) => gain / total) : gains;
  }

  /**
   * Sums of leaves: the predicted number, or the logarithm of the odds of class 1.
   *
   * @param columns shape [columns][rows], finite
   * @throws ShapeError for another number of columns, or of unequal length; OptionError "not-finite"
   */
  scores(columns: readonly Float64Array[]): Float64Array {
    checkColumns(columns, this.record.columns);
    checkFinite(columns.map((column, i) => [`column ${i + 1}`, column]));
    const { trees, start } = this.record;
    const out = new Float64Array(columns[0].length).fill(start);
    for (const tree of trees) for (let row = 0; row < out.length; row++) out[row] += treeValue(tree, columns, row);
    return out;
  }

  /**
   * The predicted number, or the probability of class 1.
   *
   * @param columns shape [columns][rows], finite
   * @throws ShapeError, OptionError "not-finite"
   */
  predict(columns: readonly Float64Array[]): Float64Array {
    return this.scores(columns).map(BOOSTING_LOSSES[this.record.loss].prediction);
  }

  /** All that the predictions rest on, as plain data. */
  toJSON(): BoostedTreesRecord {
    return this.record;
  }
}

/**
 * Fits gradient-boosted trees by histograms; the same random stream gives the same trees.
 *
 * @param columns shape [columns][rows], finite
 * @param target shape [rows], finite; 0 or 1 for the logistic loss
 * @param random for the shares of rows and columns
 * @throws ShapeError, OptionError "not-finite" | "range" | "class"
 * @see Friedman, Annals of Statistics 29 (2001) 1189
 * @example
 * const x = Float64Array.of(1, 2, 3, 4);
 * const model = fitBoostedTrees([x], Float64Array.of(0, 0, 6, 6), new RandomStream(1), { rounds: 200, minRows: 1, l2: 0 });
 * Array.from(model.predict([Float64Array.of(1.5, 3.5)]), Math.round) // [0, 6]
 */
export function fitBoostedTrees(
  columns: readonly Float64Array[],
  target: Float64Array,
  random: RandomStream,
  options: BoostedTreesOptions = {},
): BoostedTrees {
  const settings: Settings = { ...DEFAULTS, ...withoutUndefined(options) };
  checkOptions(settings);
  checkColumns(columns, columns.length);
  checkData(columns, target, settings.loss, options.weights);
  const { validation } = options;
  if (validation) {
    checkColumns(validation.columns, columns.length);
    checkData(validation.columns, validation.target, settings.loss);
  }
  const loss = BOOSTING_LOSSES[settings.loss];
  const rows = target.length;
  const weights = options.weights ?? new Float64Array(rows).fill(1);
  const edges = columns.map((column) => edgesOf(column, MOST_BINS));
  const binned: BinnedColumns = { edges, bins: columns.map((column, i) => binsOf(column, edges[i])) };
  const start = loss.start(target, weights);
  const scores = new Float64Array(rows).fill(start);
  const heldBack = validation && new Float64Array(validation.target.length).fill(start);
  const [gradients, curvatures] = [new Float64Array(rows), new Float64Array(rows)];
  const trees: Tree[] = [];
  const gains: Float64Array[] = [];
  let best = { loss: Infinity, trees: 0 };
  for (let round = 0; round < settings.rounds; round++) {
    loss.derivatives(scores, target, weights, gradients, curvatures);
    const stream = random.split(round);
    const seen = shareOf(rows, settings.rowShare, stream);
    const usable = Array.from(shareOf(columns.length, settings.columnShare, stream));
    const gain = new Float64Array(columns.length);
    const tree = growTree(binned, gradients, curvatures, seen, usable, settings, gain);
    trees.push(tree);
    gains.push(gain);
    for (let row = 0; row < rows; row++) scores[row] += treeValue(tree, columns, row);
    if (!validation || !heldBack) continue;
    for (let row = 0; row < heldBack.length; row++) heldBack[row] += treeValue(tree, validation.columns, row);
    const now = loss.mean(heldBack, validation.target);
    if (now < best.loss) best = { loss: now, trees: trees.length };
    else if (trees.length - best.trees >= settings.patience) break;
  }
  const kept = validation ? best.trees : trees.length;
  const total = new Float64Array(columns.length);
  for (const gain of gains.slice(0, kept))
    gain.forEach((value, i) => {
      total[i] += value;
    });
  return new BoostedTrees({
    loss: settings.loss,
    columns: columns.length,
    start,
    trees: trees.slice(0, kept),
    gains: Array.from(total),
  });
}

/** So many of 0 .. count - 1, at least one, rising; all for share 1. */
function shareOf(count: number, share: number, random: RandomStream): Int32Array {
  const all = Int32Array.from({ length: count }, (_, i) => i);
  if (share === 1) return all;
  const wanted = Math.max(1, Math.round(share * count));
  for (let i = 0; i < wanted; i++) {
    const j = i + Math.floor(random.uniform() * (count - i));
    [all[i], all[j]] = [all[j], all[i]];
  }
  return all.slice(0, wanted).sort();
}

function withoutUndefined(options: BoostedTreesOptions): Partial<Settings> {
  const { weights: _weights, validation: _validation, ...plain } = options;
  return Object.fromEntries(Object.entries(plain).filter(([, value]) => value !== undefined));
}

function checkOptions(settings: Settings): void {
  const refuse = (name: keyof Settings, range: string): never => {
    throw new OptionError('range', name, `${settings[name]}`, `give ${range}`);
  };
  if (!Object.hasOwn(BOOSTING_LOSSES, settings.loss)) refuse('loss', Object.keys(BOOSTING_LOSSES).join(' or '));
  for (const name of ['rounds', 'maxDepth', 'minRows', 'patience'] as const) {
    if (!(Number.isInteger(settings[name]) && settings[name] >= 1)) refuse(name, 'a whole number from 1');
  }
  if (settings.maxDepth > 16) refuse('maxDepth', 'at most 16');
  for (const name of ['learningRate', 'rowShare', 'columnShare'] as const) {
    if (!(settings[name] > 0 && settings[name] <= 1)) refuse(name, 'a number above 0 and up to 1');
  }
  if (!(settings.l2 >= 0 && settings.l2 < Infinity)) refuse('l2', 'a number from 0');
}

function checkColumns(columns: readonly Float64Array[], expected: number): void {
  if (columns.length === 0 || columns.length !== expected) {
    throw new ShapeError('columns', `${Math.max(expected, 1)} columns`, `${columns.length}`);
  }
  const unequal = columns.find(({ length }) => length !== columns[0].length);
  if (unequal) throw new ShapeError('columns', `${columns[0].length} rows in each`, `${unequal.length}`);
}

function checkData(
  columns: readonly Float64Array[],
  target: Float64Array,
  loss: BoostingLossName,
  weights?: Float64Array,
): void {
  if (target.length !== columns[0].length || target.length === 0) {
    throw new ShapeError('target', `${columns[0].length} rows, at least one`, `${target.length}`);
  }
  if (weights && weights.length !== target.length) {
    throw new ShapeError('weights', `${target.length} rows`, `${weights.length}`);
  }
  checkFinite([...columns.map((column, i) => [`column ${i + 1}`, column] as const), ['target', target]]);
  if (loss === 'logistic') {
    const row = target.findIndex((value) => value !== 0 && value !== 1);
    if (row >= 0) throw new OptionError('class', 'target', `${target[row]} in row ${row + 1}`, 'classes are 0 and 1');
  }
  const bad = weights?.findIndex((weight) => !(weight > 0 && weight < Infinity)) ?? -1;
  if (bad >= 0)
    throw new OptionError('range', 'weights', `${weights?.[bad]} in row ${bad + 1}`, 'weights are positive');
}

function checkFinite(columns: readonly (readonly [name: string, values: Float64Array])[]): void {
  for (const [name, values] of columns) {
    const row = values.findIndex((value) => !Number.isFinite(value));
    if (row < 0) continue;
    throw new OptionError('not-finite', name, `${values[row]} in row ${row + 1}`, 'drop the row or fill it');
  }
}
