import type { Command } from 'commander';
import { choice, names, number, text } from './option-values.ts';

/** The tasks that `--dataset` makes. */
export const DATASETS = ['value', 'strike-out', 'zero'] as const;

/** The options of `ansatz symbol`. */
export interface SymbolArguments {
  readonly out?: string;
  readonly read?: string;
  readonly check?: boolean;
  readonly samples?: number;
  readonly seed?: number;
  readonly table?: boolean;
  readonly without?: readonly string[];
  readonly word?: string;
  readonly connect?: string;
  readonly dataset?: (typeof DATASETS)[number];
  readonly split?: number;
  readonly json?: boolean;
}

const EXAMPLES = `
The symbol is that of the three-gluon form factor in planar N = 4 super Yang-Mills theory, worked out from integrability,
symmetry and physical limits modulo two primes; nothing but one loop is put in. Files are .tsv or .txt (word, tab,
coefficient), .m or .mpl (a statement of Maple), or .parquet.

--check tests every relation at random places and every constraint modulo a third prime; the exit code is 1 where one does
not hold. --without leaves a constraint out and prints how many parameters stay free; --table prints what each constraint
leaves free by itself.

Examples:
  ansatz symbol 5 --out e5.tsv --check
  ansatz symbol --read e5.tsv --check
  ansatz symbol 4 --table
  ansatz symbol 4 --without OPE,soft
  ansatz symbol 3 --word aaaaaf
  ansatz symbol 3 --word aaaaaf --connect bddddd
  ansatz symbol 5 --dataset strike-out --split .1 --seed 1 --out parents`;

/** Adds the command `symbol`; its code is loaded by `action`. */
export function addSymbol(
  program: Command,
  action: (loops: string | undefined, options: SymbolArguments) => Promise<void>,
): void {
  program
    .command('symbol')
    .summary('the symbol of a scattering amplitude at L loops')
    .description('Generates, reads, checks and explores the symbol of the three-gluon form factor.')
    .argument('[loops]', 'loops, 1 to 6; optional where a file is read')
    .option('--out <file>', 'write the symbol to this file, or a data set to this folder', text('--out'))
    .option('--read <file>', 'read the symbol from a file instead of generating it', text('--read'))
    .option('--check', 'check every relation and every constraint on the symbol')
    .option('--samples <n>', 'instances of each relation that --check takes: 100000', number('--samples', SAMPLES))
    .option('--seed <n>', 'seed of the samples of --check, and of the split: 1', number('--seed', SEEDS))
    .option('--table', 'parameters that each constraint leaves free, alone and together')
    .option('--without <names>', 'constraints to leave out, such as OPE,soft', names('--without'))
    .option('--word <word>', 'explore the coefficient of this word', text('--word'))
    .option('--connect <word>', 'the shortest chain of relations from --word to this word', text('--connect'))
    .option('--dataset <task>', `examples to learn from: ${DATASETS.join(', ')}`, choice('--dataset', DATASETS))
    .option('--split <share>', 'share of the orbits that is kept for the test: .1', number('--split', SHARES))
    .option('--json', 'print one JSON object and nothing else')
    .addHelpText('after', EXAMPLES)
    .action(action);
}

const SAMPLES = { least: 1, most: 100_000_000, whole: true };
const SEEDS = { least: 0, most: Number.MAX_SAFE_INTEGER, whole: true };
const SHARES = { least: 0, most: 0.9, open: true };
