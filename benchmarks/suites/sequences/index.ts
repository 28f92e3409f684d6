import { mkdirSync, writeFileSync } from 'node:fs';
import { cpus } from 'node:os';
import { fileURLToPath } from 'node:url';
import { currentCommit } from '../../revision.ts';
import type { Row } from '../../row.ts';
import { type Guesser, loadGuesser } from '../../sequences/guesser.ts';
import { inHalf } from '../../sequences/half.ts';
import { SETS } from '../../sequences/sets.ts';
import { byFamily, bySet, calibrationOf } from '../../sequences/tally.ts';
import { canBeAsked, runTrial, type SequenceTrial } from '../../sequences/trial.ts';
import { calibrationRows, familyTable, rowsOf } from './report.ts';
import { readSettings, type Settings, USAGE } from './settings.ts';

/** The suite reads its flags itself and writes its own results. */
export const ownFlags = true;
export const usage = USAGE;

/** Numbers of terms that are given. */
const GIVEN = [15, 25] as const;
/** Sequences that are answered before the clock counts: the code gets compiled. */
const WARM_UP = 20;
/** The sets whose confidence is judged: changed terms would count as right where the law is named. */
const CALIBRATED: readonly string[] = ['mix', 'noise'];
/** Wrong answers that are listed. */
const LISTED = 100;

/** The guesser on all sets: next ten terms, statuses, times, and its stated confidence against the truth. */
export async function run(request: {
  readonly args: readonly string[];
  readonly log: (text: string) => void;
  readonly guesser?: Guesser;
}): Promise<Row[]> {
  const settings = readSettings(request.args);
  const guesser = request.guesser ?? (await loadGuesser());
  const trials = await runAll(settings, guesser, request.log);
  request.log(familyTable(byFamily(trials)));
  const result = resultOf(settings, trials);
  // A guesser that is handed in is a test's: it leaves no record.
  if (request.guesser === undefined) write(settings, result);
  return result.rows;
}

async function runAll(settings: Settings, guesser: Guesser, log: (text: string) => void): Promise<SequenceTrial[]> {
  const trials: SequenceTrial[] = [];
  for (const set of settings.sets) {
    const samples = inHalf(SETS[set](settings.seed, settings.count), settings.half);
    log(`${set}: ${samples.length} sequences`);
    if (trials.length === 0)
      for (const sample of samples.slice(0, WARM_UP)) await runTrial(sample, set, GIVEN[0], guesser);
    for (const given of GIVEN) {
      for (const sample of samples) {
        if (canBeAsked(sample, given)) trials.push(await runTrial(sample, set, given, guesser));
      }
    }
  }
  return trials;
}

/** What is written: the sets and their sizes, the tallies, the calibration, and what was found and wrong. */
export function resultOf(settings: Settings, trials: readonly SequenceTrial[]) {
  const { seed, count, half, sets } = settings;
  const tallies = bySet(trials);
  const calibration = calibrationOf(trials.filter(({ set }) => CALIBRATED.includes(set)));
  const sizes = Object.fromEntries(
    sets.map((name) => [name, new Set(trials.filter(({ set }) => set === name).map(({ id }) => id)).size]),
  );
  return {
    suite: 'sequences',
    machine: { cpu: cpus()[0]?.model.trim() ?? 'unknown', cores: cpus().length, node: process.version },
    commit: currentCommit(),
    seed,
    count,
    half,
    sizes,
    rows: [...tallies.flatMap(rowsOf), ...calibrationRows(calibration)],
    sets: tallies,
    families: byFamily(trials),
    calibration,
    calibrationOfMix: calibrationOf(trials.filter(({ set }) => set === 'mix')),
    foundAndWrong: trials
      .filter(({ status, right }) => status === 'found' && !right)
      .slice(0, LISTED)
      .map(({ id, given, kind, formula, confidence }) => ({ id, given, kind, formula, confidence })),
    errors: trials
      .filter(({ error }) => error !== null)
      .slice(0, LISTED)
      .map(({ id, given, error }) => ({ id, given, error })),
  };
}

function write(settings: Settings, result: ReturnType<typeof resultOf>): void {
  const folder = fileURLToPath(new URL('../../results/', import.meta.url));
  mkdirSync(folder, { recursive: true });
  // A quick run is a smoke test: it does not stand in for the recorded figures.
  const file = settings.quick ? 'sequences.quick.json' : 'sequences.json';
  writeFileSync(`${folder}${file}`, `${JSON.stringify(result, null, 2)}\n`);
}
