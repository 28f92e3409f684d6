import { createHash } from 'node:crypto';
import { mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { parquetMetadataAsync, parquetReadObjects } from 'hyparquet';
import { parquetWriteBuffer } from 'hyparquet-writer';
import { afterAll, describe, expect, test } from 'vitest';
import {
  bootstrapSymbol,
  FORM_FACTOR,
  FORM_FACTOR_LOOPS,
  LADDER,
  ladderSymbol,
  PolylogSymbol,
  sameSymbol,
} from '../../src/amplitudes/index.ts';
import { symbolFromParquet, symbolToParquet } from '../../src/io/formats/symbol-parquet.ts';
import { readSymbol, writeSymbol } from '../../src/io/index.ts';

const folder = mkdtempSync(join(tmpdir(), 'ansatz-symbol-'));
afterAll(() => rmSync(folder, { recursive: true }));
const place = (name: string): string => join(folder, name);
const [one, two] = FORM_FACTOR_LOOPS;

describe('a symbol in a file', () => {
  test.each(['a.tsv', 'a.txt', 'a.m', 'a.mpl', 'a.parquet', 'a.PQ'])('is read back exactly: %s', async (name) => {
    await writeSymbol(place(name), two);
    expect(sameSymbol(await readSymbol(place(name), FORM_FACTOR), two)).toBe(true);
    const ladder = ladderSymbol(6);
    await writeSymbol(place(name), ladder);
    expect(sameSymbol(await readSymbol(place(name), LADDER), ladder)).toBe(true);
  });

  test.each(['tsv', 'maple', 'parquet'] as const)('is known by its content: %s', async (format) => {
    await writeSymbol(place(`${format}-file`), two, { format });
    expect(sameSymbol(await readSymbol(place(`${format}-file`), FORM_FACTOR), two)).toBe(true);
    expect(sameSymbol(await readSymbol(place(`${format}-file`), FORM_FACTOR, { format }), two)).toBe(true);
  });

  test.each([
    // By Python's hashlib, of the lines sorted there for two loops; by a program written before this one for the others.
    [2, 'c4a37b2165f5197edcea957802a3a285f696ad434b297345197c1b5f1364ee33'],
    [3, 'b8c27feb185aaa60058c67b3e7324103b17864dd61d1bd8c1e9c103e4697de21'],
    [4, '922583131e4491a75eff0ce4a38af63c9b25b22a9f77dccf22cbc669b98b8b64'],
  ])('has the bytes that others make of it at %i loops', async (loops, hash) => {
    const { symbol } = await bootstrapSymbol(loops);
    await writeSymbol(place('loops.tsv'), symbol);
    expect(
      createHash('sha256')
        .update(readFileSync(place('loops.tsv')))
        .digest('hex'),
    ).toBe(hash);
    expect(sameSymbol(await readSymbol(place('loops.tsv'), FORM_FACTOR), symbol)).toBe(true);
  });

  test('is a Parquet file of words and 32-bit coefficients', async () => {
    await writeSymbol(place('one.parquet'), one);
    const bytes = readFileSync(place('one.parquet'));
    const file = bytes.buffer.slice(bytes.byteOffset, bytes.byteOffset + bytes.length);
    expect(await parquetReadObjects({ file })).toEqual(
      ['ae', 'af', 'bd', 'bf', 'cd', 'ce'].map((word) => ({ word, coefficient: -2 })),
    );
    const extreme = PolylogSymbol.from(FORM_FACTOR, [
      ['ad', 2 ** 31 - 1],
      ['bd', -(2 ** 31 - 1)],
    ]);
    await writeSymbol(place('one.parquet'), extreme);
    expect(sameSymbol(await readSymbol(place('one.parquet'), FORM_FACTOR), extreme)).toBe(true);
  });

  test('is a Parquet file of several row groups when it is long', async () => {
    const ladder = ladderSymbol(5);
    const bytes = Buffer.from(await symbolToParquet(ladder, 'a.parquet', 500));
    const file = bytes.buffer.slice(bytes.byteOffset, bytes.byteOffset + bytes.length);
    expect((await parquetMetadataAsync(file)).row_groups.length).toBe(Math.ceil(ladder.terms / 500));
    expect(sameSymbol(await symbolFromParquet(bytes, 'a.parquet', LADDER), ladder)).toBe(true);
  });

  test('is chosen from several statements by its index', async () => {
    await writeSymbol(place('1.m'), one);
    await writeSymbol(place('2.m'), two);
    writeFileSync(place('both.m'), readFileSync(place('1.m'), 'utf8') + readFileSync(place('2.m'), 'utf8'));
    expect(sameSymbol(await readSymbol(place('both.m'), FORM_FACTOR, { index: 2 }), two)).toBe(true);
    await expect(readSymbol(place('both.m'), FORM_FACTOR)).rejects.toMatchObject({ code: 'ambiguous-symbol' });
    await expect(readSymbol(place('both.m'), FORM_FACTOR, { index: 3 })).rejects.toMatchObject({
      code: 'unknown-part',
    });
    await writeSymbol(place('7.m'), one, { index: 7 });
    expect(readFileSync(place('7.m'), 'utf8')).toMatch(/^Esymb\[7\] := /);
  });
});

describe('a file that is refused', () => {
  const parquet = (words: string[], coefficients: number[]): string => {
    const columnData = [
      { name: 'word', data: words, type: 'STRING' as const },
      { name: 'coefficient', data: coefficients, type: 'DOUBLE' as const },
    ];
    writeFileSync(place('bad.parquet'), new Uint8Array(parquetWriteBuffer({ columnData })));
    return 'bad.parquet';
  };
  const text = (content: string): string => {
    writeFileSync(place('bad.tsv'), content);
    return 'bad.tsv';
  };

  test.each([
    ['a line of TSV', () => text('bd\t1\nbx\t1\n'), 'unknown-letter', 2],
    ['TSV cut short', () => text('bd\t1\nce\t1'), 'cut-short', 2],
    ['an empty file', () => text(''), 'no-terms', 0],
    ['an unknown letter', () => parquet(['bd', 'bx'], [1, 2]), 'unknown-letter', 2],
    ['a word of another length', () => parquet(['bd', 'bde'], [1, 2]), 'word-length', 2],
    ['a word that is too long', () => parquet(['b'.repeat(40)], [1]), 'word-length', 1],
    ['a fraction', () => parquet(['bd', 'ce'], [1, 2.5]), 'bad-coefficient', 2],
    ['a large coefficient', () => parquet(['bd', 'ce'], [1, 2 ** 31]), 'coefficient-range', 2],
    ['a word given twice', () => parquet(['bd', 'ce', 'bd'], [1, 2, 3]), 'duplicate-word', 3],
  ])('for %s', async (_, make, code, line) => {
    await expect(readSymbol(place(make()), FORM_FACTOR)).rejects.toMatchObject({
      name: 'FormatError',
      code,
      data: { line },
    });
  });

  test('for missing columns, damage and missing files', async () => {
    const columnData = [{ name: 'word', data: ['bd'], type: 'STRING' as const }];
    writeFileSync(place('lacking.parquet'), new Uint8Array(parquetWriteBuffer({ columnData })));
    await expect(readSymbol(place('lacking.parquet'), FORM_FACTOR)).rejects.toMatchObject({ code: 'unknown-part' });
    const numbers = [
      { name: 'word', data: [1], type: 'DOUBLE' as const },
      { name: 'coefficient', data: [1], type: 'DOUBLE' as const },
    ];
    writeFileSync(place('numbers.parquet'), new Uint8Array(parquetWriteBuffer({ columnData: numbers })));
    await expect(readSymbol(place('numbers.parquet'), FORM_FACTOR)).rejects.toMatchObject({ code: 'bad-column' });
    await writeSymbol(place('whole.parquet'), two);
    writeFileSync(place('torn.parquet'), readFileSync(place('whole.parquet')).subarray(0, 100));
    await expect(readSymbol(place('torn.parquet'), FORM_FACTOR)).rejects.toMatchObject({ code: 'damaged-file' });
    for (const name of ['absent.tsv', 'absent', 'absent.parquet']) {
      await expect(readSymbol(place(name), FORM_FACTOR)).rejects.toMatchObject({ code: 'ENOENT' });
    }
  });

  test('for unknown formats, and nothing is left behind', async () => {
    const before = readdirSync(folder).sort();
    await expect(writeSymbol(place('x.docx'), one)).rejects.toMatchObject({ code: 'unknown-format' });
    await expect(writeSymbol(place('x.tsv'), one, { format: 'xml' as 'tsv' })).rejects.toMatchObject({
      code: 'unknown-format',
    });
    await expect(writeSymbol(place('x.m'), one, { index: -1 })).rejects.toMatchObject({ code: 'bad-name' });
    await expect(writeSymbol(place('no/such/folder.tsv'), one)).rejects.toMatchObject({ code: 'ENOENT' });
    expect(readdirSync(folder).sort()).toEqual(before);
  });
});
