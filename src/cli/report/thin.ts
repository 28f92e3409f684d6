import { RandomStream } from '../../core/index.ts';

/** Seed of the sample of rows that a figure shows of a large table. */
export const SAMPLE_SEED = 1;

/** Rows in ascending order: all of them, or a random sample of `most`. Equal arguments give equal rows. */
export function thin(rows: number, most: number, seed = SAMPLE_SEED): Int32Array {
  if (rows <= most) return Int32Array.from({ length: rows }, (_, i) => i);
  return new RandomStream(seed).permutation(rows).subarray(0, most).toSorted();
}
