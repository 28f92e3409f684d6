import { existsSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { FormatError } from '../../src/core/index.ts';
import { formatHallOfFame, openRunFolder, parseTable, RunFolder, writeAtomically } from '../../src/io/index.ts';
import type { FrontEntry, Progress, RunRecord } from '../../src/search/result.ts';

const entry: FrontEntry = {
  complexity: 3,
  loss: 1e-9,
  score: 0.5,
  expression: 'x + 1.5',
  latex: 'x + 1.5',
  constants: [1.5],
  tree: { kind: 'variable', name: 'x' },
};
const progress: Progress = {
  phase: 'monomials',
  elapsedSeconds: 0.5,
  remainingSeconds: Number.POSITIVE_INFINITY,
  evaluations: 10,
  front: [entry],
  best: entry,
};
const { tree: _, ...frontRecord } = entry;
const record: RunRecord = {
  seed: 0,
  threads: 1,
  seconds: 1,
  evaluations: 20,
  stoppedBy: 'floor',
  target: 'y',
  inputs: ['x'],
  notes: [],
  best: frontRecord,
  front: [frontRecord],
};

let folder = '';
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'ansatz-run-'));
});
afterEach(() => {
  vi.restoreAllMocks();
  rmSync(folder, { recursive: true, force: true });
});

test('the hall of fame has PySR columns and reads back as a table', () => {
  const csv = formatHallOfFame([entry, { complexity: 5, loss: 0.1, expression: 'a + "odd, name"' }]);
  expect(csv.split('\n').slice(0, 2)).toEqual(['Complexity,Loss,Equation', '3,1e-9,"x + 1.5"']);
  expect(parseTable(csv, 'hall_of_fame.csv').column('Equation').values).toEqual(['x + 1.5', 'a + "odd, name"']);
});

test('progress is saved at once, then at most once a second; the end always', async () => {
  const written: string[] = [];
  const clock = vi.spyOn(performance, 'now').mockReturnValue(10_000);
  const run = new RunFolder(folder, undefined, async (path, content) => {
    written.push(path);
    await writeAtomically(path, content);
  });
  run.saveProgress(progress);
  run.saveProgress(progress);
  await vi.waitFor(() => expect(existsSync(join(folder, 'run.json'))).toBe(true));
  await sleep(20);
  const snapshot = JSON.parse(readFileSync(join(folder, 'run.json'), 'utf8'));
  expect(snapshot).toMatchObject({ running: true, phase: 'monomials', best: { expression: 'x + 1.5' } });
  expect(snapshot.front[0].tree).toBeUndefined();
  clock.mockReturnValue(10_900);
  run.saveProgress(progress);
  await sleep(20);
  expect(written.length).toBe(2);
  clock.mockReturnValue(11_100);
  run.saveProgress(progress);
  await run.save(record);
  expect(written.length).toBe(6);
  expect(JSON.parse(readFileSync(join(folder, 'run.json'), 'utf8'))).toEqual(record);
  expect(readdirSync(folder).sort()).toEqual(['hall_of_fame.csv', 'run.json']);
});

test('a save that fails while running is remembered; at the end it throws', async () => {
  const full = new FormatError('ENOSPC', 'cannot write: no space left', 'run.json');
  const run = new RunFolder(folder, undefined, () => Promise.reject(full));
  run.saveProgress(progress);
  await sleep(5);
  expect(run.failure).toBe(full);
  await expect(run.save(record)).rejects.toBe(full);
});

test('opening makes the folder; discarding takes away what was made and no more', async () => {
  const made = await openRunFolder(join(folder, 'a', 'b'));
  expect(existsSync(join(folder, 'a', 'b'))).toBe(true);
  expect(readdirSync(join(folder, 'a', 'b'))).toEqual([]);
  await made.discard();
  expect(readdirSync(folder)).toEqual([]);

  mkdirSync(join(folder, 'mine'));
  await (await openRunFolder(join(folder, 'mine'))).discard();
  expect(existsSync(join(folder, 'mine'))).toBe(true);

  const used = await openRunFolder(join(folder, 'c', 'd'));
  writeFileSync(join(folder, 'c', 'kept'), '');
  await used.discard();
  expect(readdirSync(join(folder, 'c'))).toEqual(['kept']);
});

test('a file in the way, a path through a file, a place where nothing can be made', async () => {
  writeFileSync(join(folder, 'file'), '');
  await expect(openRunFolder(join(folder, 'file'))).rejects.toMatchObject({ code: 'not-a-folder' });
  await expect(openRunFolder(join(folder, 'file', 'run'))).rejects.toBeInstanceOf(FormatError);
  if (process.platform === 'linux') await expect(openRunFolder('/proc/run')).rejects.toBeInstanceOf(FormatError);
});
