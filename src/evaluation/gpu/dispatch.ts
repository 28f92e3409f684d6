import type { Instructions } from './instructions.ts';

/** Numbers of an argument or a result of one dispatch; indices stay whole in f32. */
const MOST_NUMBERS = 2 ** 22;
/** Instructions times rows of one dispatch: drivers end a dispatch that takes seconds. */
const MOST_WORK = 2 ** 32;

/**
 * Splits programs into dispatches, the short programs first: threads of one dispatch should end together.
 *
 * @param indices of the programs
 * @param instructions by index
 * @param chunks threads of a program
 * @param mostPrograms rows of a texture: the sums of a program are one
 */
export function dispatchesOf(
  indices: readonly number[],
  instructions: readonly Instructions[],
  chunks: number,
  rows: number,
  mostPrograms: number,
): number[][] {
  const ordered = [...indices].sort((a, b) => instructions[a].length - instructions[b].length || a - b);
  const batches: number[][] = [];
  let batch: number[] = [];
  let work = 0;
  for (const index of ordered) {
    const { length } = instructions[index];
    const numbers = (batch.length + 1) * Math.max(2 * length, chunks);
    work += length * rows;
    const isFull = batch.length === mostPrograms || numbers > MOST_NUMBERS || work > MOST_WORK;
    if (batch.length > 0 && isFull) {
      batches.push(batch);
      batch = [];
      work = length * rows;
    }
    batch.push(index);
  }
  if (batch.length > 0) batches.push(batch);
  return batches;
}
