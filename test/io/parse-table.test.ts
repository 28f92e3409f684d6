import { describe, expect, test } from 'vitest';
import { AnsatzError, FormatError } from '../../src/core/index.ts';
import { parseTable } from '../../src/io/index.ts';
import { parseBlocks } from '../../src/io/parse-table.ts';

function errorOf(text: string, use?: string): AnsatzError {
  try {
    const table = parseTable(text, 'data.csv');
    if (use !== undefined) table.numbers(use);
  } catch (error) {
    expect(error).toBeInstanceOf(AnsatzError);
    return error as AnsatzError;
  }
  throw new Error('no error was thrown');
}

function columns(text: string): Record<string, unknown[]> {
  return Object.fromEntries(parseTable(text, 'data.csv').columns.map((c) => [c.name, Array.from<unknown>(c.values)]));
}

describe('what is read', () => {
  test('a plain table', () => {
    const table = parseTable('name,x,y\na,1,2\nb,3,-4e1\n', 'data.csv');
    expect(table.rows).toBe(2);
    expect(table.columns.map((column) => column.kind)).toEqual(['text', 'number', 'number']);
    expect(table.numbers('y')).toEqual(Float64Array.of(2, -40));
  });

  test.each([
    ['comma', 'x,y\n1,2\n3,4\n'],
    ['tab', 'x\ty\n1\t2\n3\t4\n'],
    ['semicolon', 'x;y\n1;2\n3;4\n'],
    ['bar', 'x|y\n1|2\n3|4\n'],
    ['blanks', 'x y\n1  2\n 3\t4 \n'],
    ['blanks and quotes', '"x"   "y"\n1  2\n 3\t"4"\n'],
    ['comma and blank', 'x, y\n1, 2\n3, 4\n'],
    ['quotes', '"x","y"\n"1","2"\n3,"4"\n'],
    ['a byte-order mark', '\ufeffx,y\n1,2\n3,4\n'],
    ['a byte-order mark and quotes', '\ufeff"x","y"\n1,2\n3,4\n'],
    ['CRLF', 'x,y\r\n1,2\r\n3,4\r\n'],
    ['CRLF and quotes', '"x","y"\r\n1,2\r\n3,"4"\r\n'],
    ['CR', 'x,y\r1,2\r3,4\r'],
    ['no last line end', 'x,y\n1,2\n3,4'],
    ['blank lines', '\n\nx,y\n\n1,2\n   \n3,4\n\n\n'],
    ['lines of delimiters only', 'x,y\n1,2\n3,4\n,\n,\n'],
    ['comments', '# made by "hand, and\nx,y\n1,2\n  # more "of, them\n3,4\n#\n'],
    ['a column without name and content', 'x,y,\n1,2,\n3,4,\n'],
  ])('%s', (_, text) => {
    expect(columns(text)).toEqual({ x: [1, 3], y: [2, 4] });
  });

  test('quoted cells with delimiters, line ends and quotes', () => {
    expect(columns('"a, b",y\n"line\n""one""",1\n"x",2\n')).toEqual({ 'a, b': ['line\n"one"', 'x'], y: [1, 2] });
  });

  test('a semicolon table with commas in its text', () => {
    expect(columns('name;y\nDoe, J.;1\nRoe, R.;2\n')).toEqual({ name: ['Doe, J.', 'Roe, R.'], y: [1, 2] });
  });

  test('one column', () => {
    expect(columns('orbital period\n1\n2\n')).toEqual({ 'orbital period': [1, 2] });
  });

  test('a name is trimmed and its blanks are made single', () => {
    expect(Object.keys(columns(' "mass" , "of\nstar"\n1,2\n'.replace(', "', ',"')))).toEqual(['mass', 'of star']);
  });

  test('text keeps its cells as written, numbers among them too', () => {
    expect(columns('id,y\n007,1\n1.50,2\nA3,3\nB4,4\nC5,5\n').id).toEqual(['007', '1.50', 'A3', 'B4', 'C5']);
  });

  test('names of object members are names like any other', () => {
    const table = parseTable('__proto__,constructor,y\n1,2,3\n4,5,6\n', 'data.csv');
    expect(table.numbers('__proto__')).toEqual(Float64Array.of(1, 4));
    expect(table.names).toEqual(['__proto__', 'constructor', 'y']);
    expect(({} as Record<string, unknown>)['y']).toBeUndefined();
  });

  test('nothing is evaluated', () => {
    const name = '\\"+(globalThis.evaluated=1)+\\"';
    parseTable(`"${name.replaceAll('"', '""')}",y\n=1+1,1\n`, 'data.csv');
    expect('evaluated' in globalThis).toBe(false);
  });

  test('blocks give the same table and the same lines as the whole text', () => {
    const lines = ['"n",x,y', ...Array.from({ length: 50 }, (_, i) => (i % 7 ? `"r\n""${i}",${i},1` : `p,${i},2`))];
    const parts = lines.flatMap((line) => `${line}\n`.split(/(?<=\n)/));
    const whole = parseTable(parts.join(''), 'data.csv');
    const cut = parseBlocks(() => parts, 'data.csv');
    expect(cut.columns).toEqual(whole.columns);
    const ragged = [...parts, '1,2\n'];
    const message = errorOf(ragged.join('')).message;
    expect(() => parseBlocks(() => ragged, 'data.csv')).toThrow(message);
    expect(message).toContain(`line ${ragged.join('').split('\n').length - 1}:`);
  });
});

