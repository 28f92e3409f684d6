import { OptionError } from '../core/index.ts';
import type { Loss, LossName } from './contract.ts';

/** One loss: rho, its derivative, and the weight rho'(r) / r of iteratively reweighted least squares. */
export interface LossRule {
  readonly rho: (r: number, delta: number) => number;
  readonly derivative: (r: number, delta: number) => number;
  /** `floor` is the smallest |r| told from 0; only L1 needs it. */
  readonly irlsWeight: (r: number, delta: number, floor: number) => number;
  /** Whether the sum is divided by the sum of the weights. */
  readonly mean: boolean;
}

/** log(cosh r) without cancellation near 0 or overflow far from it. */
function logCosh(r: number): number {
  const a = Math.abs(r);
  if (a > 20) return a - Math.LN2;
  const m = Math.expm1(a);
  return Math.log1p((m * m) / (2 * (1 + m)));
}

const SQUARES: LossRule = { rho: (r) => r * r, derivative: (r) => 2 * r, irlsWeight: () => 2, mean: true };

/** The losses by name. */
export const LOSSES: Readonly<Record<LossName, LossRule>> = {
  L2: SQUARES,
  L1: {
    rho: (r) => Math.abs(r),
    derivative: (r) => Math.sign(r),
    irlsWeight: (r, _, floor) => 1 / Math.max(Math.abs(r), floor),
    mean: true,
  },
  Huber: {
    rho: (r, d) => (Math.abs(r) <= d ? 0.5 * (r * r) : d * (Math.abs(r) - 0.5 * d)),
    derivative: (r, d) => (Math.abs(r) <= d ? r : d * Math.sign(r)),
    irlsWeight: (r, d) => (Math.abs(r) <= d ? 1 : d / Math.abs(r)),
    mean: true,
  },
  'log-cosh': {
    rho: logCosh,
    derivative: (r) => Math.tanh(r),
    irlsWeight: (r) => (Math.abs(r) < 1e-8 ? 1 : Math.tanh(r) / r),
    mean: true,
  },
  chi2: { ...SQUARES, mean: false },
};

/** Numbers of the losses in the kernels; those of squares differ in their divisor alone. */
export const LOSS_KINDS: Readonly<Record<LossName, number>> = { L2: 0, chi2: 0, L1: 1, Huber: 2, 'log-cosh': 3 };

export const LOSS_NAMES = Object.keys(LOSSES) as readonly LossName[];

/** Residuals of L1 below this, relative to 1 + |target|, count as this in the weight 1 / |r|. */
export const RESIDUAL_FLOOR = 2 ** -30;

/** @throws OptionError "unknown-loss" | "bad-delta" */
export function checkedDelta(loss: Loss): number {
  if (LOSSES[loss.name] === undefined) {
    throw new OptionError('unknown-loss', 'loss', `unknown loss "${loss.name}"`, `losses: ${LOSS_NAMES.join(', ')}`);
  }
  const delta = loss.delta ?? 1;
  if (delta > 0) return delta;
  throw new OptionError('bad-delta', 'delta', `the Huber loss needs delta > 0, got ${delta}`);
}
