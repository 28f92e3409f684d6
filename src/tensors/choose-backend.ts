import * as tf from '@tensorflow/tfjs';
import { BackendError, OptionError } from '../core/index.ts';
import { registerNestedGradients } from './nested-gradients.ts';
import { registerWasmKernels } from './register-kernels.ts';
import { selfTest } from './self-test.ts';
import type { RelaxedSimd } from './wasm-memory.ts';

/** Back-ends by the names tfjs gives them; `tensorflow` is that of @tensorflow/tfjs-node. */
export const BACKENDS = ['wasm', 'tensorflow', 'webgpu', 'cpu'] as const;

/** The name of a back-end. */
export type BackendName = (typeof BACKENDS)[number];

/** What the choice may be told. */
export interface BackendOptions {
  /** `auto` takes @tensorflow/tfjs-node where it is installed and works, else WebAssembly; never the plain cpu. */
  readonly backend?: BackendName | 'auto';
  /** Relaxed SIMD: `detect` (default), `enable` also in Node 20, which has it behind a flag, or `off`. */
  readonly relaxedSimd?: RelaxedSimd;
  /** Where a browser finds the .wasm files of @tensorflow/tfjs-backend-wasm: an address that ends in "/". */
  readonly wasmPath?: string;
}

/** What was chosen. */
export interface BackendReport {
  readonly backend: BackendName;
  readonly version: string;
  /** Whether our kernels are in use, and whether with fused multiply-add. */
  readonly ownKernels: boolean;
  readonly relaxedSimd: boolean;
  /** Back-ends that `auto` has passed over, and why. */
  readonly passedOver: readonly { readonly backend: BackendName; readonly reason: string }[];
}

/** The latest choice. */
let inUse: BackendReport | undefined;

/** The back-end that was chosen last; before any choice, what tfjs has taken by itself. */
export function backendInUse(): BackendReport {
  if (inUse?.backend === tf.getBackend()) return inUse;
  const backend = tf.getBackend() as BackendName;
  return { backend, version: tf.version_core, ownKernels: false, relaxedSimd: false, passedOver: [] };
}

/** In variables: packages of the user's, which no bundler shall look for. */
const OWN_PACKAGES: Readonly<Partial<Record<BackendName, string>>> = {
  tensorflow: '@tensorflow/tfjs-node',
  webgpu: '@tensorflow/tfjs-backend-webgpu',
};

/**
 * Sets the back-end of tfjs, with our kernels where it is WebAssembly, and checks what it computes.
 *
 * Tensors belong to the back-end that made them, so this comes before any of them.
 *
 * @throws BackendError "missing-package", "not-available" or "wrong-result", with the reason; OptionError "backend"
 */
export async function chooseBackend(options: BackendOptions = {}): Promise<BackendReport> {
  const { backend = 'auto' } = options;
  if (backend !== 'auto') {
    if (!BACKENDS.includes(backend)) {
      throw new OptionError(
        'backend',
        'backend',
        `unknown back-end "${backend}"`,
        `one of auto, ${BACKENDS.join(', ')}`,
      );
    }
    return open(backend, options, []);
  }
  const passedOver: { backend: BackendName; reason: string }[] = [];
  if (typeof process !== 'undefined' && process.versions?.node) {
    try {
      return await open('tensorflow', options, passedOver);
    } catch (error) {
      if (!(error instanceof BackendError)) throw error;
      passedOver.push({ backend: 'tensorflow', reason: error.message });
    }
  }
  return open('wasm', options, passedOver);
}

async function open(
  backend: BackendName,
  { relaxedSimd = 'detect', wasmPath }: BackendOptions,
  passedOver: BackendReport['passedOver'],
): Promise<BackendReport> {
  const name = OWN_PACKAGES[backend];
  try {
    if (name) await import(name);
    if (backend === 'wasm') {
      const { setWasmPaths } = await import('@tensorflow/tfjs-backend-wasm');
      if (wasmPath) setWasmPaths(wasmPath);
      // Threads would need a shared memory, and our kernels are worth more than tfjs's threads.
      tf.env().set('WASM_HAS_MULTITHREAD_SUPPORT', false);
    }
  } catch (error) {
    const packageName = name ?? '@tensorflow/tfjs-backend-wasm';
    throw new BackendError(
      'missing-package',
      backend,
      packageName,
      `${packageName} is not installed, or cannot be loaded: ${(error as Error).message.split(' imported from')[0]}`,
      `npm install ${packageName}@4.22.0`,
    );
  }
  // A back-end that fails is answered with false, and tfjs goes on with what it had.
  const set = await tf.setBackend(backend).catch(() => false);
  if (!set || tf.getBackend() !== backend) {
    const message = `tfjs cannot start its back-end "${backend}"`;
    throw new BackendError('not-available', backend, 'start', message, 'choose another back-end, or auto');
  }
  registerNestedGradients();
  const kernels = backend === 'wasm' ? await registerWasmKernels(relaxedSimd) : undefined;
  await selfTest(backend);
  inUse = {
    backend,
    version: tf.version_core,
    ownKernels: kernels !== undefined,
    relaxedSimd: kernels?.relaxedSimd ?? false,
    passedOver,
  };
  return inUse;
}
