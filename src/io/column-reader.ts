import type { Column } from '../core/index.ts';
import { FormatError } from '../core/index.ts';
import { type CellFault, classifyCell, quoted, readNumber } from './numeric-cell.ts';

const MENDS: Record<CellFault, string> = {
  missing: 'fill in the cell, remove the row, or choose inputs without this column',
  'decimal-comma': 'write numbers with a decimal point and without commas',
  overflow: 'rescale the column: numbers end near 1.8e308',
  text: 'mend the cell, remove the row, or choose inputs without this column',
};

/**
 * Collects one column cell by cell, as numbers for as long as they are numbers.
 *
 * A column is numeric when every cell is; damaged when numbers are at least as many as words; text otherwise.
 */
export class ColumnReader {
  readonly name: string;
  rows = 0;
  private values = new Float64Array(16);
  private numbers = 0;
  /** Cells that are numbers to a reader, such as 1,5 and 1e999. */
  private nearNumbers = 0;
  private words = 0;
  private blanks = 0;
  /** The cells as written, from row `rawFrom` on. */
  private raw: string[] = [];
  private rawFrom = -1;
  private fault: { readonly line: number; readonly cell: string; readonly kind: CellFault } | undefined;

  constructor(name: string) {
    this.name = name;
  }

  push(cell: string, line: number): void {
    const value = readNumber(cell);
    if (this.rows === this.values.length) this.grow();
    this.values[this.rows] = value;
    if (Number.isNaN(value)) this.notANumber(cell, line);
    else this.numbers++;
    if (this.rawFrom >= 0) this.raw.push(cell);
    this.rows++;
  }

  get isNumeric(): boolean {
    return this.numbers === this.rows;
  }

  /** True when no cell holds anything. */
  get isBlank(): boolean {
    return this.blanks === this.rows;
  }

  /** True when the text of the cells is wanted and the first of them were not kept. */
  get lacksText(): boolean {
    return !this.isNumeric && this.rawFrom > 0;
  }

  /** Gives the column the text of all its cells. */
  replaceText(cells: string[]): void {
    this.raw = cells;
    this.rawFrom = 0;
  }

  toColumn(): Column {
    if (this.isNumeric) return { name: this.name, kind: 'number', values: this.values.slice(0, this.rows) };
    return { name: this.name, kind: 'text', values: this.raw };
  }

  /** Why a column of numbers cannot be read as such; undefined for sound numbers and for text. */
  damage(file: string): FormatError | undefined {
    const fault = this.fault;
    if (!fault || this.isBlank || this.words > this.numbers + this.nearNumbers) return undefined;
    const what = fault.cell.trim() === '' ? 'an empty cell' : `${quoted(fault.cell.trim())} is not a finite number`;
    const message = `column ${quoted(this.name)}: ${what}`;
    return new FormatError('damaged-column', message, file, fault.line, MENDS[fault.kind]);
  }

  private notANumber(cell: string, line: number): void {
    const kind = classifyCell(cell);
    if (kind === 'text') this.words++;
    else if (kind !== 'missing') this.nearNumbers++;
    if (cell.trim() === '') this.blanks++;
    this.fault ??= { line, cell, kind };
    if (this.rawFrom < 0) this.rawFrom = this.rows;
  }

  private grow(): void {
    const larger = new Float64Array(this.values.length * 2);
    larger.set(this.values);
    this.values = larger;
  }
}
