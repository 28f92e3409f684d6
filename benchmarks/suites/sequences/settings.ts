import { parseArgs } from 'node:util';
import { OptionError } from '../../../src/core/index.ts';
import type { Half } from '../../recovery/half.ts';
import { SETS, type SetName } from '../../sequences/sets.ts';

/** The flags, as `npm run bench -- sequences --help` prints them. */
export const USAGE = `usage: npm run bench -- sequences [flags]
  --count N      sequences of a set, about; 1000
  --seed N       seed of the sets; 1
  --half H       development, test or all; all
  --set A,B      of ${Object.keys(SETS).join(', ')}; all
  --quick        40 sequences of a set`;

const OPTIONS = {
  count: { type: 'string' },
  seed: { type: 'string', default: '1' },
  half: { type: 'string', default: 'all' },
  set: { type: 'string' },
  quick: { type: 'boolean', default: false },
} as const;

const COUNT = '1000';
const QUICK_COUNT = '40';

/** What a run of the suite does. */
export interface Settings {
  readonly count: number;
  readonly seed: number;
  readonly half: Half | 'all';
  readonly sets: readonly SetName[];
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
    throw new OptionError('bad-flag', 'sequences', (reason as Error).message, 'see --help');
  }
  const { quick, half } = flags;
  if (half !== 'all' && half !== 'development' && half !== 'test') throw fault('half', `"${half}" is no half`);
  const known = Object.keys(SETS) as SetName[];
  const sets = flags.set === undefined ? known : (flags.set.split(',').map((name) => name.trim()) as SetName[]);
  const unknown = sets.find((name) => !known.includes(name));
  if (unknown !== undefined) throw fault('set', `"${unknown}" is none of ${known.join(', ')}`);
  const count = whole('count', flags.count ?? (quick ? QUICK_COUNT : COUNT), 1);
  return { count, seed: whole('seed', flags.seed, 0), half, sets, quick };
}

function parse(args: readonly string[]) {
  return parseArgs({ args: [...args], options: OPTIONS, strict: true }).values;
}

/** Larger sets would take days. */
const LARGEST = 100_000;

function whole(flag: string, text: string, least: number): number {
  const value = Number(text);
  if (text.trim() !== '' && Number.isInteger(value) && value >= least && (flag === 'seed' || value <= LARGEST))
    return value;
  throw fault(flag, `"${text}" is no whole number from ${least}`);
}

function fault(flag: string, message: string): OptionError {
  return new OptionError('bad-flag', `--${flag}`, message, 'see --help');
}
