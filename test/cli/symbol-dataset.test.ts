import { mkdirSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { afterAll, describe, expect, test } from 'vitest';
import { FORM_FACTOR, orbitOf } from '../../src/amplitudes/index.ts';
import { ansatz, outcome, start, Workplace } from './command.ts';

const place = new Workplace();
afterAll(() => place.remove());

const rowsOf = (name: string): string[][] =>
  readFileSync(join(place.path, name), 'utf8')
    .trimEnd()
    .split('\n')
    .map((line) => line.split('\t'));

async function made(...args: string[]): Promise<string> {
  const { code, stdout, stderr } = await ansatz(['symbol', ...args], place.path);
  expect({ code, stderr }).toEqual({ code: 0, stderr: '' });
  return stdout;
}

describe('ansatz symbol --dataset', () => {
  test('value: two files without a symmetric image between them, and facts', async () => {
    const printed = JSON.parse(await made('4', '--dataset', 'value', '--split', '.2', '--out', 'value', '--json'));
    expect(readdirSync(join(place.path, 'value')).sort()).toEqual(['facts.json', 'test.tsv', 'train.tsv']);
    const [train, held] = [rowsOf('value/train.tsv'), rowsOf('value/test.tsv')];
    expect([train.length + held.length, held.length]).toEqual([11_208, 6 * Math.round(0.2 * 1868)]);
    const known = new Set(train.map(([word]) => word));
    for (const [word] of held) expect(orbitOf(FORM_FACTOR, word).filter((image) => known.has(image))).toEqual([]);
    const facts = JSON.parse(readFileSync(join(place.path, 'value', 'facts.json'), 'utf8'));
    expect(facts).toMatchObject({ task: 'value', loops: 4, split: 0.2, seed: 1, leaked: 0, train: train.length });
    expect(facts.baselines.map(({ name }: { name: string }) => name)).toContain('majority');
    expect(printed).toEqual({ ...facts, folder: 'value' });
  });

  test('zero: as many words of either kind', async () => {
    expect(await made('3', '--dataset', 'zero', '--out', 'zero')).toMatch(/^zero at 3 loops, written to zero\n/);
    const targets = [...rowsOf('zero/train.tsv'), ...rowsOf('zero/test.tsv')].map(([, target]) => target);
    expect(targets.filter((target) => target === '1')).toHaveLength(636);
    expect(targets.filter((target) => target === '0')).toHaveLength(636);
  });

  test('strike-out: word, value and parents; the file of a symbol serves as well', async () => {
    const text = await made('4', '--dataset', 'strike-out', '--out', 'parents');
    expect(text).toMatch(/ {2}ceiling, sorted\n/);
    const rows = rowsOf('parents/test.tsv');
    expect(rows.every((row) => row.length === 2 + 28)).toBe(true);
    await made('4', '--out', 'e4.tsv');
    await made('--read', 'e4.tsv', '--dataset', 'strike-out', '--out', 'again');
    expect(rowsOf('again/test.tsv')).toEqual(rows);
    await made('4', '--dataset', 'strike-out', '--seed', '2', '--out', 'other');
    expect(rowsOf('other/test.tsv')).not.toEqual(rows);
  });

  test('Ctrl-C leaves no folder', async () => {
    mkdirSync(join(place.path, 'cut'));
    const child = start(['symbol', '5', '--dataset', 'strike-out', '--out', 'cut/parents'], place.path);
    const end = outcome(child);
    // The folder under its other name is there while the work goes on.
    const isWorking = (): boolean => readdirSync(join(place.path, 'cut')).length > 0;
    while (!isWorking() && child.exitCode === null) await sleep(10);
    expect(isWorking()).toBe(true);
    child.kill('SIGINT');
    expect(await end).toEqual({ code: 130, stdout: '', stderr: 'ansatz: cancelled\n' });
    expect(readdirSync(join(place.path, 'cut'))).toEqual([]);
  });

  mkdirSync(join(place.path, 'full'));
  place.write('full/mine.txt', 'mine');
  place.write('lopsided.tsv', 'bddd\t8\nbbbd\t16\n');
  test.each([
    [['3', '--dataset', 'value'], '--dataset: goes with --out'],
    [['3', '--dataset', 'values', '--out', 'x'], 'did you mean value?'],
    [['3', '--dataset', 'value', '--split', '1', '--out', 'x'], '--split'],
    [['3', '--dataset', 'value', '--split', '0', '--out', 'x'], '--split'],
    [['3', '--split', '.1'], '--split: goes with --dataset'],
    [['3', '--dataset', 'value', '--check', '--out', 'x'], '--dataset: --check is given too'],
    [['1', '--dataset', 'value', '--out', 'x'], 'one orbit cannot be split'],
    [['1', '--dataset', 'strike-out', '--out', 'x'], 'one loop has no parents'],
    [['6', '--dataset', 'value', '--out', 'full'], 'full: the folder is not empty'],
    [['6', '--dataset', 'value', '--out', 'lopsided.tsv'], 'lopsided.tsv: a file, not a folder'],
    [['6', '--dataset', 'value', '--out', 'none/x'], 'none/x: cannot write: no such file or folder'],
    [['--read', 'lopsided.tsv', '--dataset', 'strike-out', '--out', 'x'], 'that symmetries change'],
  ])('%j is refused in one line', async (args, words) => {
    const { code, stdout, stderr } = await ansatz(['symbol', ...args], place.path);
    expect({ code, stdout }).toEqual({ code: 2, stdout: '' });
    expect(stderr).toMatch(/^ansatz: [^\n]*\n$/);
    expect(stderr).toContain(words);
    expect(readdirSync(place.path)).not.toContain('x');
  });
});
