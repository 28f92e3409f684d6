import { isUtf8 } from 'node:buffer';
import { createReadStream } from 'node:fs';
import { readFile, stat } from 'node:fs/promises';
import { FormatError } from '../core/index.ts';
import type { FileTable } from './file-table.ts';
import { binaryFile, parseBlocks } from './parse-table.ts';
import { fromSystemError } from './system-error.ts';

/** Largest file read, in bytes: 2 GiB less one, what one Node buffer holds. */
const LARGEST_FILE = 2 ** 31 - 1;
const BLOCK_BYTES = 1 << 22;
const LINE_FEED = 10;

/** First bytes of files that are often given by mistake. */
const SIGNATURES: readonly (readonly [bytes: readonly number[], hint: string])[] = [
  [[0x50, 0x4b, 0x03, 0x04], 'a spreadsheet or zip file: export the table as CSV'],
  [[0x1f, 0x8b], 'a gzip file: unpack it first'],
  [[0x50, 0x41, 0x52, 0x31], 'a Parquet file: export the table as CSV'],
  [[0x89, 0x48, 0x44, 0x46], 'an HDF5 file: export the table as CSV'],
  [[0x25, 0x50, 0x44, 0x46], 'a PDF file: export the table as CSV'],
  [[0xff, 0xfe], 'UTF-16 text: save it as UTF-8'],
  [[0xfe, 0xff], 'UTF-16 text: save it as UTF-8'],
];

/**
 * Reads a CSV or TSV file, or a pipe, into a table; see `parseTable` for the format.
 *
 * @throws FormatError with the code of the system ("ENOENT", "EACCES" ...), "binary-file", "file-too-large",
 *   or a code of `parseTable`
 */
export async function readTable(path: string): Promise<FileTable> {
  const bytes = await readBytes(path).catch((error) => {
    throw fromSystemError(error, 'cannot read', path);
  });
  checkText(bytes, path);
  return parseBlocks(() => decodeBlocks(bytes, path), path);
}

async function readBytes(path: string): Promise<Buffer> {
  const status = await stat(path);
  if (status.isDirectory())
    throw new FormatError('EISDIR', 'a folder, not a file', path, 0, 'give the path of a table');
  if (status.isFIFO() || status.isSocket()) return readPipe(path);
  if (!status.isFile())
    throw new FormatError('not-a-file', 'a device, not a file', path, 0, 'give the path of a table');
  if (status.size > LARGEST_FILE) throw tooLarge(path);
  return readFile(path);
}

async function readPipe(path: string): Promise<Buffer> {
  const parts: Buffer[] = [];
  let length = 0;
  for await (const part of createReadStream(path)) {
    parts.push(part);
    length += part.length;
    if (length > LARGEST_FILE) throw tooLarge(path);
  }
  return Buffer.concat(parts, length);
}

function tooLarge(path: string): FormatError {
  return new FormatError('file-too-large', 'larger than 2 GiB', path, 0, 'take a sample of the rows');
}

function checkText(bytes: Buffer, path: string): void {
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
function* decodeBlocks(bytes: Buffer, path: string): Generator<string> {
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
