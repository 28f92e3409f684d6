import type { StrikeOutExamples } from './strike-out.ts';
import type { LearningScore } from './strike-out-baselines.ts';

/** Columns after which a distance is compared with the best so far. */
const STRETCH = 5;

/**
 * The value of the nearest row of parents that is trained on, by the Euclidean distance of sign(x) log(1 + |x|); both
 * the value and its sign are scored.
 *
 * Rows whose norms differ by more than the best distance are further away, so the search goes outwards by norm.
 *
 * @param isTest shape [count]
 */
export function nearestNeighbour(examples: StrikeOutExamples, isTest: Uint8Array): LearningScore[] {
  const { count, targets } = examples;
  const { points, norms, order } = byNorm(examples);
  let [all, exact, sign] = [0, 0, 0];
  for (let place = 0; place < count; place++) {
    if (!isTest[order[place]]) continue;
    const value = targets[order[nearest(place)]];
    const target = targets[order[place]];
    all++;
    if (value === target) exact++;
    if (Math.sign(value) === Math.sign(target)) sign++;
  }
  return [
    { name: 'nearest neighbour, value', share: exact / all },
    { name: 'nearest neighbour, sign', share: sign / all },
  ];

  function nearest(place: number): number {
    let [below, above] = [place - 1, place + 1];
    let best = place;
    let least = Number.POSITIVE_INFINITY;
    for (;;) {
      const down = below >= 0 ? norms[place] - norms[below] : Number.POSITIVE_INFINITY;
      const up = above < count ? norms[above] - norms[place] : Number.POSITIVE_INFINITY;
      if (Math.min(down, up) ** 2 >= least || (below < 0 && above >= count)) return best;
      const other = down < up ? below-- : above++;
      if (isTest[order[other]]) continue;
      const distance = distanceBelow(place, other, least);
      if (distance >= least) continue;
      least = distance;
      best = other;
    }
  }

  function distanceBelow(one: number, other: number, most: number): number {
    const { parents } = examples;
    const [from, shift] = [one * parents, (other - one) * parents];
    let sum = 0;
    for (let start = 0; start < parents && sum < most; start += STRETCH) {
      const end = Math.min(parents, start + STRETCH) + from;
      for (let k = start + from; k < end; k++) {
        const difference = points[k] - points[k + shift];
        sum += difference * difference;
      }
    }
    return sum;
  }
}

/** Rows as points in the order of their norms, columns that differ most in front so that distances grow quickly. */
function byNorm({ count, parents, inputs }: StrikeOutExamples): {
  points: Float32Array;
  norms: Float64Array;
  order: Uint32Array;
} {
  const lengths = new Float64Array(count);
  const sums = new Float64Array(parents);
  const squares = new Float64Array(parents);
  const logarithm = (value: number): number => Math.sign(value) * Math.log1p(Math.abs(value));
  for (let i = 0; i < count; i++) {
    for (let k = 0; k < parents; k++) {
      const value = logarithm(inputs[i * parents + k]);
      lengths[i] += value * value;
      sums[k] += value;
      squares[k] += value * value;
    }
    lengths[i] = Math.sqrt(lengths[i]);
  }
  const spread = squares.map((square, k) => square - sums[k] ** 2 / count);
  const columns = Array.from(spread.keys()).sort((k, l) => spread[l] - spread[k]);
  const order = Uint32Array.from(lengths.keys()).sort((i, j) => lengths[i] - lengths[j] || i - j);
  const points = new Float32Array(count * parents);
  const norms = Float64Array.from(order, (row) => lengths[row]);
  order.forEach((row, place) => {
    columns.forEach((column, k) => {
      points[place * parents + k] = logarithm(inputs[row * parents + column]);
    });
  });
  return { points, norms, order };
}
