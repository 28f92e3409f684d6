/** The area under the curve of signal against background efficiency: the share of pairs in the right order. */
export function areaUnderCurve(scores: ArrayLike<number>, labels: ArrayLike<number>): number {
  const order = Array.from({ length: scores.length }, (_, i) => i).sort((a, b) => scores[a] - scores[b]);
  let [background, pairs, signal] = [0, 0, 0];
  for (let first = 0; first < order.length; ) {
    let [last, tiedSignal, tiedBackground] = [first, 0, 0];
    while (last < order.length && scores[order[last]] === scores[order[first]]) {
      if (labels[order[last]] === 1) tiedSignal++;
      else tiedBackground++;
      last++;
    }
    pairs += tiedSignal * (background + tiedBackground / 2);
    background += tiedBackground;
    signal += tiedSignal;
    first = last;
  }
  return pairs / (signal * background);
}

const BINS = 40;

/**
 * Jensen-Shannon divergence, in bits, of the background's masses above and below the cut that half of the signal passes.
 *
 * Also for a score that knows nothing of the mass it is above 0, by the fluctuations of the bins.
 */
export function sculpting(scores: ArrayLike<number>, labels: ArrayLike<number>, masses: ArrayLike<number>): number {
  const signal = Float64Array.from({ length: scores.length }, (_, i) => i)
    .filter((i) => labels[i] === 1)
    .map((i) => scores[i])
    .sort();
  const cut = signal[signal.length >> 1];
  const [passed, failed] = [new Float64Array(BINS), new Float64Array(BINS)];
  for (let i = 0; i < scores.length; i++) {
    if (labels[i] === 1) continue;
    (scores[i] > cut ? passed : failed)[Math.min(BINS - 1, Math.floor(BINS * masses[i]))]++;
  }
  const [p, q] = [passed, failed].map((counts) => {
    const total = counts.reduce((sum, count) => sum + count, 0);
    return counts.map((count) => count / total);
  });
  const part = (share: number, mean: number): number => (share > 0 ? 0.5 * share * Math.log2(share / mean) : 0);
  return p.reduce((sum, share, i) => {
    const mean = (share + q[i]) / 2;
    return sum + part(share, mean) + part(q[i], mean);
  }, 0);
}
