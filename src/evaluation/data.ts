import { BackendError, ShapeError } from '../core/index.ts';
import type { Capabilities, EvaluationData } from './contract.ts';

/** @throws ShapeError when the columns, target and weights differ in length; BackendError "too-many-rows" */
export function checkedRows(data: EvaluationData, capabilities: Capabilities): number {
  const rows = data.columns[0]?.length ?? data.target?.length ?? 0;
  data.columns.forEach((column, i) => {
    if (column.length !== rows) throw new ShapeError(`columns[${i}]`, `[${rows}]`, `[${column.length}]`);
  });
  for (const name of ['target', 'weights'] as const) {
    const column = data[name];
    if (column !== undefined && column.length !== rows) throw new ShapeError(name, `[${rows}]`, `[${column.length}]`);
  }
  if (rows > capabilities.maxRows) {
    throw new BackendError(
      'too-many-rows',
      capabilities.name,
      'maxRows',
      `${rows} rows, the ${capabilities.name} back-end takes ${capabilities.maxRows}`,
      'sample the table or split it',
    );
  }
  return rows;
}

/** @throws ShapeError when there is no such column, or it is shorter than the values */
export function checkUpdate(index: number, values: Float64Array, columns: number, rows: number): void {
  if (!(Number.isInteger(index) && index >= 0 && index < columns)) {
    throw new ShapeError('index', `a column below ${columns}`, String(index));
  }
  if (values.length > rows) throw new ShapeError('values', `at most [${rows}]`, `[${values.length}]`);
}

/** The rows of a call: all, or the first `rows`. @throws ShapeError outside of [0, total] */
export function prefixOf(rows: number | undefined, total: number): number {
  if (rows === undefined) return total;
  if (Number.isInteger(rows) && rows >= 0 && rows <= total) return rows;
  throw new ShapeError('rows', `an integer in [0, ${total}]`, String(rows));
}

/** @throws ShapeError when losses are asked for without a target */
export function missingTarget(): never {
  throw new ShapeError('target', 'a column of rows', 'none', 'pass target to setData before asking for losses');
}

/** @throws BackendError when a program reads a column that the data lacks */
export function unknownColumn(device: string, column: number, columns: number): never {
  throw new BackendError(
    'unknown-column',
    device,
    'columns',
    `the program reads column ${column}, the data has ${columns}`,
    'compile it against the columns that setData received',
  );
}
