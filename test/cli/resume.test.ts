import { appendFileSync, existsSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test, vi } from 'vitest';
import { RandomStream } from '../../src/core/index.ts';
import { ansatz, KEPLER, NOISE, outcome, start, Workplace } from './command.ts';
import { goOn, killAfter, noisyTable } from './interruption.ts';

const place = new Workplace();
afterAll(() => place.remove());
place.write('noisy.csv', noisyTable(200));
place.write('noise.csv', NOISE);
place.write('planets.csv', KEPLER);
const read = (...path: string[]): string => readFileSync(join(place.path, ...path), 'utf8');

describe('a run that is killed goes on to the front of an uninterrupted one', () => {
  const base = ['fit', 'noisy.csv', '--target', 'y', '--patience', '1000', '--time-limit', '600', '--quiet'];
  const limits = ['--max-evals', '25000', '--threads', '1'];
  let seconds = 0;
  beforeAll(async () => {
    const begin = performance.now();
    const { code } = await ansatz([...base, ...limits, '--out', 'whole'], place.path);
    seconds = (performance.now() - begin) / 1000;
    expect(code).toBe(0);
    expect(readdirSync(join(place.path, 'whole'))).not.toContain('checkpoint.bin');
  });

  test.each([0, 1, 2, 3, 4])(
    'killed at moment %i',
    async (moment) => {
      const random = new RandomStream(20).split(moment);
      const folder = `killed-${moment}`;
      const threads = String(1 + (moment % 2));
      const args = [...base, '--max-evals', '25000', '--threads', threads, '--out', folder];
      await killAfter(seconds * random.uniform(), args, folder, place.path);
      expect(await goOn(args, folder, place.path)).toBe(read('whole', 'hall_of_fame.csv'));
      expect(readdirSync(join(place.path, folder)).filter((name) => name.startsWith('checkpoint'))).toEqual([]);
    },
    120_000,
  );

  test('twice, the second time with the newest state damaged and on another number of threads', async () => {
    const args = [...base, ...limits, '--out', 'twice'];
    await killAfter(0.6 * seconds, args, 'twice', place.path);
    await killAfter(0.3 * seconds, ['fit', '--resume', 'twice', '--quiet'], 'twice', place.path);
    const newest = join(place.path, 'twice', 'checkpoint.bin');
    if (existsSync(newest)) writeFileSync(newest, readFileSync(newest).subarray(0, 100));
    const { code, stderr } = await ansatz(['fit', '--resume', 'twice', '--threads', '2', '--quiet'], place.path);
    expect({ code, stderr }).toEqual({ code: 0, stderr: '' });
    expect(read('twice', 'hall_of_fame.csv')).toBe(read('whole', 'hall_of_fame.csv'));
    expect(JSON.parse(read('twice', 'run.json')).threads).toBe(2);
  }, 120_000);
});

/** Runs until the folder holds a state inside the evolution, then sends a signal and waits for the end. */
async function interrupt(folder: string, signal: 'SIGINT' | 'SIGKILL', ...more: string[]): Promise<number | null> {
  const args = [
    'fit',
    'noise.csv',
    '--target',
    'y',
    '--threads',
    '1',
    '--patience',
    '1000',
    '--out',
    folder,
    '--quiet',
  ];
  const child = start([...args, ...more], place.path);
  const end = outcome(child);
  const phase = (): string =>
    existsSync(join(place.path, folder, 'run.json')) ? JSON.parse(read(folder, 'run.json')).phase : '';
  await vi.waitFor(() => expect(phase()).toBe('evolve'), { timeout: 30_000, interval: 20 });
  child.kill(signal);
  return (await end).code;
}

test('after Ctrl-C the run can go on, with other limits', async () => {
  expect(await interrupt('stopped', 'SIGINT', '--time-limit', '60')).toBe(130);
  const before = JSON.parse(read('stopped', 'run.json'));
  expect(before.stoppedBy).toBe('cancelled');
  const args = ['fit', '--resume', 'stopped', '--max-evals', '12000', '--json'];
  const { code, stdout } = await ansatz(args, place.path);
  expect(code).toBe(0);
  const after = JSON.parse(stdout);
  expect(after).toMatchObject({ stoppedBy: 'max-evals', target: 'y', inputs: ['x', 'z'] });
  expect(after).toEqual(JSON.parse(read('stopped', 'run.json')));
  expect(JSON.parse(read('stopped', 'options.json')).options).toMatchObject({
    target: 'y',
    maxEvals: 12000,
    threads: 1,
  });
}, 120_000);

test('a run goes on where its broods were scored; the device may be given and changes nothing there', async () => {
  expect(await interrupt('device', 'SIGINT', '--time-limit', '60', '--phases', 'evolve')).toBe(130);
  const args = ['fit', '--resume', 'device', '--device', 'gpu', '--max-evals', '12000', '--json'];
  const { code, stdout } = await ansatz(args, place.path);
  expect(code).toBe(0);
  expect(JSON.parse(stdout).notes).toContain('device: wasm, as the saved run had it; "gpu" is for a new run');
  const refused = await ansatz(['fit', '--resume', 'device', '--brood', '64'], place.path);
  expect(refused.code).toBe(2);
  expect(refused.stderr).toMatch(/--brood: the run goes on with its own \(only .*--device.* may be given anew\)/);
}, 120_000);

