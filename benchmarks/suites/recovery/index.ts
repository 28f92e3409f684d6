import { existsSync } from 'node:fs';
import { cpus } from 'node:os';
import { fileURLToPath } from 'node:url';
import { OptionError } from '../../../src/core/index.ts';
import { type Order, runOrders } from '../../recovery/pool.ts';
import { PUBLISHED } from '../../recovery/published.ts';
import { type RecoveryResult, resultFile, type Trial, writeResult } from '../../recovery/result.ts';
import { chosenProblems, readSettings, type Settings, USAGE } from '../../recovery/settings.ts';
import { suiteOf } from '../../recovery/suites.ts';
import { failuresOf, lineOf, rowsOf, summaryOf } from '../../recovery/summary.ts';
import { currentCommit } from '../../revision.ts';
import type { Row } from '../../row.ts';

/** Tells the runner that this suite reads flags of its own and writes its own results, as it goes. */
export const ownFlags = true;
export { USAGE as usage };

/**
 * How many laws a search recovers: each problem's data are made from its law, `fit` runs on them, and what it selects
 * and what its front holds are judged by whether they are that law.
 */
export async function run({ log, args }: { log: (text: string) => void; args: readonly string[] }): Promise<Row[]> {
  const settings = readSettings(args);
  const suite = suiteOf(settings.suite);
  const problems = chosenProblems(suite.problems, settings);
  if (problems.length === 0) {
    throw new OptionError('bad-flag', '--problems', `none of ${suite.problems.length}`, 'widen --problems or --half');
  }
  if (settings.threads > 1 && !existsSync(fileURLToPath(new URL('../../../dist/index.js', import.meta.url)))) {
    throw new OptionError('bad-flag', '--threads', 'worker threads need the built package', 'npm run build first');
  }
  const orders: Order[] = [];
  for (let seed = 1; seed <= settings.trials; seed++) for (const problem of problems) orders.push({ problem, seed });
  const path = resultFile(settings.suite, settings.label || partOf(settings), settings.quick);
  const head = { commit: currentCommit(), planned: orders.length };
  const trials: Trial[] = [];
  await runOrders(orders, settings, (trial) => {
    trials.push(trial);
    log(lineOf(trial, trials.length, orders.length));
    writeResult(path, resultOf(settings, trials, head));
  });
  const result = resultOf(settings, trials, head);
  if (result.failures.length > 0) log(`\nnot recovered as best, ${result.failures.length}:`);
  for (const { problem, seed, law, best, lowest, why } of result.failures) {
    log(`${problem} #${seed}: ${law}\n  best   ${best}\n  lowest ${lowest}\n  ${why}`);
  }
  log(`\n${path}`);
  return result.rows as Row[];
}

/** What tells a run on a part of the suite from one on all of it. */
function partOf({ half, problems }: Settings): string {
  return [half === 'all' ? [] : half, problems === '*' ? [] : 'some'].flat().join('-');
}

/** The result of the trials so far. */
export function resultOf(
  settings: Settings,
  trials: readonly Trial[],
  { commit, planned }: { commit: string | null; planned: number },
): RecoveryResult {
  const order = (a: Trial, b: Trial): number => a.seed - b.seed;
  const sorted = [...trials].sort(order);
  const summary = summaryOf(sorted);
  const best = Math.max(0, ...(PUBLISHED[settings.suite] ?? []).map(({ percent }) => percent));
  return {
    suite: 'recovery',
    recovered: settings.suite,
    label: settings.label,
    machine: { cpu: cpus()[0]?.model.trim() ?? 'unknown', cores: cpus().length, node: process.version },
    commit,
    settings: { ...settings },
    finished: trials.length === planned,
    planned,
    summary,
    rows: rowsOf(summary, best > 0 ? best : null),
    failures: failuresOf(sorted),
    trials: sorted,
  };
}
