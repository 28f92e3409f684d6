import { basename } from 'node:path';
import { OptionError } from '../../core/index.ts';
import { binaryFile } from '../parse-table.ts';
import { DELIMITED } from './delimited.ts';
import type { TableFormat } from './format.ts';
import { HDF5 } from './hdf5.ts';
import { HEPDATA } from './hepdata.ts';
import { LHE } from './lhe.ts';
import { NPY } from './npy.ts';
import { NPZ } from './npz.ts';
import { PARQUET } from './parquet.ts';
import { ROOT } from './root.ts';

/** Every format that `readTable` reads; the first one takes what no other claims. */
export const TABLE_FORMATS: readonly TableFormat[] = [DELIMITED, PARQUET, NPY, NPZ, HDF5, ROOT, HEPDATA, LHE];

/**
 * The format of a file: the one that is named, else by its extension, else by its first bytes, else CSV.
 *
 * @throws OptionError "unknown-format"; FormatError "binary-file" when the bytes are not of the format
 */
export function chooseFormat(path: string, bytes: Uint8Array, named?: string): TableFormat {
  const byBytes = TABLE_FORMATS.find((format) => format.magicIsUnique !== false && begins(bytes, format.magic));
  if (named !== undefined) {
    const found = TABLE_FORMATS.find((format) => format.name.toLowerCase() === named.toLowerCase());
    const names = TABLE_FORMATS.map((format) => format.name).join(', ');
    if (!found) throw new OptionError('unknown-format', 'format', `no format "${named}"`, `choose one of ${names}`);
    return found;
  }
  const name = basename(path).toLowerCase();
  const byName = TABLE_FORMATS.find((format) => format.extensions.some((extension) => name.endsWith(extension)));
  const format = byName ?? byBytes ?? TABLE_FORMATS[0];
  if (byBytes && byBytes !== format) {
    throw binaryFile(path, `a file of the format ${byBytes.name}: name it ${byBytes.extensions[0]}`);
  }
  if (format.magic && !begins(bytes, format.magic)) {
    throw binaryFile(path, `not a file of the format ${format.name}: give it the extension of what it is`, format.name);
  }
  return format;
}

function begins(bytes: Uint8Array, magic: readonly number[] | undefined): boolean {
  return magic?.every((byte, i) => bytes[i] === byte) ?? false;
}
