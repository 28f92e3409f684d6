import { RandomStream, Table } from '../../../src/core/index.ts';
import { type FrontEntry, fit } from '../../../src/search/index.ts';
import { at, crossValidate, mean, type Prediction } from './cross-validation.ts';
import { GPLEARN_DEFAULTS, type PlainGpOptions, plainGp, run } from './plain-gp.ts';
import type { RealTable } from './tables.ts';

/** What the methods may spend. */
export interface Budget {
  /** Seconds of a search by `fit`, per fold. */
  readonly seconds: number;
  /** Evaluations of a search by `fit`, per fold; no limit by default. */
  readonly maxEvals?: number;
  readonly gp?: PlainGpOptions;
  readonly seed: number;
}

/** Largest formula. */
export const MAX_SIZE = 30;

/** Held-out predictions of `fit`, one core, default operators: by `best`, and by the step of least loss. */
export async function formulas(
  table: RealTable,
  folds: readonly Int32Array[],
  { seconds, maxEvals, seed }: Budget,
): Promise<{ readonly best: Prediction; readonly accurate: Prediction; readonly expressions: readonly string[] }> {
  const y = table.columns[table.target];
  const accurate = { values: new Float64Array(y.length), sizes: [] as number[] };
  const expressions: string[] = [];
  const best = await crossValidate(y, folds, async (train, test) => {
    const options = { target: table.target, inputs: [...table.inputs], maxSize: MAX_SIZE, threads: 1 };
    const model = await fit(rowsOf(table, train), { ...options, timeLimit: seconds, maxEvals, seed });
    const held = rowsOf(table, test);
    const last = model.front[model.front.length - 1];
    const predicted = (entry: FrontEntry): Float64Array => model.predict(held, entry);
    const fallback = mean(at(y, train));
    for (const [i, value] of predicted(last).entries()) {
      accurate.values[test[i]] = Number.isFinite(value) ? value : fallback;
    }
    accurate.sizes.push(last.complexity);
    expressions.push(model.best.expression);
    return { predicted: predicted(model.best), size: model.best.complexity };
  });
  return { best, accurate, expressions };
}

/**
 * Held-out predictions of plain genetic programming, which is given every column with mean 0 and variance 1 over the
 * rows it learns from: its constants lie in [-1, 1].
 */
export function geneticProgramming(
  table: RealTable,
  folds: readonly Int32Array[],
  { gp = GPLEARN_DEFAULTS, seed }: Budget,
): Promise<Prediction> {
  const y = table.columns[table.target];
  return crossValidate(y, folds, (train, test, fold) => {
    const inputs = table.inputs.map((name) => {
      const column = table.columns[name];
      const scale = scaleOf(at(column, train));
      return { learned: scaled(at(column, train), scale), held: scaled(at(column, test), scale) };
    });
    const scale = scaleOf(at(y, train));
    const columns = inputs.map(({ learned }) => learned);
    const program = plainGp(columns, scaled(at(y, train), scale), new RandomStream(seed).split(fold), gp);
    const values = run(
      program,
      inputs.map(({ held }) => held),
      test.length,
    );
    return { predicted: values.map((value) => scale.centre + scale.width * value), size: program.length };
  });
}

interface Scale {
  readonly centre: number;
  /** Standard deviation; 1 of a constant column. */
  readonly width: number;
}

function scaleOf(values: Float64Array): Scale {
  const centre = mean(values);
  const width = Math.sqrt(mean(values.map((value) => (value - centre) ** 2)));
  return { centre, width: width > 0 ? width : 1 };
}

function scaled(values: Float64Array, { centre, width }: Scale): Float64Array {
  return values.map((value) => (value - centre) / width);
}

/** Held-out predictions of the mean of the other rows. */
export function trivial(table: RealTable, folds: readonly Int32Array[]): Promise<Prediction> {
  const y = table.columns[table.target];
  return crossValidate(y, folds, (train, test) => {
    return { predicted: new Float64Array(test.length).fill(mean(at(y, train))), size: 1 };
  });
}

function rowsOf(table: RealTable, rows: Int32Array): Table {
  const names = [...table.inputs, table.target];
  return Table.from(Object.fromEntries(names.map((name) => [name, at(table.columns[name], rows)])));
}
