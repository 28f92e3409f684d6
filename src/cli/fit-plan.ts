import { join } from 'node:path';
import { version } from '../../package.json';
import { OptionError } from '../core/index.ts';
import {
  type FileTable,
  loadRun,
  openRunFolder,
  type RunFolder,
  type RunSettings,
  writeSettings,
} from '../io/index.ts';
import type { FitOptions } from '../search/index.ts';
import { checkTogether, type FitArguments, plainOptions } from './fit-arguments.ts';
import { absoluteSource, openTable } from './open-table.ts';

/** One search of a plan. */
export interface PlannedRun {
  readonly target: string;
  /** Where it is saved. */
  readonly folder?: RunFolder;
  /** A state to go on from. */
  readonly state?: Uint8Array;
  /** The folder of a run that had ended before. */
  readonly finished?: string;
}

/** What `ansatz fit` is going to do: one search for each target, with the same table and options. */
export interface FitPlan {
  readonly table: FileTable;
  /** The table in the words of the user. */
  readonly source: string;
  readonly options: Omit<FitOptions, 'target'>;
  readonly runs: readonly PlannedRun[];
  /** All targets of the table, none of which is an input. */
  readonly targets: readonly string[];
  /** The folder of a run that goes on. */
  readonly resumed?: string;
  /** Called when the first search has been accepted. */
  begin(): void;
}

/** The plan of a new run. @throws AnsatzError for a table or options that do not fit */
export async function planRun(source: string | undefined, args: FitArguments): Promise<FitPlan> {
  if (source === undefined) {
    throw new OptionError('missing-argument', 'table', 'not given', 'write ansatz fit TABLE --target COLUMN');
  }
  checkTogether(args);
  const targets = args.target ?? [];
  const plain = plainOptions(args);
  const table = await openTable(source);
  checkColumns(table, args);
  const files = await readFiles(args);
  const settings: RunSettings = {
    version,
    table: absoluteSource(source),
    options: { ...plain, ...(files.warmStart ? { warmStart: files.warmStart } : {}) },
    files: sourcesOf(args),
  };
  const plan = { table, source, options: { ...plain, ...files }, targets };
  if (args.out === undefined) return { ...plan, runs: targets.map((target) => ({ target })), begin: () => {} };
  return { ...plan, ...(await openFolders(args.out, targets, settings)) };
}

/** The folder of each target: the one that is named, or in it one for each of several. */
async function openFolders(
  out: string,
  targets: readonly string[],
  settings: RunSettings,
): Promise<Pick<FitPlan, 'runs' | 'begin'>> {
  const of = (target: string): RunSettings => ({ ...settings, options: { ...settings.options, target } });
  const top = await openRunFolder(out);
  if (targets.length === 1) {
    top.begin({ settings: of(targets[0]) });
    return { runs: [{ target: targets[0], folder: top }], begin: () => {} };
  }
  const names = folderNames(targets);
  const runs: PlannedRun[] = [];
  for (const target of targets) {
    const folder = await openRunFolder(join(out, names[target]));
    const others = targets.filter((each) => each !== target);
    folder.begin({ settings: { ...of(target), otherTargets: others } });
    runs.push({ target, folder });
  }
  return { runs, begin: () => writeSettings(out, { ...settings, targets: names }) };
}

/** A folder name for each target: its own, with what no file system takes written as %2F and the like. */
export function folderNames(targets: readonly string[]): Record<string, string> {
  const taken = new Set<string>();
  const entries = targets.map((target): [string, string] => {
    const safe = encodeURIComponent(target).replace(/[.*'()!~]/g, (c) => `%${c.charCodeAt(0).toString(16)}`);
    const short = safe.slice(0, 60) || 'target';
    let name = short;
    // Some file systems do not tell capitals from small letters.
    for (let i = 2; taken.has(name.toLowerCase()); i++) name = `${short}-${i}`;
    taken.add(name.toLowerCase());
    return [target, name];
  });
  return Object.fromEntries(entries);
}

/** The options that name a file, by its absolute path. */
function sourcesOf(args: FitArguments): Record<string, string> | undefined {
  const { covariance, xResampled } = args;
  const named = Object.entries({ covariance, xResampled }).flatMap(([name, source]) =>
    source === undefined ? [] : [[name, absoluteSource(source)]],
  );
  return named.length > 0 ? Object.fromEntries(named) : undefined;
}

/** The values of the options that name a file. */
export async function readFiles(
  args: Pick<FitArguments, 'covariance' | 'xResampled' | 'warmStart'>,
): Promise<Pick<FitOptions, 'covariance' | 'xResampled' | 'warmStart'>> {
  const { covariance, xResampled, warmStart } = args;
  return {
    ...(covariance === undefined ? {} : { covariance: matrixOf(await openTable(covariance)) }),
    ...(xResampled === undefined ? {} : { xResampled: await openTable(xResampled) }),
    ...(warmStart === undefined ? {} : { warmStart: { front: (await loadRun(warmStart)).record.front } }),
  };
}

/** The rows of a table of numbers. */
function matrixOf(table: FileTable): number[][] {
  const columns = table.names.map((name) => table.numbers(name));
  return Array.from({ length: table.rows }, (_, i) => columns.map((column) => column[i]));
}

/** @throws DataError | FormatError when a column is missing, holds text or is damaged */
function checkColumns(table: FileTable, args: FitArguments): void {
  const { target = [], weights, sigma, sigmaUp, sigmaDown, binLow, binHigh, inputs } = args;
  const named = [...target, weights, sigma, sigmaUp, sigmaDown, binLow, binHigh, ...(inputs ?? [])];
  for (const name of named) if (name !== undefined) table.numbers(name);
  // Without --inputs every column of numbers counts, so a damaged one is not passed over in silence.
  if (inputs === undefined && args.template === undefined) for (const fault of table.faults.values()) throw fault;
}
