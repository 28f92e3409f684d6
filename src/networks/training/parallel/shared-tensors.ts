import * as tf from '@tensorflow/tfjs';
import type { Batch } from '../rows.ts';

/** A tensor whose values threads share. */
export interface SharedTensor {
  readonly shape: number[];
  readonly dtype: 'float32' | 'int32' | 'bool';
  readonly values: Float32Array | Int32Array | Uint8Array;
}

const ARRAYS = { float32: Float32Array, int32: Int32Array, bool: Uint8Array } as const;

/** Puts the values of tensors where threads share them. */
export function shareBatch(data: Batch): Record<string, SharedTensor> {
  return Object.fromEntries(
    Object.entries(data).map(([name, tensor]) => {
      const dtype = tensor.dtype as SharedTensor['dtype'];
      const { BYTES_PER_ELEMENT } = ARRAYS[dtype];
      const values = new ARRAYS[dtype](
        new SharedArrayBuffer(tensor.size * BYTES_PER_ELEMENT) as unknown as ArrayBuffer,
      );
      values.set(tensor.dataSync());
      return [name, { shape: tensor.shape, dtype, values }];
    }),
  );
}

/** Tensors of a thread's own with the shared values; the caller's to dispose of. */
export function unshareBatch(shared: Readonly<Record<string, SharedTensor>>): Batch {
  return Object.fromEntries(
    Object.entries(shared).map(([name, { shape, dtype, values }]) => [name, tf.tensor(values.slice(), shape, dtype)]),
  );
}

/** Room for the values of tensors of these sizes, one behind the other. */
export function sharedRoom(sizes: readonly number[]): Float32Array {
  return new Float32Array(new SharedArrayBuffer(4 * sizes.reduce((sum, size) => sum + size, 0)));
}

/** Writes tensors one behind the other. */
export function writeTensors(tensors: readonly tf.Tensor[], room: Float32Array): void {
  let at = 0;
  for (const tensor of tensors) {
    room.set(tensor.dataSync(), at);
    at += tensor.size;
  }
}

/** Reads tensors of these shapes, which lie one behind the other; the caller's to dispose of. */
export function readTensors(shapes: readonly number[][], room: Float32Array): tf.Tensor[] {
  let at = 0;
  return shapes.map((shape) => {
    const size = tf.util.sizeFromShape(shape);
    at += size;
    // A copy: the values change while tfjs holds on to what it was given.
    return tf.tensor(room.slice(at - size, at), shape);
  });
}
