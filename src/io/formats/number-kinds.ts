/** A way to write a number in bytes. */
export interface NumberKind {
  readonly bytes: number;
  readonly read: (view: DataView, offset: number, littleEndian: boolean) => number;
}

const TWO_32 = 2 ** 32;

/** By the code of numpy: f for floats, i and u for whole numbers with and without a sign, b for truth values. */
export const NUMBER_KINDS = {
  f2: { bytes: 2, read: readHalf },
  f4: { bytes: 4, read: (view, at, little) => view.getFloat32(at, little) },
  f8: { bytes: 8, read: (view, at, little) => view.getFloat64(at, little) },
  i1: { bytes: 1, read: (view, at) => view.getInt8(at) },
  i2: { bytes: 2, read: (view, at, little) => view.getInt16(at, little) },
  i4: { bytes: 4, read: (view, at, little) => view.getInt32(at, little) },
  i8: {
    bytes: 8,
    read: (view, at, little) =>
      view.getInt32(little ? at + 4 : at, little) * TWO_32 + view.getUint32(little ? at : at + 4, little),
  },
  u1: { bytes: 1, read: (view, at) => view.getUint8(at) },
  u2: { bytes: 2, read: (view, at, little) => view.getUint16(at, little) },
  u4: { bytes: 4, read: (view, at, little) => view.getUint32(at, little) },
  u8: {
    bytes: 8,
    read: (view, at, little) =>
      view.getUint32(little ? at + 4 : at, little) * TWO_32 + view.getUint32(little ? at : at + 4, little),
  },
  b1: { bytes: 1, read: (view, at) => (view.getUint8(at) === 0 ? 0 : 1) },
} as const satisfies Record<string, NumberKind>;

/** A code of `NUMBER_KINDS`. */
export type NumberCode = keyof typeof NUMBER_KINDS;

/** True for a code of `NUMBER_KINDS`. */
export function isNumberCode(code: string): code is NumberCode {
  return Object.hasOwn(NUMBER_KINDS, code);
}

/** IEEE 754 binary16: a sign, five bits of exponent, ten of fraction. */
function readHalf(view: DataView, offset: number, littleEndian: boolean): number {
  const bits = view.getUint16(offset, littleEndian);
  const sign = bits & 0x8000 ? -1 : 1;
  const exponent = (bits >> 10) & 31;
  const fraction = bits & 1023;
  if (exponent === 0) return sign * fraction * 2 ** -24;
  if (exponent === 31) return fraction === 0 ? sign * Number.POSITIVE_INFINITY : Number.NaN;
  return sign * (1024 + fraction) * 2 ** (exponent - 25);
}

/** Numbers as f64, and the first row of one beyond 2^53 - 1 that f64 may not hold. */
export interface DecodedNumbers {
  readonly values: Float64Array;
  readonly inexactRow?: number;
}

/** The numbers of one kind that stand `stride` bytes apart, the first at `offset`; all of them lie inside the view. */
export function decodeNumbers(
  code: NumberCode,
  view: DataView,
  offset: number,
  stride: number,
  count: number,
  littleEndian: boolean,
): DecodedNumbers {
  const { read }: NumberKind = NUMBER_KINDS[code];
  const values = new Float64Array(count);
  for (let row = 0; row < count; row++) values[row] = read(view, offset + row * stride, littleEndian);
  return code === 'i8' || code === 'u8' ? { values, inexactRow: firstInexact(values) } : { values };
}

/** First row of a whole number that f64 may not hold, or undefined. */
export function firstInexact(values: Float64Array): number | undefined {
  for (let row = 0; row < values.length; row++) {
    if (Math.abs(values[row]) > Number.MAX_SAFE_INTEGER) return row;
  }
  return undefined;
}
