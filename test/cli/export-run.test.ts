import { afterAll, beforeAll, expect, test } from 'vitest';
import { ansatz, KEPLER, Workplace } from './command.ts';

const place = new Workplace();
afterAll(() => place.remove());
place.write('planets.csv', KEPLER);
beforeAll(async () => {
  const args = ['fit', 'planets.csv', '--target', 'period', '--threads', '1', '--quiet', '--out', 'run'];
  expect((await ansatz(args, place.path)).code).toBe(0);
});

test('a run is exported as its chosen law, or as the one of a complexity', async () => {
  const chosen = await ansatz(['export', 'run', '--to', 'numpy'], place.path);
  expect(chosen.code).toBe(0);
  expect(chosen.stdout).toBe((await ansatz(['export', '365.25 * a^1.5', '--to', 'numpy'], place.path)).stdout);
  const simplest = await ansatz(['export', 'run', '--to', 'numpy', '--complexity', '1'], place.path);
  expect(simplest.stdout).toMatch(/13423/);
});

test('a complexity that is not there is told with those that are', async () => {
  const { code, stdout, stderr } = await ansatz(['export', 'run', '--to', 'numpy', '--complexity', '77'], place.path);
  expect({ code, stdout }).toEqual({ code: 2, stdout: '' });
  expect(stderr).toMatch(/^ansatz: run.run\.json: no formula of complexity 77 \(there are 1, .*\)\n$/);
});

test('the list of commands shows how each is called', async () => {
  const { stdout } = await ansatz(['--help'], place.path);
  expect(stdout).toMatch(/^ {2}fit \[options\] <table> {2,}find formulas/m);
  expect(stdout).toMatch(/^ {2}export \[options\] <formula> {2,}write a formula/m);
});
