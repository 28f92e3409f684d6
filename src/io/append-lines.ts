import { closeSync, fstatSync, openSync, readSync, writeSync } from 'node:fs';
import { fromSystemError } from './system-error.ts';

/** A file that lines are appended to: each reaches the system whole, before `append` returns. */
export class LineFile {
  /** Why a line could not be written; no further one is tried. */
  failure: unknown;
  private readonly path: string;
  private readonly descriptor: number;

  /**
   * Opens the file, or makes it. What a killed process left unfinished is closed by a line end.
   *
   * @throws FormatError with the code of the system
   */
  constructor(path: string) {
    this.path = path;
    try {
      this.descriptor = openSync(path, 'a+');
      const status = fstatSync(this.descriptor);
      const last = Buffer.alloc(1);
      const torn = status.isFile() && status.size > 0 && readSync(this.descriptor, last, 0, 1, status.size - 1) === 1;
      if (torn && last[0] !== NEWLINE) writeSync(this.descriptor, '\n');
    } catch (error) {
      throw fromSystemError(error, 'cannot write', path);
    }
  }

  /** Appends a line. Does not throw. */
  append(line: string): void {
    if (this.failure !== undefined) return;
    try {
      writeSync(this.descriptor, `${line}\n`);
    } catch (error) {
      this.failure = fromSystemError(error, 'cannot write', this.path);
    }
  }

  close(): void {
    try {
      closeSync(this.descriptor);
    } catch (error) {
      this.failure ??= fromSystemError(error, 'cannot close', this.path);
    }
  }
}

const NEWLINE = 10;
