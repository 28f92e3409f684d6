import { type Column, FormatError } from '../../core/index.ts';
import { FileTable } from '../file-table.ts';
import { quoted } from '../numeric-cell.ts';

/** A column as a binary format gives it; numbers that are not finite, and missing ones as NaN, are allowed here. */
export type ReadColumn =
  | {
      readonly name: string;
      readonly kind: 'number';
      readonly values: Float64Array;
      /** First row, from 0, of a number that f64 does not hold. */
      readonly inexactRow?: number;
      /** First row, from 0, without a value. */
      readonly missingRow?: number;
    }
  | { readonly name: string; readonly kind: 'text'; readonly values: readonly string[] }
  | { readonly name: string; readonly kind: 'unreadable'; readonly what: string; readonly hint: string };

/**
 * The table of some columns: a column with a value that is no finite number is kept as text with a fault, as in a CSV
 * file, and so is one that cannot be read.
 *
 * @throws FormatError "no-columns" | "no-rows" | "duplicate-column" | "unnamed-column"
 */
export function toFileTable(
  columns: readonly ReadColumn[],
  rows: number,
  file: string,
  units?: ReadonlyMap<string, string>,
): FileTable {
  if (rows === 0) throw new FormatError('no-rows', 'no rows', file, 0, 'give at least one row of numbers');
  if (columns.length === 0) throw new FormatError('no-columns', 'holds no columns', file, 0, 'give a table of numbers');
  checkNames(columns, file);
  const faults = new Map<string, FormatError>();
  const kept = columns.map((column): Column => {
    const fault = faultOf(column, file);
    if (fault) faults.set(column.name, fault);
    if (column.kind === 'unreadable') return { name: column.name, kind: 'text', values: new Array(rows).fill('') };
    if (column.kind === 'text') return column;
    if (fault) return { name: column.name, kind: 'text', values: Array.from(column.values, String) };
    return { name: column.name, kind: 'number', values: column.values };
  });
  return new FileTable(kept, file, faults, units);
}

function checkNames(columns: readonly ReadColumn[], file: string): void {
  const seen = new Set<string>();
  for (const { name } of columns) {
    if (name.trim() === '') {
      throw new FormatError('unnamed-column', 'a column has no name', file, 0, 'name it where the file is written');
    }
    if (seen.has(name)) {
      const message = `column ${quoted(name)} appears twice`;
      throw new FormatError('duplicate-column', message, file, 0, 'rename one of them');
    }
    seen.add(name);
  }
}

function faultOf(column: ReadColumn, file: string): FormatError | undefined {
  if (column.kind === 'text') return undefined;
  if (column.kind === 'unreadable') {
    const message = `column ${quoted(column.name)}: ${column.what}`;
    return new FormatError('unsupported-column', message, file, 0, column.hint);
  }
  const damaged = (row: number, what: string, hint: string): FormatError => {
    const message = `column ${quoted(column.name)}, row ${row + 1}: ${what}`;
    return new FormatError('damaged-column', message, file, 0, hint);
  };
  if (column.inexactRow !== undefined) {
    const hint = 'write the column as float64 if its leading digits will do';
    return damaged(column.inexactRow, 'a number of more digits than float64 holds, beyond 2^53', hint);
  }
  for (let row = 0; row < column.values.length; row++) {
    const value = column.values[row];
    if (value - value === 0) continue;
    const what = row === column.missingRow ? 'an empty cell' : `${value} is not a finite number`;
    return damaged(row, what, 'fill in the value, remove the row, or choose inputs without this column');
  }
  return undefined;
}
