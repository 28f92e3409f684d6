import { compile, createWasmEvaluator } from '../evaluation/index.ts';
import { type Expression, parse, print as printExpression, variablesOf } from '../expressions/index.ts';
import { type FileTable, writeAtomically } from '../io/index.ts';
import { EXIT, oneLine } from './exit.ts';
import { openTable } from './open-table.ts';
import { print, warn } from './output.ts';

export interface EvaluateOptions {
  readonly target?: string;
  readonly out?: string;
  readonly json?: boolean;
}

const ROWS_AT_ONCE = 1 << 16;
const LINES_AT_ONCE = 1 << 13;

/** `ansatz evaluate`: the value of a formula in every row of a table. @throws ParseError | FormatError | DataError */
export async function runEvaluate(formula: string, path: string, options: EvaluateOptions): Promise<number> {
  const table = await openTable(path);
  const tree = parse(formula, { variables: table.names });
  const target = options.target === undefined ? undefined : table.numbers(options.target);
  const values = await valuesOf(tree, table);
  const nonFinite = countNonFinite(values);
  const agreement = target && compare(values, target);
  if (options.out !== undefined) await writeAtomically(options.out, valuesAsCsv(values));
  if (options.json) {
    const record = {
      formula: printExpression(tree),
      rows: values.length,
      nonFinite,
      ...(agreement ? { target: options.target, ...agreement } : {}),
      ...(options.out === undefined ? { values: Array.from(values) } : { out: options.out }),
    };
    await print(`${JSON.stringify(record, null, 2)}\n`);
    return EXIT.done;
  }
  if (options.out === undefined) for (const part of valuesAsCsv(values)) await print(part);
  if (nonFinite.count > 0) {
    const rows = nonFinite.count === 1 ? '1 row' : `${nonFinite.count} rows`;
    warn(`ansatz: the value is not finite in ${rows}, first in row ${nonFinite.firstRow}`);
  }
  if (agreement) {
    const over = agreement.rows < values.length ? ` over ${agreement.rows} finite rows` : '';
    warn(
      oneLine(
        `${options.target}: mean squared error ${show(agreement.meanSquaredError)}, R2 ${show(agreement.r2)}${over}`,
      ),
    );
  }
  return EXIT.done;
}

/** Values of an expression in every row, shape [rows]; NaN or infinite where it has none. */
async function valuesOf(tree: Expression, table: FileTable): Promise<Float64Array> {
  const names = variablesOf(tree);
  const columns = names.map((name) => table.numbers(name));
  // A formula without variables takes its number of rows from a column all the same.
  if (columns.length === 0) columns.push(new Float64Array(table.rows));
  const program = compile(tree, new Map(names.map((name, i) => [name, i] as const)));
  const evaluator = await createWasmEvaluator();
  const step = Math.min(ROWS_AT_ONCE, evaluator.capabilities.maxRows);
  const values = new Float64Array(table.rows);
  for (let start = 0; start < table.rows; start += step) {
    const end = Math.min(start + step, table.rows);
    evaluator.setData({ columns: columns.map((column) => column.subarray(start, end)) });
    values.set(evaluator.values(program).values.subarray(0, end - start), start);
  }
  evaluator.dispose();
  return values;
}

function* valuesAsCsv(values: Float64Array): Generator<string> {
  yield 'value\n';
  for (let start = 0; start < values.length; start += LINES_AT_ONCE) {
    yield `${values.subarray(start, start + LINES_AT_ONCE).join('\n')}\n`;
  }
}

function countNonFinite(values: Float64Array): { count: number; firstRow: number | null } {
  let count = 0;
  let firstRow: number | null = null;
  for (let i = 0; i < values.length; i++) {
    if (Number.isFinite(values[i])) continue;
    count++;
    firstRow ??= i + 1;
  }
  return { count, firstRow };
}

/** Mean squared error and R2 = 1 - residual / total sum of squares, over the rows with a finite value. */
function compare(values: Float64Array, target: Float64Array): { meanSquaredError: number; r2: number; rows: number } {
  const finite = Array.from(values.keys()).filter((i) => Number.isFinite(values[i]));
  const mean = finite.reduce((sum, i) => sum + target[i] / finite.length, 0);
  let residual = 0;
  let total = 0;
  for (const i of finite) {
    residual += (values[i] - target[i]) ** 2;
    total += (target[i] - mean) ** 2;
  }
  return { meanSquaredError: residual / finite.length, r2: 1 - residual / total, rows: finite.length };
}

function show(value: number): string {
  if (!Number.isFinite(value)) return 'undefined';
  const size = Math.abs(value);
  if (size >= 1e7 || (size > 0 && size < 1e-4)) return value.toExponential(5).replace('e+', 'e');
  return String(Number(value.toPrecision(6)));
}
