import { FormatError } from '../../core/index.ts';

/** First bytes of a saved state; the number is the version of the format. */
const MAGIC = 'ANSATZ-STATE-1\n';
const CHECKSUM_BYTES = 8;

/**
 * Plain data with arrays of f64 as bytes: a JSON header, in which every array is a place in the block of numbers
 * behind it, and a checksum.
 */
export function encodeState(state: unknown): Uint8Array {
  const arrays: Float64Array[] = [];
  let length = 0;
  const header = JSON.stringify(state, (_, value: unknown) => {
    if (value instanceof Float64Array) {
      arrays.push(value);
      length += value.length;
      return { $f64: value.length };
    }
    if (typeof value === 'number' && !Number.isFinite(value)) return { $number: String(value) };
    return value;
  });
  const text = new TextEncoder().encode(header);
  const start = Math.ceil((MAGIC.length + 4 + text.length) / 8) * 8;
  const bytes = new Uint8Array(start + 8 * length + CHECKSUM_BYTES);
  const view = new DataView(bytes.buffer);
  bytes.set(new TextEncoder().encode(MAGIC));
  view.setUint32(MAGIC.length, text.length, true);
  bytes.set(text, MAGIC.length + 4);
  let at = start;
  for (const array of arrays) {
    bytes.set(new Uint8Array(array.buffer, array.byteOffset, array.byteLength), at);
    at += array.byteLength;
  }
  view.setFloat64(at, checksum(bytes.subarray(0, at)), true);
  return bytes;
}

/**
 * Reads what `encodeState` wrote.
 *
 * @throws FormatError "damaged" for anything else, or for a file that was cut short or changed
 */
export function decodeState(bytes: Uint8Array, file = 'checkpoint'): unknown {
  const damaged = (message: string): never => {
    throw new FormatError('damaged', message, file, 0, 'start the run afresh, or restore the file');
  };
  if (bytes.length < MAGIC.length + 4 + CHECKSUM_BYTES) damaged('too short for a saved run');
  const magic = new TextDecoder().decode(bytes.subarray(0, MAGIC.length));
  if (magic !== MAGIC) damaged('not a saved run of this version');
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  const end = bytes.length - CHECKSUM_BYTES;
  if (view.getFloat64(end, true) !== checksum(bytes.subarray(0, end))) damaged('the checksum does not match');
  const size = view.getUint32(MAGIC.length, true);
  let at = Math.ceil((MAGIC.length + 4 + size) / 8) * 8;
  const text = new TextDecoder().decode(bytes.subarray(MAGIC.length + 4, MAGIC.length + 4 + size));
  // Arrays follow in the order in which the writer met them; a reviver would meet them from the inside out.
  const revive = (value: unknown): unknown => {
    if (Array.isArray(value)) return value.map(revive);
    if (typeof value !== 'object' || value === null) return value;
    const fields = value as Record<string, unknown>;
    if (typeof fields.$f64 === 'number') {
      const copy = bytes.slice(at, at + 8 * fields.$f64);
      at += 8 * fields.$f64;
      return new Float64Array(copy.buffer, copy.byteOffset, fields.$f64);
    }
    if (typeof fields.$number === 'string') return Number(fields.$number);
    return Object.fromEntries(Object.entries(fields).map(([key, inner]) => [key, revive(inner)]));
  };
  return revive(JSON.parse(text));
}

/** Two 26-bit sums over the words: a changed or missing byte shows. */
function checksum(bytes: Uint8Array): number {
  let a = 1;
  let b = bytes.length & 0x3ffffff;
  for (let i = 0; i < bytes.length; i++) {
    a = (Math.imul(a ^ bytes[i], 0x01000193) ^ (a >>> 15)) >>> 0;
    if ((i & 1023) === 0) b = (b + a) & 0x3ffffff;
  }
  return a + b * 67108864;
}
