import type { BinnedColumns } from './bins.ts';

/** A binary tree, node by node; node 0 is the root. */
export interface Tree {
  /** The column that a node splits on; -1 for a leaf. */
  readonly columns: number[];
  /** Values up to the threshold go left. */
  readonly thresholds: number[];
  /** The left child of a node; the right one follows it. */
  readonly left: number[];
  /** What a leaf adds. */
  readonly values: number[];
}

/** What a tree is grown on and how far. */
export interface GrowthSettings {
  readonly maxDepth: number;
  readonly minRows: number;
  /** Added to the second derivatives of a leaf. */
  readonly l2: number;
  readonly learningRate: number;
}

interface Split {
  readonly gain: number;
  readonly column: number;
  /** Rows in bins up to this one go left. */
  readonly bin: number;
}

/**
 * A tree for the gradients of a loss: every leaf takes a Newton step, every split takes the most from the loss.
 *
 * @param gradients first derivatives of the loss, shape [all rows]
 * @param curvatures second derivatives, shape [all rows]
 * @param rows the rows to grow on; reordered
 * @param usable columns that may be split on
 * @param gains receives what splits on a column took from the loss
 * @see Friedman, Annals of Statistics 29 (2001) 1189; Chen, Guestrin, KDD'16, 785
 */
export function growTree(
  { edges, bins }: BinnedColumns,
  gradients: Float64Array,
  curvatures: Float64Array,
  rows: Int32Array,
  usable: readonly number[],
  settings: GrowthSettings,
  gains: Float64Array,
): Tree {
  const { maxDepth, minRows, l2, learningRate } = settings;
  const tree: Tree = { columns: [], thresholds: [], left: [], values: [] };
  const histogram = { gradient: new Float64Array(256), curvature: new Float64Array(256), count: new Int32Array(256) };
  const node = (): number => {
    tree.columns.push(-1);
    tree.thresholds.push(0);
    tree.left.push(-1);
    return tree.values.push(0) - 1;
  };
  const bestSplit = (from: number, to: number, sum: number, curvature: number): Split => {
    let best: Split = { gain: 1e-12, column: -1, bin: 0 };
    const parent = (sum * sum) / (curvature + l2);
    for (const column of usable) {
      const most = edges[column].length;
      if (most === 0) continue;
      histogram.gradient.fill(0, 0, most + 1);
      histogram.curvature.fill(0, 0, most + 1);
      histogram.count.fill(0, 0, most + 1);
      const binOf = bins[column];
      for (let i = from; i < to; i++) {
        const row = rows[i];
        const bin = binOf[row];
        histogram.gradient[bin] += gradients[row];
        histogram.curvature[bin] += curvatures[row];
        histogram.count[bin]++;
      }
      let [leftSum, leftCurvature, leftCount] = [0, 0, 0];
      for (let bin = 0; bin < most; bin++) {
        leftSum += histogram.gradient[bin];
        leftCurvature += histogram.curvature[bin];
        leftCount += histogram.count[bin];
        if (leftCount < minRows || histogram.count[bin] === 0) continue;
        if (to - from - leftCount < minRows) break;
        const rightSum = sum - leftSum;
        const right = (rightSum * rightSum) / (curvature - leftCurvature + l2);
        const gain = (leftSum * leftSum) / (leftCurvature + l2) + right - parent;
        if (gain > best.gain) best = { gain, column, bin };
      }
    }
    return best;
  };
  const grow = (at: number, from: number, to: number, depth: number): void => {
    let [sum, curvature] = [0, 0];
    for (let i = from; i < to; i++) {
      sum += gradients[rows[i]];
      curvature += curvatures[rows[i]];
    }
    const { column, bin, gain } =
      depth < maxDepth && to - from >= 2 * minRows
        ? bestSplit(from, to, sum, curvature)
        : { column: -1, bin: 0, gain: 0 };
    if (column < 0) {
      tree.values[at] = curvature + l2 > 0 ? (-learningRate * sum) / (curvature + l2) : 0;
      return;
    }
    gains[column] += gain;
    const middle = partition(rows, from, to, bins[column], bin);
    tree.columns[at] = column;
    tree.thresholds[at] = edges[column][bin];
    const left = node();
    const right = node();
    tree.left[at] = left;
    grow(left, from, middle, depth + 1);
    grow(right, middle, to, depth + 1);
  };
  grow(node(), 0, rows.length, 0);
  return tree;
}

/** Brings rows of low bins to the front, each half in its order. @returns where the others begin */
function partition(rows: Int32Array, from: number, to: number, bins: Uint8Array, bin: number): number {
  const behind: number[] = [];
  let at = from;
  for (let i = from; i < to; i++) {
    if (bins[rows[i]] <= bin) rows[at++] = rows[i];
    else behind.push(rows[i]);
  }
  rows.set(behind, at);
  return at;
}

/** What a tree adds to the score of a row. */
export function treeValue(
  { columns, thresholds, left, values }: Tree,
  table: readonly Float64Array[],
  row: number,
): number {
  let node = 0;
  while (columns[node] >= 0) node = left[node] + (table[columns[node]][row] <= thresholds[node] ? 0 : 1);
  return values[node];
}
