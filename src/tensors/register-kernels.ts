import * as tf from '@tensorflow/tfjs';
import { GRADIENTS } from './gradients.ts';
import { WASM_KERNELS } from './wasm-kernels/index.ts';
import type { KernelRow } from './wasm-kernels/kernel-row.ts';
import { openWasmKernels, type RelaxedSimd, type WasmBackend, type WasmKernels } from './wasm-memory.ts';

const BACKEND = 'wasm';

/** tfjs's own kernels under the names that ours take. */
const stock = new Map<string, tf.KernelFunc | undefined>();
let open: WasmKernels | undefined;

/** Our kernels, when the back-end that is set has them. */
export function ownKernels(): WasmKernels | undefined {
  return open && tf.getBackend() === BACKEND && open.backend === (tf.backend() as unknown) ? open : undefined;
}

/**
 * Enters our kernels into tfjs's registry for its back-end "wasm", which must be set.
 *
 * @throws BackendError where the kernels do not fit the back-end
 */
export async function registerWasmKernels(relaxedSimd: RelaxedSimd): Promise<WasmKernels> {
  open = await openWasmKernels(tf.backend() as unknown as WasmBackend, relaxedSimd);
  for (const row of WASM_KERNELS) {
    const before = tf.getKernel(row.name, BACKEND);
    if (!stock.has(row.name)) stock.set(row.name, before?.kernelFunc);
    if (before) tf.unregisterKernel(row.name, BACKEND);
    tf.registerKernel({ kernelName: row.name, backendName: BACKEND, kernelFunc: kernelOf(row, open) });
  }
  for (const gradient of GRADIENTS) {
    if (tf.getGradient(gradient.kernelName)) tf.unregisterGradient(gradient.kernelName);
    tf.registerGradient(gradient);
  }
  return open;
}

function kernelOf(row: KernelRow, kernels: WasmKernels): tf.KernelFunc {
  const before = stock.get(row.name);
  return (given) => {
    const call = { inputs: given.inputs as never, attrs: (given.attrs ?? {}) as never, kernels };
    if (before && !(row.accepts?.(call) ?? true)) return before(given);
    return row.run(call);
  };
}

/** Whether the back-end that is set runs a kernel of ours. */
export function hasKernel(name: string): boolean {
  return ownKernels() !== undefined && tf.getKernel(name, BACKEND) !== undefined;
}
