import { parseArgs } from 'node:util';
import { OptionError } from '../../src/core/index.ts';
import { PHASE_NAMES } from '../../src/search/phases/names.ts';
import { type Half, halfOf } from './half.ts';
import type { Problem } from './problem.ts';
import { isSuite, knownSuites } from './suites.ts';

/** What a run of the benchmark does. */
export interface Settings {
  readonly suite: string;
  readonly seconds: number;
  /** Whether seconds are those of the wall, or those that the process had of a processor, which other work cannot take. */
  readonly clock: 'wall' | 'cpu';
  /** Seeds 1 to this. */
  readonly trials: number;
  /** Noise instead of that of the problems; undefined leaves theirs. */
  readonly noise: number | undefined;
  readonly noiseKind: 'additive' | 'multiplicative';
  readonly units: boolean;
  readonly constants: boolean;
  readonly problems: string;
  readonly half: Half | 'all';
  readonly phases: readonly string[] | undefined;
  readonly threads: number;
  readonly jobs: number;
  readonly rows: number | undefined;
  readonly maxSize: number;
  readonly label: string;
  readonly quick: boolean;
}

/** The flags, as `npm run bench -- recovery --help` prints them. */
export const USAGE = `usage: npm run bench -- recovery [flags]
  --suite NAME          ${knownSuites().join(', ')}, random-7 for other laws; fastsrb by default
  --seconds S           time of a search; 60
  --clock CLOCK         wall, or cpu: seconds of processor time, for a machine that does other work; wall
  --trials N            seeds 1 to N of every problem; 1
  --noise X             noise of X times the rms of y instead of the problem's own
  --noise-kind KIND     additive, or multiplicative: X times each y
  --units on|off        pass the units of inputs and target; off
  --constants on|off    let laws hold c, hbar, k_B, eps0 and G by name; off
  --problems GLOBS      only problems of these names: "I.1*,B?"
  --half HALF           development, test or all; all
  --phases A,B          only these phases
  --without A,B         all phases but these
  --threads N           threads of a search; 1, beyond that the built package runs
  --jobs N              problems at a time; 1
  --rows N              rows of a data set; 200, or the problem's own
  --max-size N          largest complexity; 30
  --label TEXT          part of the name of the result
  --quick               eight problems of the suite, 3 seconds each`;

const OPTIONS = {
  suite: { type: 'string', default: 'fastsrb' },
  seconds: { type: 'string' },
  clock: { type: 'string', default: 'wall' },
  trials: { type: 'string', default: '1' },
  noise: { type: 'string' },
  'noise-kind': { type: 'string', default: 'additive' },
  units: { type: 'string', default: 'off' },
  constants: { type: 'string', default: 'off' },
  problems: { type: 'string', default: '*' },
  half: { type: 'string', default: 'all' },
  phases: { type: 'string' },
  without: { type: 'string' },
  threads: { type: 'string', default: '1' },
  jobs: { type: 'string', default: '1' },
  rows: { type: 'string' },
  'max-size': { type: 'string', default: '30' },
  label: { type: 'string', default: '' },
  quick: { type: 'boolean', default: false },
} as const;

const SECONDS = 60;
const QUICK_SECONDS = 3;
const QUICK_PROBLEMS = 8;

/**
 * Reads the flags of the benchmark.
 *
 * @throws OptionError "bad-flag"
 */
export function readSettings(args: readonly string[]): Settings {
  let flags: ReturnType<typeof parse>;
  try {
    flags = parse(args);
  } catch (reason) {
    throw new OptionError('bad-flag', 'recovery', (reason as Error).message, 'see --help');
  }
  const quick = flags.quick;
  const phases = list(flags.phases);
  const without = list(flags.without);
  if (flags.clock === 'cpu' && flags.threads !== '1') throw fault('clock', 'cpu needs --threads 1');
  if (phases && without) throw fault('without', 'excludes --phases');
  return {
    suite: isSuite(flags.suite) ? flags.suite : choice('suite', flags.suite, knownSuites()),
    seconds: number('seconds', flags.seconds ?? String(quick ? QUICK_SECONDS : SECONDS), 0.1),
    clock: choice('clock', flags.clock, ['wall', 'cpu']),
    trials: whole('trials', flags.trials),
    noise: flags.noise === undefined ? undefined : number('noise', flags.noise, 0),
    noiseKind: choice('noise-kind', flags['noise-kind'], ['additive', 'multiplicative']),
    units: choice('units', flags.units, ['on', 'off']) === 'on',
    constants: choice('constants', flags.constants, ['on', 'off']) === 'on',
    problems: flags.problems,
    half: choice('half', flags.half, ['development', 'test', 'all']),
    phases: without
      ? PHASE_NAMES.filter((name) => !checked('without', without).includes(name))
      : phases && checked('phases', phases),
    threads: whole('threads', flags.threads),
    jobs: whole('jobs', flags.jobs),
    rows: flags.rows === undefined ? undefined : whole('rows', flags.rows),
    maxSize: whole('max-size', flags['max-size']),
    label: label(flags.label),
    quick,
  };
}

function parse(args: readonly string[]) {
  return parseArgs({ args: [...args], options: OPTIONS, strict: true }).values;
}

function fault(flag: string, message: string): OptionError {
  return new OptionError('bad-flag', `--${flag}`, message, 'see --help');
}

function number(flag: string, text: string, least: number): number {
  const value = text.trim() === '' ? Number.NaN : Number(text);
  if (Number.isFinite(value) && value >= least) return value;
  throw fault(flag, `"${text}" is no number from ${least}`);
}

function whole(flag: string, text: string): number {
  const value = number(flag, text, 1);
  if (Number.isInteger(value)) return value;
  throw fault(flag, `"${text}" is no whole number`);
}

function choice<T extends string>(flag: string, text: string, choices: readonly T[]): T {
  const found = choices.find((one) => one === text);
  if (found !== undefined) return found;
  throw fault(flag, `"${text}" is none of ${choices.join(', ')}`);
}

function label(text: string): string {
  if (/^[\w.-]*$/.test(text)) return text;
  throw fault('label', `"${text}" is no part of a file name: letters, digits, dots and dashes`);
}

function list(text: string | undefined): string[] | undefined {
  return text
    ?.split(',')
    .map((part) => part.trim())
    .filter((part) => part !== '');
}

function checked(flag: string, names: readonly string[]): readonly string[] {
  for (const name of names) choice(flag, name, PHASE_NAMES);
  return names;
}

/** The problems that the settings ask for: by name, by half, and few of them when it is quick. */
export function chosenProblems(problems: readonly Problem[], settings: Settings): Problem[] {
  const globs = settings.problems.split(',').map((glob) => {
    const pattern = glob.trim().replace(/[.+^${}()|[\]\\]/g, '\\$&');
    return new RegExp(`^${pattern.replace(/\*/g, '.*').replace(/\?/g, '.')}$`);
  });
  const chosen = problems.filter(({ name }) => {
    return globs.some((glob) => glob.test(name)) && (settings.half === 'all' || halfOf(name) === settings.half);
  });
  if (!settings.quick || chosen.length <= QUICK_PROBLEMS) return chosen;
  const step = chosen.length / QUICK_PROBLEMS;
  return Array.from({ length: QUICK_PROBLEMS }, (_, i) => chosen[Math.floor(i * step)]);
}
