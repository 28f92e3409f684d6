import { type LibraryEntry, valueKey } from '../library.ts';
import type { Library } from '../tasks/libraries.ts';
import { FunctionIndex } from './function-index.ts';
import { NO_FUNCTION } from './joins.ts';
import { FIRST_ROWS, KEY_ROWS } from './key-rows.ts';

/** The functions of a task's leaves, ready to be looked up. */
export interface Bank {
  /** Simplest first; the first is no function but 1. */
  readonly entries: readonly LibraryEntry[];
  /** Values on the key rows, shape [entries][KEY_ROWS]. */
  readonly keyed: Float64Array;
  /** Values on the first of them, shape [entries][FIRST_ROWS]. */
  readonly first: Float64Array;
  /** By value. */
  readonly values: FunctionIndex;
  /** By the logarithm, of functions that are positive on all rows. */
  readonly logarithms: FunctionIndex;
}

const banks = new WeakMap<Library, Map<string, Bank>>();

/**
 * The bank of a library on the given rows; tasks with the same library and rows share it.
 *
 * @param tolerance difference of cross ratios that rounding can leave
 */
export function bankOf(library: Library, rows: Int32Array, tolerance: number): Bank {
  let byRows = banks.get(library);
  if (!byRows) {
    byRows = new Map();
    banks.set(library, byRows);
  }
  const name = `${rows.join()} ${tolerance}`;
  let bank = byRows.get(name);
  if (!bank) {
    bank = build(library, rows, tolerance);
    byRows.set(name, bank);
  }
  return bank;
}

function build(library: Library, rows: Int32Array, tolerance: number): Bank {
  const seen = new Set<number>();
  const functions: LibraryEntry[] = [];
  for (const list of [library.simple, library.powers, library.products]) {
    for (const entry of list) {
      const key = valueKey(entry.values);
      if (seen.has(key)) continue;
      seen.add(key);
      functions.push(entry);
    }
  }
  functions.sort((a, b) => a.complexity - b.complexity);
  const length = functions[0]?.values.length ?? 0;
  const one: LibraryEntry = { tree: NO_FUNCTION, complexity: 0, values: new Float64Array(length).fill(1) };
  const entries = [one, ...functions];
  const keyed = new Float64Array(entries.length * KEY_ROWS);
  const first = new Float64Array(entries.length * FIRST_ROWS);
  const logs = new Float64Array(entries.length * KEY_ROWS).fill(Number.NaN);
  entries.forEach(({ values }, i) => {
    const positive = isPositive(values);
    for (let k = 0; k < KEY_ROWS; k++) {
      const value = values[rows[k]];
      keyed[i * KEY_ROWS + k] = value;
      if (k < FIRST_ROWS) first[i * FIRST_ROWS + k] = value;
      if (positive) logs[i * KEY_ROWS + k] = Math.log(value);
    }
  });
  // Of x, x^2, 1/x ... one is enough: the power is fitted.
  return {
    entries,
    keyed,
    first,
    values: new FunctionIndex(keyed, tolerance),
    logarithms: new FunctionIndex(logs, tolerance, 1),
  };
}

function isPositive(values: Float64Array): boolean {
  for (let i = 0; i < values.length; i++) if (!(values[i] > 0)) return false;
  return true;
}
