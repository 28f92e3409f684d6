import { type Column, type FormatError, Table } from '../core/index.ts';

/**
 * A table that remembers the file it came from and which of its columns are damaged.
 *
 * A damaged column holds numbers except in some cells. It is kept as text, so that a fit may pass it
 * over, and asking for its numbers names the first bad line.
 */
export class FileTable extends Table {
  readonly file: string;
  /** By column name, why its numbers cannot be read. */
  readonly faults: ReadonlyMap<string, FormatError>;

  /** By column name, the unit as the file states it, for the columns of which it states one. */
  readonly units: ReadonlyMap<string, string>;

  constructor(
    columns: readonly Column[],
    file: string,
    faults: ReadonlyMap<string, FormatError>,
    units: ReadonlyMap<string, string> = new Map(),
  ) {
    super(columns);
    this.file = file;
    this.faults = faults;
    this.units = units;
  }

  /** @throws FormatError "damaged-column" | "unsupported-column"; DataError "unknown-column" | "text-column" */
  override numbers(name: string): Float64Array {
    const fault = this.faults.get(name);
    if (fault) throw fault;
    return super.numbers(name);
  }
}
