import type * as tf from '@tensorflow/tfjs';
import { BackendError } from '../../core/index.ts';
import type { WasmKernels } from '../wasm-memory.ts';

/** What a kernel is called with. */
export interface KernelCall {
  readonly inputs: Readonly<Record<string, tf.TensorInfo>>;
  readonly attrs: Readonly<Record<string, unknown>>;
  readonly kernels: WasmKernels;
}

/** A kernel of tfjs's registry that we provide for its back-end "wasm". */
export interface KernelRow {
  readonly name: string;
  /** False where tfjs's own kernel, which this one replaces, shall take the call. */
  accepts?(call: KernelCall): boolean;
  run(call: KernelCall): tf.TensorInfo | tf.TensorInfo[];
}

/** The number of values of a shape. */
export function sizeOf(shape: readonly number[]): number {
  return shape.reduce((product, length) => product * length, 1);
}

/** Rows and columns of a tensor that is read as a matrix: everything but the last axis, and that. */
export function rowsAndColumns({ shape }: tf.TensorInfo): [rows: number, columns: number] {
  const columns = shape.at(-1) ?? 1;
  return [sizeOf(shape.slice(0, -1)), columns];
}

/**
 * An output of type float32, its values not set.
 *
 * @throws BackendError "out-of-memory": tfjs itself would hand out address 0 and write on what lies there
 */
export function output({ kernels }: KernelCall, shape: readonly number[]): tf.TensorInfo {
  // malloc takes 32 bits of a size, and would be content with the rest.
  const bytes = 4 * sizeOf(shape);
  const info = bytes < 2 ** 32 ? kernels.backend.makeOutput([...shape], 'float32') : undefined;
  if (info && (kernels.at(info) !== 0 || bytes === 0)) return info;
  if (info) kernels.backend.disposeData(info.dataId);
  const message = `no room for a tensor of shape [${shape.join(', ')}]`;
  throw new BackendError('out-of-memory', 'wasm', 'memory', message, 'use smaller batches');
}
