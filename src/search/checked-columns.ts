import { DataError, type Table } from '../core/index.ts';

/** Beyond this, or below its inverse, squared residuals overflow or vanish. */
const LARGEST_TARGET = 1e150;

/** A column of finite numbers. @throws DataError "unknown-column" | "text-column" | "non-finite-cell" */
export function finiteNumbers(table: Table, name: string): Float64Array {
  const values = table.numbers(name);
  const at = values.findIndex((value) => !Number.isFinite(value));
  if (at < 0) return values;
  const hint = 'remove the row or mend the cell';
  throw new DataError('non-finite-cell', `column "${name}", row ${at + 1} is ${values[at]}`, hint, {
    column: name,
    row: at + 1,
  });
}

/** The target: finite, of moderate size, not the same everywhere. @throws DataError "constant-target" | "target-scale" */
export function checkedTarget(table: Table, name: string): Float64Array {
  const target = finiteNumbers(table, name);
  if (target.every((value) => value === target[0])) {
    const hint = 'there is nothing to explain';
    throw new DataError('constant-target', `"${name}" is ${target[0]} in every row`, hint);
  }
  const largest = target.reduce((most, value) => Math.max(most, Math.abs(value)), 0);
  if (largest > LARGEST_TARGET || largest < 1 / LARGEST_TARGET) {
    const hint = 'give it in a unit that makes it moderate';
    throw new DataError('target-scale', `"${name}" reaches ${largest}, and its square is no f64 number`, hint);
  }
  return target;
}

/** A column of standard errors. @throws DataError "invalid-weight" */
export function positiveNumbers(table: Table, name: string): Float64Array {
  const values = finiteNumbers(table, name);
  const at = values.findIndex((value) => !(value > 0));
  if (at >= 0) throw invalidWeight(name, at, values[at], 'a standard error must be > 0');
  return values;
}

/** A column of row weights. @throws DataError "invalid-weight" */
export function weightNumbers(table: Table, name: string): Float64Array {
  const values = finiteNumbers(table, name);
  const at = values.findIndex((value) => !(value >= 0));
  if (at >= 0) throw invalidWeight(name, at, values[at], 'a weight must be >= 0');
  if (!values.some((value) => value > 0)) {
    throw new DataError('invalid-weight', `every weight in "${name}" is 0`, 'give some rows weight');
  }
  return values;
}

function invalidWeight(name: string, at: number, value: number, need: string): DataError {
  return new DataError('invalid-weight', `column "${name}", row ${at + 1} is ${value}`, need, {
    column: name,
    row: at + 1,
  });
}
