import { DataError, OptionError, Table } from '../core/index.ts';
import { denoise } from '../numerics/index.ts';
import { finiteNumbers } from './checked-columns.ts';
import type { ResolvedOptions } from './options/options.ts';

/** Degrees of freedom that a smooth curve is taken to have. */
const DEGREES_OF_FREEDOM = 10;

/**
 * The table with its target replaced by the mean of a Gaussian process, at its own rows or at `xResampled`.
 *
 * @returns the table, and the mean square error that the process itself may have
 * @throws DataError for columns that are missing or not finite; OptionError "contradictory-options"
 */
export function denoised(
  table: Table,
  inputs: readonly string[],
  options: ResolvedOptions,
  notes: string[],
): { readonly table: Table; readonly varianceFloor: number } {
  const { target, xResampled, seed } = options;
  const columns = inputs.map((name) => finiteNumbers(table, name));
  const at = xResampled && inputs.map((name) => finiteNumbers(xResampled, name));
  const rows = at?.[0]?.length ?? table.rows;
  if (at && rows < 3) throw new DataError('too-few-rows', `xResampled has ${rows} rows`, 'give at least 3');
  const errors = options.weights ?? options.sigma ?? options.sigmaUp ?? options.covariance;
  if (at && errors !== undefined) {
    const message = 'errors belong to rows that are resampled away';
    throw new OptionError('contradictory-options', 'xResampled', message, 'leave out weights and errors');
  }
  const raw = finiteNumbers(table, target);
  const mean = denoise(columns, raw, { seed });
  const smooth = at ? denoise(columns, raw, { seed, at }) : mean;
  let square = 0;
  for (let i = 0; i < raw.length; i++) square += (raw[i] - mean[i]) ** 2;
  // The mean of a process with a few degrees of freedom is wrong by about this much itself.
  const varianceFloor = (square / raw.length) * Math.min(1, DEGREES_OF_FREEDOM / raw.length);
  notes.push(`denoised: "${target}" is the mean of a Gaussian process${at ? ' at the resampled inputs' : ''}`);
  if (!at) {
    const kept = table.columns.map((column) =>
      column.name === target ? { ...column, kind: 'number' as const, values: smooth } : column,
    );
    return { table: new Table(kept), varianceFloor };
  }
  const resampled = new Table([
    ...inputs.map((name, i) => ({ name, kind: 'number' as const, values: at[i] })),
    { name: target, kind: 'number' as const, values: smooth },
  ]);
  return { table: resampled, varianceFloor };
}
