import { Command, CommanderError } from 'commander';
import { version } from '../../package.json';
import { AnsatzError } from '../core/index.ts';
import type { EvaluateOptions } from './evaluate.ts';
import { EXIT } from './exit.ts';
import type { FitArguments } from './fit.ts';
import { choice, names, number, text } from './option-values.ts';
import type { SimplifyOptions } from './simplify.ts';

const EXAMPLES = `
Examples:
  ansatz fit planets.csv --target period
  ansatz fit data.csv --target y --inputs a,b --unary exp,log,sin --sigma y_error --out run
  ansatz fit data.csv --target y --json --quiet > run.json
  ansatz evaluate "365.26 * semi_major_axis^1.5" planets.csv --target period
  ansatz simplify "(x^2 - 1) / (x - 1)" --latex`;

const FIT_EXAMPLES = `
The table is CSV or TSV with a header line; lines that start with # are comments.
Ctrl-C ends the search and prints what was found; a second one ends at once.

Examples:
  ansatz fit planets.csv --target period
  ansatz fit data.csv --target y --binary +,-,*,/ --unary none --max-size 15
  ansatz fit data.csv --target y --sigma y_error --time-limit 300 --out run`;

const EVALUATE_EXAMPLES = `
Example:
  ansatz evaluate "a + b * log(period)" data.csv --out values.csv`;

/**
 * Reads the arguments and runs the command they name; a command's code is loaded when it runs.
 *
 * @param args the arguments after the name of the program
 * @returns the exit code
 * @throws AnsatzError for bad input
 */
export async function run(args: readonly string[]): Promise<number> {
  let code: number = EXIT.done;
  const program = new Command('ansatz')
    .description('Turns numbers into closed forms: symbolic regression for theorists.')
    .version(version, '-V, --version', 'print the version')
    .helpOption('-h, --help', 'print this help')
    .helpCommand(false)
    .addHelpText('after', EXAMPLES)
    .exitOverride()
    .configureOutput({ writeErr: () => {}, outputError: () => {} });
  addFit(program, async (table, options) => {
    code = await (await import('./fit.ts')).runFit(table, options);
  });
  addEvaluate(program, async (formula, table, options) => {
    code = await (await import('./evaluate.ts')).runEvaluate(formula.trim(), table, options);
  });
  addSimplify(program, async (formula, options) => {
    code = await (await import('./simplify.ts')).runSimplify(formula.trim(), options);
  });
  if (args.length === 0) {
    program.outputHelp();
    return code;
  }
  try {
    await program.parseAsync(shieldFormulas(args), { from: 'user' });
  } catch (error) {
    if (!(error instanceof CommanderError)) throw error;
    if (error.exitCode === 0) return EXIT.done;
    throw usageError(error, args);
  }
  return code;
}

function addFit(program: Command, action: (table: string, options: FitArguments) => Promise<void>): void {
  program
    .command('fit')
    .summary('find formulas for a column of a table')
    .description('Finds formulas for a column of a table and prints the best of every complexity.')
    .argument('<table>', 'CSV or TSV file')
    .requiredOption('--target <column>', 'column to explain', text('--target'))
    .option(
      '--inputs <columns>',
      'columns to explain it with, A,B,... (default: the other numeric ones)',
      names('--inputs'),
    )
    .option('--binary <operators>', 'binary operators, such as +,-,*,/,^', names('--binary', true))
    .option('--unary <operators>', 'unary operators, such as exp,log,sqrt, or none', names('--unary', true))
    .option('--weights <column>', 'column of row weights', text('--weights'))
    .option('--sigma <column>', 'column of standard errors of the target', text('--sigma'))
    .option(
      '--loss <name>',
      'L2, L1, Huber, log-cosh or chi2',
      choice('--loss', ['L2', 'L1', 'Huber', 'log-cosh', 'chi2']),
    )
    .option(
      '--huber-delta <number>',
      'where the Huber loss turns linear',
      number('--huber-delta', { least: 0, open: true }),
    )
    .option('--max-size <n>', 'largest complexity', number('--max-size', { least: 1, most: 200, whole: true }))
    .option('--seed <n>', 'seed of the random numbers', number('--seed', { least: 0, most: 2 ** 53 - 1, whole: true }))
    .option('--threads <n>', 'worker threads', number('--threads', { least: 1, most: 256, whole: true }))
    .option(
      '--time-limit <seconds>',
      'end the search after this time',
      number('--time-limit', { least: 0, open: true }),
    )
    .option(
      '--max-evals <n>',
      'end the search after this many evaluations',
      number('--max-evals', { least: 1, whole: true }),
    )
    .option(
      '--noise <model>',
      'errors of the target without weights: auto, additive or relative',
      choice('--noise', ['auto', 'additive', 'relative']),
    )
    .option('--stop-at-loss <x>', 'end the search at this loss', number('--stop-at-loss', { least: 0 }))
    .option(
      '--select <rule>',
      'which formula to call best: best, score or accuracy',
      choice('--select', ['best', 'score', 'accuracy']),
    )
    .option(
      '--out <folder>',
      'save run.json and hall_of_fame.csv here, while the search runs and at its end',
      text('--out'),
    )
    .option('--json', 'print one JSON object and nothing else')
    .option('--quiet', 'show no progress')
    .addHelpText('after', FIT_EXAMPLES)
    .action(action);
}

function addEvaluate(
  program: Command,
  action: (formula: string, table: string, options: EvaluateOptions) => Promise<void>,
): void {
  program
    .command('evaluate')
    .summary('value of a formula in every row of a table')
    .description('Prints the value of a formula in every row of a table, as CSV with one column.')
    .argument('<formula>', 'formula in the names of the columns')
    .argument('<table>', 'CSV or TSV file')
    .option('--target <column>', 'compare with this column: mean squared error and R2 on stderr', text('--target'))
    .option('--out <file>', 'write the values to this file', text('--out'))
    .option('--json', 'print one JSON object and nothing else')
    .addHelpText('after', EVALUATE_EXAMPLES)
    .action(action);
}

function addSimplify(program: Command, action: (formula: string, options: SimplifyOptions) => Promise<void>): void {
  program
    .command('simplify')
    .summary('simplify a formula')
    .description('Prints a simpler formula of the same value.')
    .argument('<formula>', 'formula, such as "x + x"')
    .option('--latex', 'print LaTeX')
    .option('--json', 'print one JSON object and nothing else')
    .action(action);
}

/** A formula may start with a minus sign, which makes it look like an option; a blank before it tells them apart. */
function shieldFormulas(args: readonly string[]): string[] {
  if (args[0] !== 'evaluate' && args[0] !== 'simplify') return [...args];
  return args.map((argument, i) => {
    const isValue = ['--target', '--out'].includes(args[i - 1]);
    return /^-[^-]/.test(argument) && !['-h', '-V'].includes(argument) && !isValue ? ` ${argument}` : argument;
  });
}

function usageError(error: CommanderError, args: readonly string[]): AnsatzError {
  const message = error.message
    .replace(/^error: /, '')
    .replace(/\s*\n\s*/g, ' ')
    .replace(/\.$/, '');
  const command = ['fit', 'evaluate', 'simplify'].includes(args[0]) ? `ansatz ${args[0]} --help` : 'ansatz --help';
  return new AnsatzError(error.code, `${message}; see ${command}`);
}
