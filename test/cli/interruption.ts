import { existsSync, readFileSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { RandomStream } from '../../src/core/index.ts';
import { ansatz, outcome, start } from './command.ts';

/** A table that no small formula explains, so that the evolution runs to the end of its budget. */
export function noisyTable(rows: number): string {
  const random = new RandomStream(3);
  const lines = Array.from({ length: rows }, () => {
    const x = 0.5 + 3.5 * random.uniform();
    const z = 0.5 + 2.5 * random.uniform();
    return `${x},${z},${Math.sin(2 * x) * z + (0.4 * x * x) / (1 + z) + 0.3 * random.normal()}`;
  });
  return `x,z,y\n${lines.join('\n')}\n`;
}

/** What a killed process left. */
export interface Remains {
  /** Phase of the last `run.json`; undefined before the first. */
  readonly phase: string | undefined;
  /** Seconds since the last state was saved; undefined without one. */
  readonly lost: number | undefined;
}

/** Starts a command and kills it with SIGKILL after some seconds. */
export async function killAfter(
  seconds: number,
  args: readonly string[],
  folder: string,
  place: string,
): Promise<Remains> {
  const child = start(args, place);
  const end = outcome(child);
  await Promise.race([sleep(1000 * seconds), end]);
  child.kill('SIGKILL');
  const moment = Date.now();
  await end;
  const run = join(place, folder, 'run.json');
  const states = ['checkpoint.bin', 'checkpoint.bin.bak'].map((name) => join(place, folder, name)).filter(existsSync);
  return {
    phase: existsSync(run) ? (JSON.parse(readFileSync(run, 'utf8')).phase ?? 'over') : undefined,
    lost: states.length > 0 ? (moment - statSync(states[0]).mtimeMs) / 1000 : undefined,
  };
}

/** Goes on with a run that was killed, or starts it where it was killed before it had begun. */
export async function goOn(args: readonly string[], folder: string, place: string): Promise<string> {
  const begun = existsSync(join(place, folder, 'options.json'));
  const finished = await ansatz(begun ? ['fit', '--resume', folder, '--quiet'] : args, place);
  // A run that was over before it could be killed cannot go on.
  if (finished.code !== 0 && !finished.stderr.includes('has ended')) throw new Error(finished.stderr);
  return readFileSync(join(place, folder, 'hall_of_fame.csv'), 'utf8');
}
