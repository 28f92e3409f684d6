import { BackendError, now, type RandomStream } from '../../core/index.ts';
import {
  type Calibration,
  calibrate,
  createGpuEvaluator,
  type GpuDevice,
  openGpu,
  type Program,
} from '../../evaluation/index.ts';
import type { Expression } from '../../expressions/index.ts';
import type { Objective } from '../objective.ts';
import { deviceScreen, type Screen } from './screen.ts';

/** Rows times laws of a brood below which no device is worth a look: the start of a dispatch costs more. */
const LEAST_WORK = 1e5;
/** Laws of a measurement at most. */
const MOST_MEASURED = 1024;
/** Laws of a brood that are fitted, about: the best of each size. */
const FITTED = 6;
/** A device must end an event this much sooner to be taken. */
const LEAST_GAIN = 1.05;

/** What a run asks of a device. */
export interface ScreenRequest {
  readonly device: 'wasm' | 'gpu' | 'auto' | 'reference';
  /** Children that are scored at once. */
  readonly brood: number;
  /** Threads that the run would have without a device. */
  readonly threads: number;
  /** Scores trees one at a time; its data are set. */
  readonly objective: Objective;
  /** Draws a tree such as those of a brood. */
  readonly draw: (random: RandomStream) => Expression;
  readonly random: RandomStream;
}

/** A screen, or why there is none. */
export interface OpenedScreen {
  readonly screen: Screen | undefined;
  readonly note: string | undefined;
}

/**
 * Opens the device of a run.
 *
 * With "auto" both back-ends are measured on a brood, and the device is taken where breeding, scoring and fitting end
 * sooner with it on one thread than without it on all.
 *
 * @throws BackendError for "gpu" where there is none
 */
export async function openScreen(request: ScreenRequest): Promise<OpenedScreen> {
  const { device, brood, objective } = request;
  const without = (why: string): OpenedScreen => ({ screen: undefined, note: `device: wasm; ${why}` });
  if (brood > 1 && !objective.screens)
    return without('likelihoods and losses of your own are scored one law at a time');
  if (device !== 'gpu' && device !== 'auto') return { screen: undefined, note: undefined };
  if (device === 'auto' && (brood < 2 || objective.rows * brood < LEAST_WORK)) {
    return without(`broods of ${brood} on ${objective.rows} rows are too little work for a GPU`);
  }
  let gpu: GpuDevice | undefined;
  try {
    gpu = await openGpu();
    const note = `device: ${gpu.mode} (${gpu.renderer}); broods are scored there, one thread does the rest`;
    if (device === 'gpu') return { screen: deviceScreen(gpu, { share: 1 }), note };
    const { plan, gpuSeconds, cpuSeconds } = measured(request, gpu);
    const times = `a brood takes ${milliseconds(gpuSeconds)} there, ${milliseconds(cpuSeconds)} on wasm`;
    if (plan.share > 0) return { screen: deviceScreen(gpu, plan), note: `${note}, ${percent(plan.share)}; ${times}` };
    gpu.dispose();
    return without(`${gpu.mode} (${gpu.renderer}) is no gain: ${times}, on ${request.threads} threads`);
  } catch (error) {
    gpu?.dispose();
    if (device === 'gpu' || !(error instanceof BackendError)) throw error;
    return without(error.message);
  }
}

const milliseconds = (seconds: number): string => `${(1000 * seconds).toPrecision(3)} ms`;
const percent = (share: number): string => `${Math.round(100 * share)}% of each`;

/** Measurements by device and shape of the work: equal runs in one process go the same way. */
const known = new Map<string, Calibration>();

function measured(request: ScreenRequest, gpu: GpuDevice): Calibration {
  const { objective, brood, threads } = request;
  const { problem } = objective;
  const key = [
    gpu.mode,
    gpu.renderer,
    objective.rows,
    problem.columns.length,
    brood,
    threads,
    problem.loss.name,
  ].join();
  const calibration = known.get(key) ?? measure(request, gpu);
  known.set(key, calibration);
  return calibration;
}

function measure({ objective, brood, threads, draw, random }: ScreenRequest, device: GpuDevice): Calibration {
  const { usedRows } = objective;
  const count = Math.min(brood, MOST_MEASURED);
  const trees: Expression[] = [];
  const programs: Program[] = [];
  for (let attempt = 0; attempt < 10 * count && programs.length < count; attempt++) {
    const tree = draw(random);
    const program = objective.program(tree);
    if (!program || Number.isNaN(objective.lossOf(tree))) continue;
    trees.push(tree);
    programs.push(program);
  }
  const evaluator = createGpuEvaluator(device);
  try {
    evaluator.setData(objective.problem);
    const calibration = calibrate(evaluator, objective.device, programs, objective.problem.loss);
    const start = now();
    for (const tree of trees.slice(0, FITTED)) objective.search(tree, 8);
    const fits = now() - start;
    const { cpuSeconds, gpuSeconds, splitSeconds, plan } = calibration;
    const onDevice = Math.min(gpuSeconds, splitSeconds) + fits;
    const isGain = onDevice * LEAST_GAIN < (cpuSeconds + fits) / threads;
    return { ...calibration, plan: isGain ? plan : { share: 0 } };
  } finally {
    evaluator.dispose();
    objective.usedRows = usedRows;
  }
}
