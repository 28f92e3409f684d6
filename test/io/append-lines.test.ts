import { existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, expect, test } from 'vitest';
import { FormatError } from '../../src/core/index.ts';
import { LineFile } from '../../src/io/index.ts';

const folder = mkdtempSync(join(tmpdir(), 'ansatz-lines-'));
afterAll(() => rmSync(folder, { recursive: true, force: true }));

test('lines are appended, after what a killed process left unfinished', () => {
  const path = join(folder, 'log');
  const first = new LineFile(path);
  first.append('one');
  first.close();
  writeFileSync(path, 'tor', { flag: 'a' });
  const second = new LineFile(path);
  second.append('two');
  expect(readFileSync(path, 'utf8')).toBe('one\ntor\ntwo\n');
  second.close();
  second.append('three');
  expect(second.failure).toBeDefined();
  second.append('four');
  expect(readFileSync(path, 'utf8')).toBe('one\ntor\ntwo\n');
});

test('a file that cannot be opened is an error at once', () => {
  expect(() => new LineFile(join(folder, 'no', 'log'))).toThrow(FormatError);
  expect(() => new LineFile(folder)).toThrow(FormatError);
});

test.skipIf(!existsSync('/dev/full'))('a full disk ends the log and nothing else', () => {
  const file = new LineFile('/dev/full');
  file.append('one');
  expect(file.failure).toMatchObject({ code: 'ENOSPC' });
  file.close();
});
