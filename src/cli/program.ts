import { Command, CommanderError } from 'commander';
import { version } from '../../package.json';
import { AnsatzError } from '../core/index.ts';
import { addConstant } from './constant.ts';
import { addDevices } from './devices.ts';
import type { EvaluateOptions } from './evaluate.ts';
import { EXIT } from './exit.ts';
import { addExplain } from './explain.ts';
import { text } from './option-values.ts';
import { addReport } from './report.ts';
import { addSequence } from './sequence.ts';
import type { SimplifyOptions } from './simplify.ts';
import { addSnap } from './snap.ts';
import { addStatistics } from './statistics.ts';
import { SUMMARIES } from './summaries.ts';
import { addSymbol } from './symbol.ts';

const EXAMPLES = `
Examples:
  ansatz fit planets.csv --target period
  ansatz fit data.csv --target y --inputs a,b --unary exp,log,sin --sigma y_error --out run
  ansatz fit data.csv --target y --json --quiet > run.json
  ansatz fit --resume run
  ansatz evaluate "365.26 * semi_major_axis^1.5" planets.csv --target period
  ansatz simplify "(x^2 - 1) / (x - 1)" --latex`;

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
  // The flags of fit and the targets of export come from large tables, which only these commands load.
  const given = args.find((argument) => !argument.startsWith('-'));
  if (given === 'fit') {
    const [{ addFit }, { runFit }] = await Promise.all([import('./fit-command.ts'), import('./fit.ts')]);
    addFit(program, async (table, options) => {
      code = await runFit(table, options);
    });
  } else addUnloaded(program, 'fit <table>', SUMMARIES.fit);
  addEvaluate(program, async (formula, table, options) => {
    code = await (await import('./evaluate.ts')).runEvaluate(formula.trim(), table, options);
  });
  addSimplify(program, async (formula, options) => {
    code = await (await import('./simplify.ts')).runSimplify(formula.trim(), options);
  });
  addStatistics(program, async (formula, table, options) => {
    code = await (await import('./run-statistics.ts')).runStatistics(formula.trim(), table, options);
  });
  addExplain(program, async (formula, options) => {
    code = await (await import('./run-explain.ts')).runExplain(formula.trim(), options);
  });
  addSnap(program, async (formula, table, options) => {
    code = await (await import('./run-snap.ts')).runSnap(formula.trim(), table, options);
  });
  if (given === 'export') {
    const { addExport, runExport } = await import('./export.ts');
    addExport(program, async (formula, options) => {
      code = await runExport(formula.trim(), options);
    });
  } else addUnloaded(program, 'export <formula>', SUMMARIES.export);
  addConstant(program, async (number, options) => {
    code = await (await import('./run-constant.ts')).runConstant(number, options);
  });
  addSequence(program, async (terms, options) => {
    code = await (await import('./run-sequence.ts')).runSequence(terms, options);
  });
  addSymbol(program, async (loops, options) => {
    code = await (await import('./run-symbol.ts')).runSymbol(loops, options);
  });
  addReport(program, async (folder, options) => {
    code = await (await import('./report/run-report.ts')).runReport(folder, options);
  });
  addDevices(program, async (options) => {
    code = await (await import('./run-devices.ts')).runDevices(options);
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
    throw usageError(error, args, program);
  }
  return code;
}

/** A command in the list of them, which is not the one that runs. */
function addUnloaded(program: Command, usage: string, summary: string): void {
  program.command(usage).summary(summary).option('--json');
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

/** Options of the commands on formulas that take no value. */
const SWITCHES = ['--json', '--latex', '--poisson', '--free-constants', '--profile', '--no-cas', '-h', '--help'];

/** Commands on formulas and numbers. */
const SHIELDED = ['evaluate', 'simplify', 'statistics', 'explain', 'snap', 'export', 'constant', 'sequence'];

/** A formula may start with a minus sign, which makes it look like an option; a blank before it tells them apart. */
function shieldFormulas(args: readonly string[]): string[] {
  if (!SHIELDED.includes(args[0])) return [...args];
  return args.map((argument, i) => {
    const before = args[i - 1] ?? '';
    const isValue = before.startsWith('--') && !SWITCHES.includes(before);
    return /^-[^-]/.test(argument) && !['-h', '-V'].includes(argument) && !isValue ? ` ${argument}` : argument;
  });
}

function usageError(error: CommanderError, args: readonly string[], program: Command): AnsatzError {
  const message = error.message
    .replace(/^error: /, '')
    .replace(/\s*\n\s*/g, ' ')
    .replace(/\.$/, '');
  const known = program.commands.some((command) => command.name() === args[0]);
  const command = known ? `ansatz ${args[0]} --help` : 'ansatz --help';
  return new AnsatzError(error.code, `${message}; see ${command}`);
}
