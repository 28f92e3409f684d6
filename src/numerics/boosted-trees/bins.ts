/** Columns as small integers: the number of edges below a value. */
export interface BinnedColumns {
  /** Rising; a value is left of edge i when it is at most edges[i]. One array a column. */
  readonly edges: readonly Float64Array[];
  /** One array a column, shape [rows]. */
  readonly bins: readonly Uint8Array[];
}

/** Edges halfway between neighbouring values, at the quantiles where there are more values than bins. */
export function edgesOf(column: Float64Array, most: number): Float64Array {
  const values = column.slice().sort();
  const different = values.filter((value, i) => i === 0 || value !== values[i - 1]);
  const between = (low: number, high: number): number => low + (high - low) / 2;
  if (different.length <= most) {
    return Float64Array.from({ length: different.length - 1 }, (_, i) => between(different[i], different[i + 1]));
  }
  const edges: number[] = [];
  for (let bin = 1; bin < most; bin++) {
    const at = Math.round((bin * values.length) / most);
    const edge = between(values[at - 1], values[at]);
    if (edge < values[at] && edge !== edges.at(-1)) edges.push(edge);
  }
  return Float64Array.from(edges);
}

/** The bins of the values of a column. */
export function binsOf(column: Float64Array, edges: Float64Array): Uint8Array {
  return Uint8Array.from(column, (value) => {
    let low = 0;
    let high = edges.length;
    while (low < high) {
      const middle = (low + high) >>> 1;
      if (value <= edges[middle]) high = middle;
      else low = middle + 1;
    }
    return low;
  });
}
