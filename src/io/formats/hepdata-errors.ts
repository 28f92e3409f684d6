import { quoted, readNumber } from '../numeric-cell.ts';
import type { HepDataError, HepDataVariable } from './hepdata-document.ts';
import type { ReadColumn } from './read-column.ts';

/** Sizes of an error upwards and downwards, row by row; NaN where it is not a number. */
interface Shifts {
  readonly up: Float64Array;
  readonly down: Float64Array;
  /** Rows in which the error is given. */
  readonly given: Uint8Array;
  symmetric: boolean;
  /** Whether a minus error is written with its sign somewhere. */
  signed: boolean;
  /** First row, from 0, where plus and minus shift to the same side. */
  sameSide: number;
}

/**
 * Columns of the errors of a variable: each source by its label, and all of them in quadrature as "error".
 *
 * A source that is symmetric throughout is one column, `y_stat`; another is two of positive sizes, `y_stat_plus` and
 * `y_stat_minus`. Percentages are of the value. A plus error below zero and a minus error above it are shifts to the
 * other side, and the larger of two shifts to one side counts; where every minus error of a source is positive it cannot
 * be told whether the signs were left out, and the columns are refused.
 *
 * @param values the values of the variable, NaN where there is none
 */
export function errorColumns(variable: HepDataVariable, name: string, values: Float64Array): ReadColumn[] {
  const rows = values.length;
  const sources = new Map<string, Shifts>();
  for (let row = 0; row < rows; row++) {
    const seen = new Map<string, number>();
    for (const error of variable.values[row].errors) {
      const base = error.label === '' ? 'error' : error.label;
      const repeated = (seen.get(base) ?? 0) + 1;
      seen.set(base, repeated);
      const label = repeated === 1 ? base : `${base}_${repeated}`;
      const shifts = sources.get(label) ?? noShifts(rows);
      sources.set(label, shifts);
      add(shifts, row, error, values[row]);
    }
  }
  if (sources.size === 0) return [];
  const unsigned = [...sources].find(([, source]) => !source.symmetric && !source.signed && source.sameSide >= 0);
  const columns: ReadColumn[] = [];
  const lone = sources.size === 1 && sources.has('error');
  if (!lone) for (const [label, shifts] of sources) columns.push(...shiftColumns(`${name}_${label}`, shifts, unsigned));
  return [...columns, ...shiftColumns(`${name}_error`, inQuadrature([...sources.values()], rows), unsigned)];
}

function noShifts(rows: number): Shifts {
  return {
    up: new Float64Array(rows),
    down: new Float64Array(rows),
    given: new Uint8Array(rows),
    symmetric: true,
    signed: false,
    sameSide: -1,
  };
}

function add(shifts: Shifts, row: number, error: HepDataError, value: number): void {
  const plus = size(error.plus, value);
  shifts.given[row] = 1;
  if (error.symmetric) {
    shifts.up[row] = shifts.down[row] = Math.abs(plus);
    return;
  }
  const minus = size(error.minus, value);
  shifts.symmetric = false;
  if (minus < 0 || error.minus.startsWith('-')) shifts.signed = true;
  if (plus * minus > 0 && shifts.sameSide < 0) shifts.sameSide = row;
  shifts.up[row] = Math.max(plus, minus, 0);
  shifts.down[row] = Math.max(-plus, -minus, 0);
}

/** An error as written, in units of the value: a number, or a percentage of the value. */
function size(text: string, value: number): number {
  const percent = /^(.*\S)\s*%$/.exec(text);
  return percent ? (readNumber(percent[1]) / 100) * Math.abs(value) : readNumber(text);
}

/** The root of the sum of squares; a source that a row does not give adds nothing, a row without any has no error. */
function inQuadrature(sources: readonly Shifts[], rows: number): Shifts {
  const total = { ...noShifts(rows), symmetric: sources.every((source) => source.symmetric) };
  for (let row = 0; row < rows; row++) {
    let [up, down] = [0, 0];
    for (const source of sources) {
      up = Math.hypot(up, source.up[row]);
      down = Math.hypot(down, source.down[row]);
      total.given[row] |= source.given[row];
    }
    total.up[row] = up;
    total.down[row] = down;
  }
  return total;
}

function shiftColumns(name: string, shifts: Shifts, unsigned: readonly [string, Shifts] | undefined): ReadColumn[] {
  const { up, down, given, symmetric } = shifts;
  if (unsigned && !symmetric) {
    const what = `errors ${quoted(unsigned[0])} have plus and minus of one sign in row ${unsigned[1].sameSide + 1} and no minus below zero`;
    const hint = 'write the minus errors as negative numbers';
    return [`${name}_plus`, `${name}_minus`].map((column) => ({ name: column, kind: 'unreadable', what, hint }));
  }
  const column = (label: string, values: Float64Array): ReadColumn => {
    const missingRow = given.indexOf(0);
    for (let row = 0; row < values.length; row++) if (given[row] === 0) values[row] = Number.NaN;
    return { name: label, kind: 'number', values, missingRow: missingRow < 0 ? undefined : missingRow };
  };
  return symmetric ? [column(name, up)] : [column(`${name}_plus`, up), column(`${name}_minus`, down)];
}
