import * as tf from '@tensorflow/tfjs';
import { type RandomStream, ShapeError } from '../../core/index.ts';

/** Rows of several tensors that belong together: the first axis of each counts the rows. */
export type Batch = Readonly<Record<string, tf.Tensor>>;

/**
 * How many rows there are.
 *
 * @throws ShapeError for data without rows, or of unequal ones
 */
export function rowsOf(data: Batch): number {
  const entries = Object.entries(data);
  if (entries.length === 0) throw new ShapeError('data', 'one tensor at least', 'none');
  const rows = entries[0][1].shape[0] ?? 0;
  if (rows === 0) throw new ShapeError(entries[0][0], 'one row at least', 'none');
  for (const [name, { shape }] of entries) {
    if (shape[0] !== rows) throw new ShapeError(name, `${rows} rows`, `${shape[0] ?? 'none'}`);
  }
  return rows;
}

/** Some of the rows, in the order asked for. */
export function batchOf(data: Batch, rows: Int32Array): Batch {
  const which = tf.tensor1d(rows, 'int32');
  return Object.fromEntries(Object.entries(data).map(([name, tensor]) => [name, tf.gather(tensor, which)]));
}

/** 0 to count - 1 in an order drawn at random. */
export function shuffled(count: number, random: RandomStream): Int32Array {
  const order = Int32Array.from({ length: count }, (_, i) => i);
  for (let i = count - 1; i > 0; i--) {
    const j = Math.floor(random.uniform() * (i + 1));
    [order[i], order[j]] = [order[j], order[i]];
  }
  return order;
}

/** Cuts rows into so many parts of nearly equal length; no part is empty, so few rows make fewer parts. */
export function shardsOf(rows: Int32Array, count: number): Int32Array[] {
  const parts = Math.min(count, rows.length);
  const start = (i: number): number => Math.floor((i * rows.length) / parts);
  return Array.from({ length: parts }, (_, i) => rows.subarray(start(i), start(i + 1)));
}
