import type * as tf from '@tensorflow/tfjs';
import { BackendError } from '../core/index.ts';
import { KERNEL_BASE64, RELAXED_KERNEL_BASE64 } from './kernel-binary.ts';
import type { TensorKernelExports } from './kernel-exports.ts';

/** What our kernels use of tfjs's back-end "wasm". */
export interface WasmBackend extends tf.KernelBackend {
  readonly wasm: {
    readonly asm?: { readonly memory?: WebAssembly.Memory };
    _malloc(bytes: number): number;
    _free(at: number): void;
  };
  readonly dataIdMap: { get(dataId: object): { readonly memoryOffset: number } };
  incRef(dataId: object): void;
  makeOutput(shape: number[], dtype: tf.DataType): tf.TensorInfo;
}

/** Whether relaxed SIMD is used where the engine has it, switched on in an engine that hides it (Node 20), or left alone. */
export type RelaxedSimd = 'detect' | 'enable' | 'off';

/** Our kernels on the memory of one back-end. */
export interface WasmKernels {
  readonly backend: WasmBackend;
  readonly exports: TensorKernelExports;
  /** Whether the build with fused multiply-add runs. */
  readonly relaxedSimd: boolean;
  /** Where the values of a tensor begin. */
  at(tensor: tf.TensorInfo): number;
  /** Room for a product's packed blocks. */
  readonly scratch: number;
}

/** In a variable, which a browser never reaches. */
const NODE_V8: string = 'node:v8';

function decode(base64: string): Uint8Array<ArrayBuffer> {
  return Uint8Array.from(atob(base64), (character) => character.charCodeAt(0));
}

/**
 * Node 20 has relaxed SIMD behind a flag, which takes effect for what is compiled afterwards.
 *
 * @returns the bytes of the build that this engine runs
 */
async function pickBuild(wanted: RelaxedSimd): Promise<{ bytes: Uint8Array<ArrayBuffer>; relaxedSimd: boolean }> {
  if (wanted !== 'off') {
    const bytes = decode(RELAXED_KERNEL_BASE64);
    if (wanted === 'enable' && !WebAssembly.validate(bytes) && typeof process !== 'undefined' && process.versions?.v8) {
      const { setFlagsFromString } = (await import(NODE_V8)) as typeof import('node:v8');
      setFlagsFromString('--experimental-wasm-relaxed-simd');
    }
    if (WebAssembly.validate(bytes)) return { bytes, relaxedSimd: true };
  }
  return { bytes: decode(KERNEL_BASE64), relaxedSimd: false };
}

/**
 * Puts our kernels on the memory of tfjs's WebAssembly module, so that nothing is copied.
 *
 * @throws BackendError "no-memory" where this build of tfjs does not show its memory, "no-simd" where the engine has no SIMD
 */
export async function openWasmKernels(backend: WasmBackend, wanted: RelaxedSimd): Promise<WasmKernels> {
  const memory = backend.wasm.asm?.memory;
  if (!(memory instanceof WebAssembly.Memory)) {
    throw new BackendError(
      'no-memory',
      'wasm',
      'kernels',
      'this build of @tensorflow/tfjs-backend-wasm does not show its memory',
      'install version 4.22.0 of it',
    );
  }
  const { bytes, relaxedSimd } = await pickBuild(wanted);
  if (!WebAssembly.validate(bytes)) {
    throw new BackendError('no-simd', 'wasm', 'simd', 'this engine runs no WebAssembly SIMD', 'use Node 20 or later');
  }
  const abort = (): never => {
    throw new Error('the kernel stopped');
  };
  const { instance } = await WebAssembly.instantiate(bytes, { env: { memory, abort } });
  const exports = instance.exports as unknown as TensorKernelExports;
  return {
    backend,
    exports,
    relaxedSimd,
    at: ({ dataId }) => backend.dataIdMap.get(dataId).memoryOffset,
    scratch: align(allocate(backend, exports.gemmScratchBytes() + 64)),
  };
}

function align(at: number): number {
  return Math.ceil(at / 64) * 64;
}

/**
 * Room in tfjs's memory, the caller's to free.
 *
 * @throws BackendError "out-of-memory"
 */
export function allocate({ wasm }: WasmBackend, bytes: number): number {
  // tfjs's malloc answers with a signed number, negative above 2 GB.
  const at = wasm._malloc(bytes) >>> 0;
  if (at === 0 && bytes > 0) {
    throw new BackendError('out-of-memory', 'wasm', 'memory', `no room for ${bytes} bytes`, 'use smaller batches');
  }
  return at;
}
