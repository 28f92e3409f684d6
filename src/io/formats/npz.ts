import type { FileTable } from '../file-table.ts';
import { quoted } from '../numeric-cell.ts';
import type { TableOptions } from '../table-source.ts';
import { ambiguousTable, unknownPart } from './choose.ts';
import { type TableContent, type TableFormat, unsupportedFile } from './format.ts';
import { isTabular, type NpyArray, npyColumns, parseNpy } from './npy.ts';
import { toFileTable } from './read-column.ts';
import { zipEntries } from './zip.ts';

/** Named arrays of numpy in a zip archive; the vectors and matrices of equal length make the table. */
export const NPZ: TableFormat = {
  name: 'npz',
  extensions: ['.npz'],
  magic: [0x50, 0x4b],
  magicIsUnique: false,
  selects: 'parts',
  read: readNpz,
};

function readNpz({ bytes, path }: TableContent, { parts }: TableOptions): FileTable {
  const entries = new Map(
    zipEntries(bytes, path)
      .filter((entry) => entry.name.endsWith('.npy'))
      .map((entry) => [entry.name.slice(0, -4), entry] as const),
  );
  const names = [...entries.keys()];
  const read = (name: string): NpyArray => {
    const entry = entries.get(name);
    if (!entry) throw unknownPart(path, 'array', name, names);
    return parseNpy(entry.read(), name, path);
  };
  if (names.length === 0) throw unsupportedFile(path, 'an archive without npy arrays', 'use numpy.savez');
  const chosen = parts ? parts.map(read) : byDefault(names.map(read), path);
  const rows = chosen[0].shape[0];
  const other = chosen.find((array) => array.shape[0] !== rows);
  if (other) {
    const message = `array ${quoted(other.name)} has ${other.shape[0] ?? 1} rows, ${quoted(chosen[0].name)} has ${rows}`;
    throw unsupportedFile(path, message, 'choose arrays of equal length');
  }
  return toFileTable(
    chosen.flatMap((array) => npyColumns(array, path)),
    rows,
    path,
  );
}

/** The arrays that have columns, when they are of one length; alone or chosen, an array must have some. */
function byDefault(arrays: readonly NpyArray[], file: string): readonly NpyArray[] {
  if (arrays.length === 1) return arrays;
  const tabular = arrays.filter(isTabular);
  if (tabular.length === 0) throw unsupportedFile(file, 'no vector or matrix of numbers', 'use numpy.savez');
  if (tabular.every((array) => array.shape[0] === tabular[0].shape[0])) return tabular;
  const shown = tabular.map((array) => `${array.name} (${array.shape.join(' x ')})`);
  throw ambiguousTable(file, 'arrays of different lengths', shown, tabular[0].name);
}
