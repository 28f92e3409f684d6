import { brotliDecompressSync, gunzipSync } from 'node:zlib';
import type { ColumnChunk, CompressionCodec, Compressors } from 'hyparquet';
import { crc32 } from './crc32.ts';
import { firstInexact } from './number-kinds.ts';
import { decodeHybrid, ParquetDamage } from './parquet-encodings.ts';
import { type ParquetLeaf, toIsoText } from './parquet-leaf.ts';
import { decodeValues, type PageValues } from './parquet-values.ts';
import type { ReadColumn } from './read-column.ts';
import { readThrift, type ThriftStruct } from './thrift.ts';

/** A flat column of a Parquet file: its chunks in the order of the row groups, with the rows of each. */
export interface ParquetColumn {
  readonly name: string;
  readonly leaf: Exclude<ParquetLeaf, { readonly as: 'unreadable' }>;
  /** True when values may be missing. */
  readonly optional: boolean;
  readonly chunks: readonly { readonly chunk: ColumnChunk; readonly rows: number }[];
}

/** Types of pages. */
const DATA_PAGE = 0;
const DICTIONARY_PAGE = 2;
const DATA_PAGE_V2 = 3;
const LARGEST_PAGE = 2 ** 30;

/**
 * Reads a column page by page. Every count, length and index is checked before it is used, and a checksum where a page
 * has one, so that a damaged file ends in an error and not in wrong numbers.
 *
 * @throws ParquetDamage
 */
export function readParquetColumn(column: ParquetColumn, bytes: Uint8Array, compressors: Compressors): ReadColumn {
  const { name, leaf, chunks } = column;
  const rows = chunks.reduce((sum, chunk) => sum + chunk.rows, 0);
  const numeric = leaf.as !== 'text';
  const values = new Float64Array(numeric ? rows : 0);
  const texts: string[] = [];
  const state = { row: 0, missingRow: -1 };
  for (const { chunk, rows: chunkRows } of chunks) {
    const end = state.row + chunkRows;
    for (const page of pagesOf(chunk, bytes, compressors, column)) {
      if (state.row + page.rows > end) throw new ParquetDamage('more values than rows');
      place(page, state, values, texts);
    }
    if (state.row !== end) throw new ParquetDamage('fewer values than rows');
  }
  if (leaf.as === 'text') return { name, kind: 'text', values: texts };
  if (leaf.as === 'moment') {
    return {
      name,
      kind: 'text',
      values: Array.from(values, (value) => (Number.isNaN(value) ? '' : toIsoText(leaf, value))),
    };
  }
  const inexactRow =
    leaf.as === 'truth' || (leaf.as === 'number' && leaf.code.startsWith('f')) ? undefined : firstInexact(values);
  const decimals = leaf.as === 'truth' ? 0 : leaf.decimals;
  const divisor = 10 ** decimals;
  if (decimals > 0) for (let row = 0; row < rows; row++) values[row] /= divisor;
  return { name, kind: 'number', values, inexactRow, missingRow: state.missingRow < 0 ? undefined : state.missingRow };
}

/** The values of a data page that are there, and which rows they belong to: all, or those with level 1. */
interface Page {
  readonly rows: number;
  readonly values: PageValues;
  readonly levels: Uint32Array | undefined;
}

function place(page: Page, state: { row: number; missingRow: number }, values: Float64Array, texts: string[]): void {
  const { levels, rows } = page;
  if (page.values instanceof Float64Array && !levels) values.set(page.values, state.row);
  else {
    let next = 0;
    for (let i = 0; i < rows; i++) {
      const there = levels === undefined || levels[i] === 1;
      if (!there && state.missingRow < 0) state.missingRow = state.row + i;
      if (page.values instanceof Float64Array) values[state.row + i] = there ? page.values[next] : Number.NaN;
      else texts.push(there ? page.values[next] : '');
      if (there) next++;
    }
  }
  state.row += rows;
}

