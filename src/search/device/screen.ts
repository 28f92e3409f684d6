import {
  createGpuEvaluator,
  type DevicePlan,
  type GpuDevice,
  type LocalEvaluator,
  type Loss,
  type Losses,
  type Program,
  splitLosses,
} from '../../evaluation/index.ts';
import type { ProblemData } from '../problem.ts';

/** Scores broods on a device. */
export interface Screen {
  readonly losses: (programs: readonly Program[], loss: Loss) => Losses;
  /** Puts the data on the device, where they are not yet. */
  setData(problem: ProblemData, cpu: LocalEvaluator): void;
  dispose(): void;
}

/** Scores the share of every brood that the plan says on the device, and the rest on the CPU meanwhile. */
export function deviceScreen(device: GpuDevice, plan: DevicePlan): Screen {
  const gpu = createGpuEvaluator(device);
  let on: { readonly problem: ProblemData; readonly cpu: LocalEvaluator } | undefined;
  return {
    losses: (programs, loss) => (on ? splitLosses(gpu, on.cpu, plan, programs, loss) : gpu.losses(programs, loss)),
    setData(problem, cpu) {
      if (on?.problem !== problem) gpu.setData(problem);
      on = { problem, cpu };
    },
    dispose() {
      gpu.dispose();
      device.dispose();
    },
  };
}
