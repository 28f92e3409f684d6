import type { Task } from '../tasks/task.ts';

/** Rows that a function is recognised by: four make the first key, two more confirm it. */
export const KEY_ROWS = 6;
/** Rows of the first key. */
export const FIRST_ROWS = 4;
/** Least distance of the ranks of two key rows in every leaf, as a fraction of the rows; halved until enough fit. */
const SPACING = 0.05;

/**
 * Rows in the middle of every leaf's range, where functions of the leaves are of moderate size, and apart from
 * each other. Rows without weight are passed over.
 *
 * @returns shape [KEY_ROWS]; undefined when there are too few rows
 */
export function keyRows({ leaves, weights }: Pick<Task, 'leaves' | 'weights'>): Int32Array | undefined {
  const rows = weights.length;
  const ranks = leaves.map(({ values }) => ranksOf(values));
  const usable = Array.from({ length: rows }, (_, i) => i).filter((i) => weights[i] > 0);
  if (usable.length < KEY_ROWS || leaves.length === 0) return undefined;
  const distance = (row: number): number => Math.max(...ranks.map((rank) => Math.abs(rank[row] - 0.5)));
  const order = usable
    .map((row) => ({ row, far: distance(row) }))
    .sort((a, b) => a.far - b.far || a.row - b.row)
    .map(({ row }) => row);
  const chosen: number[] = [];
  for (let spacing = SPACING; chosen.length < KEY_ROWS; spacing = spacing > 1e-3 ? spacing / 2 : -1) {
    for (const row of order) {
      if (chosen.length === KEY_ROWS) break;
      if (chosen.includes(row)) continue;
      const apart = chosen.every((other) => ranks.every((rank) => Math.abs(rank[row] - rank[other]) > spacing));
      if (apart) chosen.push(row);
    }
  }
  return Int32Array.from(chosen);
}

/** Place of each value among all, from 0 to 1; equal values share one. */
function ranksOf(values: Float64Array): Float64Array {
  const order = Array.from(values.keys()).sort((a, b) => values[a] - values[b]);
  const ranks = new Float64Array(values.length);
  let place = 0;
  order.forEach((row, i) => {
    if (i > 0 && values[row] !== values[order[i - 1]]) place = i;
    ranks[row] = place / Math.max(1, values.length - 1);
  });
  return ranks;
}
