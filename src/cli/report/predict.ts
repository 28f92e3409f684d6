import { compile, createWasmEvaluator } from '../../evaluation/index.ts';
import { type Expression, variablesOf } from '../../expressions/index.ts';

const ROWS_AT_ONCE = 1 << 16;

/**
 * Values of an expression on columns, shape [rows]; NaN or infinite where it has none.
 *
 * @param columns by name, shape [rows] each; every variable of the expression is there
 */
export function valuesOn(
  tree: Expression,
  columns: ReadonlyMap<string, Float64Array>,
  rows: number,
): Float64Array<ArrayBuffer> {
  const names = variablesOf(tree);
  const used = names.map((name) => columns.get(name)!);
  // A formula without variables takes its number of rows from a column all the same.
  if (used.length === 0) used.push(new Float64Array(rows));
  const program = compile(tree, new Map(names.map((name, i) => [name, i] as const)));
  const values = new Float64Array(rows);
  const evaluator = createWasmEvaluator();
  try {
    const step = Math.min(ROWS_AT_ONCE, evaluator.capabilities.maxRows);
    for (let start = 0; start < rows; start += step) {
      const end = Math.min(start + step, rows);
      evaluator.setData({ columns: used.map((column) => column.subarray(start, end)) });
      values.set(evaluator.values(program).values.subarray(0, end - start), start);
    }
  } finally {
    evaluator.dispose();
  }
  return values;
}
