import fc from 'fast-check';
import { expect, test } from 'vitest';
import { AnsatzError } from '../../src/core/index.ts';
import { parseTable } from '../../src/io/index.ts';

const RUNS = { numRuns: 2000 };

/** The law: a table of sound columns, or an AnsatzError of one line. */
function parsesOrRefuses(text: string): void {
  try {
    const table = parseTable(text, 'fuzz.csv');
    expect(table.rows).toBeGreaterThan(0);
    expect(new Set(table.names).size).toBe(table.columns.length);
    for (const column of table.columns) {
      expect(column.values.length).toBe(table.rows);
      if (column.kind === 'number') expect(column.values.every(Number.isFinite)).toBe(true);
      else expect(column.values.every((value) => typeof value === 'string')).toBe(true);
    }
  } catch (error) {
    if (!(error instanceof AnsatzError)) throw error;
    expect(error.message).not.toMatch(/[\n\r]/);
  }
  expect(Object.keys(Object.prototype)).toEqual([]);
}

const piece = fc.constantFrom(
  ',',
  ';',
  '\t',
  '|',
  ' ',
  '\n',
  '\r\n',
  '\r',
  '"',
  '""',
  '#',
  'x',
  'y',
  '1',
  '-2.5',
  '1e5',
  'NaN',
  '\ufeff',
  '\u2028',
  '__proto__',
  'constructor',
  '$1',
  '\\',
  "'",
  '=1+1',
  '\u2212',
  '1,5',
);

test('soups of characters that matter', () => {
  fc.assert(
    fc.property(fc.array(piece, { maxLength: 60 }), (pieces) => parsesOrRefuses(pieces.join(''))),
    RUNS,
  );
});

test('bytes', () => {
  fc.assert(
    fc.property(fc.uint8Array({ maxLength: 200 }), (bytes) => parsesOrRefuses(Buffer.from(bytes).toString('utf8'))),
    RUNS,
  );
});

test('any text as a quoted cell comes back', () => {
  const cell = fc.string({ unit: 'binary', maxLength: 30 }).map((s) => s.replace(/[\0\r]/g, ''));
  fc.assert(
    fc.property(fc.array(cell, { minLength: 1, maxLength: 20 }), fc.constantFrom(',', ';', '\t', '|'), (cells, by) => {
      const rows = ['word', ...cells].map((value, i) => `"w${value.replaceAll('"', '""')}"${by}${i || 'n'}\n`);
      const column = parseTable(rows.join(''), 'fuzz.csv').column('wword');
      expect(column.values).toEqual(cells.map((value) => `w${value}`));
    }),
    RUNS,
  );
});

test('numbers come back bit by bit, whatever the delimiter and line end', () => {
  const number = fc.double({ noNaN: true, noDefaultInfinity: true });
  const shape = fc.tuple(fc.constantFrom(',', ';', '\t', '|', ' '), fc.constantFrom('\n', '\r\n'));
  fc.assert(
    fc.property(fc.array(fc.tuple(number, number), { minLength: 1, maxLength: 30 }), shape, (rows, [by, end]) => {
      const text = [`a${by}b`, ...rows.map(([a, b]) => `${a}${by}${b}`)].join(end);
      const table = parseTable(text, 'fuzz.csv');
      // Text has no negative zero: String(-0) is "0".
      expect(Array.from(table.numbers('a'))).toEqual(rows.map(([a]) => a + 0));
      expect(Array.from(table.numbers('b'))).toEqual(rows.map(([, b]) => b + 0));
    }),
    RUNS,
  );
});

test('valid tables with one thing changed', () => {
  const sound = 'star,"a, b",period\n"HV ""1""",1.25,14\n# comment\nHV 2,2.5,1e1\nHV 3,.5,-3\n';
  const change = fc.record({ at: fc.nat(sound.length), remove: fc.nat(5), insert: piece });
  fc.assert(
    fc.property(fc.array(change, { minLength: 1, maxLength: 4 }), (changes) => {
      let text = sound;
      for (const { at, remove, insert } of changes) text = text.slice(0, at) + insert + text.slice(at + remove);
      parsesOrRefuses(text);
    }),
    RUNS,
  );
});

test.each([
  ['quotes', '"'.repeat(2_000_000)],
  ['quotes and commas', `a,b\n${'",'.repeat(1_000_000)}`],
  ['quoted lines', `a,b\n${'"x",1\n'.repeat(300_000)}`],
  ['delimiters', ','.repeat(200_000)],
  ['blank lines', '\n'.repeat(2_000_000)],
  ['blanks', `a b\n${' '.repeat(2_000_000)}`],
  ['hashes', '#\n'.repeat(1_000_000)],
  ['one long cell', `a\n${'9'.repeat(3_000_000)}`],
  ['carriage returns and quotes', `"a"\n${'\r'.repeat(1_000_000)}`],
])('a long run of %s ends soon', (_, text) => {
  const start = performance.now();
  parsesOrRefuses(text);
  expect(performance.now() - start).toBeLessThan(10_000);
});
