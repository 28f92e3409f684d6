import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { RandomStream } from '../../src/core/index.ts';
import { ansatz, Workplace } from '../cli/command.ts';
import { goOn, killAfter, noisyTable, type Remains } from '../cli/interruption.ts';

/**
 * Kills a search with SIGKILL at twenty moments spread over its whole length, one in each twentieth, and compares the
 * front that it ends with byte for byte. ANSATZ_QUICK=1 does four on a shorter run.
 */
const quick = process.env['ANSATZ_QUICK'] !== undefined;
const POINTS = quick ? 4 : 20;
const EVALUATIONS = quick ? '20000' : '60000';
const SEED = 2024;
/** A state is saved at least this often, on a machine that is not busy with other things. */
const MOST_SECONDS_LOST = 1;

const place = new Workplace();
afterAll(() => place.remove());
place.write('noisy.csv', noisyTable(300));
const args = (threads: number, folder: string): string[] => [
  ...['fit', 'noisy.csv', '--target', 'y', '--patience', '1000', '--time-limit', '600', '--quiet'],
  ...['--max-evals', EVALUATIONS, '--threads', String(threads), '--out', folder],
];
const seconds: number[] = [];
const remains: Remains[] = [];
let hall = '';

beforeAll(async () => {
  for (const threads of [1, 2]) {
    const begin = performance.now();
    expect((await ansatz(args(threads, `whole-${threads}`), place.path)).code).toBe(0);
    seconds[threads] = (performance.now() - begin) / 1000;
    const found = readFileSync(join(place.path, `whole-${threads}`, 'hall_of_fame.csv'), 'utf8');
    if (threads === 2) expect(found).toBe(hall);
    hall = found;
  }
}, 300_000);

test.each(Array.from({ length: POINTS }, (_, i) => i))('killed at point %i', async (point) => {
  const threads = 1 + (point % 2);
  const share = (point + new RandomStream(SEED).split(point).uniform()) / POINTS;
  const folder = `killed-${point}`;
  const left = await killAfter(share * seconds[threads], args(threads, folder), folder, place.path);
  remains.push(left);
  console.log(
    `${threads} threads, killed at ${(100 * share).toFixed(0)} %: ${left.phase}, state ${left.lost?.toFixed(2)} s old`,
  );
  expect(await goOn(args(threads, folder), folder, place.path)).toBe(hall);
});

test('the states were never old', () => {
  const lost = remains.flatMap((each) => each.lost ?? []).sort((a, b) => a - b);
  expect(lost.length).toBeGreaterThanOrEqual(POINTS / 2);
  expect(lost[Math.floor(lost.length / 2)]).toBeLessThan(MOST_SECONDS_LOST);
});
