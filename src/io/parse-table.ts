import { FormatError } from '../core/index.ts';
import { ColumnReader } from './column-reader.ts';
import { type Delimiter, findDelimiter } from './delimiter.ts';
import { FileTable } from './file-table.ts';
import { quoted, readNumber } from './numeric-cell.ts';
import { forEachRecord } from './records.ts';

const BLOCK_CHARACTERS = 1 << 22;

/**
 * Reads a delimited text with a header line into a table.
 *
 * Commas, tabs, semicolons, bars or runs of blanks separate the cells, whichever the first lines agree on.
 * Lines that start with # and blank lines are passed over; quoted cells may hold delimiters and line ends.
 *
 * @param fileName the name that errors show
 * @throws FormatError "empty-file" | "no-header" | "no-rows" | "ragged-row" | "unnamed-column" |
 *   "duplicate-column" | "unclosed-quote" | "text-after-quote" | "binary-file"
 * @example parseTable('x,y\n1,2\n3,4\n', 'xy.csv').numbers('y') // Float64Array [2, 4]
 */
export function parseTable(text: string, fileName: string): FileTable {
  if (text.includes('\0')) throw binaryFile(fileName);
  return parseBlocks(() => cutAtLines(text), fileName);
}

/** The error for a file whose bytes are not of its format. */
export function binaryFile(file: string, hint = 'export the table as CSV in UTF-8', format = 'text'): FormatError {
  return new FormatError('binary-file', `not a ${format} table`, file, 0, hint);
}

/**
 * `parseTable` over a text in parts; every part but the last ends with a line feed.
 *
 * @param blocks starts the text again on each call: text columns that begin with numbers are read twice
 */
export function parseBlocks(blocks: () => Iterable<string>, file: string): FileTable {
  const delimiter = findDelimiter(firstOf(blocks()));
  let header = 0;
  let columns: ColumnReader[] = [];
  forEachRecord(withoutMark(blocks()), delimiter, file, (cells, line) => {
    if (isBlank(cells)) return;
    if (header === 0) {
      header = line;
      columns = readHeader(cells, line, file);
      return;
    }
    if (cells.length !== columns.length) throw raggedRow(cells.length, columns.length, delimiter, file, line);
    for (let i = 0; i < columns.length; i++) columns[i].push(cells[i], line);
  });
  if (header === 0) throw new FormatError('empty-file', 'the file is empty', file, 0, 'give a header line and rows');
  if (columns[0].rows === 0) {
    throw new FormatError('no-rows', 'a header line and no rows', file, 0, 'give at least one row of numbers');
  }
  const named = columns.filter((column) => column.name !== '' || !column.isBlank);
  checkNames(named, columns, file, header);
  readTextAgain(columns, blocks, delimiter, file);
  const faults = new Map<string, FormatError>();
  for (const column of named) {
    const damage = column.damage(file);
    if (damage) faults.set(column.name, damage);
  }
  return new FileTable(
    named.map((column) => column.toColumn()),
    file,
    faults,
  );
}

function readHeader(cells: readonly string[], line: number, file: string): ColumnReader[] {
  const names = cells.map((cell) => cell.replace(/[\s\p{Cc}]+/gu, ' ').trim());
  if (names.every((name) => !Number.isNaN(readNumber(name)))) {
    throw new FormatError(
      'no-header',
      'the first line holds only numbers',
      file,
      line,
      'add a header line with the names of the columns; a line that starts with # is a comment',
    );
  }
  return names.map((name) => new ColumnReader(/^".+"$/.test(name) ? name.slice(1, -1).trim() : name));
}

/** @throws FormatError "unnamed-column" | "duplicate-column" */
function checkNames(named: readonly ColumnReader[], all: readonly ColumnReader[], file: string, line: number): void {
  const seen = new Set<string>();
  for (const column of named) {
    const position = all.indexOf(column) + 1;
    if (column.name === '') {
      const hint =
        position === 1 ? 'name it in the header, or save the table without its row index' : 'name it in the header';
      throw new FormatError('unnamed-column', `column ${position} has no name`, file, line, hint);
    }
    if (seen.has(column.name)) {
      const message = `column ${quoted(column.name)} appears twice`;
      throw new FormatError('duplicate-column', message, file, line, 'rename one of them');
    }
    seen.add(column.name);
  }
}

function raggedRow(cells: number, expected: number, delimiter: Delimiter, file: string, line: number): FormatError {
  const separator = { ',': 'commas', '\t': 'tabs', ';': 'semicolons', '|': 'bars', blanks: 'blanks' }[delimiter];
  const message = `${cells} ${cells === 1 ? 'cell' : 'cells'} where the header has ${expected}`;
  return new FormatError('ragged-row', message, file, line, `cells are separated by ${separator} here`);
}

/** Numbers are read on sight; a column that turns out to be text after all is read once more, as written. */
function readTextAgain(
  columns: readonly ColumnReader[],
  blocks: () => Iterable<string>,
  delimiter: Delimiter,
  file: string,
): void {
  const wanted = columns.flatMap((column, index) => (column.lacksText ? [index] : []));
  if (wanted.length === 0) return;
  const texts: string[][] = wanted.map(() => []);
  let header = true;
  forEachRecord(withoutMark(blocks()), delimiter, file, (cells) => {
    if (isBlank(cells)) return;
    if (!header) for (let i = 0; i < wanted.length; i++) texts[i].push(cells[wanted[i]]);
    header = false;
  });
  for (let i = 0; i < wanted.length; i++) columns[wanted[i]].replaceText(texts[i]);
}

function isBlank(cells: readonly string[]): boolean {
  for (const cell of cells) if (cell !== '' && cell.trim() !== '') return false;
  return true;
}

function* cutAtLines(text: string): Generator<string> {
  let start = 0;
  while (start < text.length) {
    let end = start + BLOCK_CHARACTERS;
    end = end < text.length ? text.indexOf('\n', end) + 1 : 0;
    if (end === 0) end = text.length;
    yield text.slice(start, end);
    start = end;
  }
}

/** The parts without the byte-order mark. */
function* withoutMark(blocks: Iterable<string>): Generator<string> {
  let first = true;
  for (const block of blocks) {
    yield first && block.startsWith('\ufeff') ? block.slice(1) : block;
    first = false;
  }
}

function firstOf(blocks: Iterable<string>): string {
  for (const block of withoutMark(blocks)) return block;
  return '';
}
