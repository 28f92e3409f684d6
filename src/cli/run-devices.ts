import { type DeviceRow, listDevices } from '../evaluation/index.ts';
import type { DevicesOptions } from './devices.ts';
import { EXIT } from './exit.ts';
import { print } from './output.ts';

/** Runs `ansatz devices`. */
export async function runDevices(options: DevicesOptions): Promise<number> {
  const rows = await listDevices();
  await print(options.json ? `${JSON.stringify(rows, null, 2)}\n` : `${rows.map(line).join('\n')}\n`);
  return EXIT.done;
}

function line({ device, mode, where, isHere, runs, reason, mend }: DeviceRow): string {
  const name = (mode ? `${device} (${mode})` : device).padEnd(16);
  return isHere ? `${name}  ${where}: ${runs}` : `${name}  ${where}: not here, ${reason}; ${mend}`;
}
