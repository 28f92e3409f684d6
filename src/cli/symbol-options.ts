import { bootstrapCost } from '../amplitudes/index.ts';
import { OptionError } from '../core/index.ts';
import { numberIn } from './option-values.ts';
import type { SymbolArguments } from './symbol.ts';
import type { SymbolJob } from './symbol-job.ts';
import { checkWords } from './symbol-word.ts';

const SPLIT = 0.1;
const SEED = 1;

/** What a thread is asked to do. @throws OptionError | AnsatzError for what cannot be, before anything long begins */
export function symbolJob(given: string | undefined, args: SymbolArguments): SymbolJob {
  const loops = given === undefined ? undefined : loopsOf(given);
  refuseClashes(loops, args);
  const { read, without, table, word, connect, check, samples, seed = SEED, dataset, split = SPLIT, out = '' } = args;
  checkWords(loops, [word, connect]);
  const job = { loops, read, without, word, connect };
  if (table) return { ...job, kind: 'table' };
  if (without) return { ...job, kind: 'without' };
  if (word !== undefined) return { ...job, kind: 'word' };
  if (dataset) return { ...job, kind: 'dataset', dataset: { task: dataset, split, seed, folder: out } };
  return { ...job, kind: 'symbol', ...(check && { check: { samples, seed } }) };
}

function loopsOf(given: string): number {
  const loops = numberIn('loops', given, { least: 0, most: 1000, whole: true });
  bootstrapCost(loops);
  return loops;
}

/** Modes, of which one may be given, and the options that each goes with. */
const MODES = {
  table: ['json'],
  without: ['json'],
  word: ['read', 'connect', 'json'],
  dataset: ['read', 'split', 'seed', 'out', 'json'],
} as const;

function refuseClashes(loops: number | undefined, args: SymbolArguments): void {
  if (loops === undefined && args.read === undefined) {
    throw new OptionError('missing-value', 'loops', 'neither loops nor a file is given', 'such as ansatz symbol 3');
  }
  const given = (Object.keys(args) as (keyof SymbolArguments)[]).filter((name) => args[name] !== undefined);
  for (const mode of Object.keys(MODES) as (keyof typeof MODES)[]) {
    if (args[mode] === undefined) continue;
    const allowed: readonly string[] = [mode, ...MODES[mode]];
    const other = given.find((name) => !allowed.includes(name));
    if (other) throw clash(mode, `--${other} is given too`);
  }
  const needs = (option: keyof SymbolArguments, other: keyof SymbolArguments): void => {
    if (args[option] !== undefined && args[other] === undefined) throw clash(option, `goes with --${other}`);
  };
  needs('connect', 'word');
  needs('samples', 'check');
  needs('split', 'dataset');
  needs('dataset', 'out');
  if (args.dataset === undefined) needs('seed', 'check');
  if (loops === undefined && (args.table || args.without))
    throw clash(args.table ? 'table' : 'without', 'loops are missing');
}

function clash(option: string, message: string): OptionError {
  return new OptionError('options-clash', `--${option}`, message, 'see ansatz symbol --help');
}
