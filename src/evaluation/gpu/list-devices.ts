import { BackendError } from '../../core/index.ts';
import { absence } from './absence.ts';
import { INSTALL_GPU } from './load-gpu.ts';
import { GPU_MODES } from './modes.ts';
import { openGpu } from './open-gpu.ts';

/** A back-end of this machine. */
export interface DeviceRow {
  /** What `device` of a fit is given. */
  readonly device: 'wasm' | 'gpu' | 'reference';
  /** The mode of gpu.js; undefined for the others. */
  readonly mode?: string;
  readonly where: string;
  readonly isHere: boolean;
  /** What runs it, where it is here. */
  readonly runs?: string;
  /** Why it is not here, and what would bring it. */
  readonly reason?: string;
  readonly mend?: string;
}

const EVERYWHERE = { where: 'every processor', isHere: true };

/** Every back-end, and of those that are not here why and what to do. Opens each GPU mode for a moment. */
export async function listDevices(): Promise<DeviceRow[]> {
  const rows: DeviceRow[] = [{ device: 'wasm', ...EVERYWHERE, runs: 'WebAssembly with 128-bit vectors' }];
  for (const { mode, where } of GPU_MODES.filter((row) => row.isGraphics)) {
    const row = { device: 'gpu', mode, where } as const;
    try {
      const device = await openGpu({ mode });
      rows.push({ ...row, isHere: true, runs: device.renderer });
      device.dispose();
    } catch (error) {
      const missing = error instanceof BackendError && error.code === 'missing-package';
      const why = missing ? { reason: 'gpu.js is not installed', mend: INSTALL_GPU } : await absence(mode);
      rows.push({ ...row, isHere: false, ...why });
    }
  }
  return [...rows, { device: 'reference', ...EVERYWHERE, runs: 'plain JavaScript, slow, as a check' }];
}
