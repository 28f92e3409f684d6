import { OptionError } from '../../core/index.ts';
import { accumulate, rowsOf } from './accumulate.ts';
import { checkedColumn } from './checked-column.ts';
import type { Likelihood } from './likelihood.ts';

/** A histogram of counted events. */
export interface PoissonData {
  /** Events in every bin, shape [bins], >= 0; not necessarily whole, so that weighted events are possible. */
  readonly counts: Float64Array;
  /** Rows of every bin, 1 by default; the rows of a bin follow each other. */
  readonly nodesPerBin?: number;
  /** From `binNodes`, shape [bins * nodesPerBin]; predictions are densities then, and without them contents. */
  readonly nodeWeights?: Float64Array;
}

/**
 * Counted events: the Poisson deviance 2 sum (mu - n + n log(n / mu)), mu the expected content of a bin.
 *
 * With `nodeWeights` the predictions are a density at the nodes of `binNodes`, integrated over every bin. The value is
 * NaN where mu < 0, or mu = 0 in a bin with events. The matrix is Fisher's: 2 / mu stands for d2 value / d mu2.
 *
 * @see Baker and Cousins, Nucl. Instrum. Meth. 221 (1984) 437
 * @throws ShapeError; DataError "no-rows" | "invalid-value"; OptionError "out-of-range"
 * @example poissonLikelihood({ counts: Float64Array.of(0, 2) }).value(Float64Array.of(1, 2)) // 2
 */
export function poissonLikelihood(data: PoissonData): Likelihood {
  const counts = checkedColumn(data.counts, 'counts', 'not negative');
  const bins = counts.length;
  const nodesPerBin = data.nodesPerBin ?? 1;
  if (!(Number.isInteger(nodesPerBin) && nodesPerBin >= 1)) {
    throw new OptionError('out-of-range', 'nodesPerBin', `${nodesPerBin} is no number of rows`, 'give 1 or more');
  }
  const total = bins * nodesPerBin;
  const weights = data.nodeWeights && checkedColumn(data.nodeWeights, 'nodeWeights', 'finite', total);
  const integrated = weights !== undefined || nodesPerBin > 1;
  const contents = new Float64Array(bins);
  const slope = new Float64Array(bins);
  const curvature = new Float64Array(bins);
  let reduced = new Float64Array(0);

  /** Sums the nodes of the bins, from one offset to another. */
  const integrate = (
    from: Float64Array,
    fromOffset: number,
    to: Float64Array,
    toOffset: number,
    count: number,
  ): void => {
    for (let bin = 0; bin < count; bin++) {
      let sum = 0;
      for (let node = bin * nodesPerBin; node < (bin + 1) * nodesPerBin; node++) {
        sum += (weights ? weights[node] : 1) * from[fromOffset + node];
      }
      to[toOffset + bin] = sum;
    }
  };
  const deviance = (mu: Float64Array, count: number): number => {
    let sum = 0;
    for (let bin = 0; bin < count; bin++) {
      const n = counts[bin];
      if (!(mu[bin] > 0 || (mu[bin] === 0 && n === 0))) return Number.NaN;
      sum += n === 0 ? mu[bin] : excess(n, mu[bin]);
    }
    return Number.isFinite(sum) ? 2 * sum : Number.NaN;
  };
  return {
    name: 'poisson',
    scale: '-2logL',
    observations: bins,
    rows: total,
    separable: nodesPerBin === 1,
    value(predictions, rows) {
      const count = rowsOf(predictions, rows, total, nodesPerBin === 1) / nodesPerBin;
      if (!integrated) return deviance(predictions, count);
      integrate(predictions, 0, contents, 0, count);
      return deviance(contents, count);
    },
    normalEquations(predictions, jacobian, parameters, out, rows) {
      const count = rowsOf(predictions, rows, total, nodesPerBin === 1) / nodesPerBin;
      if (integrated) integrate(predictions, 0, contents, 0, count);
      const mu = integrated ? contents : predictions;
      const value = deviance(mu, count);
      if (Number.isNaN(value)) return value;
      for (let bin = 0; bin < count; bin++) {
        const empty = counts[bin] === 0;
        slope[bin] = empty ? 2 : 2 - (2 * counts[bin]) / mu[bin];
        curvature[bin] = mu[bin] === 0 ? 0 : 2 / mu[bin];
      }
      if (!integrated) return accumulate(jacobian, parameters, slope, curvature, out, count) ? value : Number.NaN;
      if (reduced.length < parameters * count) reduced = new Float64Array(parameters * count);
      for (let k = 0; k < parameters; k++) integrate(jacobian, k * count * nodesPerBin, reduced, k * count, count);
      return accumulate(reduced, parameters, slope, curvature, out, count) ? value : Number.NaN;
    },
    expectations(predictions) {
      const expected = new Float64Array(bins);
      rowsOf(predictions, undefined, total);
      integrate(predictions, 0, expected, 0, bins);
      return expected;
    },
  };
}

/** mu - n + n log(n / mu), which is n d^2 / 2 near mu = n (1 + d). */
function excess(n: number, mu: number): number {
  const d = (mu - n) / n;
  if (Math.abs(d) > 0.01) return mu - n + n * Math.log(n / mu);
  // The difference of nearly equal terms would leave rounding only: d - log(1 + d) as a series.
  let sum = 0;
  for (let k = 9; k >= 2; k--) sum = (k % 2 === 0 ? 1 / k : -1 / k) + d * sum;
  return n * d * d * sum;
}
