import type { RandomStream } from '../core/index.ts';

const TREES = 80;
const MOST_DEPTH = 12;
const LEAST_ROWS = 5;
/** Thresholds tried per column in a node. */
const THRESHOLDS = 2;

/**
 * How much every column tells about the target: the share of its variance that splits on the column take away, in
 * a forest of extremely randomised trees.
 *
 * @param columns shape [columns][rows]
 * @param target shape [rows]
 * @returns shape [columns], sum 1; all 0 for a constant target
 * @see Geurts, Ernst, Wehenkel, Machine Learning 63 (2006) 3
 */
export function featureImportances(
  columns: readonly Float64Array[],
  target: Float64Array,
  random: RandomStream,
): Float64Array {
  const gains = new Float64Array(columns.length);
  const rows = Int32Array.from(target, (_, i) => i);
  for (let tree = 0; tree < TREES; tree++) grow(rows, 0, columns, target, random.split(tree), gains);
  let total = 0;
  for (const gain of gains) total += gain;
  return total > 0 ? gains.map((gain) => gain / total) : gains;
}

/** Splits a node at the best of a few random thresholds of every column and goes on in both halves. */
function grow(
  rows: Int32Array,
  depth: number,
  columns: readonly Float64Array[],
  target: Float64Array,
  random: RandomStream,
  gains: Float64Array,
): void {
  if (depth >= MOST_DEPTH || rows.length < 2 * LEAST_ROWS) return;
  let sum = 0;
  for (const row of rows) sum += target[row];
  const mean = sum / rows.length;
  let best = { gain: 0, column: -1, threshold: 0 };
  for (let column = 0; column < columns.length; column++) {
    const values = columns[column];
    let low = Infinity;
    let high = -Infinity;
    for (const row of rows) {
      low = Math.min(low, values[row]);
      high = Math.max(high, values[row]);
    }
    if (!(high > low)) continue;
    for (let trial = 0; trial < THRESHOLDS; trial++) {
      const threshold = low + (high - low) * random.uniform();
      let left = 0;
      let leftSum = 0;
      for (const row of rows) {
        if (values[row] > threshold) continue;
        left++;
        leftSum += target[row] - mean;
      }
      const right = rows.length - left;
      if (left < LEAST_ROWS || right < LEAST_ROWS) continue;
      // Deviations from the mean add to 0, so that one half tells the sum of the other.
      const gain = leftSum * leftSum * (1 / left + 1 / right);
      if (gain > best.gain) best = { gain, column, threshold };
    }
  }
  if (best.column < 0) return;
  gains[best.column] += best.gain;
  const values = columns[best.column];
  grow(
    rows.filter((row) => values[row] <= best.threshold),
    depth + 1,
    columns,
    target,
    random,
    gains,
  );
  grow(
    rows.filter((row) => values[row] > best.threshold),
    depth + 1,
    columns,
    target,
    random,
    gains,
  );
}
