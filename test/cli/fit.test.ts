import { spawnSync } from 'node:child_process';
import { existsSync, mkdirSync, readdirSync, readFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { afterAll, expect, test, vi } from 'vitest';
import { readTable } from '../../src/io/index.ts';
import { ansatz, KEPLER, NOISE, outcome, start, Workplace } from './command.ts';

const place = new Workplace();
afterAll(() => place.remove());
place.write('planets.csv', KEPLER);
place.write('noise.csv', NOISE);
const short = ['--max-evals', '200000', '--time-limit', '20', '--threads', '1', '--seed', '1'];

test('prints the front, the notes and last the law', async () => {
  const { code, stdout, stderr } = await ansatz(['fit', 'planets.csv', '--target', 'period', ...short], place.path);
  expect(code).toBe(0);
  const lines = stdout.trimEnd().split('\n');
  expect(lines[0].trim().split(/\s+/)).toEqual(['complexity', 'loss', 'score', 'evidence', 'description', 'equation']);
  expect(lines.filter((line) => line.startsWith('*')).length).toBe(1);
  expect(stdout).toContain('left out as text: planet');
  expect(lines.at(-1)).toMatch(/^period = 365\.[23] ?\* ?a\^1\.5$/);
  expect(stderr).not.toContain('ansatz:');
});

test('--json prints one object and nothing else', async () => {
  const args = ['fit', 'planets.csv', '--target', 'period', '--json', '--quiet', ...short];
  const { code, stdout, stderr } = await ansatz(args, place.path);
  expect(code).toBe(0);
  expect(stderr).toBe('');
  const record = JSON.parse(stdout);
  expect(record).toMatchObject({ target: 'period', inputs: ['a'], seed: 1, threads: 1 });
  expect(record.front.length).toBeGreaterThan(0);
  expect(record.front.some((entry: { expression: string }) => entry.expression === record.best.expression)).toBe(true);
});

test('two threads give the front of one', async () => {
  const args = [
    'fit',
    'noise.csv',
    '--target',
    'y',
    '--json',
    '--max-evals',
    '40000',
    '--time-limit',
    '30',
    '--threads',
  ];
  const runs = await Promise.all(['1', '2'].map((threads) => ansatz([...args, threads], place.path)));
  expect(runs.map((run) => run.code)).toEqual([0, 0]);
  const [one, two] = runs.map((run) => JSON.parse(run.stdout));
  expect(two.threads).toBe(2);
  expect(two.front).toEqual(one.front);
});

test('--out holds the whole run and nothing else', async () => {
  const args = ['fit', 'planets.csv', '--target', 'period', '--json', '--quiet', '--out', 'runs/one', ...short];
  const { code, stdout } = await ansatz(args, place.path);
  expect(code).toBe(0);
  const folder = join(place.path, 'runs', 'one');
  expect(readdirSync(folder).sort()).toEqual(['hall_of_fame.csv', 'options.json', 'run.json']);
  expect(JSON.parse(readFileSync(join(folder, 'run.json'), 'utf8'))).toEqual(JSON.parse(stdout));
  const hall = await readTable(join(folder, 'hall_of_fame.csv'));
  expect(hall.names).toEqual(['Complexity', 'Loss', 'Equation']);
  expect(hall.rows).toBe(JSON.parse(stdout).front.length);
});

test.each(['SIGINT', 'SIGTERM'] as const)('%s ends the search with what was found', async (signal) => {
  const out = `cancelled-${signal}`;
  const args = ['fit', 'noise.csv', '--target', 'y', '--json', '--threads', '1', '--time-limit', '60', '--out', out];
  const child = start(args, place.path);
  const end = outcome(child);
  await vi.waitFor(() => expect(existsSync(join(place.path, out, 'run.json'))).toBe(true), {
    timeout: 30_000,
    interval: 20,
  });
  const running = JSON.parse(readFileSync(join(place.path, out, 'run.json'), 'utf8'));
  expect(running.running).toBe(true);
  child.kill(signal);
  const { code, stdout, stderr } = await end;
  expect(stderr).toContain('stopping');
  expect(code).toBe(130);
  expect(JSON.parse(stdout).stoppedBy).toBe('cancelled');
  expect(JSON.parse(readFileSync(join(place.path, out, 'run.json'), 'utf8')).stoppedBy).toBe('cancelled');
});

test('a second SIGINT ends at once', async () => {
  const out = 'cancelled-twice';
  const child = start(['fit', 'noise.csv', '--target', 'y', '--out', out, '--time-limit', '60'], place.path);
  const end = outcome(child);
  await vi.waitFor(() => expect(existsSync(join(place.path, out, 'run.json'))).toBe(true), {
    timeout: 30_000,
    interval: 20,
  });
  child.kill('SIGINT');
  child.kill('SIGINT');
  const { code } = await end;
  expect(code).toBe(130);
  const record = JSON.parse(readFileSync(join(place.path, out, 'run.json'), 'utf8'));
  expect(record.front.length).toBeGreaterThan(0);
  expect(
    readdirSync(join(place.path, out))
      .filter((name) => !name.endsWith('.tmp'))
      .sort(),
  ).toEqual(expect.arrayContaining(['checkpoint.bin', 'hall_of_fame.csv', 'options.json', 'run.json']));
});

test('progress is a line now and then where there is no terminal, and none with --quiet', async () => {
  const args = ['fit', 'noise.csv', '--target', 'y', '--time-limit', '5', '--threads', '1'];
  const [shown, quiet] = await Promise.all([ansatz(args, place.path), ansatz([...args, '--quiet'], place.path)]);
  expect(quiet.stderr).toBe('');
  const lines = shown.stderr.trimEnd().split('\n');
  expect(lines.length).toBeLessThanOrEqual(2);
  expect(lines[0]).toMatch(/^\w.*: \d\.\d s, at most .* evaluations .*; loss .*: y = /);
  expect(shown.stderr).not.toContain('\u001b');
});

test.skipIf(process.platform === 'win32')('a reader that goes away ends the command quietly', async () => {
  const child = start(['fit', 'planets.csv', '--target', 'period', '--out', 'piped', ...short], place.path);
  child.stdout!.destroy();
  let stderr = '';
  child.stderr!.on('data', (text) => {
    stderr += text;
  });
  const code = await new Promise((resolve) => child.on('exit', resolve));
  await sleep(10);
  expect(code).toBe(0);
  expect(stderr).not.toMatch(/EPIPE|error/i);
  expect(existsSync(join(place.path, 'piped', 'run.json'))).toBe(true);
});

const canMount =
  process.platform === 'linux' &&
  spawnSync('unshare', ['-rm', 'sh', '-c', 'mount -t tmpfs -o size=1m tmpfs /tmp']).status === 0;

test.skipIf(!canMount)('a full disk loses the save, not the result', () => {
  const disk = join(place.path, 'disk');
  mkdirSync(disk);
  const command = `"${process.execPath}" "${resolve('bin/ansatz.js')}" fit planets.csv --target period ${short.join(' ')} --out disk/run`;
  const script = `mount -t tmpfs -o size=4k tmpfs disk && { ${command}; echo "code $?"; ls -A disk/run; }`;
  const { stdout, stderr } = spawnSync('unshare', ['-rm', 'sh', '-c', script], { cwd: place.path, encoding: 'utf8' });
  expect(stdout).toMatch(/^period = 365\.[23].*\ncode 2\noptions\.json\n$/m);
  expect(stderr).toMatch(/^ansatz: disk\/run\/hall_of_fame\.csv: cannot write: no space left on the device/m);
});
