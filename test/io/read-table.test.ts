import { execFileSync, spawn } from 'node:child_process';
import { chmodSync, mkdtempSync, rmSync, truncateSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { FormatError } from '../../src/core/index.ts';
import { readTable } from '../../src/io/index.ts';

let folder = '';
beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'ansatz-read-'));
});
afterAll(() => rmSync(folder, { recursive: true, force: true }));

function file(name: string, content: string | Uint8Array): string {
  const path = join(folder, name);
  writeFileSync(path, content);
  return path;
}

async function errorOf(path: string): Promise<FormatError> {
  const error = await readTable(path).then(
    () => undefined,
    (error: unknown) => error,
  );
  expect(error).toBeInstanceOf(FormatError);
  expect((error as FormatError).message).toContain(path);
  expect((error as FormatError).message).not.toContain('\n');
  return error as FormatError;
}

/** A user without rights. */
const NOBODY = 65534;

test('a file', async () => {
  const table = await readTable(file('good.csv', 'x,µ\n1,2\n3,4\n'));
  expect(table.names).toEqual(['x', 'µ']);
  expect(table.numbers('µ')).toEqual(Float64Array.of(2, 4));
});

test.each([
  ['spreadsheet.xlsx', [0x50, 0x4b, 3, 4, 20, 0], 'binary-file', 'spreadsheet'],
  ['table.csv.gz', [0x1f, 0x8b, 8, 0], 'damaged-file', 'gzip'],
  ['zeros.csv', [120, 10, 0, 10], 'binary-file', 'CSV'],
  ['utf16.csv', [0xff, 0xfe, 120, 0, 10, 0], 'binary-file', 'UTF-16'],
  ['latin1.csv', [120, 10, 49, 10, 0xb5, 10], 'not-utf8', 'UTF-8'],
])('%s is refused', async (name, bytes, code, word) => {
  const error = await errorOf(file(name, Uint8Array.from(bytes)));
  expect(error.code).toBe(code);
  expect(error.message).toContain(word);
  if (code === 'not-utf8') expect(error.message).toContain('line 3');
});

test('a file that is not there, a folder, a device, a path through a file', async () => {
  expect((await errorOf(join(folder, 'nothing.csv'))).code).toBe('ENOENT');
  expect((await errorOf(folder)).code).toBe('EISDIR');
  if (process.platform === 'linux') expect((await errorOf('/dev/zero')).code).toBe('not-a-file');
  expect((await errorOf(join(file('plain.csv', 'x\n1\n'), 'data.csv'))).code).toBe('ENOTDIR');
});

test.skipIf(process.platform === 'win32')('a file without permission', async () => {
  const path = file('secret.csv', 'x\n1\n');
  chmodSync(path, 0o000);
  // Root may read anything, so for a moment it is somebody else.
  const root = process.getuid?.() === 0;
  if (root) process.seteuid?.(NOBODY);
  try {
    expect((await errorOf(path)).code).toBe('EACCES');
  } finally {
    if (root) process.seteuid?.(0);
  }
});

test('a file over 2 GiB is refused before it is read', async () => {
  const path = file('huge.csv', '');
  truncateSync(path, 2 ** 31);
  expect((await errorOf(path)).code).toBe('file-too-large');
});

test.skipIf(process.platform === 'win32')('a pipe', async () => {
  const path = join(folder, 'pipe');
  execFileSync('mkfifo', [path]);
  const writer = spawn('sh', ['-c', `printf 'x,y\\n1,2\\n3,4\\n' > "${path}"`]);
  expect((await readTable(path)).rows).toBe(2);
  writer.kill();
});

test('a file of several blocks, quoted and not, keeps rows and line numbers', async () => {
  const row = `${'1.234567890123456,'.repeat(20)}`;
  const rows = Array.from({ length: 30_000 }, (_, i) => `${row}${i % 1000 === 999 ? `"${i}\n"` : i}`);
  const header = Array.from({ length: 21 }, (_, i) => `c${i}`).join(',');
  const table = await readTable(file('long.csv', `${header}\n${rows.join('\n')}\n`));
  expect(table.rows).toBe(30_000);
  expect(table.numbers('c20')[29_999]).toBe(29_999);
  const error = await errorOf(file('long-ragged.csv', `${header}\n${rows.join('\n')}\n1,2\n`));
  expect(error.data['line']).toBe(1 + 30_000 + 30 + 1);
});
