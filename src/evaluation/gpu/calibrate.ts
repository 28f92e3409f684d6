import { now } from '../../core/index.ts';
import type { LocalEvaluator, Loss } from '../contract.ts';
import type { Program } from '../program.ts';
import type { GpuEvaluator } from './create-gpu-evaluator.ts';
import { type DevicePlan, splitLosses } from './split.ts';

/** Repetitions of a measurement; the fastest counts. */
const ROUNDS = 3;
/** A device must make a population this much faster to be worth its start. */
const LEAST_GAIN = 1.05;
/** Programs times rows of the first measurement, and the factor to the next. */
const FIRST_WORK = 1e4;
const GROWTH = 4;
/** A device so many times slower than the CPU, at work that fills it, gains nothing in any division. */
const HOPELESS = 20;
/** It is filled when more work takes it more time: this share of what is in proportion. */
const FILLED = 0.5;
/** Stack of the programs of all but the last measurement: their kernel is the quickest to compile. */
const SHALLOW = 4;

/** Seconds of each way of evaluating one population, and the plan that they lead to. */
export interface Calibration {
  readonly plan: DevicePlan;
  readonly cpuSeconds: number;
  readonly gpuSeconds: number;
  /** With the population split as the two speeds suggest. */
  readonly splitSeconds: number;
  /** Rows that were measured; all where it is undefined. */
  readonly rows: number | undefined;
}

/** What a calibration may look at, and how long. */
export interface CalibrationLimits {
  /** Rows of the data; all are measured at once where it is not given. */
  readonly rows?: number;
  /** Seconds after which no further measurement is begun. */
  readonly mostSeconds?: number;
}

/** One measurement. */
interface Measured {
  readonly cpuSeconds: number;
  readonly gpuSeconds: number;
  readonly programs: number;
  /** All rows where it is undefined. */
  readonly rows: number | undefined;
}

/**
 * Measures one population on both back-ends, and split over them.
 *
 * Begins with few rows, so that a device which is no gain is found out at little cost.
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
  { rows, mostSeconds = Infinity }: CalibrationLimits = {},
): Calibration {
  const end = clock() + mostSeconds;
  const isOver = (): boolean => clock() >= end;
  const seconds = (work: () => unknown): number => {
    let least = Infinity;
    for (let i = 0; i < ROUNDS && (i === 0 || !isOver()); i++) {
      const start = clock();
      work();
      least = Math.min(least, clock() - start);
    }
    return least;
  };
  const measure = (some: readonly Program[], count: number | undefined): Measured => ({
    cpuSeconds: seconds(() => cpu.losses(some, loss, count)),
    gpuSeconds: seconds(() => gpu.losses(some, loss, count)),
    programs: some.length,
    rows: count,
  });

  const steps: Measured[] = [];
  const firstRows = Math.ceil(FIRST_WORK / Math.max(1, programs.length));
  if (rows !== undefined && firstRows < rows) {
    const shallow = programs.filter((program) => program.stackDepth <= SHALLOW);
    const some = 2 * shallow.length >= programs.length ? shallow : programs;
    // The first call compiles and uploads.
    gpu.losses(some, loss, firstRows);
    for (let count = firstRows, expected = 0; clock() + expected < end; count = Math.min(rows, GROWTH * count)) {
      const step = measure(some, count);
      steps.push(step);
      if (isHopeless(steps)) return without(step);
      if (count === rows) break;
      expected = ROUNDS * GROWTH * (step.cpuSeconds + step.gpuSeconds);
    }
    const last = steps[steps.length - 1];
    if (!last || isOver() || (last.rows !== rows && isFarBehind(last))) return without(last);
  }
  const count = steps[steps.length - 1]?.rows;
  gpu.losses(programs, loss, count);
  const all = measure(programs, count);
  if (isOver()) return without(all);
  const { cpuSeconds, gpuSeconds } = all;
  const even = cpuSeconds + gpuSeconds > 0 ? cpuSeconds / (cpuSeconds + gpuSeconds) : 0;
  const splitSeconds = seconds(() => splitLosses(gpu, cpu, { share: even }, programs, loss, count));
  const [share] = [
    [0, cpuSeconds],
    [1, gpuSeconds * LEAST_GAIN],
    [even, splitSeconds * LEAST_GAIN],
  ].reduce((a, b) => (b[1] < a[1] ? b : a));
  const least = steps.length > 1 ? leastPrograms(steps, rows as number) : 1;
  return { plan: { share, least }, cpuSeconds, gpuSeconds, splitSeconds, rows: count };
}

/** The answer of a calibration that was broken off. */
function without(measured: Measured | undefined): Calibration {
  const { cpuSeconds = 0, gpuSeconds = Infinity, rows } = measured ?? {};
  return { plan: { share: 0 }, cpuSeconds, gpuSeconds, splitSeconds: Infinity, rows };
}

function isFarBehind({ gpuSeconds, cpuSeconds }: Measured): boolean {
  return gpuSeconds > HOPELESS * cpuSeconds;
}

/** Whether a device is slow for no want of work. */
function isHopeless(steps: readonly Measured[]): boolean {
  const [before, last] = steps.slice(-2);
  if (!last) return false;
  const isFilled = last.gpuSeconds > FILLED * ((last.rows ?? 1) / (before.rows ?? 1)) * before.gpuSeconds;
  return isFilled && isFarBehind(last);
}

/** Programs that keep the CPU as long as the device, which also takes its time to start. */
function leastPrograms(steps: readonly Measured[], rows: number): number {
  const workOf = (step: Measured): number => step.programs * (step.rows ?? 1);
  const [few, many] = [steps[0], steps[steps.length - 1]];
  const perWork = Math.max(0, (many.gpuSeconds - few.gpuSeconds) / (workOf(many) - workOf(few)));
  const start = Math.max(0, few.gpuSeconds - perWork * workOf(few));
  const gain = many.cpuSeconds / workOf(many) - perWork;
  return gain > 0 ? Math.max(1, Math.ceil(start / gain / rows)) : 1;
}
