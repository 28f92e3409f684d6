import {
  backends,
  createGpuEvaluator,
  createReferenceEvaluator,
  GPU_MODES,
  type GpuMode,
  type LocalEvaluator,
  openGpu,
} from '../../src/evaluation/index.ts';

export interface Backend {
  readonly name: string;
  readonly create: () => LocalEvaluator;
  /** Relative rounding error of one operation. */
  readonly epsilon: number;
}

/** Modes of gpu.js that are here: those that need no driver always, OpenGL where the package gl is built. */
async function gpuBackends(): Promise<[string, () => LocalEvaluator][]> {
  const found: [string, () => LocalEvaluator][] = [];
  for (const { mode, isGraphics } of GPU_MODES) {
    try {
      const device = await openGpu({ mode: mode as GpuMode });
      found.push([`gpu-${mode}-f32`, () => createGpuEvaluator(device)]);
    } catch (error) {
      if (!isGraphics) throw error;
    }
  }
  return found;
}

/** Every back-end that answers at once. */
export const BACKENDS: readonly Backend[] = [...Object.entries(backends), ...(await gpuBackends())].map(
  ([name, create]) => {
    const evaluator = create();
    const epsilon = evaluator.capabilities.precision === 64 ? 2 ** -52 : 2 ** -23;
    evaluator.dispose();
    return { name, create, epsilon };
  },
);

export const reference = createReferenceEvaluator;
