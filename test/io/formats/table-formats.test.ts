import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { gzipSync } from 'node:zlib';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { loadOptional } from '../../../src/io/formats/optional-package.ts';
import { TABLE_FORMATS } from '../../../src/io/formats/table-formats.ts';
import { readTable } from '../../../src/io/index.ts';
import { errorOf, fixture, X } from './fixture.ts';

let folder = '';
beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'ansatz-formats-'));
});
afterAll(() => rmSync(folder, { recursive: true }));

function file(name: string, content: string | Uint8Array): string {
  const path = join(folder, name);
  writeFileSync(path, content);
  return path;
}

/** A fixture of each binary format under another name. */
const BINARY = [
  ['Parquet', 'parquet/snappy.parquet', 'x'],
  ['npy', 'numpy/little-f8.npy', 'data'],
  ['HDF5', 'h5py/plain.h5', 'x'],
] as const;

describe('the formats', () => {
  test('have names and extensions of their own', () => {
    const names = TABLE_FORMATS.map((format) => format.name);
    const extensions = TABLE_FORMATS.flatMap((format) => format.extensions);
    expect(new Set(names).size).toBe(names.length);
    expect(new Set(extensions).size).toBe(extensions.length);
    expect(extensions.every((extension) => /^\.[a-z0-9]+$/.test(extension))).toBe(true);
  });

  test.each(BINARY)(
    '%s is known by its first bytes under a strange name, with or without gzip',
    async (_, name, column) => {
      const bytes = readFileSync(fixture(name));
      expect((await readTable(file('data.bin', bytes))).numbers(column)).toEqual(X);
      expect((await readTable(file('data.bin.gz', gzipSync(bytes)))).numbers(column)).toEqual(X);
    },
  );

  test.each(BINARY)('%s under the name of another format is refused with its right one', async (format, name) => {
    const bytes = readFileSync(fixture(name));
    for (const wrong of ['data.csv', 'data.root', 'data.yaml', 'data.lhe']) {
      const error = await errorOf(readTable(file(wrong, bytes)));
      expect([error.code, error.message.includes(format)]).toEqual(['binary-file', true]);
    }
  });

  test.each(['parquet', 'npy', 'npz', 'h5', 'root'])('text under the name of .%s is refused', async (extension) => {
    expect((await errorOf(readTable(file(`data.${extension}`, 'x,y\n1,2\n')))).code).toBe('binary-file');
    expect((await errorOf(readTable(file(`data.${extension}`, '')))).code).toBe('binary-file');
  });

  test('a gzipped CSV file, and a named format', async () => {
    expect((await readTable(file('t.csv.gz', gzipSync('x,y\n1,2\n')))).numbers('y')).toEqual(Float64Array.of(2));
    const events = file('events.txt', readFileSync(fixture('lhe/two-body.lhe')));
    expect((await readTable(events, { format: 'lhe', columns: { m: 'm(1,2)' } })).rows).toBe(3);
    const error = await errorOf(readTable(events, { format: 'xls' }));
    expect([error.code, error.hint.includes('Parquet')]).toEqual(['unknown-format', true]);
  });

  test('an option that a format does not take is refused', async () => {
    for (const [path, option] of [
      [file('t.csv', 'x\n1\n'), 'parts'],
      [fixture('parquet/snappy.parquet'), 'columns'],
      [fixture('lhe/two-body.lhe'), 'parts'],
    ] as const) {
      const error = await errorOf(readTable(path, option === 'parts' ? { parts: ['x'] } : { columns: { x: 'pt(1)' } }));
      expect(error.code).toBe('unsupported-option');
    }
  });

  test('a package that is missing is named with the command that installs it', async () => {
    const error = await errorOf(
      loadOptional(() => Promise.reject(new Error('x')), 'hyparquet', 'Parquet', 'a.parquet'),
    );
    expect([error.code, error.hint]).toEqual(['missing-package', 'npm install hyparquet']);
  });
});
