import { decodeNumbers, NUMBER_KINDS } from './number-kinds.ts';
import { decodeDelta, decodeHybrid, joinByteStreams, ParquetDamage } from './parquet-encodings.ts';
import type { ParquetLeaf } from './parquet-leaf.ts';

/** The values of a page or a dictionary: numbers, or texts. */
export type PageValues = Float64Array | readonly string[];

/** Encodings by their number in the format. */
const PLAIN = 0;
const PLAIN_DICTIONARY = 2;
const RLE = 3;
const DELTA_BINARY_PACKED = 5;
const DELTA_LENGTH_BYTE_ARRAY = 6;
const DELTA_BYTE_ARRAY = 7;
const RLE_DICTIONARY = 8;
const BYTE_STREAM_SPLIT = 9;

type ReadableLeaf = Exclude<ParquetLeaf, { readonly as: 'unreadable' }>;

const utf8 = new TextDecoder();

/**
 * Decodes `count` values, none of them missing, that begin at `start` and end with the view.
 *
 * @throws ParquetDamage when the bytes do not hold them
 * @see Apache Parquet, Encodings.md
 */
export function decodeValues(
  view: DataView,
  start: number,
  count: number,
  encoding: number,
  leaf: ReadableLeaf,
  dictionary: PageValues | undefined,
): PageValues {
  if (encoding === PLAIN_DICTIONARY || encoding === RLE_DICTIONARY) return lookUp(view, start, count, dictionary);
  if (leaf.as === 'truth') return decodeTruth(view, start, count, encoding);
  if (leaf.as === 'text' || leaf.as === 'wide-decimal') {
    const pieces = decodePieces(view, start, count, encoding, leaf.as === 'text' ? undefined : leaf.bytes);
    return leaf.as === 'text' ? pieces.map((piece) => utf8.decode(piece)) : Float64Array.from(pieces, wholeNumber);
  }
  const { code } = leaf;
  const { bytes } = NUMBER_KINDS[code];
  if (encoding === DELTA_BINARY_PACKED && (bytes === 4 || bytes === 8)) {
    return decodeDelta(view, start, count, bytes === 4 ? 32 : 64, code.startsWith('i')).values;
  }
  if (encoding === BYTE_STREAM_SPLIT) {
    return decodeNumbers(code, joinByteStreams(view, start, count, bytes), 0, bytes, count, true).values;
  }
  if (encoding !== PLAIN) throw new ParquetDamage(`a page in the encoding ${encoding}`);
  if (start + count * bytes > view.byteLength) throw new ParquetDamage('a page cut short');
  return decodeNumbers(code, view, start, bytes, count, true).values;
}

function lookUp(view: DataView, start: number, count: number, dictionary: PageValues | undefined): PageValues {
  if (dictionary === undefined) throw new ParquetDamage('a page without its dictionary');
  if (count > 0 && start >= view.byteLength) throw new ParquetDamage('a page cut short');
  const width = count > 0 ? view.getUint8(start) : 0;
  // A dictionary of one value needs no bits and no runs.
  const indices = width === 0 ? new Uint32Array(count) : decodeHybrid(view, start + 1, width, count);
  const size = dictionary.length;
  for (let row = 0; row < count; row++)
    if (indices[row] >= size) throw new ParquetDamage('an index beyond its dictionary');
  if (!(dictionary instanceof Float64Array)) return Array.from(indices, (index) => dictionary[index]);
  const values = new Float64Array(count);
  for (let row = 0; row < count; row++) values[row] = dictionary[indices[row]];
  return values;
}

function decodeTruth(view: DataView, start: number, count: number, encoding: number): Float64Array {
  if (encoding === RLE) {
    if (start + 4 > view.byteLength) throw new ParquetDamage('a page cut short');
    return Float64Array.from(decodeHybrid(view, start + 4, 1, count));
  }
  if (encoding !== PLAIN) throw new ParquetDamage(`truth values in the encoding ${encoding}`);
  if (start + Math.ceil(count / 8) > view.byteLength) throw new ParquetDamage('a page cut short');
  const values = new Float64Array(count);
  for (let row = 0; row < count; row++) values[row] = (view.getUint8(start + (row >> 3)) >> (row & 7)) & 1;
  return values;
}

/** Pieces of bytes: with their lengths in front, of a fixed length, or with packed lengths and shared beginnings. */
function decodePieces(
  view: DataView,
  start: number,
  count: number,
  encoding: number,
  fixed: number | undefined,
): Uint8Array[] {
  let at = start;
  const take = (length: number): Uint8Array => {
    if (length < 0 || at + length > view.byteLength) throw new ParquetDamage('a page cut short');
    at += length;
    return new Uint8Array(view.buffer, view.byteOffset + at - length, length);
  };
  const lengths = (): Float64Array => {
    const { values, end } = decodeDelta(view, at, count, 32, true);
    at = end;
    return values;
  };
  if (encoding === PLAIN) {
    // Room for a length each: no list is made for more values than the bytes can hold.
    if (count * (fixed ?? 4) > view.byteLength - start) throw new ParquetDamage('a page cut short');
    return Array.from({ length: count }, () => {
      if (fixed !== undefined) return take(fixed);
      if (at + 4 > view.byteLength) throw new ParquetDamage('a page cut short');
      at += 4;
      return take(view.getUint32(at - 4, true));
    });
  }
  if (encoding === DELTA_LENGTH_BYTE_ARRAY) return Array.from(lengths(), take);
  if (encoding !== DELTA_BYTE_ARRAY) throw new ParquetDamage(`text in the encoding ${encoding}`);
  const prefixes = lengths();
  const suffixes = lengths();
  let last = new Uint8Array(0);
  let total = 0;
  return Array.from(prefixes, (prefix, row) => {
    const suffix = take(suffixes[row]);
    total += prefix + suffix.length;
    if (prefix < 0 || prefix > last.length || total > 2 ** 30) throw new ParquetDamage('a text longer than its page');
    const piece = new Uint8Array(prefix + suffix.length);
    piece.set(last.subarray(0, prefix));
    piece.set(suffix, prefix);
    last = piece;
    return piece;
  });
}

/** A whole number in two's complement, most significant byte first. */
function wholeNumber(bytes: Uint8Array): number {
  let value = 0n;
  for (const byte of bytes) value = (value << 8n) | BigInt(byte);
  return Number(BigInt.asIntN(8 * bytes.length, value));
}
