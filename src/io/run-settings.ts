import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { FormatError } from '../core/index.ts';
import type { FitOptions } from '../search/index.ts';
import { writeAtomicallySync } from './atomic-write.ts';
import { fromSystemError, isSystemError } from './system-error.ts';

const SETTINGS_FILE = 'options.json';

/** What a run was started with: the content of `options.json`. */
export interface RunSettings {
  /** Version of the package. */
  readonly version: string;
  /** The table: an absolute path, and after a # what to take from the file. */
  readonly table: string;
  /** The options that were given, as plain data. */
  readonly options: Readonly<Partial<FitOptions>>;
  /** Tables that options were read from, by the name of the option. */
  readonly files?: Readonly<Record<string, string>>;
  /** Of a run with several targets: each, and the folder of its run. */
  readonly targets?: Readonly<Record<string, string>>;
  /** Of one run of several: the targets of the others, which are no inputs. */
  readonly otherTargets?: readonly string[];
}

/** Writes `options.json`. A bound of constants that is infinite has no number in JSON and becomes null. */
export function writeSettings(folder: string, settings: RunSettings): void {
  writeAtomicallySync(join(folder, SETTINGS_FILE), `${JSON.stringify(settings, null, 2)}\n`);
}

/**
 * Reads `options.json`.
 *
 * @throws FormatError "no-run" when the folder has none, "damaged" when it is no such file, or the code of the system
 */
export function readSettings(folder: string): RunSettings {
  const path = join(folder, SETTINGS_FILE);
  let text: string;
  try {
    text = readFileSync(path, 'utf8');
  } catch (error) {
    if (!isSystemError(error) || !['ENOENT', 'ENOTDIR'].includes(error.code)) {
      throw fromSystemError(error, 'cannot read', path);
    }
    const hint = 'give the folder that ansatz fit --out made';
    throw new FormatError('no-run', `no saved run: there is no ${SETTINGS_FILE}`, folder, 0, hint);
  }
  const settings = parsed(text);
  if (!settings) throw new FormatError('damaged', 'not the options of a run', path, 0, 'restore it, or start afresh');
  return settings;
}

function parsed(text: string): RunSettings | undefined {
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch {
    return undefined;
  }
  if (!isRecord(value)) return undefined;
  const { version, table, options, files, targets, otherTargets } = value;
  if (typeof version !== 'string' || typeof table !== 'string' || !isRecord(options)) return undefined;
  if (!(isTexts(files) && isTexts(targets) && isTextList(otherTargets))) return undefined;
  const { constantBounds } = options;
  const settings = { version, table, options, files, targets, otherTargets };
  if (!Array.isArray(constantBounds)) return settings;
  const bounds = [constantBounds[0] ?? -Infinity, constantBounds[1] ?? Infinity] as [number, number];
  return { ...settings, options: { ...options, constantBounds: bounds } };
}

function isRecord(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

function isTexts(value: unknown): value is Record<string, string> | undefined {
  return value === undefined || (isRecord(value) && Object.values(value).every((each) => typeof each === 'string'));
}

function isTextList(value: unknown): value is string[] | undefined {
  return value === undefined || (Array.isArray(value) && value.every((each) => typeof each === 'string'));
}
