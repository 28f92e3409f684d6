import { existsSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, expect, test } from 'vitest';
import { folderNames } from '../../src/cli/fit-plan.ts';
import { ansatz, Workplace } from './command.ts';
import { killAfter, noisyTable } from './interruption.ts';

const place = new Workplace();
afterAll(() => place.remove());
const x = [0.5, 1, 1.5, 2, 2.5, 3, 3.5, 4];
const rows = x.map((v, i) => `${v},${i % 3},${2 * v * v},0.1,${3 * v + (i % 3)}`);
place.write('two.csv', `x,z,p,p_error,q/r\n${rows.join('\n')}\n`);
const [head, ...body] = noisyTable(150).trimEnd().split('\n');
place.write('noisy.csv', `${head},w\n${body.map((line, i) => `${line},${Math.sin(i)}`).join('\n')}\n`);
const read = (...path: string[]): string => readFileSync(join(place.path, ...path), 'utf8');
const limits = ['--threads', '1', '--quiet'];

test('each target has a search of its own, without the others among its inputs', async () => {
  const args = ['fit', 'two.csv', '--target', 'p', '--target', 'q/r', ...limits, '--json', '--out', 'both'];
  const { code, stdout } = await ansatz([...args, '--log', 'both.jsonl'], place.path);
  expect(code).toBe(0);
  const { targets } = JSON.parse(stdout);
  expect(Object.keys(targets)).toEqual(['p', 'q/r']);
  expect(targets.p).toMatchObject({ target: 'p', inputs: ['x', 'z'], best: { expression: '2 * x^2' } });
  expect(targets['q/r']).toMatchObject({ target: 'q/r', inputs: ['x', 'z'], best: { expression: '3 * x + z' } });
  expect(readdirSync(join(place.path, 'both')).sort()).toEqual(['options.json', 'p', 'q%2Fr']);
  expect(JSON.parse(read('both', 'q%2Fr', 'run.json'))).toEqual(targets['q/r']);
  const ends = read('both.jsonl')
    .split('\n')
    .filter((line) => line.includes('"kind":"end"'));
  expect(ends.map((line) => JSON.parse(line).target)).toEqual(['p', 'q/r']);
});

test('the text names both laws', async () => {
  const { stdout } = await ansatz(['fit', 'two.csv', '--target', 'p', '--target', 'q/r', ...limits], place.path);
  expect(stdout).toMatch(/^p = 2 \* x\^2$/m);
  expect(stdout).toMatch(/^`q\/r` = 3 \* x \+ z$/m);
});

test('a run with several targets goes on where it was killed', async () => {
  const args = [
    'fit',
    'noisy.csv',
    '--target',
    'y',
    '--target',
    'w',
    ...limits,
    '--max-evals',
    '8000',
    '--patience',
    '99',
  ];
  const begin = performance.now();
  expect((await ansatz([...args, '--out', 'whole'], place.path)).code).toBe(0);
  const seconds = (performance.now() - begin) / 1000;
  for (const [i, share] of [0.3, 0.6].entries()) {
    const folder = `part-${i}`;
    await killAfter(share * seconds, [...args, '--out', folder], folder, place.path);
    const { code, stdout, stderr } = await ansatz(['fit', '--resume', folder, '--quiet', '--json'], place.path);
    // A machine that has become faster may have ended the run before the kill.
    const ended = code === 2 && /the run has ended/.test(stderr);
    if (!ended) {
      expect({ code, stderr }).toEqual({ code: 0, stderr: '' });
      expect(Object.keys(JSON.parse(stdout).targets)).toEqual(['y', 'w']);
    }
    for (const name of ['y', 'w']) {
      expect(read(folder, name, 'hall_of_fame.csv')).toBe(read('whole', name, 'hall_of_fame.csv'));
    }
  }
  const { code, stderr } = await ansatz(['fit', '--resume', 'whole'], place.path);
  expect(code).toBe(2);
  expect(stderr).toMatch(/^ansatz: whole: the run has ended/);
  // One of them alone goes on without the others among its inputs.
  rmSync(join(place.path, 'whole', 'w', 'run.json'));
  const alone = await ansatz(['fit', '--resume', 'whole/w', '--quiet', '--json'], place.path);
  expect(JSON.parse(alone.stdout)).toMatchObject({ target: 'w', inputs: ['x', 'z'] });
}, 180_000);

test('a bad second target leaves nothing', async () => {
  const args = ['fit', 'two.csv', '--target', 'p', '--target', 'nothing', ...limits, '--out', 'none'];
  const { code, stderr } = await ansatz(args, place.path);
  expect(code).toBe(2);
  expect(stderr).toMatch(/no column "nothing"/);
  expect(existsSync(join(place.path, 'none'))).toBe(false);
});

test('folders have names that every file system takes, no two alike', () => {
  const names = folderNames(['a', 'A', '..', 'a/b', 'a%2Fb', 'x'.repeat(300), `${'x'.repeat(300)}y`, 'μ*', '']);
  const folders = Object.values(names);
  expect(new Set(folders.map((name) => name.toLowerCase())).size).toBe(folders.length);
  for (const name of folders) expect(name).toMatch(/^[A-Za-z0-9%_-]{1,63}$/);
});
