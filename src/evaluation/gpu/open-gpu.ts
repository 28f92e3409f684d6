import type { GPU, IKernelRunShortcut } from 'gpu.js';
import { BackendError } from '../../core/index.ts';
import { absence } from './absence.ts';
import { FUNCTIONS } from './functions.ts';
import { type KernelShape, lossSource, REDUCE_SOURCE, valuesSource } from './kernel-source.ts';
import { loadGpuLibrary } from './load-gpu.ts';
import { GPU_MODES, type GpuMode, modeRow } from './modes.ts';

/** Iterations of a loop at most: instructions of a program, and steps of a thread through its rows. */
const MOST_ITERATIONS = 32_768;

/** A kernel as gpu.js hands it out. */
export type Kernel = IKernelRunShortcut;

/** An open device: its mode, what runs it, and the kernels compiled so far. Evaluators share it. */
export interface GpuDevice {
  readonly mode: GpuMode;
  /** What the driver calls itself. */
  readonly renderer: string;
  /** Whether a graphics driver runs it. */
  readonly isGraphics: boolean;
  readonly maxTextureSize: number;
  readonly losses: (shape: KernelShape) => Kernel;
  readonly reduce: () => Kernel;
  readonly values: (shape: KernelShape) => Kernel;
  /** Keeps numbers on the device. */
  readonly upload: () => Kernel;
  /** @throws BackendError "context-lost" */
  readonly check: () => void;
  /** Takes the device out of use after gpu.js failed in the midst of a run. @throws BackendError "device-failed" | "context-lost" */
  readonly fail: (error: Error) => never;
  /** Looks whether what was put on the device is there. @throws BackendError "out-of-memory" */
  readonly checkMemory: () => void;
  /** Has the driver take the device away, where it can be asked to: what a user meets when a laptop sleeps. */
  readonly lose: () => void;
  dispose(): void;
}

export interface GpuOptions {
  /** 'gpu': the best that a graphics driver runs. */
  readonly mode?: GpuMode | 'gpu';
  /** Where WebGL draws: a canvas of the page. */
  readonly canvas?: object;
}

/**
 * Opens a device of gpu.js and makes sure that it is the one asked for.
 *
 * @throws BackendError "missing-package" | "missing-device" | "fallback"
 * @example (await openGpu({ mode: 'cpu' })).renderer // 'JavaScript'
 */
export async function openGpu(options: GpuOptions = {}): Promise<GpuDevice> {
  const library = await loadGpuLibrary();
  const asked = options.mode ?? 'gpu';
  const candidates = asked === 'gpu' ? GPU_MODES.filter((row) => row.isGraphics && !row.isAsync) : [modeRow(asked)];
  const reasons: string[] = [];
  for (const { mode } of candidates) {
    try {
      return await OpenDevice.open(new library.GPU({ mode, canvas: options.canvas }), mode);
    } catch (error) {
      if (error instanceof BackendError) throw error;
      const { reason, mend } = await absence(mode);
      reasons.push(`${mode}: ${reason} (${mend})`);
    }
  }
  throw new BackendError(
    'missing-device',
    'gpu',
    asked,
    `there is no GPU for this run; ${reasons.join('; ')}`,
    'use device "wasm", or see "ansatz devices"',
  );
}

class OpenDevice implements GpuDevice {
  readonly isGraphics: boolean;
  readonly maxTextureSize: number;
  private readonly kernels = new Map<string, Kernel>();
  private disposed = false;
  private failed: BackendError | undefined;

  private constructor(
    private readonly gpu: GPU,
    readonly mode: GpuMode,
    readonly renderer: string,
  ) {
    this.isGraphics = modeRow(mode).isGraphics;
    const gl = this.gl;
    this.maxTextureSize = gl ? gl.getParameter(gl.MAX_TEXTURE_SIZE) : 2 ** 15;
  }

  /** Runs the smallest kernel: that makes the context, and tells which class serves. */
  static async open(gpu: GPU, mode: GpuMode): Promise<OpenDevice> {
    for (const source of Object.values(FUNCTIONS)) gpu.addFunction(source as never);
    const probe = createKernel(gpu, UPLOAD_SOURCE, {});
    await probe.setOutput([1])(Float32Array.of(1));
    assertKernel(probe, mode);
    return new OpenDevice(gpu, mode, await rendererOf(gpu, mode));
  }

  /** The context of WebGL; undefined for other modes. */
  private get gl(): WebGLRenderingContext | undefined {
    const context = this.gpu.context as WebGLRenderingContext | undefined;
    return typeof context?.getParameter === 'function' ? context : undefined;
  }

