import { BackendError } from '../../core/index.ts';
import type { Evaluator, LocalEvaluator, Loss, Losses } from '../contract.ts';
import type { Program } from '../program.ts';
import { DeviceWork, type GpuCounts } from './device-work.ts';
import { modeRow } from './modes.ts';
import type { GpuDevice } from './open-gpu.ts';
import { runLater, runNow } from './steps.ts';

/** The back-end of gpu.js on a device that answers at once. */
export interface GpuEvaluator extends LocalEvaluator {
  readonly device: GpuDevice;
  readonly counts: GpuCounts;
  /** Starts `losses` on the device, so that this thread can work meanwhile; the returned function waits for them. */
  begin(programs: readonly Program[], loss: Loss, rows?: number): () => Losses;
}

/** The back-end of gpu.js on any device; its answers are promises. */
export interface AsyncGpuEvaluator extends Evaluator {
  readonly device: GpuDevice;
  readonly counts: GpuCounts;
}

/**
 * The back-end of gpu.js: losses and values on an open device in f32, derivatives on the CPU in f64.
 *
 * A program that is not finite on the device, or that it cannot compute to the last places of f32, is settled on the
 * CPU by the rules of the operator table. Equal programs have equal losses on one device, in any batch.
 *
 * @throws BackendError "asynchronous" for a device whose answers are promises
 * @example createGpuEvaluator(await openGpu({ mode: 'cpu' })).capabilities.name // 'gpu (cpu)'
 */
export function createGpuEvaluator(device: GpuDevice): GpuEvaluator {
  if (modeRow(device.mode).isAsync) {
    const hint = 'use createAsyncGpuEvaluator';
    throw new BackendError('asynchronous', 'gpu', device.mode, `the mode ${device.mode} answers with promises`, hint);
  }
  const work = new DeviceWork(device);
  const { cpu } = work;
  const begin: GpuEvaluator['begin'] = (programs, loss, rows) => {
    const started = runNow(work.start(programs, loss, rows));
    return () => runNow(work.finish(started));
  };
  return {
    device,
    capabilities: work.capabilities,
    get counts() {
      return work.counts;
    },
    setData: (data) => work.setData(data),
    updateColumn: (index, values) => work.updateColumn(index, values),
    begin,
    losses: (programs, loss, rows) => begin(programs, loss, rows)(),
    values: (program, rows) => runNow(work.values(program, rows)),
    loss: (program, constants, loss, rows) => cpu.loss(program, constants, loss, rows),
    jacobian: (program, rows) => cpu.jacobian(program, rows),
    normalEquations: (program, constants, loss, out, rows) => cpu.normalEquations(program, constants, loss, out, rows),
    dispose: () => work.dispose(),
  };
}

/** The same for every device, WebGPU among them: `losses` and `values` are promises, and there are no derivatives. */
export function createAsyncGpuEvaluator(device: GpuDevice): AsyncGpuEvaluator {
  const work = new DeviceWork(device);
  return {
    device,
    capabilities: work.capabilities,
    get counts() {
      return work.counts;
    },
    setData: (data) => work.setData(data),
    losses: async (programs, loss, rows) => runLater(work.finish(await runLater(work.start(programs, loss, rows)))),
    values: (program, rows) => runLater(work.values(program, rows)),
    dispose: () => work.dispose(),
  };
}
