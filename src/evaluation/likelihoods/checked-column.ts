import { DataError, ShapeError } from '../../core/index.ts';

/** What a column of a likelihood may hold. */
export type ColumnNeed = 'finite' | 'positive' | 'not negative';

const NEEDS: Readonly<Record<ColumnNeed, { readonly holds: (value: number) => boolean; readonly hint: string }>> = {
  finite: { holds: () => true, hint: 'remove the row or mend the cell' },
  positive: { holds: (value) => value > 0, hint: 'an error must be > 0' },
  'not negative': { holds: (value) => value >= 0, hint: 'it must be >= 0' },
};

/**
 * A copy of a column, every entry of which is finite and as it must be.
 *
 * @throws ShapeError when its length differs from `rows`; DataError "no-rows" | "invalid-value" with name and row
 */
export function checkedColumn(values: Float64Array, name: string, need: ColumnNeed, rows?: number): Float64Array {
  if (rows !== undefined && values.length !== rows) throw new ShapeError(name, `[${rows}]`, `[${values.length}]`);
  if (values.length === 0) throw new DataError('no-rows', `${name} has no rows`, 'give at least one observation');
  const { holds, hint } = NEEDS[need];
  const at = values.findIndex((value) => !(Number.isFinite(value) && holds(value)));
  if (at < 0) return values.slice();
  throw new DataError('invalid-value', `${name}, row ${at + 1} is ${values[at]}`, hint, { column: name, row: at + 1 });
}