function* pagesOf(
  chunk: ColumnChunk,
  bytes: Uint8Array,
  compressors: Compressors,
  column: ParquetColumn,
): Generator<Page> {
  const data = chunk.meta_data!;
  const start = Math.min(Number(data.data_page_offset), Number(data.dictionary_page_offset || data.data_page_offset));
  const end = start + Number(data.total_compressed_size);
  if (!(start >= 4 && end <= bytes.length)) throw new ParquetDamage('a column that lies outside the file');
  const view = new DataView(bytes.buffer, bytes.byteOffset, end);
  let dictionary: PageValues | undefined;
  for (let at = start; at < end; ) {
    const header = readThrift(view, at);
    const packedSize = header?.struct.get(3);
    const size = header?.struct.get(2);
    if (!header || typeof packedSize !== 'number' || typeof size !== 'number')
      throw new ParquetDamage('a damaged page');
    if (packedSize < 0 || header.end + packedSize > end || size < 0 || size > LARGEST_PAGE) {
      throw new ParquetDamage('a page larger than its column');
    }
    const packed = bytes.subarray(header.end, header.end + packedSize);
    at = header.end + packedSize;
    const checksum = header.struct.get(4);
    if (typeof checksum === 'number' && crc32(packed) !== checksum >>> 0) throw new ParquetDamage('a wrong checksum');
    const unpack = (part: Uint8Array, length: number): DataView => decompress(part, length, data.codec, compressors);
    const type = header.struct.get(1);
    if (type === DICTIONARY_PAGE) {
      const count = fieldOf(structOf(header.struct, 7), 1);
      if (count < 0) throw new ParquetDamage('a damaged dictionary');
      dictionary = decodeValues(unpack(packed, size), 0, count, 0, column.leaf, undefined);
    } else if (type === DATA_PAGE) {
      yield pageV1(structOf(header.struct, 5), unpack(packed, size), column, dictionary);
    } else if (type === DATA_PAGE_V2) {
      yield pageV2(structOf(header.struct, 8), packed, size, unpack, column, dictionary);
    }
  }
}

function pageV1(header: ThriftStruct, view: DataView, column: ParquetColumn, dictionary: PageValues | undefined): Page {
  const rows = checkedRows(fieldOf(header, 1), column);
  let start = 0;
  let levels: Uint32Array | undefined;
  if (column.optional) {
    if (fieldOf(header, 3) !== 3 || view.byteLength < 4) throw new ParquetDamage('levels that cannot be read');
    start = 4 + view.getUint32(0, true);
    if (start > view.byteLength) throw new ParquetDamage('levels beyond their page');
    levels = decodeHybrid(new DataView(view.buffer, view.byteOffset, start), 4, 1, rows);
  }
  const there = levels ? countThere(levels) : rows;
  return { rows, levels, values: decodeValues(view, start, there, fieldOf(header, 2), column.leaf, dictionary) };
}

function pageV2(
  header: ThriftStruct,
  packed: Uint8Array,
  size: number,
  unpack: (part: Uint8Array, length: number) => DataView,
  column: ParquetColumn,
  dictionary: PageValues | undefined,
): Page {
  const rows = checkedRows(fieldOf(header, 1), column);
  const levelBytes = fieldOf(header, 5);
  if (fieldOf(header, 6) !== 0 || levelBytes < 0 || levelBytes > packed.length || levelBytes > size) {
    throw new ParquetDamage('levels beyond their page');
  }
  const levelView = new DataView(packed.buffer, packed.byteOffset, levelBytes);
  const levels = column.optional ? decodeHybrid(levelView, 0, 1, rows) : undefined;
  const rest = packed.subarray(levelBytes);
  const view =
    header.get(7) === false ? new DataView(rest.buffer, rest.byteOffset, rest.length) : unpack(rest, size - levelBytes);
  const there = levels ? countThere(levels) : rows;
  return { rows, levels, values: decodeValues(view, 0, there, fieldOf(header, 4), column.leaf, dictionary) };
}

/** No page holds more values than its column has rows, so nothing larger is ever allocated. */
function checkedRows(rows: number, column: ParquetColumn): number {
  const most = column.chunks.reduce((largest, chunk) => Math.max(largest, chunk.rows), 0);
  if (!(rows >= 0 && rows <= most)) throw new ParquetDamage('more values than rows');
  return rows;
}

function countThere(levels: Uint32Array): number {
  let there = 0;
  for (let i = 0; i < levels.length; i++) there += levels[i];
  return there;
}

function structOf(parent: ThriftStruct, id: number): ThriftStruct {
  const found = parent.get(id);
  if (!(found instanceof Map)) throw new ParquetDamage('a page without its header');
  return found;
}

function fieldOf(struct: ThriftStruct, id: number): number {
  const found = struct.get(id);
  if (typeof found !== 'number') throw new ParquetDamage('a page with a damaged header');
  return found;
}

function decompress(packed: Uint8Array, size: number, codec: CompressionCodec, compressors: Compressors): DataView {
  let page: Uint8Array | undefined;
  const limit = { maxOutputLength: Math.max(size, 1) };
  try {
    if (codec === 'UNCOMPRESSED') page = packed;
    else if (size === 0) page = new Uint8Array(0);
    else if (codec === 'GZIP') page = gunzipSync(packed, limit);
    else if (codec === 'BROTLI') page = brotliDecompressSync(packed, limit);
    else page = compressors[codec]?.(packed, size);
  } catch {
    throw new ParquetDamage(`a page that does not unpack (${codec})`);
  }
  if (page?.length !== size) throw new ParquetDamage(`a page that does not unpack (${codec})`);
  return new DataView(page.buffer, page.byteOffset, page.byteLength);
}
