import { FormatError } from '../core/index.ts';

/** Numbers with a shape, as a file holds them. */
export interface StoredTensor {
  readonly shape: readonly number[];
  /** Float32Array is "F32" in the file, Int32Array "I32". */
  readonly values: Float32Array | Int32Array;
}

/** What a safetensors file holds. */
export interface StoredTensors {
  readonly tensors: ReadonlyMap<string, StoredTensor>;
  readonly metadata: Readonly<Record<string, string>>;
}

const LENGTH_BYTES = 8;
const METADATA = '__metadata__';

/**
 * The bytes of a safetensors file: the length of the header, the header as JSON, the values in its order.
 *
 * @see https://github.com/huggingface/safetensors, "Format"
 */
export function encodeSafetensors({ tensors, metadata }: StoredTensors): Uint8Array<ArrayBuffer> {
  const header: Record<string, unknown> = Object.keys(metadata).length > 0 ? { [METADATA]: metadata } : {};
  let end = 0;
  for (const [name, { shape, values }] of tensors) {
    const begin = end;
    end += values.byteLength;
    header[name] = { dtype: values instanceof Int32Array ? 'I32' : 'F32', shape, data_offsets: [begin, end] };
  }
  const text = JSON.stringify(header);
  const encoded = new TextEncoder().encode(text);
  // Values begin at a multiple of 8; a header may end in blanks.
  const padded = Math.ceil(encoded.length / 8) * 8;
  const bytes = new Uint8Array(LENGTH_BYTES + padded + end).fill(0x20, LENGTH_BYTES, LENGTH_BYTES + padded);
  new DataView(bytes.buffer).setBigUint64(0, BigInt(padded), true);
  bytes.set(encoded, LENGTH_BYTES);
  let at = LENGTH_BYTES + padded;
  for (const { values } of tensors.values()) {
    bytes.set(new Uint8Array(values.buffer, values.byteOffset, values.byteLength), at);
    at += values.byteLength;
  }
  return bytes;
}

/**
 * Reads the bytes of a safetensors file; every value is looked up in full or the file is refused.
 *
 * @param file its name, for messages
 * @throws FormatError "safetensors" for a file that is cut off, or that its header does not describe; "safetensors-type" for
 *   numbers that are neither F32 nor I32
 */
export function decodeSafetensors(bytes: Uint8Array, file = 'safetensors'): StoredTensors {
  const fail = (message: string): never => {
    throw new FormatError('safetensors', message, file, 0, 'was it written in full?');
  };
  if (bytes.length < LENGTH_BYTES) fail(`${bytes.length} bytes are too few for a header`);
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  const length = Number(view.getBigUint64(0, true));
  const begin = LENGTH_BYTES + length;
  if (begin > bytes.length) fail(`a header of ${length} bytes in a file of ${bytes.length}`);
  const header = readHeader(bytes.subarray(LENGTH_BYTES, begin), fail);
  const tensors = new Map<string, StoredTensor>();
  const ends: [number, number][] = [];
  for (const [name, entry] of Object.entries(header)) {
    if (name === METADATA) continue;
    const { dtype, shape, data_offsets: offsets } = entry as Record<string, unknown>;
    if (!isCounts(shape)) return fail(`"${name}" has no shape`);
    if (!isCounts(offsets) || offsets.length !== 2) return fail(`"${name}" has no place`);
    if (dtype !== 'F32' && dtype !== 'I32') {
      const hint = 'convert them to single precision';
      throw new FormatError('safetensors-type', `"${name}" holds numbers of type ${String(dtype)}`, file, 0, hint);
    }
    const [from, to] = offsets;
    const size = shape.reduce((product, axis) => product * axis, 1);
    if (to - from !== 4 * size) fail(`"${name}" has ${to - from} bytes for a shape [${shape.join(', ')}]`);
    if (begin + to > bytes.length) fail(`"${name}" ends at byte ${begin + to} of ${bytes.length}`);
    ends.push([from, to]);
    // A copy that begins at 0: `slice` of what Node reads from a file is no copy.
    const { buffer } = new Uint8Array(bytes.subarray(begin + from, begin + to));
    tensors.set(name, { shape, values: dtype === 'F32' ? new Float32Array(buffer) : new Int32Array(buffer) });
  }
  ends.sort(([a], [b]) => a - b);
  const last = ends.reduce(
    (end, [from, to]) => (from === end ? to : fail(`values overlap or leave a gap at ${from}`)),
    0,
  );
  if (begin + last !== bytes.length) fail(`${bytes.length - begin - last} bytes follow the last value`);
  return { tensors, metadata: (header[METADATA] ?? {}) as Record<string, string> };
}

function readHeader(bytes: Uint8Array, fail: (message: string) => never): Record<string, unknown> {
  let header: unknown;
  try {
    header = JSON.parse(new TextDecoder('utf-8', { fatal: true }).decode(bytes));
  } catch {
    return fail('the header is not JSON');
  }
  const isTable = (value: unknown): boolean => typeof value === 'object' && value !== null && !Array.isArray(value);
  if (!isTable(header) || !Object.values(header as object).every(isTable)) fail('the header is not a table of tensors');
  return header as Record<string, unknown>;
}

function isCounts(value: unknown): value is number[] {
  return Array.isArray(value) && value.every((entry) => Number.isSafeInteger(entry) && entry >= 0);
}
