import type { Command } from 'commander';
import { text } from './option-values.ts';

/** The options of `ansatz report`, each read. */
export interface ReportArguments {
  readonly table?: string;
  readonly sigma?: string;
  readonly out?: string;
}

const EXAMPLES = `
The page holds its figures, fonts and numbers itself: it opens without a network and runs no script.

Examples:
  ansatz fit planets.csv --target period --out run
  ansatz report run
  ansatz report run --table planets.csv --out planets.html`;

/** Adds the command `report`; its code is loaded by `action`. */
export function addReport(program: Command, action: (folder: string, options: ReportArguments) => Promise<void>): void {
  program
    .command('report')
    .summary('one page about a saved run')
    .description('Writes one HTML page about a run: its law, front, fit, residuals, data and options.')
    .argument('<folder>', 'folder that ansatz fit --out saved the run in')
    .option('--table <file>', 'the table that was fitted (default: as saved with the run)', text('--table'))
    .option('--sigma <column>', 'column of standard errors, where the run has not saved it', text('--sigma'))
    .option('--out <file>', 'the page (default: report.html in the folder)', text('--out'))
    .addHelpText('after', EXAMPLES)
    .action(action);
}
