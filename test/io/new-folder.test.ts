import { mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, describe, expect, test } from 'vitest';
import { writeFolderAtomically } from '../../src/io/index.ts';

const place = mkdtempSync(join(tmpdir(), 'ansatz-folder-'));
afterAll(() => rmSync(place, { recursive: true, force: true }));

const fill = async (folder: string): Promise<number> => {
  writeFileSync(join(folder, 'a.txt'), 'whole');
  return 7;
};

describe('writeFolderAtomically', () => {
  test('makes a folder, also in the place of an empty one, and returns what filling gave', async () => {
    mkdirSync(join(place, 'empty'));
    for (const name of ['new', 'empty']) {
      expect(await writeFolderAtomically(join(place, name), fill)).toBe(7);
      expect(readFileSync(join(place, name, 'a.txt'), 'utf8')).toBe('whole');
    }
    expect(readdirSync(place).sort()).toEqual(['empty', 'new']);
  });

  test('is not there before it is whole, and leaves nothing when filling fails', async () => {
    const path = join(place, 'failed');
    const failing = writeFolderAtomically(path, async (folder) => {
      await fill(folder);
      expect(readdirSync(place)).not.toContain('failed');
      throw new Error('no more');
    });
    await expect(failing).rejects.toThrow('no more');
    expect(readdirSync(place).sort()).toEqual(['empty', 'new']);
  });

  test('refuses what is in the way, before anything is filled', async () => {
    const never = (): Promise<never> => {
      throw new Error('was filled');
    };
    writeFileSync(join(place, 'file'), 'mine');
    await expect(writeFolderAtomically(join(place, 'new'), never)).rejects.toMatchObject({ code: 'folder-not-empty' });
    await expect(writeFolderAtomically(join(place, 'file'), never)).rejects.toMatchObject({ code: 'not-a-folder' });
    const lost = join(place, 'missing', 'folder');
    await expect(writeFolderAtomically(lost, never)).rejects.toMatchObject({ code: 'ENOENT' });
    expect(readFileSync(join(place, 'file'), 'utf8')).toBe('mine');
    expect(readFileSync(join(place, 'new', 'a.txt'), 'utf8')).toBe('whole');
  });
});