test('a run that had its time goes on when it is given more, and not otherwise', async () => {
  const args = ['fit', 'noise.csv', '--target', 'y', '--threads', '1', '--patience', '1000', '--time-limit', '1'];
  expect((await ansatz([...args, '--out', 'timed', '--quiet'], place.path)).code).toBe(0);
  expect(existsSync(join(place.path, 'timed', 'checkpoint.bin'))).toBe(true);
  const refused = await ansatz(['fit', '--resume', 'timed'], place.path);
  expect(refused.code).toBe(2);
  expect(refused.stderr).toMatch(/^ansatz: timed: .*had its 1 s .*--time-limit.*\n$/);
  const { code, stdout } = await ansatz(['fit', '--resume', 'timed', '--time-limit', '2.5', '--json'], place.path);
  expect(code).toBe(0);
  const record = JSON.parse(stdout);
  expect(record.stoppedBy).toBe('time-limit');
  // The last tenth is kept for the polish, which may need less.
  expect(record.seconds).toBeGreaterThan(2.2);
}, 120_000);

test('a finished run is refused, and starts another one', async () => {
  const args = ['fit', 'planets.csv', '--target', 'period', '--threads', '1', '--quiet', '--out', 'finished'];
  expect((await ansatz(args, place.path)).code).toBe(0);
  const refused = await ansatz(['fit', '--resume', 'finished'], place.path);
  expect(refused.code).toBe(2);
  expect(refused.stderr).toMatch(/^ansatz: finished: the run has ended \(floor\) \(.*--warm-start finished.*\)\n$/);
  // Nothing but what is known takes part in a run of one evaluation without phases that find things.
  const warm = ['fit', 'planets.csv', '--target', 'period', '--warm-start', 'finished', '--phases', 'evolve', '--json'];
  const { code, stdout } = await ansatz([...warm, '--max-evals', '1', '--threads', '1', '--out', 'warm'], place.path);
  expect(code).toBe(0);
  expect(JSON.parse(stdout).best.expression).toBe(JSON.parse(read('finished', 'run.json')).best.expression);
  expect(JSON.parse(read('warm', 'options.json')).options.warmStart.front.length).toBeGreaterThan(0);
  const unfinished = await ansatz([...warm.slice(0, 4), '--warm-start', 'nowhere'], place.path);
  expect(unfinished.stderr).toMatch(/^ansatz: nowhere: no saved run/);
});

describe('what cannot go on is told in one line', () => {
  beforeAll(async () => {
    expect(await interrupt('broken', 'SIGKILL')).not.toBe(0);
  }, 60_000);

  async function lineOf(...args: string[]): Promise<string> {
    const { code, stdout, stderr } = await ansatz(['fit', '--resume', ...args], place.path);
    expect({ code, stdout }).toEqual({ code: 2, stdout: '' });
    expect(stderr).toMatch(/^ansatz: [^\n]*\n$/);
    return stderr;
  }

  test('a table that has changed, or is gone', async () => {
    appendFileSync(join(place.path, 'noise.csv'), '0.1,0.2,0.3\n');
    expect(await lineOf('broken')).toMatch(/noise\.csv: the table or an option is another .*broken/);
    rmSync(join(place.path, 'noise.csv'));
    expect(await lineOf('broken')).toMatch(/noise\.csv.*no such file/);
    place.write('noise.csv', NOISE);
  });

  test('a state that is damaged in both copies', async () => {
    for (const name of ['checkpoint.bin', 'checkpoint.bin.bak']) place.write(`broken/${name}`, 'nothing');
    expect(await lineOf('broken')).toMatch(/broken\/checkpoint\.bin: damaged, and so is its copy \(.*start.*afresh\)/);
  });

  test('a folder without a run, or with damaged options', async () => {
    place.write('broken/options.json', '{');
    expect(await lineOf('broken')).toMatch(/options\.json: not the options of a run/);
    rmSync(join(place.path, 'broken', 'options.json'));
    expect(await lineOf('broken')).toMatch(/broken: no saved run: there is no options\.json/);
  });
});

test('without a state the run starts again', async () => {
  const { code } = await ansatz(
    ['fit', 'noisy.csv', '--target', 'y', '--max-evals', '3000', '--threads', '1', '--out', 'again', '--quiet'],
    place.path,
  );
  expect(code).toBe(0);
  const hall = read('again', 'hall_of_fame.csv');
  for (const name of ['run.json', 'hall_of_fame.csv']) rmSync(join(place.path, 'again', name));
  const { stderr } = await ansatz(['fit', '--resume', 'again', '--quiet'], place.path);
  expect(stderr).toBe('');
  expect(read('again', 'hall_of_fame.csv')).toBe(hall);
});