describe('what is refused, with file, line and a mend', () => {
  test.each([
    ['', 'empty-file', 'data.csv: the file is empty'],
    ['\n \n# only a comment\n', 'empty-file', 'data.csv: the file is empty'],
    ['x,y\n', 'no-rows', 'data.csv: a header line and no rows'],
    ['1,2\n3,4\n', 'no-header', 'data.csv, line 1: the first line holds only numbers'],
    ['# x y\n1 2\n3 4\n', 'no-header', 'data.csv, line 2: the first line holds only numbers'],
    ['x,y\n1,2\n3\n', 'ragged-row', 'data.csv, line 3: 1 cell where the header has 2'],
    ['x,y\n\n# c\n1,2,3\n4,5\n6,7\n', 'ragged-row', 'data.csv, line 4: 3 cells where the header has 2'],
    ['x,x\n1,2\n', 'duplicate-column', 'data.csv, line 1: column "x" appears twice'],
    [',x\n0,2\n', 'unnamed-column', 'data.csv, line 1: column 1 has no name'],
    ['x,y\n1,"2\n3,4\n', 'unclosed-quote', 'data.csv, line 2: a quoted cell is never closed'],
    ['x,y\n1,"2"3\n', 'text-after-quote', 'data.csv, line 2: text follows the closing quote'],
    ['x,y\n1,\0\n', 'binary-file', 'data.csv: not a text table'],
    ['"a\n\nb",y\n"1\n2",3\n4\n', 'ragged-row', 'data.csv, line 6: 1 cell where the header has 2'],
  ])('%j', (text, code, message) => {
    const error = errorOf(text);
    expect(error).toBeInstanceOf(FormatError);
    expect(error.code).toBe(code);
    expect(error.message.startsWith(message), error.message).toBe(true);
    expect(error.hint).not.toBe('');
    expect(error.message).not.toContain('\n');
  });

  test.each([
    ['x,y\n1,2\n3,\n5,6\n', 'data.csv, line 3: column "y": an empty cell'],
    ['x,y\n1,2\n3,NaN\n5,6\n', 'data.csv, line 3: column "y": "NaN" is not a finite number'],
    ['x,y\n1,2\n3,-Inf\n', 'data.csv, line 3: column "y": "-Inf" is not a finite number'],
    ['x,y\n1,2\n3,1e999\n', 'data.csv, line 3: column "y": "1e999" is not a finite number'],
    ['x,y\n1,2\n3,4o\n', 'data.csv, line 3: column "y": "4o" is not a finite number'],
    ['x,y\n1,nan\n3,nan\n', 'data.csv, line 2: column "y": "nan" is not a finite number'],
    ['x;y\n1;1,5\n2;2,5\n', 'data.csv, line 2: column "y": "1,5" is not a finite number'],
  ])('a damaged column in %j', (text, message) => {
    const table = parseTable(text, 'data.csv');
    expect(table.numbers('x')).toBeInstanceOf(Float64Array);
    const error = errorOf(text, 'y');
    expect(error.code).toBe('damaged-column');
    expect(error.message.startsWith(message), error.message).toBe(true);
    expect([...table.faults.keys()]).toEqual(['y']);
  });

  test('a decimal comma is told how to mend', () => {
    expect(errorOf('x;y\n1;1,5\n2;2,5\n', 'y').hint).toContain('decimal point');
  });

  test('a column of words is text and no fault', () => {
    const table = parseTable('x,y\na,1\nb,2\n3,3\n', 'data.csv');
    expect(table.faults.size).toBe(0);
    expect(errorOf('x,y\na,1\nb,2\n3,3\n', 'x').code).toBe('text-column');
    expect(errorOf('period,y\n1,1\n', 'perod').message).toContain('did you mean "period"?');
  });
});
