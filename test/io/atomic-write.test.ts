import { spawnSync } from 'node:child_process';
import { mkdtempSync, readdirSync, readFileSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import * as files from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { FormatError } from '../../src/core/index.ts';
import { type FileOperations, writeAtomically } from '../../src/io/index.ts';

let folder = '';
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'ansatz-write-'));
});
afterEach(() => rmSync(folder, { recursive: true, force: true }));

async function errorOf(writing: Promise<void>): Promise<FormatError> {
  const error = await writing.then(
    () => undefined,
    (error: unknown) => error,
  );
  expect(error).toBeInstanceOf(FormatError);
  expect((error as FormatError).message).not.toContain('\n');
  return error as FormatError;
}

function systemError(code: string): Error {
  return Object.assign(new Error(`${code}: injected`), { code });
}

/** The real operations, one of which fails. */
function failing(operation: 'open' | 'write' | 'sync' | 'close' | 'rename', code: string): FileOperations {
  const fail = (): Promise<never> => Promise.reject(systemError(code));
  if (operation === 'rename') return { ...files, rename: fail };
  if (operation === 'open') return { ...files, open: fail };
  return {
    ...files,
    open: async (...args: Parameters<typeof files.open>) => {
      const handle = await files.open(...args);
      const { writeFile, close } = handle;
      if (operation === 'sync') handle.sync = fail;
      if (operation === 'close') {
        handle.close = async () => {
          await close.call(handle);
          throw systemError(code);
        };
      }
      if (operation === 'write') {
        handle.writeFile = async (content) => {
          await writeFile.call(handle, String(content).slice(0, 2));
          throw systemError(code);
        };
      }
      return handle;
    },
  };
}

test('writes text, bytes and parts, and replaces what was there', async () => {
  const path = join(folder, 'a.csv');
  await writeAtomically(path, 'first');
  await writeAtomically(path, Uint8Array.of(120, 121));
  expect(readFileSync(path, 'utf8')).toBe('xy');
  await writeAtomically(path, ['one\n', 'two\n']);
  expect(readFileSync(path, 'utf8')).toBe('one\ntwo\n');
  expect(readdirSync(folder)).toEqual(['a.csv']);
});

test.each(['open', 'write', 'sync', 'close', 'rename'] as const)(
  'a full disk at %s leaves the old file and nothing else',
  async (operation) => {
    const path = join(folder, 'a.csv');
    writeFileSync(path, 'old');
    const error = await errorOf(writeAtomically(path, 'new content', failing(operation, 'ENOSPC')));
    expect(error.code).toBe('ENOSPC');
    expect(error.message).toContain(`${path}: cannot write: no space left`);
    expect(readFileSync(path, 'utf8')).toBe('old');
    expect(readdirSync(folder)).toEqual(['a.csv']);
  },
);

test.each(['EACCES', 'EROFS', 'ENOTDIR', 'ENOENT', 'EDQUOT', 'EUNKNOWN'])('%s is one line', async (code) => {
  expect((await errorOf(writeAtomically(join(folder, 'a'), 'x', failing('open', code)))).code).toBe(code);
});

test('an error that is none of the system comes through', async () => {
  const broken = {
    [Symbol.iterator]: () => {
      throw new RangeError('broken');
    },
  };
  await expect(writeAtomically(join(folder, 'a'), broken as never)).rejects.toThrow(RangeError);
  expect(readdirSync(folder)).toEqual([]);
});

test('a missing folder, a folder, a path through a file, a device', async () => {
  writeFileSync(join(folder, 'file'), '');
  expect((await errorOf(writeAtomically(join(folder, 'none', 'a'), 'x'))).code).toBe('ENOENT');
  expect((await errorOf(writeAtomically(folder, 'x'))).code).toBe('not-a-file');
  expect((await errorOf(writeAtomically(join(folder, 'file', 'a'), 'x'))).code).toBe('ENOTDIR');
  if (process.platform === 'linux') expect((await errorOf(writeAtomically('/dev/full', 'x'))).code).toBe('not-a-file');
});

test.skipIf(process.platform === 'win32')('a link goes on pointing where it points', async () => {
  writeFileSync(join(folder, 'real'), 'old');
  symlinkSync(join(folder, 'real'), join(folder, 'link'));
  await writeAtomically(join(folder, 'link'), 'new');
  expect(readFileSync(join(folder, 'real'), 'utf8')).toBe('new');
});

const inNamespace = ['-rm', 'sh', '-c'];
const canMount =
  process.platform === 'linux' &&
  spawnSync('unshare', [...inNamespace, 'mount -t tmpfs -o size=1m tmpfs /tmp']).status === 0;

test.skipIf(!canMount)('a disk that is really full', () => {
  const script = `
    import { readdirSync, readFileSync } from 'node:fs';
    import { writeAtomically } from ${JSON.stringify(resolve('src/io/atomic-write.ts'))};
    await writeAtomically('${folder}/a', 'old');
    const error = await writeAtomically('${folder}/a', 'x'.repeat(2 ** 21)).catch((error) => error);
    console.log(error.code, readFileSync('${folder}/a', 'utf8'), readdirSync('${folder}').join());`;
  const program = join(folder, 'full.mts');
  writeFileSync(program, script);
  // The memory disk hides the folder of the script, which is read from elsewhere.
  const run = `cp "${program}" "${folder}.mts" && mount -t tmpfs -o size=1m tmpfs "${folder}" && exec "${resolve('node_modules/.bin/tsx')}" "${folder}.mts"`;
  const { stdout, stderr } = spawnSync('unshare', [...inNamespace, run], { encoding: 'utf8' });
  rmSync(`${folder}.mts`, { force: true });
  expect(stderr).toBe('');
  expect(stdout.trim()).toBe('ENOSPC old a');
});
