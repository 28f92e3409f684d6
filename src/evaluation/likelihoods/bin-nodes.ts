import { DataError, ShapeError } from '../../core/index.ts';
import { gaussLegendre } from '../../numerics/index.ts';

/** Where a density is evaluated to integrate it over bins. */
export interface BinNodes {
  /** Places, shape [bins * nodesPerBin]: those of the first bin, then those of the second. */
  readonly nodes: Float64Array;
  /** A bin's content is the sum over its nodes of weight times density, shape [bins * nodesPerBin]. */
  readonly weights: Float64Array;
}

/**
 * Gauss-Legendre nodes in every bin of a histogram.
 *
 * @param low lower edges, shape [bins]
 * @param high upper edges, shape [bins]
 * @param nodesPerBin 1 to 1000; 5 integrate a polynomial of degree 9 exactly
 * @throws ShapeError; DataError "empty-bin"; OptionError "out-of-range"
 * @example binNodes(Float64Array.of(0), Float64Array.of(2), 1).weights // [2]
 */
export function binNodes(low: Float64Array, high: Float64Array, nodesPerBin: number): BinNodes {
  if (low.length !== high.length) throw new ShapeError('high', `[${low.length}]`, `[${high.length}]`);
  const rule = gaussLegendre(nodesPerBin);
  const nodes = new Float64Array(low.length * nodesPerBin);
  const weights = new Float64Array(low.length * nodesPerBin);
  for (let bin = 0; bin < low.length; bin++) {
    if (!(Number.isFinite(low[bin]) && Number.isFinite(high[bin]) && high[bin] > low[bin])) {
      const message = `bin ${bin + 1} goes from ${low[bin]} to ${high[bin]}`;
      throw new DataError('empty-bin', message, 'the upper edge lies above the lower one', { row: bin + 1 });
    }
    const centre = 0.5 * (low[bin] + high[bin]);
    const half = 0.5 * (high[bin] - low[bin]);
    for (let k = 0; k < nodesPerBin; k++) {
      nodes[bin * nodesPerBin + k] = centre + half * rule.nodes[k];
      weights[bin * nodesPerBin + k] = half * rule.weights[k];
    }
  }
  return { nodes, weights };
}
