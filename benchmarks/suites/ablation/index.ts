import { writeFileSync } from 'node:fs';
import { cpus } from 'node:os';
import { fileURLToPath } from 'node:url';
import { PHASE_NAMES } from '../../../src/search/phases/names.ts';
import { runOrders } from '../../recovery/pool.ts';
import type { Trial } from '../../recovery/result.ts';
import { chosenProblems, readSettings, type Settings, USAGE } from '../../recovery/settings.ts';
import { suiteOf } from '../../recovery/suites.ts';
import { lineOf } from '../../recovery/summary.ts';
import { currentCommit } from '../../revision.ts';
import type { Row } from '../../row.ts';
import { changesOf, endsBefore, type PhaseRow } from './changes.ts';

export const ownFlags = true;
export const usage = `${USAGE.replace('recovery', 'ablation')}
Every phase in turn is left out. The development half is taken unless --half says otherwise.`;

/**
 * What every phase is worth: the laws that are lost, and the time that is saved, when it is left out.
 *
 * A search that ended before a phase does not change without it, so that only those that reached it are made again.
 */
export async function run({ log, args }: { log: (text: string) => void; args: readonly string[] }): Promise<Row[]> {
  const given = readSettings(args);
  const settings: Settings = args.some((flag) => flag.startsWith('--half')) ? given : { ...given, half: 'development' };
  const problems = chosenProblems(suiteOf(settings.suite).problems, settings);
  const seeds = Array.from({ length: settings.trials }, (_, i) => i + 1);
  const orders = seeds.flatMap((seed) => problems.map((problem) => ({ problem, seed })));
  const searched = async (phases: readonly string[] | undefined, which: typeof orders): Promise<Trial[]> => {
    const trials: Trial[] = [];
    await runOrders(which, { ...settings, phases }, (trial) => {
      trials.push(trial);
      log(lineOf(trial, trials.length, which.length));
    });
    return trials;
  };
  log('all phases');
  const base = await searched(undefined, orders);
  const rows: PhaseRow[] = [];
  const trials: { without: string; trials: readonly Trial[] }[] = [];
  for (const phase of PHASE_NAMES) {
    const reached = base.filter((trial) => !endsBefore(trial, phase));
    log(`\nwithout ${phase}: ${reached.length} of ${base.length} searches reached it`);
    const phases = PHASE_NAMES.filter((name) => name !== phase);
    const which = orders.filter(({ problem, seed }) =>
      reached.some((trial) => trial.problem === problem.name && trial.seed === seed),
    );
    const without = await searched(phases, which);
    trials.push({ without: phase, trials: without });
    rows.push(changesOf(phase, reached, without));
    write(settings, base, rows, trials);
  }
  return rows.flatMap(({ phase, reached, gained, lost, medianSeconds, medianSecondsWithout, seconds }): Row[] => [
    row(`${phase}: laws gained`, gained.length, `of ${reached} that reach it`),
    row(`${phase}: laws lost`, lost.length, 'laws'),
    row(`${phase}: median time of successes, with over without`, medianSeconds, 's', medianSecondsWithout),
    row(`${phase}: time that it adds to a search`, seconds, 's'),
  ]);
}

function row(name: string, value: number | null, unit: string, reference: number | null = null): Row {
  return {
    name,
    value: value ?? Number.NaN,
    unit,
    reference,
    ratio: reference === null || value === null ? null : value / reference,
  };
}

function write(
  settings: Settings,
  base: readonly Trial[],
  rows: readonly PhaseRow[],
  trials: readonly { without: string; trials: readonly Trial[] }[],
): void {
  const name = ['ablation', settings.suite, ...(settings.label ? [settings.label] : [])].join('-');
  const path = fileURLToPath(new URL(`../../results/${name}${settings.quick ? '.quick' : ''}.json`, import.meta.url));
  const machine = { cpu: cpus()[0]?.model.trim() ?? 'unknown', cores: cpus().length, node: process.version };
  const found = base.filter(({ best }) => best).length;
  const result = {
    suite: 'ablation',
    recovered: settings.suite,
    machine,
    commit: currentCommit(),
    settings,
    finished: rows.length === PHASE_NAMES.length,
    all: { found, of: base.length },
    rows,
    changed: trials.map(({ without, trials: made }) => ({ without, trials: made.map(short) })),
    base: base.map(short),
  };
  writeFileSync(path, `${JSON.stringify(result, null, 2)}\n`);
}

function short({ problem, seed, best, lookAlike, seconds, evaluations, phase, expression }: Trial): object {
  return { problem, seed, best, lookAlike, seconds, evaluations, phase, expression };
}
