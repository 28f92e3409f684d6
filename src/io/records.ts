import { dsvFormat } from 'd3-dsv';
import { FormatError } from '../core/index.ts';
import type { Delimiter } from './delimiter.ts';

/** Receives one record and the line it starts on, counted from 1. */
export type RecordVisitor = (cells: string[], line: number) => void;

/** A quoted cell longer than this has lost its closing quote. */
const LONGEST_QUOTED_CELL = 1 << 20;
const NEWLINE = 10;
const QUOTE = 34;
const HASH = 35;

/**
 * Visits the records of a delimited text, comments (`#` at the start of a line) left out.
 *
 * d3-dsv's `parseRows` splits the cells; it evaluates nothing. Blank lines arrive as records of one blank cell.
 *
 * @param blocks consecutive parts of the text; every part but the last ends with a line feed
 * @throws FormatError "unclosed-quote" | "text-after-quote"
 */
export function forEachRecord(
  blocks: Iterable<string>,
  delimiter: Delimiter,
  file: string,
  visit: RecordVisitor,
): void {
  const reader = new RecordReader(delimiter, file, visit);
  let carry = '';
  for (const block of blocks) {
    const text = carry === '' ? block : carry + block;
    carry = '';
    if (!text.includes('"')) reader.readPlain(text);
    else carry = reader.readQuoted(text.includes('\r') ? text.replace(/\r\n?/g, '\n') : text);
    if (carry.length > LONGEST_QUOTED_CELL) break;
  }
  if (carry !== '') throw reader.unclosedQuote();
}

class RecordReader {
  private line = 1;
  private readonly character: string;
  private readonly parseRows: (text: string, row: (cells: string[], index: number) => null) => unknown;

  constructor(
    private readonly delimiter: Delimiter,
    private readonly file: string,
    private readonly visit: RecordVisitor,
  ) {
    this.character = delimiter === 'blanks' ? ' ' : delimiter;
    this.parseRows = dsvFormat(this.character).parseRows as typeof this.parseRows;
  }

  /** Whole lines without a quote: a record a line. */
  readPlain(text: string): void {
    if (text === '') return;
    const single = this.delimiter === 'blanks' ? text.replace(/[ \t]+/g, ' ').replace(/^ | $/gm, '') : text;
    const first = this.line;
    let records = 0;
    this.parseRows(single, (cells, index) => {
      records++;
      if (!isComment(cells[0])) this.visit(cells, first + index);
      return null;
    });
    // d3-dsv sees no record in a lone line end, which is a line all the same.
    this.line = first + Math.max(1, records);
  }

  /** Whole lines, some with quotes. Returns the last record when its quote is still open. */
  readQuoted(text: string): string {
    let start = 0;
    while (start < text.length) {
      const quote = text.indexOf('"', start);
      const plainEnd = quote < 0 ? text.length : text.lastIndexOf('\n', quote) + 1;
      if (plainEnd > start) {
        this.readPlain(text.slice(start, plainEnd));
        start = plainEnd;
        continue;
      }
      const lineEnd = endOfLine(text, start);
      if (isComment(text.slice(start, lineEnd))) {
        this.line++;
        start = lineEnd;
        continue;
      }
      const end = this.endOfRecord(text, start);
      if (end < 0) return text.slice(start);
      this.readRecord(text.slice(start, end));
      start = end;
    }
    return '';
  }

  unclosedQuote(): FormatError {
    return new FormatError(
      'unclosed-quote',
      'a quoted cell is never closed',
      this.file,
      this.line,
      'add the closing quote or remove the opening one',
    );
  }

  private readRecord(text: string): void {
    const line = this.line;
    const single = this.delimiter === 'blanks' ? collapseBlanks(text) : text;
    this.parseRows(single, (cells) => {
      this.visit(cells, line);
      return null;
    });
    for (let at = text.indexOf('\n'); at >= 0; at = text.indexOf('\n', at + 1)) this.line++;
  }

  /** Index after the record that starts at `start`, or -1 when a quote is open at the end of the text. */
  private endOfRecord(text: string, start: number): number {
    let i = start;
    while (i < text.length) {
      if (text.charCodeAt(i) === QUOTE) {
        do {
          i = text.indexOf('"', i + 1);
          if (i < 0) return -1;
        } while (text.charCodeAt(++i) === QUOTE);
        if (i < text.length && text.charCodeAt(i) !== NEWLINE && !this.isDelimiter(text[i])) {
          throw new FormatError(
            'text-after-quote',
            'text follows the closing quote of a cell',
            this.file,
            this.line,
            'write a quote inside a quoted cell twice',
          );
        }
      } else {
        while (i < text.length && text.charCodeAt(i) !== NEWLINE && !this.isDelimiter(text[i])) i++;
      }
      if (text.charCodeAt(i) === NEWLINE) return i + 1;
      i++;
    }
    return text.length;
  }

  private isDelimiter(character: string): boolean {
    return character === this.character || (this.delimiter === 'blanks' && character === '\t');
  }
}

function isComment(text: string): boolean {
  const first = text.charCodeAt(0);
  return first === HASH || (first <= 32 && text.trimStart().startsWith('#'));
}

function endOfLine(text: string, start: number): number {
  const end = text.indexOf('\n', start);
  return end < 0 ? text.length : end + 1;
}

function collapseBlanks(record: string): string {
  return record.replace(/("(?:[^"]|"")*")|[ \t]+/g, (_, cell?: string) => cell ?? ' ').replace(/^ | $/g, '');
}
