import type { Compressors, FileMetaData, SchemaTree } from 'hyparquet';
import type { FileTable } from '../file-table.ts';
import { quoted } from '../numeric-cell.ts';
import type { TableOptions } from '../table-source.ts';
import { unknownPart } from './choose.ts';
import { damagedFile, type TableContent, type TableFormat, unsupportedFile } from './format.ts';
import { loadOptional } from './optional-package.ts';
import { readParquetColumn } from './parquet-column.ts';
import { ParquetDamage } from './parquet-encodings.ts';
import { parquetLeaf } from './parquet-leaf.ts';
import { type ReadColumn, toFileTable } from './read-column.ts';

/** The flat columns of a Parquet file. */
export const PARQUET: TableFormat = {
  name: 'Parquet',
  extensions: ['.parquet', '.pq'],
  magic: [0x50, 0x41, 0x52, 0x31],
  selects: 'parts',
  read: readParquet,
};

/** Rows of the longest table: a column of it takes 2 GiB. */
const MOST_ROWS = 2 ** 28 - 1;

async function readParquet({ bytes, path }: TableContent, { parts }: TableOptions): Promise<FileTable> {
  const [{ parquetMetadata, parquetSchema }, { compressors }] = await loadOptional(
    () => Promise.all([import('hyparquet'), import('hyparquet-compressors')]),
    'hyparquet hyparquet-compressors',
    'Parquet',
    path,
  );
  let metadata: FileMetaData;
  let fields: readonly SchemaTree[];
  try {
    metadata = parquetMetadata(bytes, { geoparquet: false });
    fields = parquetSchema(metadata).children;
  } catch {
    throw damagedFile(path, 'a Parquet file whose footer cannot be read: cut short or damaged');
  }
  const rows = checkRows(metadata, path);
  const names = fields.map((field) => field.element.name);
  if (names.some((name) => typeof name !== 'string')) throw damagedFile(path, 'a Parquet file with a damaged schema');
  for (const part of parts ?? []) if (!names.includes(part)) throw unknownPart(path, 'column', part, names);
  // Two columns of one name are refused by name below; which of them a chunk belongs to cannot be told.
  const chosen = fields.filter((_, i) => parts === undefined || parts.includes(names[i]));
  const twice = chosen.length !== new Set(chosen.map((field) => field.element.name)).size;
  const columns = chosen.map((field): ReadColumn => {
    if (twice) return { name: field.element.name, kind: 'unreadable', what: '', hint: '' };
    try {
      return readField(field, metadata, bytes, compressors, path);
    } catch (error) {
      // A RangeError is an array that no memory holds.
      if (!(error instanceof ParquetDamage || error instanceof RangeError)) throw error;
      const what = error instanceof ParquetDamage ? error.message : 'a size beyond the memory';
      throw damagedFile(path, `column ${quoted(field.element.name)}: ${what}`);
    }
  });
  return toFileTable(columns, rows, path);
}

function checkRows(metadata: FileMetaData, file: string): number {
  const { row_groups: groups } = metadata;
  const rows = Number(metadata.num_rows);
  const damaged = (): Error => damagedFile(file, 'a Parquet file whose footer contradicts itself');
  if (!Number.isSafeInteger(rows) || rows < 0 || !Array.isArray(groups)) throw damaged();
  if (rows > MOST_ROWS) throw unsupportedFile(file, `${rows} rows`, 'take a sample of the rows');
  let sum = 0;
  for (const group of groups) {
    const inGroup = Number(group?.num_rows);
    if (!Number.isSafeInteger(inGroup) || inGroup < 0 || !Array.isArray(group.columns)) throw damaged();
    sum += inGroup;
  }
  if (sum !== rows) throw damaged();
  return rows;
}

function readField(
  field: SchemaTree,
  metadata: FileMetaData,
  bytes: Uint8Array,
  compressors: Compressors,
  file: string,
): ReadColumn {
  const { element } = field;
  const { name } = element;
  const refuse = (what: string, hint = 'choose inputs without this column'): ReadColumn => ({
    name,
    kind: 'unreadable',
    what,
    hint,
  });
  if (field.children.length > 0 || element.repetition_type === 'REPEATED') {
    return refuse(
      'holds lists or records',
      'write each of their numbers as a column, or choose inputs without this one',
    );
  }
  const leaf = parquetLeaf(element);
  if (leaf.as === 'unreadable') return refuse(`holds ${leaf.what}`);
  const chunks = metadata.row_groups.map((group) => {
    const chunk = group.columns.find((candidate) => candidate?.meta_data?.path_in_schema?.[0] === name);
    if (!chunk?.meta_data) {
      if (group.columns.some((candidate) => candidate?.crypto_metadata)) {
        throw unsupportedFile(file, 'an encrypted Parquet file', 'write it without encryption');
      }
      throw new ParquetDamage('no data for this column');
    }
    if (chunk.file_path) throw unsupportedFile(file, `column ${quoted(name)} lies in another file`, 'write one file');
    const rows = Number(group.num_rows);
    if (chunk.meta_data.type !== element.type || Number(chunk.meta_data.num_values) !== rows) {
      throw new ParquetDamage('data that contradicts the schema');
    }
    return { chunk, rows };
  });
  return readParquetColumn(
    { name, leaf, optional: element.repetition_type === 'OPTIONAL', chunks },
    bytes,
    compressors,
  );
}
