import { BackendError, now } from '../../core/index.ts';
import { type GpuDevice, openGpu } from '../../evaluation/index.ts';
import { type BroodWork, measureBroods } from './measure-broods.ts';
import { OVERHEAD } from './overhead.ts';
import { deviceScreen, type Screen } from './screen.ts';
import type { SettledDevice } from './settled-device.ts';

/** Rows times laws of a brood below which no device is worth a look: the start of a dispatch costs more. */
const LEAST_WORK = 1e5;

/** What a run asks of a device. */
export interface DeviceRequest {
  readonly device: 'wasm' | 'gpu' | 'auto' | 'reference';
  /** Children that are scored at once. */
  readonly brood: number;
  readonly rows: number;
  /** Whether the loss can be scored for many laws at once. */
  readonly screens: boolean;
}

/** Where a run scores its broods: settled at its start, by its saved state, or under "auto" on the way. */
export class DeviceChoice {
  /** What scores broods; undefined where the objective does. */
  screen: Screen | undefined;
  /** Undefined while the choice is open. */
  settled: SettledDevice | undefined;
  /** What the run says at its end about a choice that was never made. */
  readonly openNote = 'device: wasm; the run was over before a GPU could have earned its start';

  private constructor(
    private readonly brood: number,
    private readonly note: (text: string) => void,
  ) {}

  /** No device, and no question of one. */
  static onWasm(brood: number): DeviceChoice {
    const choice = new DeviceChoice(brood, () => {});
    choice.stay();
    return choice;
  }

  /**
   * @param saved what a saved run had settled
   * @param note takes a line for the user
   * @throws BackendError for "gpu", or for a saved run on a device, where that is not here
   */
  static async begin(
    request: DeviceRequest,
    saved: SettledDevice | undefined,
    note: (text: string) => void,
  ): Promise<DeviceChoice> {
    const choice = new DeviceChoice(request.brood, note);
    const { device, brood, rows, screens } = request;
    const little = `broods of ${brood} on ${rows} rows are too little work for a GPU`;
    if (saved) await choice.resume(saved, device);
    else if (brood > 1 && !screens) choice.stay('likelihoods and losses of your own are scored one law at a time');
    else if (device === 'gpu') choice.take(await openGpu(), { share: 1 });
    else if (device !== 'auto') choice.stay();
    else if (brood < 2 || rows * brood < LEAST_WORK) choice.stay(little);
    return choice;
  }

  get isOpen(): boolean {
    return this.settled === undefined;
  }

  /** Rows that all threads pass over before an open choice is made. */
  rowsBefore(rows: number, threads: number): number {
    return (OVERHEAD.secondsBefore * threads) / (OVERHEAD.secondsOfRow + OVERHEAD.secondsOfLaw / rows);
  }

  /**
   * Makes an open choice by measurements of a brood on both back-ends.
   *
   * @param elapsed seconds of the run so far
   */
  async settle(work: Omit<BroodWork, 'brood' | 'mostSeconds'>, elapsed: number): Promise<void> {
    const begun = now();
    let gpu: GpuDevice | undefined;
    try {
      gpu = await openGpu();
      const mostSeconds = OVERHEAD.share * elapsed - (now() - begun);
      const { plan, gpuSeconds, cpuSeconds, rows } = measureBroods({ ...work, brood: this.brood, mostSeconds }, gpu);
      const part = rows === undefined ? '' : ` on ${rows} rows`;
      const times = Number.isFinite(gpuSeconds)
        ? `a brood takes ${milliseconds(gpuSeconds)} there, ${milliseconds(cpuSeconds)} on wasm${part}`
        : 'its start alone took what measurements may';
      if (plan.share > 0) this.take(gpu, plan, `, ${percent(plan.share)}; ${times}`);
      else {
        gpu.dispose();
        this.stay(`${gpu.mode} (${gpu.renderer}) is no gain: ${times}; threads: ${work.threads}`);
      }
    } catch (error) {
      gpu?.dispose();
      if (!(error instanceof BackendError)) throw error;
      this.stay(error.message);
    }
  }

  dispose(): void {
    this.screen?.dispose();
    this.screen = undefined;
  }

  /** Takes up what a saved run had settled; "wasm" alone may be asked for instead. */
  private async resume(saved: SettledDevice, device: DeviceRequest['device']): Promise<void> {
    this.settled = saved;
    const { mode, renderer, plan } = saved;
    if (mode === 'wasm') {
      if (device === 'gpu') this.note('device: wasm, as the saved run had it; "gpu" is for a new run');
      return;
    }
    if (device === 'wasm') {
      this.stay(
        `the saved run scored its broods on ${mode} (${renderer}), so the front may differ from that of one run`,
      );
      return;
    }
    const gpu = await openGpu({ mode }).catch((error: Error): never => {
      throw new BackendError(
        'missing-device',
        'gpu',
        mode,
        `the saved run scored its broods on ${mode} (${renderer}), which is not here: ${error.message}`,
        'go on where that device is, or give device "wasm": the front may then differ from that of one run',
      );
    });
    if (gpu.renderer !== renderer)
      this.note(
        `device: ${mode} is now ${gpu.renderer}, and was ${renderer}: the front may differ from that of one run`,
      );
    this.settled = { ...saved, renderer: gpu.renderer };
    this.screen = deviceScreen(gpu, plan);
  }

  private take(gpu: GpuDevice, plan: SettledDevice['plan'], details = ''): void {
    const { mode, renderer } = gpu;
    this.settled = { mode, renderer, plan, brood: this.brood };
    this.screen = deviceScreen(gpu, plan);
    this.note(`device: ${mode} (${renderer}); broods are scored there, one thread does the rest${details}`);
  }

  private stay(why?: string): void {
    this.settled = { mode: 'wasm', renderer: '', plan: { share: 0 }, brood: this.brood };
    if (why !== undefined) this.note(`device: wasm; ${why}`);
  }
}

const milliseconds = (seconds: number): string => `${(1000 * seconds).toPrecision(3)} ms`;
const percent = (share: number): string => `${Math.round(100 * share)}% of each`;
