import type { CheckRow, ParameterCount } from '../amplitudes/index.ts';
import type { SymbolResult } from './symbol-job.ts';

/** What `ansatz symbol --json` prints of a symbol, its parameters and its checks. */
export interface SymbolRecord {
  readonly loops: number;
  /** Words with a coefficient; absent where no symbol was asked for, as all the facts. */
  readonly terms?: number;
  /** Different coefficients. */
  readonly distinct?: number;
  /** The size of the largest coefficient. */
  readonly max?: number;
  readonly maxWord?: string;
  /** The greatest common divisor of the coefficients. */
  readonly gcd?: number;
  readonly positive?: number;
  readonly negative?: number;
  /** Orbits of the symmetry group among the words. */
  readonly orbits?: number;
  /** Of the bootstrap, or of reading a file. */
  readonly seconds: number;
  /** Parameters free after each step; empty for what was read from a file. */
  readonly parameters: readonly ParameterCount[];
  /** Parameters that each constraint leaves free by itself. */
  readonly alone?: readonly ParameterCount[];
  /** Whether one symbol is left when constraints are left out. */
  readonly unique?: boolean;
  readonly without?: readonly string[];
  readonly primes?: readonly number[];
  readonly file?: string;
  readonly checks?: readonly CheckRow[];
  readonly holds?: boolean;
}

/** The record of a result. */
export function symbolRecord(
  { loops, seconds, parameters, alone, primes, facts, checks }: SymbolResult,
  { file, without }: { readonly file?: string; readonly without?: readonly string[] },
): SymbolRecord {
  return {
    loops,
    ...(facts && {
      terms: facts.terms,
      distinct: facts.distinct,
      max: facts.largest,
      maxWord: facts.largestWord,
      gcd: facts.divisor,
      positive: facts.positive,
      negative: facts.negative,
      orbits: facts.orbits,
    }),
    seconds,
    parameters,
    ...(alone && { alone }),
    ...(without && { without, unique: parameters.at(-1)?.free === 0 }),
    ...(primes && { primes }),
    ...(file !== undefined && { file }),
    ...(checks && { checks, holds: checks.every(({ violated }) => violated === 0) }),
  };
}
