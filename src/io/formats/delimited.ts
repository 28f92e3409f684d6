import { isUtf8 } from 'node:buffer';
import { FormatError } from '../../core/index.ts';
import type { FileTable } from '../file-table.ts';
import { binaryFile, parseBlocks } from '../parse-table.ts';
import type { TableContent, TableFormat } from './format.ts';

const BLOCK_BYTES = 1 << 22;
const LINE_FEED = 10;

/** First bytes of files that are often given by mistake. */
const SIGNATURES: readonly (readonly [bytes: readonly number[], hint: string])[] = [
  [[0x50, 0x4b, 0x03, 0x04], 'a spreadsheet or zip file: export the table as CSV'],
  [[0x25, 0x50, 0x44, 0x46], 'a PDF file: export the table as CSV'],
  [[0xff, 0xfe], 'UTF-16 text: save it as UTF-8'],
  [[0xfe, 0xff], 'UTF-16 text: save it as UTF-8'],
];

/** Comma-separated values and their kin; see `parseTable`. */
export const DELIMITED: TableFormat = {
  name: 'CSV',
  extensions: ['.csv', '.tsv', '.txt', '.dat'],
  read: readDelimited,
};

function readDelimited({ bytes, path }: TableContent): FileTable {
  checkText(bytes, path);
  return parseBlocks(() => decodeBlocks(bytes, path), path);
}

/** @throws FormatError "binary-file" | "not-utf8" for bytes that are no text in UTF-8 */
export function checkText(bytes: Buffer, path: string): void {
  for (const [signature, hint] of SIGNATURES) {
    if (signature.every((byte, i) => bytes[i] === byte)) throw binaryFile(path, hint);
  }
  if (bytes.includes(0)) throw binaryFile(path);
  if (isUtf8(bytes)) return;
  const line = firstInvalidLine(bytes);
  throw new FormatError('not-utf8', 'bytes that are not UTF-8', path, line, 'save the file as UTF-8 text');
}

function firstInvalidLine(bytes: Buffer): number {
  let line = 1;
  for (let start = 0; start < bytes.length; line++) {
    const end = bytes.indexOf(LINE_FEED, start);
    const stop = end < 0 ? bytes.length : end + 1;
    if (!isUtf8(bytes.subarray(start, stop))) return line;
    start = stop;
  }
  return 0;
}

/** The text in parts of some megabytes, cut at line ends: no string of the whole file is ever made. */
export function* decodeBlocks(bytes: Buffer, path: string): Generator<string> {
  let start = 0;
  while (start < bytes.length) {
    const end = start + BLOCK_BYTES < bytes.length ? bytes.indexOf(LINE_FEED, start + BLOCK_BYTES) + 1 : 0;
    const stop = end === 0 ? bytes.length : end;
    if (stop - start > 2 ** 29 - 25) {
      throw new FormatError('line-too-long', 'a line of over 500 MB', path, 0, 'break the table into lines');
    }
    yield bytes.toString('utf8', start, stop);
    start = stop;
  }
}
