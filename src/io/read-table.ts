import { OptionError } from '../core/index.ts';
import type { FileTable } from './file-table.ts';
import { gunzip, isGzip } from './formats/gzip.ts';
import { chooseFormat } from './formats/table-formats.ts';
import { readBytes } from './read-bytes.ts';
import type { TableOptions } from './table-source.ts';

/**
 * Reads a file, or a pipe, of any of these formats into a table; gzipped ones too.
 *
 * | format | extensions | package | parts |
 * | --- | --- | --- | --- |
 * | CSV, TSV and their kin, see `parseTable` | .csv .tsv .txt .dat, and any other | | |
 * | Parquet | .parquet .pq | hyparquet, hyparquet-compressors | columns |
 * | npy, npz | .npy .npz | | arrays of an npz |
 * | HDF5 | .h5 .hdf5 | h5wasm | a group, or datasets |
 * | ROOT TTree | .root | jsroot | a tree, then branches |
 * | HEPData | .yaml .yml | yaml | a table, by name or number |
 * | LHE | .lhe | | `columns`: formulas |
 *
 * The packages are optional. A column that holds something else than finite numbers stays in the table, and asking for
 * its numbers says why it has none; see `FileTable.faults`. What would be read wrongly is refused.
 *
 * @throws FormatError with the code of the system ("ENOENT", "EACCES" ...), "binary-file", "file-too-large",
 *   "missing-package", "damaged-file", "unsupported-file", "unknown-part", "ambiguous-table", "no-rows", "no-columns",
 *   "duplicate-column", "unnamed-column", or a code of `parseTable`; OptionError "unknown-format" | "unsupported-option" |
 *   "invalid-formula"
 */
export async function readTable(path: string, options: TableOptions = {}): Promise<FileTable> {
  const bytes = await readBytes(path);
  const packed = isGzip(bytes);
  const content = { path, bytes: packed ? gunzip(bytes, path) : bytes };
  const name = packed ? path.replace(/\.gz$/i, '') : path;
  const format = chooseFormat(name, content.bytes, options.format);
  for (const option of ['parts', 'columns'] as const) {
    if (options[option] === undefined || format.selects === option) continue;
    const hint = format.selects ? `give "${format.selects}" instead` : 'leave it out: such a file is one table';
    throw new OptionError('unsupported-option', option, `the format ${format.name} does not take it`, hint);
  }
  return format.read(content, options);
}
