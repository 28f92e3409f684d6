import * as tf from '@tensorflow/tfjs';
import { DomainError, OptionError } from '../../core/index.ts';

/** Legendre polynomials of order 0, 1 and 2. */
const LEGENDRE: readonly ((x: number) => number)[] = [() => 1, (x) => x, (x) => (3 * x * x - 1) / 2];

/** The projection on polynomials up to an order, on the middles of equal bins of [-1, 1]; shape [bins][bins]. */
function projection(bins: number, order: number): number[][] {
  const middles = Array.from({ length: bins }, (_, i) => (2 * i + 1) / bins - 1);
  const basis: number[][] = [];
  // Legendre polynomials are orthogonal on the interval, and on the middles of bins but nearly: Gram-Schmidt does the rest.
  for (const polynomial of LEGENDRE.slice(0, order + 1)) {
    let row = middles.map(polynomial);
    for (const one of basis) {
      const overlap = row.reduce((sum, value, i) => sum + value * one[i], 0);
      row = row.map((value, i) => value - overlap * one[i]);
    }
    const norm = Math.hypot(...row);
    basis.push(row.map((value) => value / norm));
  }
  return middles.map((_, i) => middles.map((_, j) => basis.reduce((sum, one) => sum + one[i] * one[j], 0)));
}

/** The bin of each event, bins of equal weight; -1 for events of weight 0. */
function quantileBins(mass: ArrayLike<number>, weights: ArrayLike<number>, bins: number): Int32Array {
  const order = Array.from({ length: mass.length }, (_, i) => i).filter((i) => weights[i] > 0);
  order.sort((a, b) => mass[a] - mass[b] || a - b);
  const total = order.reduce((sum, i) => sum + weights[i], 0);
  const found = new Int32Array(mass.length).fill(-1);
  let before = 0;
  for (const i of order) {
    // The middle of the event's own share decides, so that equal weights fill equal bins.
    found[i] = Math.min(bins - 1, Math.floor((bins * (before + weights[i] / 2)) / total));
    before += weights[i];
  }
  return found;
}

function finite(name: string, values: ArrayLike<number>): void {
  for (let i = 0; i < values.length; i++) {
    if (Number.isFinite(values[i])) continue;
    throw new DomainError('not-finite', `${name} of event ${i} is ${values[i]}`, 'it must be finite', { row: i });
  }
}

/**
 * The loss is linear in the sorted scores as long as their order stays: between two neighbours the integrand is constant. The
 * coefficients are computed here in double precision, and the tape sees one product. Weights and masses have no gradient.
 *
 * @param score shape [events]
 * @param mass shape [events]
 * @param weights shape [events], >= 0
 * @throws OptionError "range" for more bins than events of weight above 0
 */
export function momentDecomposition(
  score: tf.Tensor,
  mass: tf.Tensor,
  weights: tf.Tensor | undefined,
  order: number,
  bins: number,
): tf.Tensor {
  const [scores, masses] = [score.dataSync(), mass.dataSync()];
  const w = weights?.dataSync() ?? new Float32Array(scores.length).fill(1);
  finite('score', scores);
  finite('mass', masses);
  const binOf = quantileBins(masses, w, bins);
  const inBin = new Float64Array(bins);
  binOf.forEach((bin, i) => {
    if (bin >= 0) inBin[bin] += w[i];
  });
  if (order >= bins || inBin.some((sum) => sum === 0)) {
    throw new OptionError('range', 'bins', `${bins} bins, and one of them is empty`, 'take fewer bins or more events');
  }
  const project = projection(bins, order);
  const events = Int32Array.from(scores.keys())
    .filter((i) => binOf[i] >= 0)
    .sort((a, b) => scores[a] - scores[b] || a - b);
  // The residual of each bin just above the scores passed so far, and the coefficient of each score.
  const residual = new Float64Array(bins);
  const coefficients = new Float32Array(scores.length);
  let below = 0;
  for (const i of events) {
    const jump = w[i] / inBin[binOf[i]];
    const column = project[binOf[i]];
    let above = 0;
    for (let bin = 0; bin < bins; bin++) {
      residual[bin] += jump * ((bin === binOf[i] ? 1 : 0) - column[bin]);
      above += residual[bin] ** 2;
    }
    coefficients[i] = (below - above) / bins;
    below = above;
  }
  return tf.sum(tf.mul(score, tf.tensor1d(coefficients)));
}
