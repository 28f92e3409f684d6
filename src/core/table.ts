import { DataError } from './errors.ts';
import { nearest } from './nearest.ts';

/** A column of a table: numbers in f64, or text that no fit reads. */
export type Column =
  | { readonly name: string; readonly kind: 'number'; readonly values: Float64Array }
  | { readonly name: string; readonly kind: 'text'; readonly values: readonly string[] };

/** What `Table.from` accepts: an object of columns, each a number array or an array of text. */
export type ColumnRecord = Readonly<Record<string, ArrayLike<number> | readonly string[]>>;

/**
 * Named columns of equal length.
 *
 * @example Table.from({ x: [1, 2, 3], y: [2, 4, 6] }).rows // 3
 */
export class Table {
  readonly columns: readonly Column[];
  readonly rows: number;

  /** @throws DataError "duplicate-column" | "ragged-columns" */
  constructor(columns: readonly Column[]) {
    const seen = new Set<string>();
    for (const column of columns) {
      if (seen.has(column.name)) {
        throw new DataError('duplicate-column', `column "${column.name}" appears twice`, 'rename one of them');
      }
      seen.add(column.name);
      if (column.values.length !== columns[0].values.length) {
        throw new DataError(
          'ragged-columns',
          `column "${column.name}" has ${column.values.length} rows, "${columns[0].name}" has ${columns[0].values.length}`,
          'give every column the same number of rows',
        );
      }
    }
    this.columns = columns;
    this.rows = columns.length > 0 ? columns[0].values.length : 0;
  }

  static from(record: ColumnRecord): Table {
    return new Table(
      Object.entries(record).map(([name, values]): Column => {
        if (values.length > 0 && typeof values[0] === 'string') {
          return { name, kind: 'text', values: Array.from(values as readonly string[]) };
        }
        return { name, kind: 'number', values: Float64Array.from(values as ArrayLike<number>) };
      }),
    );
  }

  get names(): string[] {
    return this.columns.map((column) => column.name);
  }

  /** @throws DataError "unknown-column" with the nearest name */
  column(name: string): Column {
    const found = this.columns.find((column) => column.name === name);
    if (found) return found;
    const near = nearest(name, this.names);
    throw new DataError(
      'unknown-column',
      `no column "${name}"`,
      near ? `did you mean "${near}"?` : `columns: ${this.names.join(', ')}`,
      { column: name },
    );
  }

  /** The f64 values of a numeric column. @throws DataError "unknown-column" | "text-column" */
  numbers(name: string): Float64Array {
    const column = this.column(name);
    if (column.kind === 'number') return column.values;
    throw new DataError('text-column', `column "${name}" holds text`, 'choose a numeric column', { column: name });
  }
}
