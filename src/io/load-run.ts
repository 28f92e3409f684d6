import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { AnsatzError, FormatError } from '../core/index.ts';
import type { OperatorTable } from '../expressions/index.ts';
import type { Model, RunRecord } from '../search/index.ts';
import { RUN_FILE, type RunSnapshot } from './run-folder.ts';
import { fromSystemError, isSystemError } from './system-error.ts';

/** A finished run as a folder holds it. */
export interface LoadedRun {
  readonly folder: string;
  readonly record: RunRecord;
  /** Predicts, and holds the trees of the front. */
  readonly model: Model;
}

/**
 * Reads a finished run from the folder that it was saved in.
 *
 * @param operators the table with the operators of your own that the run used
 * @throws FormatError "no-run" for a folder without one, "unfinished" for a run that goes on or was killed, "damaged", or
 *   the code of the system
 */
export async function loadRun(folder: string, operators?: OperatorTable): Promise<LoadedRun> {
  const path = join(folder, RUN_FILE);
  const record = await readRunFile(folder);
  if (!record) {
    throw new FormatError('no-run', `no saved run: there is no ${RUN_FILE}`, folder, 0, 'give the folder of a run');
  }
  if ('running' in record) {
    const hint = `it goes on with ansatz fit --resume ${folder}`;
    throw new FormatError('unfinished', 'the run is not finished', path, 0, hint);
  }
  // The search is loaded only here, so that reading tables stays light.
  const { Model } = await import('../search/index.ts');
  try {
    return { folder, record, model: Model.fromRecord(record, operators) };
  } catch (error) {
    if (!(error instanceof AnsatzError)) throw error;
    throw new FormatError(
      'damaged',
      `a formula cannot be read: ${error.message}`,
      path,
      0,
      'was it made by operators of your own?',
    );
  }
}

/** The content of `run.json`, of a run finished or not; undefined when there is none. @throws FormatError */
export async function readRunFile(folder: string): Promise<RunRecord | RunSnapshot | undefined> {
  const path = join(folder, RUN_FILE);
  let value: unknown;
  try {
    value = JSON.parse(await readFile(path, 'utf8'));
  } catch (error) {
    if (isSystemError(error) && error.code === 'ENOENT') return undefined;
    if (error instanceof SyntaxError) throw damaged(path);
    throw fromSystemError(error, 'cannot read', path);
  }
  if (!isRun(value)) throw damaged(path);
  return value;
}

function damaged(path: string): FormatError {
  return new FormatError('damaged', 'not the file of a run', path, 0, 'restore it, or run the fit again');
}

/** Whether the fields that are read later have their types. */
function isRun(value: unknown): value is RunRecord | RunSnapshot {
  if (typeof value !== 'object' || value === null) return false;
  const run = value as Record<string, unknown>;
  if (!Array.isArray(run['front']) || !run['front'].every(isEntry)) return false;
  if (run['running'] === true) return true;
  const texts = [run['inputs'], run['notes']];
  return (
    isEntry(run['best']) &&
    (run['rivals'] === undefined || Array.isArray(run['rivals'])) &&
    typeof run['target'] === 'string' &&
    typeof run['stoppedBy'] === 'string' &&
    typeof run['seconds'] === 'number' &&
    texts.every((list) => Array.isArray(list) && list.every((each) => typeof each === 'string'))
  );
}

function isEntry(value: unknown): boolean {
  if (typeof value !== 'object' || value === null) return false;
  const { complexity, loss, expression } = value as Record<string, unknown>;
  return typeof complexity === 'number' && typeof loss === 'number' && typeof expression === 'string';
}

/**
 * The chosen formula of a finished run, or the one of a complexity.
 *
 * @throws FormatError "no-such-complexity"
 */
export function entryOf(run: LoadedRun, complexity?: number): Model['best'] {
  if (complexity === undefined) return run.model.best;
  const found = run.model.front.find((entry) => entry.complexity === complexity);
  if (found) return found;
  const known = run.model.front.map((entry) => entry.complexity).join(', ');
  throw new FormatError(
    'no-such-complexity',
    `no formula of complexity ${complexity}`,
    join(run.folder, RUN_FILE),
    0,
    `there are ${known}`,
  );
}
