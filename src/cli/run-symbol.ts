import { access, constants } from 'node:fs/promises';
import { dirname, resolve } from 'node:path';
import { bootstrapCost } from '../amplitudes/index.ts';
import { OptionError } from '../core/index.ts';
import { fromSystemError, writeAtomically } from '../io/index.ts';
import { EXIT } from './exit.ts';
import { numberIn } from './option-values.ts';
import { print, warn } from './output.ts';
import type { SymbolArguments } from './symbol.ts';
import { formatOf, type SymbolFormat, whileWanted } from './symbol-formats.ts';
import { type SymbolJob, type SymbolResult, symbolOf } from './symbol-job.ts';
import { SymbolProgressLine } from './symbol-progress.ts';
import { symbolRecord } from './symbol-record.ts';
import { symbolText } from './symbol-text.ts';
import { inThread } from './symbol-thread.ts';
import { checkWords, wordRecord, wordText } from './symbol-word.ts';

/** `ansatz symbol`. @throws AnsatzError */
export async function runSymbol(given: string | undefined, args: SymbolArguments): Promise<number> {
  const loops = given === undefined ? undefined : loopsOf(given);
  refuseClashes(loops, args);
  checkWords(loops, [args.word, args.connect]);
  const job = jobOf(loops, args);
  const { out, json } = args;
  // A file that cannot be is refused before anything long begins.
  const format = out === undefined ? undefined : await formatFor(out);
  let isCancelled = false;
  const cancelled = new Promise<void>((resolve) => {
    for (const signal of ['SIGINT', 'SIGTERM']) {
      process.once(signal, () => {
        isCancelled = true;
        resolve();
      });
    }
  });
  const progress = new SymbolProgressLine(process.stderr);
  let result: SymbolResult | undefined;
  try {
    result = await inThread(job, cancelled, (now) => progress.update(now));
    if (result?.terms && format && out !== undefined) {
      progress.update({ words: `writing ${out}` });
      const pieces = format.write(symbolOf(result.terms));
      await writeAtomically(
        out,
        whileWanted(pieces, () => isCancelled),
      );
    }
  } catch (error) {
    if (!isCancelled) throw error;
  } finally {
    progress.close();
  }
  if (isCancelled || !result) {
    warn('ansatz: cancelled');
    return EXIT.cancelled;
  }
  if (result.word) {
    await print(`${json ? JSON.stringify(wordRecord(result), null, 2) : wordText(result).join('\n')}\n`);
    return EXIT.done;
  }
  const record = symbolRecord(result, { ...(out !== undefined && { file: out }), without: args.without });
  await print(`${json ? JSON.stringify(record, null, 2) : symbolText(record).join('\n')}\n`);
  return record.holds === false ? EXIT.violated : EXIT.done;
}

function loopsOf(given: string): number {
  const loops = numberIn('loops', given, { least: 0, most: 1000, whole: true });
  bootstrapCost(loops);
  return loops;
}

async function formatFor(out: string): Promise<SymbolFormat> {
  const format = formatOf('--out', out);
  await access(dirname(resolve(out)), constants.W_OK).catch((error) => {
    throw fromSystemError(error, 'cannot write', out);
  });
  return format;
}

function jobOf(
  loops: number | undefined,
  { read, without, table, word, connect, check, samples, seed }: SymbolArguments,
): SymbolJob {
  const kind = table ? 'table' : without ? 'without' : word === undefined ? 'symbol' : 'word';
  return { kind, loops, read, without, word, connect, ...(check && { check: { samples, seed } }) };
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
