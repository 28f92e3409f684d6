import { type GpuDevice, openGpu } from '../../../src/evaluation/index.ts';
import type { Row } from '../../row.ts';
import { auto } from './auto.ts';
import { broods } from './broods.ts';
import { populations } from './populations.ts';

/** Node-rows per second below which no graphics card is at work. */
const SOFTWARE_SPEED = 1e9;

export const usage = `usage: npm run bench -- gpu [--quick] [--json]
  Losses of 1 000 to 100 000 expressions on 1 000 to 1 000 000 rows, on the GPU and on WebAssembly of one core; searches by
  broods on both; what device "auto" costs. The result names the device. Without a graphics card the answers are checked
  and the times mean nothing. "ansatz devices" lists what is here.`;

/** The device as the result names it. */
interface DeviceRecord {
  readonly mode: string;
  readonly renderer: string;
  readonly isCard: boolean;
  readonly note: string;
}

/** The best device; without a graphics driver, a CPU mode of gpu.js serves to check the answers. */
async function open(): Promise<{ readonly device: GpuDevice; readonly absence: string | undefined }> {
  try {
    return { device: await openGpu(), absence: undefined };
  } catch (error) {
    return { device: await openGpu({ mode: 'webasm' }), absence: (error as Error).message };
  }
}

/** All of it on the best device that is here. */
export async function run({ quick, log }: { quick: boolean; log: (text: string) => void }): Promise<{
  readonly device: DeviceRecord;
  readonly rows: readonly Row[];
}> {
  const ofAuto = await auto(quick, log);
  const { device, absence } = await open();
  if (absence !== undefined) log(absence);
  log(`${device.mode}: ${device.renderer}`);
  const { rows, speed, crossover, leftOut } = populations(device, quick, log);
  const isCard = device.isGraphics && speed > SOFTWARE_SPEED;
  const { mode, renderer, isGraphics } = device;
  device.dispose();
  const software = 'no graphics card was at hand: the answers are checked, the times mean nothing';
  const ahead = crossover ? `the GPU is ahead from ${crossover}` : 'the GPU is nowhere ahead of one core';
  const cells = leftOut > 0 ? `; ${leftOut} larger populations would have taken too long` : '';
  const note = `${absence ? `${absence}; ` : ''}${isCard ? ahead : software}${cells}`;
  log(note);
  const ofBroods = isGraphics ? await broods(isCard, quick, log) : [];
  return { device: { mode, renderer, isCard, note }, rows: [...rows, ...ofBroods, ...ofAuto] };
}
