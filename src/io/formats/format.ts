import { FormatError } from '../../core/index.ts';
import type { FileTable } from '../file-table.ts';
import type { TableOptions } from '../table-source.ts';

/** The content of a file, unpacked where it was gzipped, and the name that errors show. */
export interface TableContent {
  readonly path: string;
  readonly bytes: Buffer;
}

/** A table format: how a file of it is known, and how it is read. */
export interface TableFormat {
  /** As errors write it, such as "Parquet". */
  readonly name: string;
  /** With the dot, in lower case. */
  readonly extensions: readonly string[];
  /** First bytes of every file of the format. */
  readonly magic?: readonly number[];
  /** False where other formats begin with the same bytes, so that they name no format by themselves. */
  readonly magicIsUnique?: boolean;
  /** Which option selects inside a file; none where a file is one table. */
  readonly selects?: 'parts' | 'columns';
  readonly read: (content: TableContent, options: TableOptions) => FileTable | Promise<FileTable>;
}

/** The error for bytes that are not what the format says they are. */
export function damagedFile(file: string, what: string, hint = 'copy the file again, or write it anew'): FormatError {
  return new FormatError('damaged-file', what, file, 0, hint);
}

/** The error for a file that is sound and not read here. */
export function unsupportedFile(file: string, what: string, hint: string): FormatError {
  return new FormatError('unsupported-file', what, file, 0, hint);
}

/** The names of what a file holds, for a hint: the first of them when they are many. */
export function listed(names: readonly string[]): string {
  const shown = names.slice(0, 12).join(', ');
  return names.length > 12 ? `${shown} and ${names.length - 12} more` : shown;
}
