import { parseArgs } from 'node:util';
import { OptionError } from '../../../src/core/index.ts';
import type { Budget } from './methods.ts';

/** The flags, as `npm run bench -- black-box --help` prints them. */
export const USAGE = `usage: npm run bench -- black-box [flags]
  --seconds S    time of a search by fit, per fold; 10
  --seed N       seed of the folds and of every method; 1
  --tables A,B   only tables of these names
  --quick        0.3 seconds per fold and a small population`;

const OPTIONS = {
  seconds: { type: 'string' },
  seed: { type: 'string', default: '1' },
  tables: { type: 'string' },
  quick: { type: 'boolean', default: false },
} as const;

const SECONDS = '10';
const QUICK_SECONDS = '0.3';
const QUICK_GP = { population: 100, generations: 6 };

/** What a run of the suite does. */
export interface Settings {
  readonly budget: Budget;
  /** Names of tables, undefined for all. */
  readonly tables: readonly string[] | undefined;
  readonly quick: boolean;
}

/**
 * Reads the flags of the suite.
 *
 * @throws OptionError "bad-flag"
 */
export function readSettings(args: readonly string[]): Settings {
  let flags: ReturnType<typeof parse>;
  try {
    flags = parse(args);
  } catch (reason) {
    throw new OptionError('bad-flag', 'black-box', (reason as Error).message, 'see --help');
  }
  const { quick } = flags;
  const seconds = Number(flags.seconds ?? (quick ? QUICK_SECONDS : SECONDS));
  if (!(seconds >= 0.1 && Number.isFinite(seconds))) throw fault('seconds', `"${flags.seconds}" is no number from 0.1`);
  const seed = Number(flags.seed);
  if (!(Number.isInteger(seed) && seed >= 0)) throw fault('seed', `"${flags.seed}" is no whole number`);
  const gp = quick ? QUICK_GP : undefined;
  return { budget: { seconds, seed, gp }, tables: flags.tables?.split(',').map((name) => name.trim()), quick };
}

function parse(args: readonly string[]) {
  return parseArgs({ args: [...args], options: OPTIONS, strict: true }).values;
}

function fault(flag: string, message: string): OptionError {
  return new OptionError('bad-flag', `--${flag}`, message, 'see --help');
}
