import type { Command } from 'commander';
import { number, text } from './option-values.ts';

/** The options of `ansatz sequence`. */
export interface SequenceArguments {
  readonly file?: string;
  readonly batch?: string;
  readonly start?: number;
  readonly next?: number;
  readonly time?: number;
  readonly threads?: number;
  readonly json?: boolean;
  readonly explain?: boolean;
}

const EXAMPLES = `
Terms are integers, fractions or decimals between commas, blanks or line ends, or a b-file of the OEIS, whose index of the
first term is taken over. What is printed is a conjecture: no finite number of terms proves a law. found: the next terms
can be relied on; weak: a law fits, and so may others; none: no law that was tried fits.

A batch is a file of JSON lines such as {"id": "squares", "terms": ["0", "1", "4", "9", "16"], "start": 0}; start may be
left out. The answers come in the same order, one JSON object a line, and do not depend on the number of threads, as long
as no sequence reaches its time. A line that cannot be read is answered {"id", "error": {"code", "message"}}.

Examples:
  ansatz sequence 1,2,4,7,11,16
  ansatz sequence 1,1,2,5,14,42,132,429 --next 10 --json
  ansatz sequence --file b000045.txt
  echo 1 1 2 3 5 7 11 15 22 30 42 56 | ansatz sequence
  ansatz sequence --batch sequences.jsonl --threads 4 > answers.jsonl`;

/** Adds the command `sequence`; its code is loaded by `action`. */
export function addSequence(
  program: Command,
  action: (terms: readonly string[], options: SequenceArguments) => Promise<void>,
): void {
  program
    .command('sequence')
    .summary('the law and the next terms of a sequence')
    .description('Prints formulas, recurrences and the next terms of a sequence of exact numbers.')
    .argument('[terms...]', 'the terms, or - for standard input, which is also read when nothing is named')
    .option('--file <file>', 'read the terms from this file', text('--file'))
    .option('--start <n>', 'index of the first term: 0, or that of the b-file', number('--start', INDICES))
    .option('--next <count>', 'terms to continue by: 5, or 10 in a batch', number('--next', COUNTS))
    .option('--time <seconds>', 'seconds that a sequence may take: 10', number('--time', SECONDS))
    .option('--batch <file>', 'JSON lines of sequences, or - for standard input', text('--batch'))
    .option('--threads <n>', 'threads of a batch: number of cores, at most 8', number('--threads', THREADS))
    .option('--explain', 'in a batch: recurrence, closed form and growth of the first candidate as well')
    .option('--json', 'print one JSON object and nothing else')
    .addHelpText('after', EXAMPLES)
    .action(action);
}

const INDICES = { least: Number.MIN_SAFE_INTEGER, most: Number.MAX_SAFE_INTEGER, whole: true };
const COUNTS = { least: 0, most: 1000, whole: true };
const SECONDS = { least: 0, most: 86_400, open: true };
const THREADS = { least: 1, most: 256, whole: true };
