import type { Command } from 'commander';
import { number, text } from './option-values.ts';

/** What `ansatz explain` is told beside the formula. */
export interface ExplainArguments {
  readonly domain?: string;
  readonly data?: string;
  readonly about?: string;
  readonly order?: number;
  readonly cas?: boolean;
  readonly json?: boolean;
}

const EXAMPLES = `
A domain is written x=0..10,y=1..inf; x=2 holds a variable. Without one a variable may be any number.
Bounds, signs and trends are proven on the domain; limits and series are checked against values of the formula.
What could be neither proven nor checked is "undecided" or "unknown".

Examples:
  ansatz explain "x * exp(-x / a)" --domain x=0..10,a=1..inf
  ansatz explain "x / (exp(x) - 1)" --order 6 --about x=1
  ansatz explain "a * b / (a + b)" --data table.csv --json`;

/** Enters `ansatz explain` among the commands. */
export function addExplain(
  program: Command,
  action: (formula: string, options: ExplainArguments) => Promise<void>,
): void {
  program
    .command('explain')
    .summary('what a formula does: derivatives, limits, series, signs, trends, zeros')
    .description('Prints derivatives, limits, series, sign, trends, zeros and poles of a formula on a domain.')
    .argument('<formula>', 'formula, such as "x * exp(-x)"')
    .option('--domain <intervals>', 'interval of each variable, x=0..10,y=1..inf', text('--domain'))
    .option(
      '--data <table>',
      'take the intervals from the columns of this table; --domain has the last word',
      text('--data'),
    )
    .option('--order <n>', 'order of the series (default: 4)', number('--order', { least: 0, most: 20, whole: true }))
    .option('--about <points>', 'further points for series, x=1,y=2', text('--about'))
    .option('--no-cas', 'do not ask nerdamer for a simpler form')
    .option('--json', 'print one JSON object and nothing else')
    .addHelpText('after', EXAMPLES)
    .action(action);
}
