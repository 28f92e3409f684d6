import { existsSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { Command } from 'commander';
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest';
import { runReport } from '../../src/cli/report/run-report.ts';
import { addReport } from '../../src/cli/report.ts';
import { AnsatzError } from '../../src/core/index.ts';
import { Workplace } from './command.ts';
import { HARM, harmful, type ReportRun, saveRun, threeInputs, withErrors } from './report-runs.ts';

const place = new Workplace();
afterAll(() => place.remove());

/** Runs the command in this process; returns what it prints. */
async function run(...args: string[]): Promise<string> {
  const program = new Command('ansatz').exitOverride().configureOutput({ writeErr: () => {}, outputError: () => {} });
  let stdout = '';
  const write = vi
    .spyOn(process.stdout, 'write')
    .mockImplementation((chunk: unknown, encoding?: unknown, done?: unknown) => {
      stdout += String(chunk);
      for (const callback of [encoding, done]) if (typeof callback === 'function') callback();
      return true;
    });
  addReport(program, async (folder, options) => {
    expect(await runReport(folder, options)).toBe(0);
  });
  try {
    await program.parseAsync(['report', ...args], { from: 'user' });
  } finally {
    write.mockRestore();
  }
  return stdout;
}

const at = (name: string): string => join(place.path, name);
const page = (folder: string): string => readFileSync(join(folder, 'report.html'), 'utf8');

let errors: ReportRun;
beforeAll(async () => {
  errors = await withErrors();
});

describe('ansatz report', () => {
  it('writes the page into the folder and prints its path', async () => {
    const folder = saveRun(at('plain'), errors);
    expect(await run(folder)).toBe(`${join(folder, 'report.html')}\n`);
    const text = page(folder);
    expect(text.startsWith('<!doctype html>')).toBe(true);
    expect(text.includes('9.9.9')).toBe(true);
    expect(text.includes('class="warning"')).toBe(false);
    expect(readdirSync(folder).sort()).toEqual(['data.csv', 'options.json', 'report.html', 'run.json']);
  });

  it('shows what each step buys, and the rivals with the measurement that would tell', async () => {
    const rival = {
      expression: '1.9 * exp(x)',
      latex: '1.9 \\cdot e^{x}',
      complexity: 4,
      loss: 1,
      nats: 0.73,
      where: { x: 12.5 },
      predictions: [3.25, 4.5],
      separation: 8.25,
      unit: 'sigma',
    } as const;
    const folder = saveRun(at('rivals'), { ...errors, record: { ...errors.record, rivals: [rival] } });
    await run(folder);
    expect(page(folder).includes('>evidence</th>')).toBe(true);
    expect(page(folder).includes('Its description is 0.7 nats longer. Measure at x = 12.5: 3.25 against 4.5,')).toBe(
      true,
    );
    // A run of an older version knows neither.
    const strip = ({ evidence: _, description: __, ...entry }: ReportRun['record']['best']) => entry;
    const { rivals: _, ...record } = errors.record;
    const older = { ...record, best: strip(record.best), front: record.front.map(strip) };
    await run(saveRun(at('older'), { ...errors, record: older }));
    expect(page(at('older')).includes('>evidence</th>')).toBe(false);
    expect(page(at('older')).includes('rivals-title')).toBe(false);
  });

  it('--out and --table choose other files', async () => {
    const folder = saveRun(at('elsewhere'), errors, { table: 'gone.csv' });
    const out = at('page.html');
    await run(folder, '--table', join(folder, 'data.csv'), '--out', out);
    expect(existsSync(join(folder, 'report.html'))).toBe(false);
    expect(readFileSync(out, 'utf8').includes('id="residuals-prediction"')).toBe(true);
  });

  it('is the same page again for the same run', async () => {
    const folder = saveRun(at('again'), errors);
    await run(folder);
    const first = page(folder);
    await run(folder);
    expect(page(folder) === first).toBe(true);
  });

  it('does without options and table, and says so', async () => {
    const folder = saveRun(at('bare'), errors);
    rmSync(join(folder, 'options.json'));
    await run(folder);
    const text = page(folder);
    expect(text.includes('does not say which table')).toBe(true);
    expect(text.includes('The options were not saved')).toBe(true);
    expect(text.includes('id="front"')).toBe(true);
    expect(text.includes('id="residuals-prediction"')).toBe(false);
  });

  it('--sigma gives the errors that an old run has not saved', async () => {
    const folder = saveRun(at('sigma'), errors);
    rmSync(join(folder, 'options.json'));
    await run(folder, '--table', join(folder, 'data.csv'));
    expect(page(folder).includes('p-value')).toBe(false);
    await run(folder, '--table', join(folder, 'data.csv'), '--sigma', 'dy');
    expect(page(folder).includes('p-value')).toBe(true);
  });

  it.each([
    ['a table that is gone', { table: 'gone.csv' }, /cannot be used.*gone\.csv/],
    ['options of another shape', { options: 3, table: ['a'] }, /does not say which table/],
  ])('%s leaves the figures of the fit out', async (_, settings, warning) => {
    const folder = saveRun(at('gone'), errors, settings);
    await run(folder);
    expect(warning.test(page(folder))).toBe(true);
  });

  it('reads the covariance matrix from where the run did', async () => {
    const folder = saveRun(at('matrix'), errors);
    const matrix = join(folder, 'matrix.csv');
    const sigmas = errors.columns['dy'] as number[];
    const names = sigmas.map((_, i) => `c${i}`);
    const lines = sigmas.map((s, i) => sigmas.map((_, j) => (i === j ? s * s : 0)).join(','));
    writeFileSync(matrix, `${names.join(',')}\n${lines.join('\n')}\n`);
    const { sigma: _, ...options } = errors.options;
    saveRun(folder, errors, { options, files: { covariance: matrix } });
    await run(folder);
    expect(page(folder).includes('covariance matrix of the run')).toBe(true);
    // A diagonal matrix of the squared errors gives the chi2 that the run had with the errors themselves.
    expect(page(folder).includes('is not the one that was fitted')).toBe(false);
  });

  it('of a run of several targets asks for one of them', async () => {
    const folder = saveRun(at('several'), errors, { targets: { y: 'y', z: 'z' } });
    rmSync(join(folder, 'run.json'));
    await expect(run(folder)).rejects.toMatchObject({
      code: 'several-runs',
      hint: expect.stringContaining(join(folder, 'z')),
    });
  });

  it('notices a table that is not the one that was fitted', async () => {
    const folder = saveRun(at('changed'), errors);
    const path = join(folder, 'data.csv');
    const [header, first, ...rest] = readFileSync(path, 'utf8').split('\n');
    writeFileSync(path, [header, first.replace(/^"[^"]*"/, '"7"'), ...rest].join('\n'));
    await run(folder);
    expect(page(folder).includes('is not the one that was fitted')).toBe(true);
  });

  it('reports on a run that is still going', async () => {
    const folder = saveRun(at('running'), errors);
    const { best, front, seconds, evaluations } = errors.record;
    const snapshot = { running: true, phase: 'evolve', seconds, evaluations, best, front };
    writeFileSync(join(folder, 'run.json'), JSON.stringify(snapshot));
    await run(folder);
    expect(page(folder).includes('still going')).toBe(true);
    expect(page(folder).includes('id="residuals-prediction"')).toBe(true);
  });

  it('keeps a law that this program cannot read, without figures of the fit', async () => {
    const best = { ...errors.record.best, expression: 'lorentz(x)', latex: '\\operatorname{lorentz}\\left(x\\right)' };
    const front = errors.record.front.map((entry) => (entry.complexity === best.complexity ? best : entry));
    const folder = saveRun(at('unread'), { ...errors, record: { ...errors.record, best, front } });
    await run(folder);
    expect(page(folder).includes('not known here')).toBe(true);
    expect(page(folder).includes('lorentz')).toBe(true);
  });

  it('shows only options that differ, and all of them behind a line', async () => {
    const folder = saveRun(at('options'), { ...errors, options: { ...errors.options, maxSize: 17, parsimony: 0 } });
    await run(folder);
    const [, differing] = /Options that differ from their defaults<\/caption>(.*?)<\/table>/s.exec(page(folder))!;
    expect(differing.includes('<code>maxSize</code>')).toBe(true);
    expect(differing.includes('<code>parsimony</code>')).toBe(false);
    expect(page(folder).includes('<code>dimensionalConstraintPenalty</code>')).toBe(true);
  });

  it('puts no text of the run into the page as markup', async () => {
    const folder = saveRun(at('harm'), harmful());
    await run(folder);
    const text = page(folder);
    const markup = text.replace(/<script type="application\/json".*?<\/script>/gs, '');
    expect(/<script|<img|<svg onload/.exec(markup)).toBeNull();
    expect(text.match(/<\/script>/g)?.length).toBe(text.match(/<script type="application\/json" id="spec-/g)?.length);
    for (const name of HARM.slice(0, 3))
      expect(markup.includes(name.slice(-12).replace(/[<>"']/g, (c) => `&${ENTITY[c]};`))).toBe(true);
  });

  it('is below 2 MB for many rows and inputs', async () => {
    const rows = Array.from({ length: 6000 }, (_, i) => i + 1);
    const names = Array.from({ length: 12 }, (_, k) => `x${k}`);
    const wave = (i: number, k: number): number => Math.abs(Math.sin(i * (k + 1.3)) * 43758.5453) % 1;
    const columns = Object.fromEntries(names.map((name, k) => [name, rows.map((i) => wave(i, k))]));
    const y = rows.map((i) => 2 * wave(i, 0) + wave(i, 20));
    const entries = Array.from({ length: 16 }, (_, i) => ({
      ...errors.record.best,
      complexity: i + 1,
      loss: 1 / (i + 1),
      expression: `2 * x0 + ${i}`,
    }));
    const record = { ...errors.record, inputs: names, best: entries[3], front: entries };
    const big = { columns: { ...columns, y, dy: rows.map(() => 0.3) }, options: errors.options, record };
    const folder = saveRun(at('big'), big);
    await run(folder);
    const text = page(folder);
    expect(text.length).toBeLessThan(2_000_000);
    expect(text.includes('random sample')).toBe(true);
    expect(text.includes('first 8 of 12 inputs')).toBe(true);
  });

  it('leaves nothing behind when the page cannot be written', async () => {
    const folder = saveRun(at('kept'), errors);
    await expect(run(folder, '--out', folder)).rejects.toMatchObject({ code: 'not-a-file' });
    expect(readdirSync(folder).filter((name) => name.endsWith('.tmp'))).toEqual([]);
  });

  it.each<[string, (folder: string) => string[], string]>([
    ['no such folder', (folder) => [`${folder}-not`], 'not-a-folder'],
    ['a file', (folder) => [join(folder, 'run.json')], 'not-a-folder'],
    ['a folder without a run', () => [place.path], 'no-run'],
    ['a missing --table', (folder) => [folder, '--table', 'none.csv'], 'ENOENT'],
    [
      'a --table of other columns',
      (folder) => [folder, '--table', place.write('other.csv', 'a,b\n1,2\n')],
      'unknown-column',
    ],
    ['an unknown --sigma', (folder) => [folder, '--sigma', 'none'], 'unknown-column'],
    ['an empty --out', (folder) => [folder, '--out', ''], 'empty-value'],
  ])('%s is a clear error', async (_, args, code) => {
    const folder = saveRun(at('error'), errors);
    const given = args(folder).map((word) => (word === 'other.csv' ? at('other.csv') : word));
    const failure = await run(...given).catch((error) => error);
    expect(failure).toBeInstanceOf(AnsatzError);
    expect(failure.code).toBe(code);
  });

  it.each([
    ['no JSON', '{"seed": 1', 'damaged-file'],
    ['no run', '{"seed": 1}', 'damaged-file'],
    ['a front of words', JSON.stringify({ seconds: 1, evaluations: 1, front: ['x'] }), 'damaged-file'],
    [
      'no formula yet',
      JSON.stringify({ running: true, seconds: 1, evaluations: 1, best: null, front: [] }),
      'no-formula',
    ],
  ])('a run.json with %s is a clear error', async (_, content, code) => {
    const folder = saveRun(at('damaged'), errors);
    writeFileSync(join(folder, 'run.json'), content);
    await expect(run(folder)).rejects.toMatchObject({ code });
  });

  it('draws residuals against each of three inputs', async () => {
    const folder = saveRun(at('three'), await threeInputs());
    await run(folder);
    for (const i of [1, 2, 3]) expect(page(folder).includes(`id="residuals-input-${i}"`)).toBe(true);
    expect(page(folder).includes('id="residuals-input-4"')).toBe(false);
    expect(page(folder).includes('Observed against predicted')).toBe(true);
  });
});

const ENTITY: Readonly<Record<string, string>> = { '<': 'lt', '>': 'gt', '"': 'quot', "'": '#39' };
