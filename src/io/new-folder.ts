import { mkdir, readdir, rename, rm, rmdir, stat } from 'node:fs/promises';
import { basename, dirname, join, resolve } from 'node:path';
import { FormatError } from '../core/index.ts';
import { fromSystemError } from './system-error.ts';

let counter = 0;

/**
 * Makes a folder whole or not at all: it is filled under another name beside its place, and then takes it in one step.
 *
 * @param path of a folder that is not there yet, or is empty
 * @param fill writes into the folder whose path it gets; whatever it throws, nothing is left
 * @throws FormatError "folder-not-empty" for a folder that holds something, before anything is filled; the code of the system
 */
export async function writeFolderAtomically<T>(path: string, fill: (folder: string) => Promise<T>): Promise<T> {
  const target = resolve(path);
  let temporary = '';
  try {
    const status = await stat(target).catch(() => undefined);
    if (status && !status.isDirectory()) {
      throw new FormatError('not-a-folder', 'a file, not a folder', path, 0, 'give a folder that is not there yet');
    }
    if (status && (await readdir(target)).length > 0) {
      throw new FormatError('folder-not-empty', 'the folder is not empty', path, 0, 'give one that is not there yet');
    }
    const name = join(dirname(target), `.${basename(target).slice(0, 100)}.${process.pid}.${counter++}.tmp`);
    await mkdir(name);
    temporary = name;
    const result = await fill(temporary);
    if (status) await rmdir(target);
    await rename(temporary, target);
    return result;
  } catch (error) {
    if (temporary !== '') await rm(temporary, { recursive: true, force: true });
    throw fromSystemError(error, 'cannot write', path);
  }
}
