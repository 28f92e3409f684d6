import type { LocalEvaluator, Loss, Losses } from '../contract.ts';
import type { Program } from '../program.ts';
import type { GpuEvaluator } from './create-gpu-evaluator.ts';

/** Which programs of a population the device evaluates. */
export interface DevicePlan {
  /** Share of the programs, 0 to 1. */
  readonly share: number;
  /** Fewer programs than this are evaluated on the CPU: to start the device takes longer. 1 by default. */
  readonly least?: number;
}

/**
 * Losses of a population, the first part of it on the device and the rest on the CPU meanwhile.
 *
 * Which programs go where depends on the plan and on their number alone.
 */
export function splitLosses(
  gpu: GpuEvaluator,
  cpu: Pick<LocalEvaluator, 'losses'>,
  { share, least = 1 }: DevicePlan,
  programs: readonly Program[],
  loss: Loss,
  rows?: number,
): Losses {
  const count = programs.length < least ? 0 : Math.round(share * programs.length);
  if (count === 0) return cpu.losses(programs, loss, rows);
  const wait = gpu.begin(programs.slice(0, count), loss, rows);
  const rest = cpu.losses(programs.slice(count), loss, rows);
  const losses = new Float64Array(programs.length);
  losses.set(wait());
  losses.set(rest, count);
  return losses;
}
