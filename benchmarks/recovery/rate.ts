/** The 0.975 quantile of the normal distribution. */
const Z = 1.959963984540054;

/** A share with its interval of confidence. */
export interface Rate {
  readonly successes: number;
  readonly trials: number;
  readonly rate: number;
  readonly low: number;
  readonly high: number;
}

/**
 * A success rate with Wilson's 95% interval: (p + z^2/2n -+ z sqrt(p(1-p)/n + z^2/4n^2)) / (1 + z^2/n).
 *
 * Without a trial the rate is NaN and the interval is [0, 1].
 *
 * @see Wilson, J. Am. Stat. Assoc. 22 (1927) 209
 */
export function wilson(successes: number, trials: number): Rate {
  if (trials === 0) return { successes, trials, rate: Number.NaN, low: 0, high: 1 };
  const p = successes / trials;
  const share = (Z * Z) / trials;
  const centre = (p + share / 2) / (1 + share);
  const spread = (Z * Math.sqrt((p * (1 - p)) / trials + share / (4 * trials))) / (1 + share);
  const low = successes === 0 ? 0 : centre - spread;
  const high = successes === trials ? 1 : centre + spread;
  return { successes, trials, rate: p, low, high };
}

/** The median; NaN of nothing. */
export function median(values: readonly number[]): number {
  const sorted = [...values].sort((a, b) => a - b);
  const middle = sorted.length >> 1;
  if (sorted.length === 0) return Number.NaN;
  return sorted.length % 2 === 1 ? sorted[middle] : (sorted[middle - 1] + sorted[middle]) / 2;
}
