import { isNumberCode, NUMBER_KINDS, type NumberCode } from './number-kinds.ts';
import type { PythonValue } from './python-literal.ts';

/** A type of numpy: a number, a text of fixed length, a record of named fields, or something that is no column. */
export type NumpyType =
  | { readonly kind: 'number'; readonly bytes: number; readonly code: NumberCode; readonly littleEndian: boolean }
  | {
      readonly kind: 'text';
      readonly bytes: number;
      readonly encoding: 'bytes' | 'utf-32';
      readonly littleEndian: boolean;
    }
  | { readonly kind: 'record'; readonly bytes: number; readonly fields: readonly NumpyField[] }
  | { readonly kind: 'other'; readonly bytes: number; readonly what: string };

/** A field of a record. */
export interface NumpyField {
  readonly name: string;
  readonly offset: number;
  readonly type: NumpyType;
}

/** Letters of numpy for what is no number, with the bytes of an item of "size 1". */
const OTHERS: Readonly<Record<string, readonly [what: string, bytes: number]>> = {
  c: ['complex numbers', 1],
  M: ['dates', 1],
  m: ['time differences', 1],
  V: ['raw bytes', 1],
};

/**
 * The type that the "descr" of an npy header names: a string such as "<f8", or a list of fields.
 *
 * Undefined for what is no type; a Python object, which numpy writes as a pickle, is of kind "other".
 */
export function numpyType(descr: PythonValue | undefined, depth = 0): NumpyType | undefined {
  if (typeof descr === 'string') return plainType(descr);
  if (!Array.isArray(descr) || depth > 4) return undefined;
  const fields: NumpyField[] = [];
  let offset = 0;
  for (const entry of descr as readonly PythonValue[]) {
    if (!Array.isArray(entry) || entry.length < 2 || entry.length > 3) return undefined;
    const [label, inner, shape] = entry as readonly PythonValue[];
    // A field with a title is written ((title, name), type).
    const name = Array.isArray(label) ? label[1] : label;
    const item = numpyType(inner, depth + 1);
    if (typeof name !== 'string' || item === undefined) return undefined;
    const type = shape === undefined ? item : arrayType(item, shape);
    if (type === undefined) return undefined;
    // numpy fills gaps of an aligned record with nameless bytes.
    if (name !== '' || item.kind !== 'other') fields.push({ name, offset, type });
    offset += type.bytes;
  }
  return Number.isSafeInteger(offset) ? { kind: 'record', bytes: offset, fields } : undefined;
}

function plainType(text: string): NumpyType | undefined {
  const found = /^([<>|=]?)([a-zA-Z])(\d*)(?:\[[^\]]*\])?$/.exec(text);
  if (!found) return undefined;
  const [, order, letter, digits] = found;
  const size = Number(digits);
  const littleEndian = order !== '>';
  const code = `${letter}${digits}`;
  if (isNumberCode(code)) return { kind: 'number', bytes: NUMBER_KINDS[code].bytes, code, littleEndian };
  if (letter === 'O') return { kind: 'other', bytes: 8, what: 'Python objects' };
  if (letter === 'S' || letter === 'a') return { kind: 'text', bytes: size, encoding: 'bytes', littleEndian };
  if (letter === 'U') return { kind: 'text', bytes: 4 * size, encoding: 'utf-32', littleEndian };
  if (letter === 'f') return { kind: 'other', bytes: size, what: `floats of ${size * 8} bits` };
  const other = OTHERS[letter];
  return other && { kind: 'other', bytes: size * other[1], what: other[0] };
}

function arrayType(item: NumpyType, shape: PythonValue): NumpyType | undefined {
  if (!Array.isArray(shape) || shape.some((length) => typeof length !== 'number' || length < 0)) return undefined;
  const count = (shape as readonly number[]).reduce((product, length) => product * length, 1);
  if (!Number.isSafeInteger(count * item.bytes)) return undefined;
  return { kind: 'other', bytes: count * item.bytes, what: `arrays of shape (${shape.join(', ')})` };
}

const latin1 = new TextDecoder('latin1');

/** The text of a fixed number of bytes, without the zeros that fill it. */
export function readFixedText(view: DataView, offset: number, type: NumpyType & { readonly kind: 'text' }): string {
  if (type.encoding === 'bytes') {
    const bytes = new Uint8Array(view.buffer, view.byteOffset + offset, type.bytes);
    return latin1.decode(bytes).replace(/\0+$/, '');
  }
  let text = '';
  for (let at = offset; at < offset + type.bytes; at += 4) {
    const point = view.getUint32(at, type.littleEndian);
    text += point <= 0x10ffff ? String.fromCodePoint(point) : '\ufffd';
  }
  return text.replace(/\0+$/, '');
}
