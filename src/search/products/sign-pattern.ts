/** Leaves whose signs are tried together, and the share of agreement that one more of them must bring. */
const MOST_LEAVES = 10;
const LEAST_GAIN = 0.02;
/** Agreement above which rows are looked at one by one. */
const NEARLY_ALL = 1 - 1e-9;
/** By number of leaves. */
const MASKS: (readonly number[])[] = [];

/** sign(z) = sign * product of the signs of some leaves. */
export interface SignPattern {
  readonly sign: 1 | -1;
  /** Indices of the leaves, ascending. */
  readonly leaves: readonly number[];
}

/**
 * Reads the sign of z as a product of signs of leaves: the fewest leaves that explain every row, else those that
 * explain the largest share of the weights.
 *
 * @param z shape [rows]
 * @param leaves shape [leaves][rows]; those of one sign take no part
 * @param weights shape [rows], >= 0: how much a row's sign is to be believed
 */
export function signPattern(z: Float64Array, leaves: readonly Float64Array[], weights: ArrayLike<number>): SignPattern {
  const mixed = leaves.flatMap((leaf, i) => (changesSign(leaf, weights) ? i : [])).slice(0, MOST_LEAVES);
  // Rows whose leaves are negative alike count as one: what agrees with a set of leaves is a Walsh transform of these.
  const along = new Float64Array(1 << mixed.length);
  let total = 0;
  for (let i = 0; i < z.length; i++) {
    let negative = 0;
    for (let bit = 0; bit < mixed.length; bit++) if (leaves[mixed[bit]][i] < 0) negative |= 1 << bit;
    along[negative] += weights[i] * Math.sign(z[i]);
    total += weights[i];
  }
  walshTransform(along);
  let best: SignPattern = { sign: 1, leaves: [] };
  let agreement = -1;
  for (const mask of masksBySize(mixed.length)) {
    const share = total > 0 ? Math.min(Math.abs(along[mask]) / total, 1) : 0;
    const isAll = share > NEARLY_ALL && agreesEverywhere(z, leaves, weights, mixed, mask);
    if (share > agreement + LEAST_GAIN || (isAll && agreement < 1)) {
      agreement = isAll ? 1 : share;
      best = { sign: along[mask] < 0 ? -1 : 1, leaves: mixed.filter((_, bit) => (mask >> bit) & 1) };
    }
    if (isAll) break;
  }
  return best;
}

/** a[m] becomes the sum over n of a[n] (-1)^(number of bits that m and n share), in place. */
function walshTransform(a: Float64Array): void {
  for (let half = 1; half < a.length; half *= 2) {
    for (let i = 0; i < a.length; i++) {
      if (i & half) continue;
      const low = a[i];
      a[i] = low + a[i + half];
      a[i + half] = low - a[i + half];
    }
  }
}

/** Whether every row that carries weight has the same sign times that of the leaves: sums round, and cannot tell. */
function agreesEverywhere(
  z: Float64Array,
  leaves: readonly Float64Array[],
  weights: ArrayLike<number>,
  mixed: readonly number[],
  mask: number,
): boolean {
  let first = 0;
  for (let i = 0; i < z.length; i++) {
    if (!(weights[i] > 0)) continue;
    let sign = Math.sign(z[i]);
    for (let bit = 0; bit < mixed.length; bit++) if ((mask >> bit) & 1 && leaves[mixed[bit]][i] < 0) sign = -sign;
    if (sign === 0 || (first !== 0 && sign !== first)) return false;
    first = sign;
  }
  return first !== 0;
}

/** Whether values of both signs carry weight. */
function changesSign(values: Float64Array, weights: ArrayLike<number>): boolean {
  let above = false;
  let below = false;
  for (let i = 0; i < values.length; i++) {
    if (!(weights[i] > 0)) continue;
    above ||= values[i] > 0;
    below ||= values[i] < 0;
  }
  return above && below;
}

/** All subsets of `count` things as bits, small ones first. */
function masksBySize(count: number): readonly number[] {
  const known = MASKS[count];
  if (known !== undefined) return known;
  const size = (mask: number): number => (mask === 0 ? 0 : (mask & 1) + size(mask >> 1));
  MASKS[count] = Array.from({ length: 1 << count }, (_, mask) => mask).sort((a, b) => size(a) - size(b) || a - b);
  return MASKS[count];
}
