import { existsSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest';
import { FormatError } from '../../src/core/index.ts';
import {
  formatHallOfFame,
  openRunFolder,
  parseTable,
  RunFolder,
  type RunSettings,
  readSettings,
  writeSettings,
} from '../../src/io/index.ts';
import type { FrontEntry, Progress, RunRecord } from '../../src/search/result.ts';
import { encodeState } from '../../src/search/state/encode-state.ts';

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
  categories: {},
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
  const clock = vi.spyOn(performance, 'now').mockReturnValue(10_000);
  const run = new RunFolder(folder, undefined);
  run.saveProgress(progress);
  const snapshot = JSON.parse(readFileSync(join(folder, 'run.json'), 'utf8'));
  expect(snapshot).toMatchObject({ running: true, phase: 'monomials', best: { expression: 'x + 1.5' } });
  expect(snapshot.front[0].tree).toBeUndefined();
  clock.mockReturnValue(10_900);
  run.saveProgress({ ...progress, phase: 'enumerate' });
  expect(JSON.parse(readFileSync(join(folder, 'run.json'), 'utf8')).phase).toBe('monomials');
  clock.mockReturnValue(11_100);
  run.saveProgress({ ...progress, phase: 'evolve', front: [{ ...entry, loss: 0.5 }] });
  expect(JSON.parse(readFileSync(join(folder, 'run.json'), 'utf8')).phase).toBe('evolve');
  expect(readFileSync(join(folder, 'hall_of_fame.csv.bak'), 'utf8')).toBe(formatHallOfFame([entry]));
  await run.save(record);
  expect(JSON.parse(readFileSync(join(folder, 'run.json'), 'utf8'))).toEqual(record);
  expect(readFileSync(join(folder, 'hall_of_fame.csv'), 'utf8')).toBe(formatHallOfFame([entry]));
  expect(readFileSync(join(folder, 'hall_of_fame.csv.bak'), 'utf8')).toBe(formatHallOfFame([{ ...entry, loss: 0.5 }]));
  expect(readdirSync(folder).sort()).toEqual(['hall_of_fame.csv', 'hall_of_fame.csv.bak', 'run.json']);
});

test('a save that fails while running is remembered; at the end it throws', async () => {
  mkdirSync(join(folder, 'gone'));
  const run = new RunFolder(join(folder, 'gone'), undefined);
  rmSync(join(folder, 'gone'), { recursive: true });
  run.saveProgress(progress);
  expect(run.failure).toMatchObject({ code: 'ENOENT' });
  run.saveCheckpoint(new Uint8Array(8));
  expect(run.failure).toMatchObject({ code: 'ENOENT' });
  await expect(run.save(record)).rejects.toBeInstanceOf(FormatError);
});

describe('the files of an older run', () => {
  const old = ['run.json', 'hall_of_fame.csv', 'hall_of_fame.csv.bak', 'checkpoint.bin', 'checkpoint.bin.bak'];
  const settings: RunSettings = { version: '1', table: '/t.csv', options: { target: 'y' } };
  const state = encodeState({ any: 'thing' });

  test('go when the first thing of a new one is saved, and not before', () => {
    for (const name of old) writeFileSync(join(folder, name), 'old');
    const run = new RunFolder(folder, undefined);
    run.begin({ settings });
    expect(readdirSync(folder).sort()).toEqual([...old].sort());
    run.saveCheckpoint(state);
    expect(readdirSync(folder).sort()).toEqual(['checkpoint.bin', 'options.json']);
    expect(readSettings(folder)).toEqual(settings);
  });

  test('stay when it is the same run that goes on', async () => {
    const first = new RunFolder(folder, undefined);
    first.begin({ settings });
    first.saveCheckpoint(state);
    first.saveProgress(progress);
    const second = new RunFolder(folder, undefined);
    second.begin({ settings, resumed: true, goodCheckpoint: true });
    second.saveCheckpoint(encodeState({ any: 'other' }));
    expect(readdirSync(folder)).toContain('run.json');
    expect(new Uint8Array(readFileSync(join(folder, 'checkpoint.bin.bak')))).toEqual(state);
  });

  test.each([
    ['patience', false],
    ['floor', false],
    ['cancelled', true],
    ['time-limit', true],
  ] as const)('a run that ended by %s keeps its state: %s', async (stoppedBy, kept) => {
    const run = new RunFolder(folder, undefined);
    run.begin({ settings });
    run.saveCheckpoint(state);
    await run.save({ ...record, stoppedBy });
    expect(existsSync(join(folder, 'checkpoint.bin'))).toBe(kept);
  });
});

test('options.json keeps infinite bounds, and says when it is damaged or not there', () => {
  const bounds = { version: '1', table: '/t.csv', options: { target: 'y', constantBounds: [-Infinity, 3] } } as const;
  writeSettings(folder, { ...bounds, options: { ...bounds.options, constantBounds: [-Infinity, 3] } });
  expect(readSettings(folder).options.constantBounds).toEqual([-Infinity, 3]);
  for (const text of [
    '',
    '[]',
    '{"version":"1","table":"t"}',
    '{"version":"1","table":"t","options":{},"targets":[1]}',
  ]) {
    writeFileSync(join(folder, 'options.json'), text);
    expect(() => readSettings(folder)).toThrow(expect.objectContaining({ code: 'damaged' }));
  }
  expect(() => readSettings(join(folder, 'nowhere'))).toThrow(expect.objectContaining({ code: 'no-run' }));
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
