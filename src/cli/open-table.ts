import { resolve } from 'node:path';
import { type FileTable, parseTableSource, readTable } from '../io/index.ts';

/** Reads a table that is named on the command line: a path, and after a # what to take from the file. */
export function openTable(source: string): Promise<FileTable> {
  const { path, ...options } = parseTableSource(source);
  return readTable(path, options);
}

/** The same with an absolute path, so that it may be opened from any folder. */
export function absoluteSource(source: string): string {
  const { path } = parseTableSource(source);
  return resolve(path) + source.slice(path.length);
}
