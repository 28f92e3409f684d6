import type { Command } from 'commander';
import { names, number } from './option-values.ts';

/** The options of `ansatz constant`. */
export interface ConstantArguments {
  readonly basis?: string[];
  readonly factors?: string[];
  readonly maxDegree?: number;
  readonly digits?: number;
  readonly timeLimit?: number;
  readonly json?: boolean;
}

const EXAMPLES = `
The digits carry the precision: 0.50 is known to half a unit of its second place. An error may be given, as in
"1.2345(6)" or "1.2345 +- 0.0006". What is printed is a conjecture; chance is the number of formulas as short or shorter
that a number without a law is expected to meet.

Examples:
  ansatz constant 1.644934066848226
  ansatz constant "0.5772156649(2)" --basis "1,pi,log(2),euler_gamma"
  echo 2.6651441426902252 | ansatz constant - --json`;

/** Adds the command `constant`; its code is loaded by `action`. */
export function addConstant(
  program: Command,
  action: (number: string, options: ConstantArguments) => Promise<void>,
): void {
  program
    .command('constant')
    .summary('formulas for a number from its digits')
    .description('Prints fractions, algebraic numbers, sums, products and small expressions that have these digits.')
    .argument('<number>', 'decimal number, or - for standard input')
    .option('--basis <formulas>', 'constants that a sum may hold, such as 1,pi,zeta(3)', names('--basis', true))
    .option('--factors <formulas>', 'constants whose powers a product may hold', names('--factors', true))
    .option(
      '--max-degree <n>',
      'highest degree of a polynomial',
      number('--max-degree', { least: 1, most: 16, whole: true }),
    )
    .option('--digits <n>', 'use only so many digits', number('--digits', { least: 1, most: 10000, whole: true }))
    .option(
      '--time-limit <seconds>',
      'seconds of a search',
      number('--time-limit', { least: 0, most: 86400, open: true }),
    )
    .option('--json', 'print one JSON object and nothing else')
    .addHelpText('after', EXAMPLES)
    .action(action);
}