  losses(shape: KernelShape): Kernel {
    return this.compile(`losses ${shape.depth} ${shape.lanes}`, lossSource(shape), { pipeline: true, immutable: true });
  }

  reduce(): Kernel {
    return this.compile('reduce', REDUCE_SOURCE, {});
  }

  values(shape: KernelShape): Kernel {
    return this.compile(`values ${shape.depth}`, valuesSource(shape), {});
  }

  upload(): Kernel {
    return this.compile('upload', UPLOAD_SOURCE, { pipeline: true, immutable: true });
  }

  check(): void {
    if (this.failed) throw this.failed;
    if (this.disposed || this.gl?.isContextLost()) {
      throw new BackendError(
        'context-lost',
        'gpu',
        this.mode,
        this.disposed ? 'the device was disposed of' : 'the graphics driver took the device away',
        'open it again, or use device "wasm"',
      );
    }
  }

  fail(error: Error): never {
    this.check();
    // What the kernels hold from a run that was broken off would pass for the next one's.
    this.failed = new BackendError(
      'device-failed',
      'gpu',
      this.mode,
      `gpu.js failed: ${error.message}`,
      'open the device again, or use device "wasm"',
    );
    throw this.failed;
  }

  checkMemory(): void {
    const { gl } = this;
    if (gl?.getError() !== gl?.OUT_OF_MEMORY || !gl) return;
    throw new BackendError(
      'out-of-memory',
      'gpu',
      this.mode,
      'the data and the programs do not fit into the memory of the GPU',
      'sample the table, score fewer laws at once, or use device "wasm"',
    );
  }

  lose(): void {
    this.gl?.getExtension('WEBGL_lose_context')?.loseContext();
  }

  dispose(): void {
    if (this.disposed) return;
    this.disposed = true;
    this.kernels.clear();
    void this.gpu.destroy();
  }

  private compile(key: string, source: string, settings: PipelineSettings): Kernel {
    const known = this.kernels.get(key);
    if (known) return known;
    const kernel = createKernel(this.gpu, source, settings);
    this.kernels.set(key, kernel);
    return kernel;
  }
}

/** Frees what a pipeline kernel left on the device; plain arrays need no freeing. */
export function release(result: unknown): void {
  (result as { delete?: () => void } | undefined)?.delete?.();
}

/** @throws BackendError "fallback" where another kernel than that of the mode did the work */
export function assertKernel(kernel: Kernel, mode: GpuMode): void {
  const actual = kernel.kernel.constructor.name;
  const { kernel: expected } = modeRow(mode);
  const reason = kernel.kernel.fallbackReason;
  if (actual === expected && !reason) return;
  throw new BackendError(
    'fallback',
    'gpu',
    mode,
    `gpu.js fell back from ${expected} to ${actual}${reason ? `: ${reason}` : ''}`,
    'use device "wasm"',
  );
}

/** What the driver calls itself. */
async function rendererOf(gpu: GPU, mode: GpuMode): Promise<string> {
  if (mode === 'cpu') return 'JavaScript';
  if (mode === 'webasm') return 'WebAssembly';
  if (mode === 'webgpu') {
    const { gpu: webGpu } = navigator as unknown as {
      gpu: { requestAdapter(): Promise<{ info?: AdapterInfo } | null> };
    };
    const { vendor, architecture, description } = (await webGpu.requestAdapter())?.info ?? {};
    return [vendor, architecture, description].filter(Boolean).join(' ') || 'WebGPU';
  }
  const gl = gpu.context as WebGLRenderingContext;
  const extension = gl.getExtension('WEBGL_debug_renderer_info');
  const name = gl.getParameter(extension ? extension.UNMASKED_RENDERER_WEBGL : gl.RENDERER);
  return `${name}, ${gl.getParameter(gl.VERSION)}`;
}

interface AdapterInfo {
  readonly vendor?: string;
  readonly architecture?: string;
  readonly description?: string;
}

interface PipelineSettings {
  /** Whether the result stays on the device, each in memory of its own. */
  readonly pipeline?: boolean;
  readonly immutable?: boolean;
}

const UPLOAD_SOURCE = 'function (a) { return a[this.thread.x]; }';

function createKernel(gpu: GPU, source: string, settings: PipelineSettings): Kernel {
  return gpu.createKernel(source, {
    ...settings,
    output: [1],
    precision: 'single',
    // Otherwise numbers of small textures are of less precision, and a texture that grows changes the kernel.
    tactic: 'precision',
    dynamicOutput: true,
    dynamicArguments: true,
    loopMaxIterations: MOST_ITERATIONS,
  } as never);
}
