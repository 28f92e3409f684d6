/** What the decoders throw when bytes are not what the format says; the reader of the file says where. */
export class ParquetDamage extends Error {}

function unsignedVarint(view: DataView, at: { offset: number }): bigint {
  let value = 0n;
  for (let shift = 0n; shift < 70n; shift += 7n) {
    if (at.offset >= view.byteLength) throw new ParquetDamage('a number beyond the end of its page');
    const byte = view.getUint8(at.offset++);
    value |= BigInt(byte & 127) << shift;
    if (byte < 128) return value;
  }
  throw new ParquetDamage('a number that does not end');
}

/**
 * Decodes runs of equal values and runs of packed bits: RLE / bit-packing hybrid.
 *
 * @param width bits of a value, 0 to 32
 * @param count values to decode
 * @see Apache Parquet, Encodings.md, RLE = 3
 */
export function decodeHybrid(view: DataView, start: number, width: number, count: number): Uint32Array {
  if (width > 32) throw new ParquetDamage(`values of ${width} bits`);
  const values = new Uint32Array(count);
  const at = { offset: start };
  const bytes = (width + 7) >> 3;
  for (let row = 0; row < count; ) {
    const head = Number(unsignedVarint(view, at));
    const run = Math.floor(head / 2);
    if (run === 0) throw new ParquetDamage('an empty run');
    if (head % 2 === 0) {
      if (at.offset + bytes > view.byteLength) throw new ParquetDamage('a run beyond the end of its page');
      let value = 0;
      for (let i = 0; i < bytes; i++) value += view.getUint8(at.offset++) * 2 ** (8 * i);
      const end = Math.min(count, row + run);
      values.fill(value, row, end);
      row = end;
    } else {
      // Groups of eight values; the last group may be cut where the values end.
      const taken = Math.min(count - row, run * 8);
      if (at.offset + Math.ceil((taken * width) / 8) > view.byteLength) throw new ParquetDamage('a run cut short');
      let bit = at.offset * 8;
      for (let i = 0; i < taken; i++, bit += width) values[row + i] = bitsAt(view, bit, width);
      at.offset += run * width;
      row += taken;
    }
  }
  return values;
}

/** Bits `bit` to `bit + width` of the bytes, least significant first. */
function bitsAt(view: DataView, bit: number, width: number): number {
  let value = 0;
  let taken = 0;
  let byte = Math.floor(bit / 8);
  let skip = bit % 8;
  while (taken < width) {
    const bits = Math.min(8 - skip, width - taken);
    value += ((view.getUint8(byte++) >> skip) & ((1 << bits) - 1)) * 2 ** taken;
    taken += bits;
    skip = 0;
  }
  return value;
}

/**
 * Decodes whole numbers that are written as packed differences; 32- or 64-bit arithmetic wraps around.
 *
 * @returns the values and the offset behind them
 * @see Apache Parquet, Encodings.md, DELTA_BINARY_PACKED = 5
 */
export function decodeDelta(
  view: DataView,
  start: number,
  count: number,
  bits: 32 | 64,
  signed: boolean,
): { values: Float64Array; end: number } {
  const at = { offset: start };
  const blockSize = Number(unsignedVarint(view, at));
  const miniblocks = Number(unsignedVarint(view, at));
  const total = Number(unsignedVarint(view, at));
  const perMiniblock = blockSize / miniblocks;
  if (total !== count || !Number.isInteger(perMiniblock) || perMiniblock % 8 !== 0 || blockSize > 1 << 20) {
    throw new ParquetDamage('a page of differences with a damaged header');
  }
  const values = new Float64Array(count);
  const wrap = signed ? BigInt.asIntN : BigInt.asUintN;
  let last = zigzag(unsignedVarint(view, at));
  if (count > 0) values[0] = Number(wrap(bits, last));
  for (let row = 1; row < count; ) {
    const least = zigzag(unsignedVarint(view, at));
    const widths = at.offset;
    at.offset += miniblocks;
    if (at.offset > view.byteLength) throw new ParquetDamage('a block of differences cut short');
    for (let block = 0; block < miniblocks && row < count; block++) {
      const width = view.getUint8(widths + block);
      const taken = Math.min(count - row, perMiniblock);
      if (width > 64 || at.offset + Math.ceil((taken * width) / 8) > view.byteLength) {
        throw new ParquetDamage('a block of differences cut short');
      }
      let bit = at.offset * 8;
      for (let i = 0; i < taken; i++, bit += width) {
        last = BigInt.asIntN(bits, last + least + wideBitsAt(view, bit, width));
        values[row++] = Number(wrap(bits, last));
      }
      at.offset += (perMiniblock * width) / 8;
    }
  }
  return { values, end: Math.min(at.offset, view.byteLength) };
}

function wideBitsAt(view: DataView, bit: number, width: number): bigint {
  if (width <= 32) return BigInt(bitsAt(view, bit, width));
  return BigInt(bitsAt(view, bit, 32)) | (BigInt(bitsAt(view, bit + 32, width - 32)) << 32n);
}

function zigzag(value: bigint): bigint {
  return (value >> 1n) ^ -(value & 1n);
}

/** Puts together values whose first bytes, second bytes and so on stand apart. @see Encodings.md, BYTE_STREAM_SPLIT = 9 */
export function joinByteStreams(view: DataView, start: number, count: number, bytes: number): DataView {
  if (start + count * bytes > view.byteLength) throw new ParquetDamage('a page cut short');
  const joined = new Uint8Array(count * bytes);
  for (let stream = 0; stream < bytes; stream++) {
    const from = start + stream * count;
    for (let row = 0; row < count; row++) joined[row * bytes + stream] = view.getUint8(from + row);
  }
  return new DataView(joined.buffer);
}
