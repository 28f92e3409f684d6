/** Leaves whose signs are tried together, and the share of agreement that one more of them must bring. */
const MOST_LEAVES = 10;
const LEAST_GAIN = 0.02;

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
  let best: SignPattern = { sign: 1, leaves: [] };
  let agreement = -1;
  for (const mask of masksBySize(mixed.length)) {
    const chosen = mixed.filter((_, bit) => (mask >> bit) & 1);
    let along = 0;
    let total = 0;
    for (let i = 0; i < z.length; i++) {
      let sign = Math.sign(z[i]);
      for (const index of chosen) if (leaves[index][i] < 0) sign = -sign;
      along += weights[i] * sign;
      total += weights[i];
    }
    const share = total > 0 ? Math.abs(along) / total : 0;
    if (share > agreement + LEAST_GAIN || (share === 1 && agreement < 1)) {
      agreement = share;
      best = { sign: along < 0 ? -1 : 1, leaves: chosen };
    }
    if (agreement === 1) break;
  }
  return best;
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
function masksBySize(count: number): number[] {
  const size = (mask: number): number => (mask === 0 ? 0 : (mask & 1) + size(mask >> 1));
  return Array.from({ length: 1 << count }, (_, mask) => mask).sort((a, b) => size(a) - size(b) || a - b);
}
