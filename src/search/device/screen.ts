import { BackendError } from '../../core/index.ts';
import {
  type Calibration,
  calibrate,
  createGpuEvaluator,
  type DevicePlan,
  type GpuDevice,
  type GpuEvaluator,
  type LocalEvaluator,
  type Loss,
  type Losses,
  openGpu,
  type Program,
  splitLosses,
} from '../../evaluation/index.ts';
import type { ProblemData } from '../problem.ts';

/** Where a run evaluates its broods. */
export type DeviceName = 'wasm' | 'gpu' | 'auto' | 'reference';

/** Rows times nodes of a population below which no device is worth measuring: the start of a dispatch costs more. */
const LEAST_WORK = 1e6;
const MEAN_NODES = 12;

/** Scores broods on a device. */
export interface Screen {
  readonly losses: (programs: readonly Program[], loss: Loss) => Losses;
  /** Puts the data on the device, where they are not yet. */
  setData(problem: ProblemData, cpu: LocalEvaluator): void;
  /** How `device: 'auto'` divides a brood, once it has measured one. */
  readonly planNote: () => string | undefined;
  dispose(): void;
}

/** A screen, or why there is none. */
export interface OpenedScreen {
  readonly screen: Screen | undefined;
  readonly note: string | undefined;
}

/**
 * Opens the device of a run.
 *
 * @param brood children that are scored at once
 * @throws BackendError for `gpu` where there is none
 */
export async function openScreen(device: DeviceName, rows: number, brood: number): Promise<OpenedScreen> {
  if (device !== 'gpu' && device !== 'auto') return { screen: undefined, note: undefined };
  if (device === 'auto' && (brood < 2 || rows * brood * MEAN_NODES < LEAST_WORK)) {
    return {
      screen: undefined,
      note: `device: wasm; broods of ${brood} on ${rows} rows are too little work for a GPU`,
    };
  }
  try {
    const gpu = await openGpu();
    const screen = new DeviceScreen(gpu, device === 'auto' ? undefined : { share: 1 });
    return { screen, note: `device: ${gpu.mode} (${gpu.renderer}); broods are scored there, one thread does the rest` };
  } catch (error) {
    if (device === 'gpu') throw error;
    return { screen: undefined, note: `device: wasm; ${(error as Error).message}` };
  }
}

/** Plans by the shape of the work, so that the same shape has the same plan in one process. */
const plans = new Map<string, Calibration>();

class DeviceScreen implements Screen {
  private readonly gpu: GpuEvaluator;
  private cpu: LocalEvaluator | undefined;
  private problem: ProblemData | undefined;
  private shape = '';
  private readonly measures: boolean;
  private measured: Calibration | undefined;

  constructor(
    private readonly device: GpuDevice,
    private plan: DevicePlan | undefined,
  ) {
    this.measures = plan === undefined;
    this.gpu = createGpuEvaluator(device);
  }

  setData(problem: ProblemData, cpu: LocalEvaluator): void {
    this.cpu = cpu;
    if (this.problem === problem) return;
    this.problem = problem;
    try {
      this.gpu.setData(problem);
    } catch (error) {
      // A table that the device cannot hold: "auto" goes on without it.
      if (!this.measures || !(error instanceof BackendError)) throw error;
      this.plan = { share: 0 };
    }
    this.shape = `${problem.target.length} x ${problem.columns.length}`;
  }

  planNote = (): string | undefined => {
    if (!this.measured) return undefined;
    const { plan, gpuSeconds, cpuSeconds } = this.measured;
    const ms = (seconds: number): string => `${(1000 * seconds).toPrecision(3)} ms`;
    return `auto: ${Math.round(100 * plan.share)}% of a brood on the GPU; a brood takes ${ms(gpuSeconds)} there, ${ms(cpuSeconds)} on wasm`;
  };

  losses = (programs: readonly Program[], loss: Loss): Losses => {
    const { gpu, cpu } = this;
    if (!cpu || programs.length === 0) return gpu.losses(programs, loss);
    this.plan ??= this.measure(cpu, programs, loss);
    return splitLosses(gpu, cpu, this.plan, programs, loss);
  };

  private measure(cpu: LocalEvaluator, programs: readonly Program[], loss: Loss): DevicePlan {
    const key = `${this.device.mode} ${this.device.renderer} ${this.shape} ${loss.name}`;
    this.measured = plans.get(key) ?? calibrate(this.gpu, cpu, programs, loss);
    plans.set(key, this.measured);
    return this.measured.plan;
  }

  dispose(): void {
    this.gpu.dispose();
    this.device.dispose();
  }
}
