import { AnsatzError, breathe, now, OptionError } from '../../core/index.ts';
import { primeAt } from '../../numerics/index.ts';
import { FORM_FACTOR } from '../alphabets/form-factor.ts';
import { FORM_FACTOR_LOOPS } from '../known/form-factor-loops.ts';
import type { PolylogSymbol } from '../symbol.ts';
import { CONSTRAINTS, type Constraint } from './constraints/index.ts';
import { expand, type ResidueTerms } from './expand.ts';
import { lifted } from './lift.ts';
import { LoopSolver, type ParameterCount } from './solve-loop.ts';
import type { Train } from './train.ts';

/** Loops at most. */
export const MOST_LOOPS = 6;

/** What the symbols take: words published or counted, bytes and seconds on one core measured or continued. */
const COSTS: readonly { readonly words: number; readonly bytes: number; readonly seconds: number }[] = [
  { words: 0, bytes: 0, seconds: 0 },
  { words: 6, bytes: 1.2e8, seconds: 0.1 },
  { words: 12, bytes: 1.2e8, seconds: 0.1 },
  { words: 636, bytes: 1.3e8, seconds: 0.3 },
  { words: 11_208, bytes: 1.4e8, seconds: 0.8 },
  { words: 263_880, bytes: 1.8e8, seconds: 3 },
  { words: 4_916_466, bytes: 5e8, seconds: 15 },
  { words: 92_954_568, bytes: 6e9, seconds: 600 },
  { words: 1_671_656_292, bytes: 1e11, seconds: 20_000 },
];

/** The share of the time at a loop order that a step takes. */
const SHARES = { seam: 0.6, OPE: 0.2, words: 0.05, other: 0.03 } as const;

/** Words a loop order has more than the one before, beyond those that were counted. */
const GROWTH = 18;

/** What generating a symbol takes: words, bytes of memory and seconds on one core. */
export function bootstrapCost(loops: number): { words: number; bytes: number; seconds: number } {
  return COSTS[checkedLoops(loops)];
}

/** Options of `bootstrapSymbol`. */
export interface BootstrapOptions {
  /** Names of constraints that are left out. */
  readonly without?: readonly string[];
  /** Of the random equations that stand for all of a constraint; the result does not depend on it. */
  readonly seed?: number;
  /** Called after every step. */
  readonly onProgress?: (progress: BootstrapProgress) => void;
  /** Ends the run between two steps. */
  readonly signal?: AbortSignal;
}

/** Where a run stands. */
export interface BootstrapProgress {
  readonly loops: number;
  readonly step: string;
  /** Parameters that are free; undefined for steps that change none. */
  readonly free: number | undefined;
  /** From 0 to 1, by time as expected. */
  readonly fraction: number;
  /** Seconds since the start. */
  readonly seconds: number;
}

/** A symbol and how it came about. */
export interface BootstrapResult {
  readonly symbol: PolylogSymbol;
  /** Parameters left free after each step, in order; equal modulo both primes. */
  readonly parameters: readonly ParameterCount[];
  readonly primes: readonly [number, number];
  readonly seconds: number;
}

/**
 * Generates the symbol of the three-gluon form factor of planar N = 4 super Yang-Mills theory at L loops, exactly, from
 * integrability, symmetry and the constraints of the table.
 *
 * Everything is solved modulo two primes by itself and lifted to integers; nothing but the one-loop symbol is put in.
 *
 * @param loops L = 1 .. 6
 * @throws OptionError "loops" | "without"
 * @throws AnsatzError "not-unique" with the number of free parameters when constraints are left out, "aborted"
 * @example (await bootstrapSymbol(2)).symbol.coefficient('aaae') // 16n
 */
