export { Bfgs, type GradientProblem } from './bfgs.ts';
export {
  BoostedTrees,
  type BoostedTreesOptions,
  type BoostedTreesRecord,
  fitBoostedTrees,
} from './boosted-trees/boosted-trees.ts';
export type { BoostingLossName } from './boosted-trees/losses.ts';
export * from './cholesky.ts';
export * from './cumulative-quadrature.ts';
export type { DescentOptions } from './descent-options.ts';
export * from './distributions.ts';
export * from './exact/berlekamp-massey.ts';
export * from './exact/chinese-remainder.ts';
export * from './exact/continued-fraction.ts';
export * from './exact/factored-text.ts';
export * from './exact/fixed-point.ts';
export * from './exact/fixed-point-constants.ts';
export * from './exact/fixed-point-functions.ts';
export * from './exact/integer.ts';
export * from './exact/interpolate.ts';
export * from './exact/lll.ts';
export * from './exact/modular-kernel.ts';
export * from './exact/modular-matrix.ts';
export * from './exact/polynomial.ts';
export * from './exact/polynomial-factors.ts';
export * from './exact/polynomial-text.ts';
export * from './exact/prime-field.ts';
export * from './exact/pslq.ts';
export * from './exact/rational.ts';
export * from './exact/rational-nullspace.ts';
export * from './exact/rational-system.ts';
export * from './exact/resultant.ts';
export * from './extra-trees.ts';
export {
  type DenoiseOptions,
  denoise,
  fitProcess,
  type ProcessKernel,
  processMean,
} from './gaussian-process.ts';
export * from './least-squares.ts';
export * from './levenberg-marquardt.ts';
export { NelderMead, type ValueProblem } from './nelder-mead.ts';
export * from './polylogarithm.ts';
export * from './positive-definite.ts';
export * from './quadrature.ts';
export * from './special-functions.ts';
