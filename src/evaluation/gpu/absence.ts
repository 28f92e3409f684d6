import { hasNativeGl } from './load-gpu.ts';
import { type GpuMode, modeRow } from './modes.ts';

/** Why a mode is not here, and what would bring it. */
export interface Absence {
  readonly reason: string;
  readonly mend: string;
}

/** Looks into why gpu.js could not open a mode. */
export async function absence(mode: GpuMode): Promise<Absence> {
  const isNode = typeof process !== 'undefined' && process.versions?.node !== undefined;
  const { hint } = modeRow(mode);
  if (mode === 'headlessgl') {
    if (!isNode) return { reason: 'this is a browser', mend: 'use WebGL' };
    return (await hasNativeGl())
      ? {
          reason: 'the package gl finds no display',
          mend: 'use a desktop session, or run the command under "xvfb-run -a"',
        }
      : { reason: 'the package gl is not installed, or not built', mend: hint };
  }
  return isNode
    ? { reason: 'this is Node', mend: hint }
    : { reason: 'the browser gives no device', mend: 'allow graphics in its settings' };
}