export async function bootstrapSymbol(loops: number, options: BootstrapOptions = {}): Promise<BootstrapResult> {
  const { without = [], seed = 1, onProgress = () => {}, signal } = options;
  const started = now();
  const constraints = chosen(loops, without);
  const primes: [number, number] = [primeAt(0), primeAt(1)];
  const expected = secondsExpected(loops);
  let [done, parameters]: [number, ParameterCount[]] = [0, []];
  const say = async (at: number, step: string, free?: number): Promise<void> => {
    done += COSTS[at].seconds * shareOf(step);
    onProgress({ loops: at, step, free, fraction: Math.min(done / expected, 1), seconds: now() - started });
    await breathe();
    if (signal?.aborted) throw new AnsatzError('aborted', 'the bootstrap was stopped', 'start it again');
  };
  const terms: ResidueTerms[] = [];
  for (const p of primes) {
    const solver = new LoopSolver(p, FORM_FACTOR_LOOPS[0], seed);
    let train: Train = solver.train(1);
    for (let l = 2; l <= loops; l++) {
      const steps = solver.steps(l, l === loops ? constraints : CONSTRAINTS);
      parameters = [];
      for (;;) {
        const next = steps.next();
        if (next.done) {
          train = next.value;
          break;
        }
        parameters.push(next.value);
        await say(l, next.value.name, next.value.free);
      }
    }
    terms.push(expand(train));
    await say(loops, 'words');
  }
  const symbol = lifted(FORM_FACTOR, 2 * loops, [terms[0], terms[1]], primes);
  return { symbol, parameters, primes, seconds: now() - started };
}

/** Parameters left free at one loop order: by each constraint alone, and one after the other. */
export function parameterTable(loops: number, seed = 1): { alone: ParameterCount[]; together: ParameterCount[] } {
  checkedLoops(loops);
  const solver = new LoopSolver(primeAt(0), FORM_FACTOR_LOOPS[0], seed);
  solver.context(loops);
  return { alone: solver.alone(loops), together: [...solver.steps(loops)] };
}

function checkedLoops(loops: number): number {
  if (Number.isInteger(loops) && loops >= 1 && loops <= MOST_LOOPS) return loops;
  if (Number.isInteger(loops) && loops > MOST_LOOPS) {
    const last = COSTS[COSTS.length - 1];
    const beyond = GROWTH ** (loops - COSTS.length + 1);
    const cost = COSTS[loops] ?? {
      words: Number((last.words * beyond).toPrecision(2)),
      bytes: last.bytes * beyond,
      seconds: last.seconds * beyond,
    };
    const gigabytes = Math.ceil(cost.bytes / 1e9);
    throw new OptionError(
      'loops',
      'loops',
      `${loops} loops have ${cost.words.toLocaleString('en')} words: about ${gigabytes} GB and ${Math.ceil(cost.seconds / 60)} minutes, and coefficients beyond 32 bits`,
      `take at most ${MOST_LOOPS}`,
    );
  }
  throw new OptionError(
    'loops',
    'loops',
    `${loops} loops`,
    `give a whole number from 1 to ${MOST_LOOPS}; words grow twentyfold a loop`,
  );
}

function chosen(loops: number, without: readonly string[]): readonly Constraint[] {
  checkedLoops(loops);
  const names = CONSTRAINTS.map(({ name }) => name);
  for (const name of without) {
    if (!names.includes(name)) {
      throw new OptionError('without', 'without', `"${name}" is no constraint`, `there are ${names.join(', ')}`);
    }
  }
  return without.length === 0 ? CONSTRAINTS : CONSTRAINTS.filter(({ name }) => !without.includes(name));
}

function shareOf(step: string): number {
  return step in SHARES ? SHARES[step as keyof typeof SHARES] : SHARES.other;
}

/** For both primes: every loop order up to the last, and the words of that. */
function secondsExpected(loops: number): number {
  const steps = ['seam', 'dihedral', ...CONSTRAINTS.map(({ name }) => name)];
  const share = steps.reduce((sum, step) => sum + shareOf(step), 0);
  const solving = COSTS.slice(2, loops + 1).reduce((sum, { seconds }) => sum + share * seconds, 0);
  return 2 * (solving + SHARES.words * COSTS[loops].seconds);
}
