import type { Law } from './law.ts';

/** What the confidence in a law rests on. */
export interface Evidence {
  /** Bits of the law over bits of the terms. */
  readonly share: number;
  /** Bits of the terms less bits of the law. */
  readonly gain: number;
  readonly surplus: number;
}

export function evidenceOf({ bits, surplus }: Pick<Law, 'bits' | 'surplus'>, rawBits: number): Evidence {
  return { share: bits / rawBits, gain: rawBits - bits, surplus };
}

/** Weights of a logistic regression on the calibration set. */
const WEIGHTS = { constant: 3, share: -6, gain: 0.01, surplus: 0.2 };

/** Probability that the next ten terms of a law are right. */
export function confidenceOf({ share, gain, surplus }: Evidence): number {
  const score =
    WEIGHTS.constant +
    WEIGHTS.share * Math.min(share, 2) +
    WEIGHTS.gain * Math.min(gain, 200) +
    WEIGHTS.surplus * Math.min(surplus, 10);
  return 1 / (1 + Math.exp(-score));
}
