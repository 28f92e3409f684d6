import type { LibraryEntry } from '../library.ts';
import type { Task } from '../tasks/task.ts';
import { crossRatio, isTelling } from './cross-ratio.ts';

/** Rows that a function is recognised by: four make the first key, two more confirm it. */
export const KEY_ROWS = 6;
export const FIRST_ROWS = 4;
/** Least distance of the ranks of two key rows in every leaf, as a fraction of the rows; halved until enough fit. */
const SPACING = 0.05;

/** Sets of rows tried, and functions they are judged by. */
const ATTEMPTS = 16;
const SAMPLES = 400;
/** Rows that each further set passes over at first. */
const STRIDE = 3;
/** Share of the functions that a set of rows must tell apart to be taken at once. */
const ENOUGH = 0.98;

/**
 * Rows in the middle of every leaf's range, where functions of the leaves are of moderate size, and apart from
 * each other. Rows without weight are passed over. On a grid many functions coincide on some rows: of several sets
 * the one stays that most functions have a key on.
 *
 * @param functions simplest first, values of shape [rows]
 * @returns shape [KEY_ROWS]; undefined when there are too few rows
 */
export function keyRows(
  { leaves, weights }: Pick<Task, 'leaves' | 'weights'>,
  functions: readonly Pick<LibraryEntry, 'values'>[],
): Int32Array | undefined {
  const ranks = leaves.map(({ values }) => ranksOf(values));
  const distance = (row: number): number => Math.max(...ranks.map((rank) => Math.abs(rank[row] - 0.5)));
  const order = Array.from(weights.keys())
    .filter((row) => weights[row] > 0)
    .map((row) => ({ row, far: distance(row) }))
    .sort((a, b) => a.far - b.far || a.row - b.row)
    .map(({ row }) => row);
  if (order.length < KEY_ROWS || leaves.length === 0) return undefined;
  const samples = functions.slice(0, SAMPLES);
  let best: { rows: Int32Array; told: number } | undefined;
  for (let attempt = 0; attempt < ATTEMPTS; attempt++) {
    const rows = spread([...order.slice(STRIDE * attempt), ...order.slice(0, STRIDE * attempt)], ranks);
    const told = samples.filter(({ values }) => isTelling(keyOf(values, rows))).length;
    if (told > (best?.told ?? -1)) best = { rows, told };
    if (told >= ENOUGH * samples.length) break;
  }
  return best!.rows;
}

/** The first rows of an order that are apart from each other in every leaf. */
function spread(order: readonly number[], ranks: readonly Float64Array[]): Int32Array {
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

function keyOf(values: Float64Array, rows: Int32Array): number {
  return crossRatio(values[rows[0]], values[rows[1]], values[rows[2]], values[rows[3]]);
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
