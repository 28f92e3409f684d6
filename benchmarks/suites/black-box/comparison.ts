import type { Row } from '../../row.ts';
import { foldsOf, type Prediction, rSquared } from './cross-validation.ts';
import { type Budget, formulas, geneticProgramming, MAX_SIZE, trivial } from './methods.ts';
import { boost, type ScikitLearn } from './scikit-learn.ts';
import type { RealTable } from './tables.ts';

const FOLDS = 5;
/** A formula counts as good as boosting when its R2 is at most this much lower. */
export const CLOSE = 0.02;

/** The methods on one table: what each predicts for the rows that it has not seen. */
export interface Comparison {
  readonly table: string;
  readonly target: Float64Array;
  readonly formula: Prediction;
  /** The formulas of `best`, one of each fold. */
  readonly expressions: readonly string[];
  /** The step of least loss on each front. */
  readonly accurate: Prediction;
  /** Undefined without scikit-learn. */
  readonly boosting: Prediction | undefined;
  readonly gp: Prediction;
  readonly mean: Prediction;
}

/** One table by all methods, on the same folds. */
export async function compare(table: RealTable, at: ScikitLearn | undefined, budget: Budget): Promise<Comparison> {
  const target = table.columns[table.target];
  const folds = foldsOf(target.length, FOLDS, budget.seed);
  const inputs = table.inputs.map((name) => table.columns[name]);
  const { best, accurate, expressions } = await formulas(table, folds, budget);
  return {
    table: table.name,
    target,
    formula: best,
    expressions,
    accurate,
    boosting: at && boost(at, inputs, target, folds, budget.seed),
    gp: await geneticProgramming(table, folds, budget),
    mean: await trivial(table, folds),
  };
}

/** Whether the formulas are small and as good as boosting; undefined without boosting. */
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

/** How many tables have a small formula as good as boosting; nothing without boosting. */
export function summaryOf(comparisons: readonly Comparison[]): Row[] {
  const judged = comparisons.map(isClose).filter((close) => close !== undefined);
  if (judged.length === 0) return [];
  const value = judged.filter(Boolean).length;
  const reference = judged.length / 2;
  const name = `formula of at most ${MAX_SIZE} nodes within ${CLOSE} of boosting`;
  return [{ name, value, unit: `of ${judged.length} tables`, reference, ratio: value / reference }];
}

function median(values: readonly number[]): number {
  const sorted = [...values].sort((a, b) => a - b);
  const middle = sorted.length >> 1;
  return sorted.length % 2 === 1 ? sorted[middle] : (sorted[middle - 1] + sorted[middle]) / 2;
}
