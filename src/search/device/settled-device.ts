import type { DevicePlan, GpuMode } from '../../evaluation/index.ts';

/** Where the broods of a run are scored, as plain data: a saved run goes on there. */
export interface SettledDevice {
  readonly mode: GpuMode | 'wasm';
  /** What the driver calls itself; empty for WebAssembly. */
  readonly renderer: string;
  readonly plan: DevicePlan;
  /** Children that are scored at once. */
  readonly brood: number;
}
