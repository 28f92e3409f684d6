import type { Command } from 'commander';
import { OptionError } from '../core/index.ts';
import type { Bounds } from '../search/index.ts';
import { names, number, text } from './option-values.ts';

/** The options of `ansatz statistics`, each read and in range. */
export interface StatisticsArguments {
  readonly target: string;
  readonly sigma?: string;
  readonly sigmaUp?: string;
  readonly sigmaDown?: string;
  readonly covariance?: string;
  readonly poisson?: boolean;
  readonly binLow?: string;
  readonly binHigh?: string;
  readonly binVariable?: string;
  readonly start?: Readonly<Record<string, number>>;
  readonly bounds?: Readonly<Record<string, Bounds>>;
  readonly fixed?: string[];
  readonly integer?: string[];
  readonly freeConstants?: boolean;
  readonly restarts?: number;
  readonly seed?: number;
  readonly profile?: boolean;
  readonly level?: number;
  readonly band?: string;
  readonly json?: boolean;
}

const EXAMPLES = `
Every name in the formula that is no column is a parameter. Without errors those of all rows are taken as equal, and
such that chi2/ndf = 1. A covariance matrix is a table with a column for every row of the data.

Examples:
  ansatz statistics "a * exp(-b * x)" data.csv --target y --sigma dy
  ansatz statistics "a + b * x" data.csv --target y --covariance errors.csv --profile --level 0.95
  ansatz statistics "n * exp(-m / t)" counts.csv --target events --poisson --bin-low low --bin-high high --bin-variable m`;

/** Adds the command `statistics`; its code is loaded by `action`. */
export function addStatistics(
  program: Command,
  action: (formula: string, table: string, options: StatisticsArguments) => Promise<void>,
): void {
  program
    .command('statistics')
    .summary('fit the parameters of a formula, with errors')
    .description('Fits the parameters of a formula to a table and prints their errors, correlations and the p-value.')
    .argument('<formula>', 'formula in the names of columns and parameters')
    .argument('<table>', 'table of the data')
    .requiredOption('--target <column>', 'column that the formula explains', text('--target'))
    .option('--sigma <column>', 'column of standard errors of the target', text('--sigma'))
    .option('--sigma-up <column>', 'column of errors upwards, with --sigma-down', text('--sigma-up'))
    .option('--sigma-down <column>', 'column of errors downwards, positive', text('--sigma-down'))
    .option('--covariance <file>', 'table with the covariance matrix of the target', text('--covariance'))
    .option('--poisson', 'the target counts events')
    .option('--bin-low <column>', 'lower edges of the bins, over which the formula is integrated', text('--bin-low'))
    .option('--bin-high <column>', 'upper edges of the bins', text('--bin-high'))
    .option('--bin-variable <name>', 'variable of the formula that the bins divide', text('--bin-variable'))
    .option('--start <values>', 'first values, such as a=2,b=0.1 (default: 1)', starts('--start'))
    .option('--bounds <ranges>', 'ranges of parameters, such as a=0:,b=-1:1', ranges('--bounds'))
    .option('--fixed <parameters>', 'parameters that keep their first values, A,B,...', names('--fixed'))
    .option('--integer <parameters>', 'parameters that are whole numbers, A,B,...', names('--integer'))
    .option('--free-constants', 'make a parameter c1, c2, ... of every number in the formula')
    .option(
      '--restarts <n>',
      'more starts than the first',
      number('--restarts', { least: 0, most: 10_000, whole: true }),
    )
    .option('--seed <n>', 'seed of the restarts', number('--seed', { least: 0, most: 2 ** 53 - 1, whole: true }))
    .option('--profile', 'intervals by the profile likelihood, where the parabola fails')
    .option('--level <p>', 'probability of profile and band (default: 0.6827)', level('--level'))
    .option('--band <file>', 'write the curve with its error band in every row to this file, as CSV', text('--band'))
    .option('--json', 'print one JSON object and nothing else')
    .addHelpText('after', EXAMPLES)
    .action(action);
}

type Read<T> = (value: string, previous: T | undefined) => T;

/** NAME=VALUE,NAME=VALUE with values read one by one. */
function assignments<T>(option: string, read: (value: string, name: string) => T): Read<Readonly<Record<string, T>>> {
  const list = names(option);
  return (value, previous) => {
    const pairs = list(value, previous && []).map((item): [string, T] => {
      const at = item.lastIndexOf('=');
      const name = item.slice(0, at).trim();
      if (at < 0 || name === '') {
        throw new OptionError('not-an-assignment', option, `"${item}" names no value`, `write ${option} NAME=VALUE`);
      }
      return [name, read(item.slice(at + 1).trim(), name)];
    });
    const twice = pairs.find(([name], i) => pairs.findIndex(([other]) => other === name) !== i);
    if (twice) throw new OptionError('name-twice', option, `"${twice[0]}" is given twice`, 'give it once');
    return Object.fromEntries(pairs);
  };
}

function starts(option: string): Read<Readonly<Record<string, number>>> {
  return assignments(option, (value, name) => finite(option, value, name));
}

function ranges(option: string): Read<Readonly<Record<string, Bounds>>> {
  return assignments<Bounds>(option, (value, name) => {
    const sides = value.split(':').map((side) => side.trim());
    if (sides.length !== 2 || (sides[0] === '' && sides[1] === '')) {
      const hint = `write ${option} ${name}=LOWER:UPPER, one of which may be left out`;
      throw new OptionError('not-a-range', option, `"${value}" is no range`, hint);
    }
    const [lower, upper] = sides.map((side) => (side === '' ? undefined : finite(option, side, name)));
    return { lower, upper };
  });
}

function level(option: string): Read<number> {
  const read = number(option, { least: 0, most: 1, open: true });
  return (value, previous) => {
    const given = read(value, previous);
    if (given < 1) return given;
    throw new OptionError('out-of-range', option, `${value} is certainty`, 'give a probability such as 0.95');
  };
}

function finite(option: string, value: string, name: string): number {
  const given = /^[+-]?(\d+\.?\d*|\.\d+)(e[+-]?\d+)?$/i.test(value) ? Number(value) : Number.NaN;
  if (Number.isFinite(given)) return given;
  throw new OptionError('not-a-number', option, `"${value}" is not a number`, `write ${option} ${name}=NUMBER`);
}
