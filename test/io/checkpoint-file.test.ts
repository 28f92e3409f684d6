import { existsSync, mkdtempSync, readdirSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { CheckpointFile, readCheckpoint } from '../../src/io/index.ts';
import { decodeState, encodeState } from '../../src/search/state/encode-state.ts';

let folder = '';
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'ansatz-state-'));
});
afterEach(() => {
  vi.restoreAllMocks();
  rmSync(folder, { recursive: true, force: true });
});

const state = (step: number): Uint8Array => encodeState({ step, values: Float64Array.of(step, 2 * step) });
const read = () => readCheckpoint(folder, (bytes) => decodeState(bytes));
const stepOf = (bytes: Uint8Array | undefined): unknown => bytes && (decodeState(bytes) as { step: number }).step;

test('the newest state is whole as soon as it is saved, and the one before it stays as a copy', async () => {
  // Writing may take a tenth of the time at most: by this clock it takes none.
  const clock = vi.spyOn(performance, 'now').mockReturnValue(0);
  const file = new CheckpointFile(folder);
  expect(read()).toBeUndefined();
  for (let step = 1; step <= 4; step++) {
    file.save(state(step));
    await file.settle();
    expect(stepOf(read()?.state)).toBe(step);
    clock.mockReturnValue(1000 * step);
  }
  expect(stepOf(readFileSync(join(folder, 'checkpoint.bin.bak')))).toBe(3);
  expect(readdirSync(folder).sort()).toEqual(['checkpoint.bin', 'checkpoint.bin.bak']);
  file.remove();
  expect(readdirSync(folder)).toEqual([]);
});

test('a state that the disk may not have never becomes the copy', () => {
  const clock = vi.spyOn(performance, 'now').mockReturnValue(0);
  const file = new CheckpointFile(folder);
  file.save(state(1));
  clock.mockReturnValue(500);
  file.save(state(2));
  expect(stepOf(read()?.state)).toBe(1);
  clock.mockReturnValue(1500);
  file.save(state(3));
  expect(stepOf(read()?.state)).toBe(3);
  expect(existsSync(join(folder, 'checkpoint.bin.bak'))).toBe(false);
});

test('a damaged state is passed over for its copy; without one the error names both', async () => {
  const good = state(7);
  writeFileSync(join(folder, 'checkpoint.bin.bak'), good);
  expect(read()).toMatchObject({ newest: false });
  for (const cut of [0, 5, 40, good.length - 1]) {
    writeFileSync(join(folder, 'checkpoint.bin'), good.subarray(0, cut));
    expect(stepOf(read()?.state)).toBe(7);
  }
  for (let at = 0; at < good.length; at += 3) {
    const changed = good.slice();
    changed[at] ^= 16;
    writeFileSync(join(folder, 'checkpoint.bin'), changed);
    expect(stepOf(read()?.state)).toBe(7);
  }
  renameSync(join(folder, 'checkpoint.bin'), join(folder, 'checkpoint.bin.bak'));
  expect(read).toThrow(/no other copy/);
  writeFileSync(join(folder, 'checkpoint.bin'), 'nothing');
  expect(read).toThrow(expect.objectContaining({ code: 'damaged' }));
});
