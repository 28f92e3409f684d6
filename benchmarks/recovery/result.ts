import { mkdirSync, renameSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { z } from 'zod';

/** A number that JSON cannot hold is null. */
const number = z.number().nullable();
const RATE = z.strictObject({
  successes: z.int().nonnegative(),
  trials: z.int().nonnegative(),
  rate: number,
  low: z.number(),
  high: z.number(),
});

/** One search: a problem and a seed. */
export const TRIAL_SCHEMA = z.strictObject({
  problem: z.string(),
  half: z.enum(['development', 'test']),
  seed: z.int(),
  law: z.string(),
  /** Whether `best` is the law; whether any step of the front is. */
  best: z.boolean(),
  front: z.boolean(),
  /** How the law was told, and why `best` is not it. */
  how: z.string(),
  reason: z.string(),
  /** `best` is another function that the noise-free data cannot tell from the law. */
  lookAlike: z.boolean(),
  /** Of the search alone. */
  seconds: z.number(),
  evaluations: z.number(),
  stoppedBy: z.string(),
  /** The phase in which the search ended; null where it failed. */
  phase: z.string().nullable(),
  expression: z.string(),
  /** The step of the front that is the law, with its size; and the front's last step, the lowest loss. */
  found: z.string().nullable(),
  lowest: z.string(),
  /** Nodes of `best` and of the law, constants merged. */
  size: z.number(),
  trueSize: z.number(),
  r2Inside: number,
  r2Outside: number,
  /** What went wrong, of a trial that ended without a front. */
  error: z.string().nullable(),
});
export type Trial = z.output<typeof TRIAL_SCHEMA>;

const GROUP = z.strictObject({
  best: RATE,
  front: RATE,
  lookAlikes: z.int().nonnegative(),
  /** Of the trials whose best is the law. */
  medianSeconds: number,
  medianEvaluations: number,
  medianSizeRatio: number,
  /** Of all trials. */
  medianR2Inside: number,
  medianR2Outside: number,
});
export type Group = z.output<typeof GROUP>;

export const RESULT_SCHEMA = z.strictObject({
  suite: z.string(),
  recovered: z.string(),
  label: z.string(),
  machine: z.strictObject({ cpu: z.string(), cores: z.int(), node: z.string() }),
  commit: z.string().nullable(),
  settings: z.record(z.string(), z.unknown()),
  /** False of a run that is going on or was interrupted. */
  finished: z.boolean(),
  planned: z.int(),
  summary: z.strictObject({ all: GROUP, development: GROUP, test: GROUP }),
  rows: z.array(
    z.strictObject({ name: z.string(), value: number, unit: z.string(), reference: number, ratio: number }),
  ),
  failures: z.array(
    z.strictObject({
      problem: z.string(),
      seed: z.int(),
      law: z.string(),
      best: z.string(),
      lowest: z.string(),
      why: z.string(),
    }),
  ),
  trials: z.array(TRIAL_SCHEMA),
});
export type RecoveryResult = z.output<typeof RESULT_SCHEMA>;

/** Folder of the results. */
export const RESULTS = join(dirname(fileURLToPath(import.meta.url)), '..', 'results');

/** The file of a result. */
export function resultFile(suite: string, label: string, quick: boolean): string {
  return join(RESULTS, `recovery-${suite}${label === '' ? '' : `-${label}`}${quick ? '.quick' : ''}.json`);
}

/** Writes a result whole or not at all. */
export function writeResult(path: string, result: RecoveryResult): void {
  mkdirSync(dirname(path), { recursive: true });
  const partial = `${path}.partial`;
  writeFileSync(partial, `${JSON.stringify(result, null, 1)}\n`);
  renameSync(partial, path);
}
