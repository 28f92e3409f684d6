import type { Command } from 'commander';

export interface DevicesOptions {
  readonly json?: boolean;
}

const EXAMPLES = `
Examples:
  ansatz devices
  ansatz fit data.csv --target y --device gpu`;

/** Adds the command `devices`; its code is loaded by `action`. */
export function addDevices(program: Command, action: (options: DevicesOptions) => Promise<void>): void {
  program
    .command('devices')
    .summary('what can evaluate formulas here')
    .description('Lists the back-ends of this machine, and of those that are missing why and what would add them.')
    .option('--json', 'write JSON')
    .addHelpText('after', EXAMPLES)
    .action(action);
}
