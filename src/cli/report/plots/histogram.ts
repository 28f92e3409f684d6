import { compact } from './plot.ts';

/** Counts between edges; shape [bins] and [bins + 1]. */
export interface Histogram {
  readonly edges: Float64Array;
  readonly counts: Float64Array;
  /** Finite values. */
  readonly total: number;
}

const LEAST_BINS = 5;
const MOST_BINS = 40;
const ROUNDING = 1e-12;
const TINY = 1e-290;

/**
 * A histogram of the finite values, its bins of the width 2 IQR / n^(1/3).
 *
 * @see Freedman and Diaconis, Z. Wahrscheinlichkeitstheorie 57 (1981) 453
 */
export function histogram(values: ArrayLike<number>): Histogram {
  const sorted = Float64Array.from(values).filter(Number.isFinite).sort();
  const n = sorted.length;
  if (n === 0) return { edges: Float64Array.of(0, 1), counts: Float64Array.of(0), total: 0 };
  const low = sorted[0];
  const high = sorted[n - 1];
  const spread = sorted[Math.floor(0.75 * (n - 1))] - sorted[Math.floor(0.25 * (n - 1))];
  const width = (2 * spread) / Math.cbrt(n);
  const wanted = width > 0 ? Math.ceil((high - low) / width) : LEAST_BINS;
  const bins = Math.max(LEAST_BINS, Math.min(MOST_BINS, wanted));
  // Values that differ by rounding alone stand in the middle.
  const size = Math.max(Math.abs(low), Math.abs(high));
  const same = high - low <= ROUNDING * size || size < TINY;
  const half = same ? Math.max(0.5 * size, size < TINY ? 0.5 : 0) : 0;
  const start = low - half;
  const step = (high - low + 2 * half) / bins;
  const edges = Float64Array.from({ length: bins + 1 }, (_, i) => start + i * step);
  const counts = new Float64Array(bins);
  for (const value of sorted) counts[Math.max(0, Math.min(bins - 1, Math.floor((value - start) / step)))]++;
  return { edges, counts, total: n };
}

const CURVE_POINTS = 120;

/** Rows a bin that a standard normal distribution gives. */
export function normalCurve({ edges, total }: Histogram): { x: number | null; y: number }[] {
  const low = Math.min(edges[0], -3);
  const high = Math.max(edges[edges.length - 1], 3);
  const scale = (total * (edges[1] - edges[0])) / Math.sqrt(2 * Math.PI);
  return Array.from({ length: CURVE_POINTS + 1 }, (_, i) => {
    const x = low + ((high - low) * i) / CURVE_POINTS;
    return { x: compact(x), y: compact(scale * Math.exp(-0.5 * x * x)) ?? 0 };
  });
}
