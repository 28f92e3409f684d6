import { KNOTS, WEIGHTS } from './confidence-weights.ts';
import type { Law } from './law.ts';

/** So few terms, as a logarithm, make no law sure: 1, 2, 4, 8, 16 go on with 31 as well. */
const FEWEST_TERMS = Math.log2(7);
const FEW_TERMS_CONFIDENCE = 0.85;
/** From so many terms, as a logarithm, the score is calibrated. */
const CALIBRATED_TERMS = Math.log2(9);

/** What the confidence in a law rests on. */
export interface Evidence {
  readonly kind: string;
  /** Bits of the law over bits of the terms. */
  readonly share: number;
  /** Bits of the terms less bits of the law. */
  readonly gain: number;
  readonly surplus: number;
  /** Reach of the law over the number of terms. */
  readonly reach: number;
  /** Logarithm of the number of terms. */
  readonly terms: number;
}

export function evidenceOf(
  { kind, bits, surplus, reach }: Pick<Law, 'kind' | 'bits' | 'surplus' | 'reach'>,
  rawBits: number,
  terms: number,
): Evidence {
  return {
    kind,
    share: Math.min(bits / Math.max(rawBits, 1), 2),
    gain: Math.sign(rawBits - bits) * Math.log2(1 + Math.abs(rawBits - bits)),
    surplus: Math.log2(1 + Math.max(0, surplus)),
    reach: Math.min(reach / terms, 2),
    terms: Math.log2(terms),
  };
}

/** Kinds that are weighed alike: the family itself, and whether it stands under a transform. */
export function groupOf(kind: string): { family: string; transformed: boolean } {
  const at = kind.lastIndexOf(': ');
  const family = kind.slice(at < 0 ? 0 : at + 2);
  return { family: family.endsWith('-regular') ? 'regular' : family, transformed: at >= 0 };
}

/**
 * Probability that the next ten terms of a law are right: a logistic regression on the calibration set.
 *
 * @see benchmarks/sequences for the set, and for how the weights are fitted
 */
export function confidenceOf(evidence: Evidence): number {
  const { family, transformed } = groupOf(evidence.kind);
  const score =
    WEIGHTS.constant +
    (WEIGHTS.families[family] ?? 0) +
    (transformed ? WEIGHTS.transformed : 0) +
    WEIGHTS.share * evidence.share +
    WEIGHTS.gain * evidence.gain +
    WEIGHTS.surplus * evidence.surplus +
    WEIGHTS.reach * evidence.reach +
    WEIGHTS.reachGain * evidence.reach * evidence.gain +
    WEIGHTS.terms * evidence.terms;
  if (evidence.terms > CALIBRATED_TERMS) return calibrated(score);
  const confidence = logistic(score);
  return evidence.terms < FEWEST_TERMS ? Math.min(confidence, FEW_TERMS_CONFIDENCE) : confidence;
}

function logistic(score: number): number {
  return 1 / (1 + Math.exp(-score));
}

/** Between the knots in a straight line, in the logits; beyond them the slope of the regression itself. */
function calibrated(score: number): number {
  const logit = (share: number): number => Math.log(share / (1 - share));
  const last = KNOTS.length - 1;
  if (last < 0) return logistic(score);
  if (score <= KNOTS[0][0]) return logistic(logit(KNOTS[0][1]) + score - KNOTS[0][0]);
  if (score >= KNOTS[last][0]) return logistic(logit(KNOTS[last][1]) + score - KNOTS[last][0]);
  const at = KNOTS.findIndex(([knot]) => knot > score);
  const [[x0, y0], [x1, y1]] = [KNOTS[at - 1], KNOTS[at]];
  return logistic(logit(y0) + ((score - x0) / (x1 - x0)) * (logit(y1) - logit(y0)));
}
