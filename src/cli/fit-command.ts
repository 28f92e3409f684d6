import { type Command, Help, Option } from 'commander';
import { OPTION_GROUPS } from '../search/index.ts';
import type { FitArguments } from './fit-arguments.ts';
import {
  COMMON_OPTIONS,
  defaultOf,
  FIT_FLAGS,
  flagOf,
  hiddenFlagsOf,
  isSwitch,
  type OptionName,
  placeholderOf,
  readerOf,
  schemaOf,
  WEIGHT_FLAGS,
} from './fit-flags.ts';
import { wordsInFlags } from './in-flags.ts';
import { names, number, numberIn, pairs, text } from './option-values.ts';
import { SUMMARIES } from './summaries.ts';

const EXAMPLES = `
The table is CSV or TSV with a header line, Parquet, npy, npz, HDF5, ROOT, HEPData or LHE; after a # stands what to
take from it: events.h5#run/x,run/y. Lines of a CSV file that start with # are comments.
Ctrl-C ends the search and prints what was found; a second one ends at once. With --out the run can go on later.

Examples:
  ansatz fit planets.csv --target period
  ansatz fit data.csv --target y --binary +,-,*,/ --unary none --max-size 15
  ansatz fit data.csv --target y --sigma y_error --time-limit 300 --out run
  ansatz fit data.csv --target y --require "even in x" --x-units "x=m,t=s" --y-units m/s
  ansatz fit --resume run`;

const COMMON = 'Common options:';
const RUN = 'Run:';
const WIDEST = 100;
/** Terms longer than this have a line of their own. */
const TERM_WIDTH = 30;

/** Enters `ansatz fit` among the commands, with a flag for every option. */
export function addFit(
  program: Command,
  action: (table: string | undefined, args: FitArguments) => Promise<void>,
): void {
  const command = program
    .command('fit')
    .summary(SUMMARIES.fit)
    .description('Finds formulas for a column of a table and prints the best of every complexity.')
    .usage('[options] <table>')
    .argument('[table]', 'file with the table')
    .configureHelp(readable(process.stdout.columns))
    .addHelpOption(new Option('-h, --help', 'print this help').helpGroup(COMMON))
    .addHelpText('after', EXAMPLES)
    .action((table: string | undefined, values: FitArguments) => action(table, values));
  for (const name of COMMON_OPTIONS) addOption(command, name, COMMON);
  addOption(command, 'resume', COMMON);
  addFolders(command);
  for (const [group, rows] of Object.entries(OPTION_GROUPS)) {
    for (const name of Object.keys(rows) as OptionName[]) {
      if (!COMMON_OPTIONS.includes(name) && name !== 'resume') addOption(command, name, `${group}:`);
      if (name === 'template') addTemplateParts(command, `${group}:`);
    }
  }
  const log = new Option('--log <file>', 'append what the run does to this file, a JSON object a line');
  command.addOption(log.argParser(text('--log')).helpGroup(RUN));
  for (const { flag, mutation } of WEIGHT_FLAGS) {
    const option = named(`${flag} <x>`, `mutationWeights.${mutation}`);
    command.addOption(option.hideHelp().argParser(number(flag, { least: 0 })));
  }
}

/** The flags that are about files and what is printed. */
function addFolders(command: Command): void {
  const add = (flags: string, meaning: string, group: string, withText = true): void => {
    const option = new Option(flags, meaning).helpGroup(group);
    command.addOption(withText ? option.argParser(text(flags.split(' ')[0])) : option);
  };
  add('--out <folder>', 'save the run here while it goes on and at its end', COMMON);
  add('--json', 'print one JSON object and nothing else', COMMON, false);
  add('--quiet', 'show no progress and no warnings', COMMON, false);
  add('--progress', '', COMMON, false);
  add('--no-progress', 'show no progress', COMMON, false);
  command.options.find((option) => option.long === '--progress')?.hideHelp();
}

/** What a template leaves open. */
function addTemplateParts(command: Command, group: string): void {
  const functions = '--template-functions';
  const sizes = '--template-parameters';
  command.addOption(
    new Option(`${functions} <names>`, 'names of the functions of the template, where some are operators too')
      .argParser(names(functions))
      .helpGroup(group),
  );
  command.addOption(
    new Option(`${sizes} <sizes>`, 'sizes of the vectors of the template, "p=3,q=2" (default: the largest index)')
      .argParser(pairs(sizes, 'p=3', (value) => numberIn(sizes, value, { least: 1, most: 1000, whole: true })))
      .helpGroup(group),
  );
}

function addOption(command: Command, name: OptionName, group: string): void {
  const flag = flagOf(name);
  if (flag === undefined) return;
  const value = isSwitch(name) ? '' : ` <${placeholderOf(name)}>`;
  const create = (written: string): Option => {
    const option = named(`${written}${value}`, name).helpGroup(group);
    // Only the help asks for the words.
    Object.defineProperty(option, 'description', { get: () => meaningOf(name) });
    return value === '' ? option : option.argParser(readerOf(name, written));
  };
  const hidden = hiddenFlagsOf(name).filter((other) => !command.options.some((option) => option.long === other));
  // commander sets a switch to true where it meets --no-x alone, so --x comes first.
  if (flag.startsWith('--no-')) command.addOption(create(flag.replace('--no-', '--')).hideHelp());
  command.addOption(create(flag));
  if (value === '' && !flag.startsWith('--no-')) command.addOption(create(flag.replace('--', '--no-')).hideHelp());
  for (const other of hidden) command.addOption(create(other).hideHelp());
}

/** An option whose value is stored under the name of the library. */
function named(flags: string, name: string): Option {
  const option = new Option(flags);
  option.attributeName = () => name;
  return option;
}

/** The line of help: the words of the row or of the schema, in flags, and the default. */
export function meaningOf(name: OptionName): string {
  const row = FIT_FLAGS[name];
  const given = 'library' in row ? undefined : row.meaning;
  const meaning = given ?? wordsInFlags(schemaOf(name).description ?? '');
  const value = defaultOf(name);
  if (value === undefined || typeof value === 'boolean' || meaning.includes('(default')) return meaning;
  if (typeof value === 'object' && Object.keys(value as object).length === 0) return meaning;
  return `${meaning} (default: ${Array.isArray(value) ? value.join(',') : String(value)})`;
}

/** Help of at most a hundred columns, in which a long flag stands above its words. */
function readable(columns: number | undefined): Partial<Help> {
  const plain = new Help();
  return {
    helpWidth: Math.min(columns ?? WIDEST, WIDEST),
    padWidth: () => TERM_WIDTH,
    formatItem: (term, width, description, helper) => {
      const item = plain.formatItem.call(helper, term.length > width ? '' : term, width, description, helper);
      return term.length > width ? `  ${term}\n${item}` : item;
    },
  };
}
