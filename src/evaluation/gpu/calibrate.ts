import { now } from '../../core/index.ts';
import type { LocalEvaluator, Loss } from '../contract.ts';
import type { Program } from '../program.ts';
import type { GpuEvaluator } from './create-gpu-evaluator.ts';
import { type DevicePlan, splitLosses } from './split.ts';

/** Repetitions of a measurement; the fastest counts. */
const ROUNDS = 3;
/** A device must make a population this much faster to be worth its start. */
const LEAST_GAIN = 1.05;

/** Seconds of each way of evaluating one population, and the plan that they lead to. */
export interface Calibration {
  readonly plan: DevicePlan;
  readonly cpuSeconds: number;
  readonly gpuSeconds: number;
  /** With the population split as the two speeds suggest. */
  readonly splitSeconds: number;
}

/**
 * Measures one population on both back-ends, and split over them.
 *
 * @param cpu, gpu hold the same data
 * @param clock seconds; the real one by default
 */
export function calibrate(
  gpu: GpuEvaluator,
  cpu: Pick<LocalEvaluator, 'losses'>,
  programs: readonly Program[],
  loss: Loss,
  clock: () => number = now,
): Calibration {
  const seconds = (work: () => unknown): number => {
    let least = Infinity;
    for (let i = 0; i < ROUNDS; i++) {
      const start = clock();
      work();
      least = Math.min(least, clock() - start);
    }
    return least;
  };
  // The first call compiles and uploads.
  gpu.losses(programs, loss);
  const cpuSeconds = seconds(() => cpu.losses(programs, loss));
  const gpuSeconds = seconds(() => gpu.losses(programs, loss));
  const even = cpuSeconds + gpuSeconds > 0 ? cpuSeconds / (cpuSeconds + gpuSeconds) : 0;
  const splitSeconds = seconds(() => splitLosses(gpu, cpu, { share: even }, programs, loss));
  const [share] = [
    [0, cpuSeconds],
    [1, gpuSeconds * LEAST_GAIN],
    [even, splitSeconds * LEAST_GAIN],
  ].reduce((a, b) => (b[1] < a[1] ? b : a));
  return { plan: { share }, cpuSeconds, gpuSeconds, splitSeconds };
}
