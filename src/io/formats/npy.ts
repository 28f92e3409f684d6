import { basename } from 'node:path';
import type { FileTable } from '../file-table.ts';
import { quoted } from '../numeric-cell.ts';
import { damagedFile, type TableContent, type TableFormat, unsupportedFile } from './format.ts';
import { decodeNumbers } from './number-kinds.ts';
import { type NumpyType, numpyType, readFixedText } from './numpy-types.ts';
import { parsePythonLiteral } from './python-literal.ts';
import { type ReadColumn, toFileTable } from './read-column.ts';

/** The first bytes of an npy file. */
export const NPY_MAGIC = [0x93, 0x4e, 0x55, 0x4d, 0x50, 0x59] as const;

/** One array of numpy: a vector is one column, a matrix a column for each of its columns, a record array one for each field. */
export const NPY: TableFormat = { name: 'npy', extensions: ['.npy'], magic: NPY_MAGIC, read: readNpy };

/** The header of an npy file, and its data as bytes. */
export interface NpyArray {
  readonly name: string;
  readonly shape: readonly number[];
  readonly type: NumpyType;
  readonly fortranOrder: boolean;
  readonly data: DataView;
}

function readNpy({ bytes, path }: TableContent): FileTable {
  const name = basename(path).replace(/(?:\.[^.]*)?(?:\.gz)?$/i, '') || 'array';
  const array = parseNpy(bytes, name, path);
  return toFileTable(npyColumns(array, path), array.shape[0], path);
}

/**
 * Takes an npy file apart, versions 1.0, 2.0 and 3.0 of the format.
 *
 * @throws FormatError "damaged-file" | "unsupported-file"
 * @see numpy.lib.format
 */
export function parseNpy(bytes: Uint8Array, name: string, file: string): NpyArray {
  const what = `array ${quoted(name)}`;
  if (bytes.length < 10 || NPY_MAGIC.some((byte, i) => bytes[i] !== byte)) {
    throw damagedFile(file, `${what} does not begin as an npy file does`);
  }
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  const version = bytes[6];
  if (version < 1 || version > 3) throw unsupportedFile(file, `${what} is of npy version ${version}`, 'use numpy.save');
  const start = version === 1 ? 10 : 12;
  if (bytes.length < start) throw damagedFile(file, `${what} ends in its header`);
  const length = version === 1 ? view.getUint16(8, true) : view.getUint32(8, true);
  if (start + length > bytes.length || length > 1 << 20) throw damagedFile(file, `${what} ends in its header`);
  const text = new TextDecoder(version === 3 ? 'utf-8' : 'latin1').decode(bytes.subarray(start, start + length));
  const header = parsePythonLiteral(text.trim());
  const shape = header?.get('shape');
  const fortranOrder = header?.get('fortran_order');
  const type = numpyType(header?.get('descr'));
  if (type === undefined || type.bytes === 0 || typeof fortranOrder !== 'boolean' || !isShape(shape)) {
    throw damagedFile(file, `${what} has a header that cannot be read`);
  }
  const size = shape.reduce((product, side) => product * side, 1) * type.bytes;
  const available = bytes.length - start - length;
  // What follows a pickle is no array, and is never looked at.
  if (type.kind !== 'other' && size !== available) {
    throw damagedFile(file, `${what} holds ${available} bytes of data where its header says ${size}`);
  }
  const data = new DataView(view.buffer, view.byteOffset + start + length, available);
  return { name, shape, type, fortranOrder, data };
}

function isShape(value: unknown): value is readonly number[] {
  return Array.isArray(value) && value.every((side) => Number.isSafeInteger(side) && side >= 0);
}

/** True for an array that has columns of numbers: a vector, a matrix or a record array. */
export function isTabular(array: NpyArray): boolean {
  if (array.type.kind === 'record') return array.shape.length === 1;
  return array.type.kind === 'number' && (array.shape.length === 1 || array.shape.length === 2);
}

/** The columns of an array. @throws FormatError "unsupported-file" when it is no table of numbers */
export function npyColumns(array: NpyArray, file: string): ReadColumn[] {
  const { name, type, shape, data } = array;
  const what = `array ${quoted(name)}`;
  if (type.kind === 'other') {
    const hint = type.what === 'complex numbers' ? 'save the real and imaginary parts' : 'save it as float64';
    throw unsupportedFile(file, `${what} holds ${type.what}`, hint);
  }
  if (type.kind === 'text') throw unsupportedFile(file, `${what} holds text`, 'save an array of numbers');
  if (!isTabular(array)) {
    const shown = shape.length === 0 ? 'a single value' : `of shape (${shape.join(', ')})`;
    throw unsupportedFile(file, `${what} is ${shown}`, 'save a vector, a matrix or a record array with one axis');
  }
  const rows = shape[0];
  if (type.kind === 'record') return recordColumns(type, data, rows);
  if (shape.length === 1) {
    return [{ name, kind: 'number', ...decodeNumbers(type.code, data, 0, type.bytes, rows, type.littleEndian) }];
  }
  const [along, across] = array.fortranOrder ? [type.bytes, rows * type.bytes] : [shape[1] * type.bytes, type.bytes];
  return Array.from({ length: rows === 0 ? 0 : shape[1] }, (_, i) => ({
    name: `${name}_${i}`,
    kind: 'number',
    ...decodeNumbers(type.code, data, i * across, along, rows, type.littleEndian),
  }));
}

function recordColumns(record: NumpyType & { readonly kind: 'record' }, data: DataView, rows: number): ReadColumn[] {
  return record.fields.map(({ name, offset, type }): ReadColumn => {
    if (type.kind === 'number') {
      const numbers = decodeNumbers(type.code, data, offset, record.bytes, rows, type.littleEndian);
      return { name, kind: 'number', ...numbers };
    }
    if (type.kind === 'text') {
      const values = Array.from({ length: rows }, (_, row) => readFixedText(data, offset + row * record.bytes, type));
      return { name, kind: 'text', values };
    }
    const what = type.kind === 'record' ? 'holds records' : `holds ${type.what}`;
    return { name, kind: 'unreadable', what, hint: 'save a field of one number, or choose inputs without it' };
  });
}
