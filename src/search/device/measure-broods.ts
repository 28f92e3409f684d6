import { now, type RandomStream } from '../../core/index.ts';
import {
  type Calibration,
  calibrate,
  createGpuEvaluator,
  type GpuDevice,
  type Program,
} from '../../evaluation/index.ts';
import type { Expression } from '../../expressions/index.ts';
import type { Objective } from '../objective.ts';

/** Laws of a measurement at most, and rows on which they are first tried. */
const MOST_MEASURED = 1024;
const TRIED_ROWS = 256;
/** Laws of a brood that are fitted, about: the best of each size. */
const FITTED = 6;
/** Iterations of such a fit. */
const ITERATIONS = 8;
/** A device must end an event this much sooner to be taken. */
const LEAST_GAIN = 1.05;

/** What a measurement is about. */
export interface BroodWork {
  readonly brood: number;
  /** Threads that the run has without a device. */
  readonly threads: number;
  /** Scores trees one at a time; its data are set. */
  readonly objective: Objective;
  /** Draws a tree such as those of a brood. */
  readonly draw: (random: RandomStream) => Expression;
  readonly random: RandomStream;
  /** Seconds after which no further measurement is begun. */
  readonly mostSeconds: number;
}

/** Measurements by device and shape of the work: equal runs in one process go the same way. */
const known = new Map<string, Calibration>();

/**
 * The plan for broods on a device: it is taken where breeding, scoring and fitting end sooner with it on one thread than
 * without it on all. The evaluations are not counted as the run's.
 */
export function measureBroods(work: BroodWork, gpu: GpuDevice): Calibration {
  const { objective, brood, threads } = work;
  const { columns, loss } = objective.problem;
  const key = [gpu.mode, gpu.renderer, objective.rows, columns.length, brood, threads, loss.name].join();
  const calibration = known.get(key) ?? measure(work, gpu);
  // A run that had no time for it leaves the question to the next.
  if (Number.isFinite(calibration.gpuSeconds)) known.set(key, calibration);
  return calibration;
}

function measure(work: BroodWork, device: GpuDevice): Calibration {
  const begun = now();
  const { objective, threads } = work;
  const { rows, usedRows, problem } = objective;
  const evaluator = createGpuEvaluator(device);
  try {
    const { trees, programs } = drawn(work);
    evaluator.setData(problem);
    const mostSeconds = work.mostSeconds - (now() - begun);
    const calibration = calibrate(evaluator, objective.device, programs, problem.loss, now, { rows, mostSeconds });
    const { cpuSeconds, gpuSeconds, splitSeconds, plan } = calibration;
    if (plan.share === 0) return calibration;
    const measured = (calibration.rows ?? rows) / rows;
    const fits = FITTED * secondsOfFit(objective, trees, work.mostSeconds) * measured;
    const onDevice = Math.min(gpuSeconds, splitSeconds) + fits;
    const isGain = onDevice * LEAST_GAIN < (cpuSeconds + fits) / threads;
    return isGain ? calibration : { ...calibration, plan: { share: 0 } };
  } finally {
    evaluator.dispose();
    objective.usedRows = usedRows;
  }
}

/** Laws that are finite on the first rows at least. */
function drawn({ objective, brood, draw, random }: BroodWork): { trees: Expression[]; programs: Program[] } {
  const count = Math.min(brood, MOST_MEASURED);
  const trees: Expression[] = [];
  const programs: Program[] = [];
  for (let attempt = 0; attempt < 10 * count && programs.length < count; attempt++) {
    const tree = draw(random);
    const program = objective.program(tree);
    if (!program || !objective.device.values(program, Math.min(TRIED_ROWS, objective.rows)).finite) continue;
    trees.push(tree);
    programs.push(program);
  }
  return { trees, programs };
}

/** Of one law, on all rows. */
function secondsOfFit(objective: Objective, trees: readonly Expression[], mostSeconds: number): number {
  const start = now();
  let fitted = 0;
  for (const tree of trees.slice(0, FITTED)) {
    if (now() - start > mostSeconds) break;
    objective.search(tree, ITERATIONS);
    fitted++;
  }
  return (now() - start) / Math.max(1, fitted);
}
