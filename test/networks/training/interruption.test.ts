import { spawn } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { fileURLToPath } from 'node:url';
import { afterAll, beforeAll, expect, test } from 'vitest';
import type { EpochRecord } from '../../../src/networks/index.ts';

const script = fileURLToPath(new URL('interrupted-run.ts', import.meta.url));
const place = mkdtempSync(join(tmpdir(), 'ansatz-interruption-'));
afterAll(() => rmSync(place, { recursive: true, force: true }));

/** Runs the training, kills it with SIGKILL when it has said an epoch, and says what ended it and the epochs it said. */
function run(folder: string, killAt = Number.POSITIVE_INFINITY): Promise<{ signal: string | null; epochs: number[] }> {
  return new Promise((resolve, reject) => {
    const child = spawn(process.execPath, ['--import', 'tsx', script, folder], { stdio: ['ignore', 'pipe', 'pipe'] });
    const epochs: number[] = [];
    let complaint = '';
    child.stderr.on('data', (text) => (complaint += text));
    createInterface({ input: child.stdout }).on('line', (line) => {
      epochs.push(Number(/^epoch (\d+)$/.exec(line)?.[1]));
      if (epochs.at(-1)! >= killAt) child.kill('SIGKILL');
    });
    child.on('error', reject);
    child.on('close', (code, signal) => {
      if (code === 0 || signal === 'SIGKILL') resolve({ signal, epochs });
      else reject(new Error(`the training ended with ${code ?? signal}: ${complaint}`));
    });
  });
}

const folderOf = (name: string): string => mkdtempSync(join(place, name));
const historyOf = (folder: string): EpochRecord[] => JSON.parse(readFileSync(join(folder, 'history.json'), 'utf8'));
const networkOf = (folder: string): Buffer => readFileSync(join(folder, 'network.safetensors'));

let uncut: string;
beforeAll(async () => {
  uncut = folderOf('uncut-');
  expect((await run(uncut)).signal).toBe(null);
});

test('a training that is killed twice goes on to the same curve and the same parameters, bit by bit', async () => {
  const folder = folderOf('killed-');
  const [first, second] = [await run(folder, 4), await run(folder, 15)];
  expect([first.signal, second.signal]).toEqual(['SIGKILL', 'SIGKILL']);
  expect(first.epochs[0]).toBe(1);
  // At most the epoch that was not yet said is done again, or was saved and not said.
  expect(second.epochs[0] - first.epochs.at(-1)!).toBeGreaterThanOrEqual(1);
  const last = await run(folder);
  expect(last.epochs[0]).toBeGreaterThan(15);
  expect(last.epochs.at(-1)).toBe(40);
  const history = historyOf(folder);
  expect(history.length).toBe(40);
  expect(history.at(-1)!.loss).toBeLessThan(history[0].loss / 3);
  expect(history).toEqual(historyOf(uncut));
  expect(networkOf(folder).equals(networkOf(uncut))).toBe(true);
});
