import { closeSync, openSync, renameSync, unlinkSync, writeSync } from 'node:fs';
import * as nodeFiles from 'node:fs/promises';
import { basename, dirname, join } from 'node:path';
import { FormatError } from '../core/index.ts';
import { fromSystemError } from './system-error.ts';

/** The operations on files that an atomic write takes; a test replaces them to fail on purpose. */
export type FileOperations = Pick<typeof nodeFiles, 'open' | 'rename' | 'unlink' | 'stat' | 'realpath'>;

let counter = 0;

/**
 * Writes a file whole or not at all.
 *
 * The content goes to a temporary file in the same folder, reaches the disk, and then takes the place of
 * `path` in one step. Whatever fails, `path` is as it was and the temporary file is gone.
 *
 * @throws FormatError with the code of the system, such as "ENOSPC" or "EACCES"
 */
export async function writeAtomically(
  path: string,
  content: string | Uint8Array | Iterable<string>,
  files: FileOperations = nodeFiles,
): Promise<void> {
  let temporary = '';
  try {
    // A link keeps pointing where it points: the file behind it is replaced.
    const target = await files.realpath(path).catch(() => path);
    const status = await files.stat(target).catch(() => undefined);
    if (status && !status.isFile()) {
      const message = status.isDirectory() ? 'cannot write: a folder, not a file' : 'cannot write: not a regular file';
      throw new FormatError('not-a-file', message, path, 0, 'give the path of a file');
    }
    const name = temporaryName(target);
    const handle = await files.open(name, 'wx', status?.mode);
    temporary = name;
    try {
      if (typeof content === 'string' || content instanceof Uint8Array) await handle.writeFile(content);
      else for (const part of content) await handle.writeFile(part);
      await handle.sync();
    } finally {
      await handle.close();
    }
    await files.rename(temporary, target);
  } catch (error) {
    if (temporary !== '') await files.unlink(temporary).catch(() => {});
    throw fromSystemError(error, 'cannot write', path);
  }
}

/**
 * Writes a file whole or not at all, before it returns: for a program that computes and lets nothing else through.
 *
 * A process that is killed leaves the old file or the new one. The system may keep the bytes in its memory for some
 * seconds; `keepOpen` gets the open file, to send them to the disk and to close it.
 *
 * @throws FormatError with the code of the system
 */
export function writeAtomicallySync(
  path: string,
  content: string | Uint8Array,
  keepOpen?: (descriptor: number) => void,
): void {
  const bytes = typeof content === 'string' ? Buffer.from(content) : content;
  const temporary = temporaryName(path);
  let descriptor: number | undefined;
  try {
    descriptor = openSync(temporary, 'wx');
    for (let at = 0; at < bytes.length; ) at += writeSync(descriptor, bytes, at);
    if (!keepOpen) {
      closeSync(descriptor);
      descriptor = undefined;
    }
    renameSync(temporary, path);
    if (descriptor !== undefined) keepOpen?.(descriptor);
  } catch (error) {
    if (descriptor !== undefined) tryTo(() => closeSync(descriptor as number));
    tryTo(() => unlinkSync(temporary));
    throw fromSystemError(error, 'cannot write', path);
  }
}

function temporaryName(target: string): string {
  return join(dirname(target), `.${basename(target).slice(0, 100)}.${process.pid}.${counter++}.tmp`);
}

function tryTo(action: () => void): void {
  try {
    action();
  } catch {
    // What failed first is what counts.
  }
}
