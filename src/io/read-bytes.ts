import { createReadStream } from 'node:fs';
import { readFile, stat } from 'node:fs/promises';
import { FormatError } from '../core/index.ts';
import { fromSystemError } from './system-error.ts';

/** Largest file read, in bytes: 2 GiB less one, what one Node buffer holds. */
export const LARGEST_FILE = 2 ** 31 - 1;

/**
 * The content of a file or a pipe.
 *
 * @throws FormatError with the code of the system ("ENOENT", "EACCES" ...), "not-a-file" or "file-too-large"
 */
export async function readBytes(path: string): Promise<Buffer> {
  return readAll(path).catch((error) => {
    throw fromSystemError(error, 'cannot read', path);
  });
}

async function readAll(path: string): Promise<Buffer> {
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

/** The error for a file, or for what it unpacks to, of over 2 GiB. */
export function tooLarge(path: string): FormatError {
  return new FormatError('file-too-large', 'larger than 2 GiB', path, 0, 'take a sample of the rows');
}
