import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { Command } from 'commander';
import { afterAll, describe, expect, it, vi } from 'vitest';
import { runStatistics } from '../../src/cli/run-statistics.ts';
import { addStatistics } from '../../src/cli/statistics.ts';
import { AnsatzError } from '../../src/core/index.ts';
import { Workplace } from './command.ts';

const place = new Workplace();
afterAll(() => place.remove());

const X = [0, 1, 2, 3, 4, 5];
const Y = [5.1, 3.0, 1.9, 1.05, 0.7, 0.42];
const S = [0.2, 0.2, 0.1, 0.1, 0.1, 0.1];
place.write('data.csv', `x,y,dy\n${X.map((x, i) => `${x},${Y[i]},${S[i]}`).join('\n')}\n`);
const matrix = S.map((s, i) => S.map((_, j) => (i === j ? s * s : 0)).join(','));
place.write('errors.csv', `a,b,c,d,e,f\n${matrix.join('\n')}\n`);
place.write('counts.csv', 'low,high,n\n0,1,60\n1,2,25\n2,3,8\n3,4,5\n');
place.write('word.csv', 'x,y\n1,a\n2,b\n');

/** Runs the command in this process, in the folder of the tables. */
async function run(...args: string[]): Promise<string> {
  const program = new Command('ansatz').exitOverride().configureOutput({ writeErr: () => {}, outputError: () => {} });
  let stdout = '';
  const write = vi.spyOn(process.stdout, 'write').mockImplementation((chunk, done) => {
    stdout += String(chunk);
    (done as unknown as () => void)();
    return true;
  });
  addStatistics(program, async (formula, table, options) => {
    const covariance = options.covariance === undefined ? undefined : join(place.path, options.covariance);
    const band = options.band === undefined ? undefined : join(place.path, options.band);
    expect(await runStatistics(formula, join(place.path, table), { ...options, covariance, band })).toBe(0);
  });
  try {
    await program.parseAsync(['statistics', ...args], { from: 'user' });
  } finally {
    write.mockRestore();
  }
  return stdout;
}

const decay = ['a * exp(-b * x)', 'data.csv', '--target', 'y'];

describe('ansatz statistics', () => {
  it('prints values to the digits of their errors', async () => {
    const lines = (await run(...decay, '--sigma', 'dy')).split('\n');
    expect(lines.slice(0, 3)).toEqual([
      'parameter  value  error',
      'a           5.09   0.18',
      'b          0.505  0.022',
    ]);
    expect(lines).toContain('b            0.667  1.000');
    expect(lines).toContain('chi2/ndf 0.8936/4 = 0.2234, p-value 0.9255, AIC 4.894');
    expect(lines.at(-2)).toMatch(/^y = 5\.0881 \* exp\(-\(?0\.505436\)? \* x\)$/);
  });

  it('--profile adds intervals, at a level of choice', async () => {
    const out = await run(...decay, '--sigma', 'dy', '--profile', '--level', '0.95');
    expect(out).toContain('95.0% interval');
    expect(out).toMatch(/^b +0\.505 +0\.022 +\[0\.46\d, 0\.5\d\d\]$/m);
  });

  it('--json is the record of the fit, with the intervals', async () => {
    const record = JSON.parse(await run(...decay, '--covariance', 'errors.csv', '--profile', '--json'));
    expect(record).toMatchObject({ formula: 'a * exp(-b * x)', likelihood: 'correlated', ndf: 4 });
    expect(record.parameters[0].value).toBeCloseTo(5.0881, 3);
    expect(record.intervals.b.down).toBeCloseTo(0.02137, 4);
    expect(record.intervals.b.up).toBeCloseTo(0.02187, 4);
  });

  it('--band writes the curve and its band', async () => {
    await run(...decay, '--sigma', 'dy', '--band', 'band.csv', '--json');
    const [header, first] = readFileSync(join(place.path, 'band.csv'), 'utf8').split('\n');
    expect(header).toBe('x,y,low,high');
    const [x, y, low, high] = first.split(',').map(Number);
    expect([x, y]).toEqual([0, (low + high) / 2]);
    expect(high - y).toBeCloseTo(0.1818, 3);
  });

  it('says how large the errors are when none were given', async () => {
    const out = await run(...decay);
    expect(out).toContain('no errors were given');
    expect(out).not.toContain('p-value');
  });

  it('fits counts in bins, with starts, bounds and fixed parameters', async () => {
    const bins = ['--poisson', '--bin-low', 'low', '--bin-high', 'high', '--bin-variable', 'm'];
    const out = await run('n * exp(-m / t)', 'counts.csv', '--target', 'n', ...bins).catch((error) => error);
    expect(out).toBeInstanceOf(AnsatzError);
    const args = [
      'k * exp(-m / t)',
      'counts.csv',
      '--target',
      'n',
      ...bins,
      '--start',
      'k=90,t=2',
      '--bounds',
      't=0.1:',
    ];
    expect(await run(...args, '--band', 'bins.csv')).toMatch(/deviance\/ndf \S+\/2/);
    expect(readFileSync(join(place.path, 'bins.csv'), 'utf8')).toMatch(/^m,n,low,high\n0\.5,/);
    expect(await run(...args, '--fixed', 't')).toMatch(/^t +2 +fixed$/m);
  });

  it.each<[string, string[], RegExp]>([
    ['an unknown column', ['a * x', 'data.csv', '--target', 'yy'], /no column "yy"/],
    ['parameters that cannot be told apart', ['a * b * x', 'data.csv', '--target', 'y'], /"a", "b" apart/],
    ['words', ['a * x', 'word.csv', '--target', 'y'], /"y"/],
    ['a start without a value', [...decay, '--start', 'a'], /NAME=VALUE/],
    ['a start that is no number', [...decay, '--start', 'a=b'], /"b" is not a number/],
    ['a start twice', [...decay, '--start', 'a=1,a=2'], /twice/],
    ['--start twice', [...decay, '--start', 'a=1', '--start', 'b=1'], /twice/],
    ['a range without a colon', [...decay, '--bounds', 'a=1'], /range/],
    ['a level of 1', [...decay, '--level', '1', '--profile'], /--level/],
    ['a level of nothing', [...decay, '--level', '0.9'], /--profile or --band/],
    [
      'a matrix of another size',
      ['a * n', 'counts.csv', '--target', 'low', '--covariance', 'errors.csv'],
      /covariance/,
    ],
    ['a missing file', ['a * x', 'none.csv', '--target', 'y'], /none\.csv/],
  ])('%s is a clear error', async (_, args, message) => {
    const failure = await run(...args).catch((error) => error);
    expect(failure).toBeInstanceOf(AnsatzError);
    expect(failure.message).toMatch(message);
  });
});
