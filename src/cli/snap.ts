import type { Command } from 'commander';
import { names, text } from './option-values.ts';

/** The options of `ansatz snap`. */
export interface SnapArguments {
  readonly target: string;
  readonly inputs?: string[];
  readonly sigma?: string;
  readonly weights?: string;
  readonly loss?: string;
  readonly json?: boolean;
}

const EXAMPLES = `
The constants are fitted first; the price of a number is what the loss grows by when it takes a constant's place and
the others are fitted again. Of a chi2 a price below 1 is within the error of the constant.

Example:
  ansatz snap "365 * semi_major_axis^1.5" planets.csv --target period`;

/** Adds the command `snap`; its code is loaded by `action`. */
export function addSnap(
  program: Command,
  action: (formula: string, table: string, options: SnapArguments) => Promise<void>,
): void {
  program
    .command('snap')
    .summary('numbers of closed form near the constants of a formula')
    .description('Prints integers, rationals, multiples of pi and roots near every constant, with the loss each costs.')
    .argument('<formula>', 'formula in the names of the columns')
    .argument('<table>', 'table of the data')
    .requiredOption('--target <column>', 'column that the formula explains', text('--target'))
    .option('--inputs <columns>', 'columns that the formula may name', names('--inputs'))
    .option('--sigma <column>', 'column of standard errors of the target', text('--sigma'))
    .option('--weights <column>', 'column of row weights', text('--weights'))
    .option('--loss <name>', 'loss of a row, as in ansatz fit', text('--loss'))
    .option('--json', 'print one JSON object and nothing else')
    .addHelpText('after', EXAMPLES)
    .action(action);
}
