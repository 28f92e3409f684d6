import type { Row } from '../../row.ts';
import { foldsOf, type Prediction, rSquared } from './cross-validation.ts';
import { type Budget, formulas, geneticProgramming, MAX_SIZE, trivial } from './methods.ts';
import { boost, findScikitLearn, type ScikitLearn } from './scikit-learn.ts';
import { type RealTable, scikitLearnTables, shippedTables } from './tables.ts';

const FOLDS = 5;
const SEED = 1;
const SECONDS = 10;
/** A formula counts as good as boosting when its R2 is at most this much lower. */
const CLOSE = 0.02;
const QUICK: Partial<Budget> = { seconds: 0.3, gp: { population: 100, generations: 6 } };

/** R2 and size of the methods on one table. */
interface Comparison {
  readonly table: string;
  readonly formula: Prediction;
  readonly accurate: Prediction;
  readonly boosting: Prediction | undefined;
  readonly gp: Prediction;
  readonly mean: Prediction;
  readonly target: Float64Array;
}

/** One table by all methods, on the same folds. */
export async function compare(
  table: RealTable,
  at: ScikitLearn | undefined,
  budget: Budget,
  log: (text: string) => void,
): Promise<Comparison> {
  const target = table.columns[table.target];
  const folds = foldsOf(target.length, FOLDS, budget.seed);
  const { best, accurate, expressions } = await formulas(table, folds, budget);
  const inputs = table.inputs.map((name) => table.columns[name]);
  const boosting = at ? boost(at, inputs, target, folds, budget.seed) : undefined;
  const gp = await geneticProgramming(table, folds, budget);
  for (const [i, expression] of expressions.entries()) log(`  fold ${i + 1}: ${table.target} = ${expression}`);
  return { table: table.name, formula: best, accurate, boosting, gp, mean: await trivial(table, folds), target };
}

/** Whether the formulas are at most of the largest size and as good as boosting, undefined without boosting. */
export function isClose({ formula, boosting, target }: Comparison): boolean | undefined {
  if (!boosting) return undefined;
  const small = formula.sizes.every((size) => size <= MAX_SIZE);
  return small && rSquared(target, formula.values) >= rSquared(target, boosting.values) - CLOSE;
}

/** Rows of the table of results, R2 beside that of boosting. */
export function rowsOf(comparison: Comparison): Row[] {
  const { table, formula, accurate, boosting, gp, mean, target } = comparison;
  const reference = boosting ? rSquared(target, boosting.values) : null;
  const pair = (name: string, { values, sizes }: Prediction): Row[] => [
    { name: `${table}: ${name}`, value: rSquared(target, values), unit: 'R2', reference, ratio: null },
    { name: `${table}: ${name}, size`, value: median(sizes), unit: 'nodes', reference: null, ratio: null },
  ];
  return [
    ...pair('formula', formula),
    ...pair('formula of least loss', accurate),
    ...(boosting ? pair('gradient boosting', boosting) : []),
    ...pair('plain genetic programming', gp),
    ...pair('mean', mean).slice(0, 1),
  ];
}

function median(values: readonly number[]): number {
  const sorted = [...values].sort((a, b) => a - b);
  const middle = sorted.length >> 1;
  return sorted.length % 2 === 1 ? sorted[middle] : (sorted[middle - 1] + sorted[middle]) / 2;
}

/**
 * Real tables, no law known: R2 of held-out rows under 5-fold cross-validation, and sizes, of our formulas, of gradient
 * boosting, of plain genetic programming and of the mean. Without scikit-learn, our own tables without boosting.
 */
export async function run({
  quick,
  log,
  seconds = SECONDS,
}: {
  quick: boolean;
  log: (text: string) => void;
  /** Of a search by `fit`, per fold. */
  seconds?: number;
}): Promise<Row[]> {
  const at = findScikitLearn();
  if (at) log(`scikit-learn ${at.version} of ${at.python}`);
  else log('no scikit-learn: its tables and gradient boosting are left out (apt-get install python3-sklearn)');
  const budget: Budget = { seconds, seed: SEED, ...(quick ? QUICK : {}) };
  const tables = [...(at ? scikitLearnTables(at) : []), ...(await shippedTables())];
  const comparisons: Comparison[] = [];
  for (const table of tables) {
    const { length } = table.columns[table.target];
    log(`${table.name}: ${length} rows, ${table.target} by ${table.inputs.length} inputs`);
    comparisons.push(await compare(table, at, budget, log));
  }
  const count = (name: string, value: number, unit: string, reference: number | null = null): Row => {
    return { name, value, unit, reference, ratio: reference === null ? null : value / reference };
  };
  const close = comparisons.filter(isClose).length;
  const boosted = comparisons.filter(({ boosting }) => boosting !== undefined).length;
  const summary = `formula of at most ${MAX_SIZE} nodes within ${CLOSE} of boosting`;
  return [
    ...comparisons.flatMap(rowsOf),
    ...(at ? [count(summary, close, `of ${boosted} tables`, boosted / 2)] : []),
    count('seed of folds and searches', SEED, 'seed'),
    count('time limit of a search', budget.seconds, 's per fold'),
  ];
}
