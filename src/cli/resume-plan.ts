import { join } from 'node:path';
import { version } from '../../package.json';
import { FormatError, OptionError } from '../core/index.ts';
import { openRunFolder, RESUMABLE, type RunSettings, readCheckpoint, readRunFile, readSettings } from '../io/index.ts';
import { decodeState, type FitOptions, type RunRecord, searchSeconds } from '../search/index.ts';
import { type FitArguments, freeOptions } from './fit-arguments.ts';
import { defaultOf, FIT_FLAGS, flagOf, type OptionName } from './fit-flags.ts';
import { type FitPlan, type PlannedRun, readFiles } from './fit-plan.ts';
import { openTable } from './open-table.ts';
import { warn } from './output.ts';

/**
 * The plan to go on with a saved run, from its last state or from the start when it has none.
 *
 * @throws OptionError for options that cannot be given anew; FormatError for a folder that holds no run, one that is
 *   damaged, or one that has ended
 */
export async function planResume(source: string | undefined, args: FitArguments): Promise<FitPlan> {
  const path = args.resume as string;
  if (source !== undefined) {
    throw new OptionError('contradiction', '--resume', 'the run has its own table', `leave out "${source}"`);
  }
  const free = freeOptions(args, (name) => (name in FIT_FLAGS ? (flagOf(name as OptionName) ?? name) : `--${name}`));
  const settings = readSettings(path);
  if (settings.version !== version && !args.quiet) {
    warn(`ansatz: the run was begun by version ${settings.version}; this is ${version}, and may go another way`);
  }
  const options = { ...settings.options, ...free };
  const single = !settings.targets;
  const folders = settings.targets ?? { [targetOf(settings, path)]: '.' };
  const runs: PlannedRun[] = [];
  let last: RunRecord | undefined;
  for (const [target, name] of Object.entries(folders)) {
    const { run, record } = await planOne(single ? path : join(path, name), target, settings, options, single);
    runs.push(run);
    last = record ?? last;
  }
  if (last && runs.every((run) => run.finished !== undefined)) throw ended(path, last, options);
  const { target: _, ...shared } = options;
  return {
    table: await openTable(settings.table),
    source: settings.table,
    options: { ...shared, ...(await readFiles(settings.files ?? {})) },
    runs,
    targets: [...Object.keys(folders), ...(settings.otherTargets ?? [])],
    resumed: path,
    begin: () => {},
  };
}

async function planOne(
  path: string,
  target: string,
  settings: RunSettings,
  options: Partial<FitOptions>,
  single: boolean,
): Promise<{ readonly run: PlannedRun; readonly record?: RunRecord }> {
  const run = await readRunFile(path);
  if (run && !('running' in run) && isOver(run, options)) return { run: { target, finished: path }, record: run };
  const found = readCheckpoint(path, (state) => decodeState(state));
  const folder = await openRunFolder(path);
  const others = Object.keys(settings.targets ?? {}).filter((name) => name !== target);
  const own = { ...settings, targets: undefined, options: { ...options, target } };
  folder.begin({
    settings: single ? own : { ...own, otherTargets: others },
    resumed: found !== undefined,
    goodCheckpoint: found?.newest,
  });
  return { run: { target, folder, state: found?.state } };
}

/** A run that has ended by itself, or has had the time that it is given. */
function isOver(run: RunRecord, options: Partial<FitOptions>): boolean {
  if (!RESUMABLE.includes(run.stoppedBy)) return true;
  return run.stoppedBy === 'time-limit' && run.seconds >= searchSeconds(timeLimitOf(options));
}

function timeLimitOf(options: Partial<FitOptions>): number {
  return options.timeLimit ?? (defaultOf('timeLimit') as number);
}

function ended(path: string, run: RunRecord, options: Partial<FitOptions>): Error {
  if (run.stoppedBy === 'time-limit') {
    const hint = 'it goes on with a larger --time-limit, which counts from its start';
    return new FormatError('ended', `the run has had its ${timeLimitOf(options)} s`, path, 0, hint);
  }
  const hint = `ansatz fit TABLE --target ${run.target} --warm-start ${path} starts a new one from its front`;
  return new FormatError('ended', `the run has ended (${run.stoppedBy})`, path, 0, hint);
}

function targetOf(settings: RunSettings, path: string): string {
  const { target } = settings.options;
  if (typeof target === 'string') return target;
  throw new FormatError('damaged', 'the options name no target', join(path, 'options.json'), 0, 'start afresh');
}
