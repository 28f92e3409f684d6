export { Bfgs, type GradientProblem } from './bfgs.ts';
export * from './cholesky.ts';
export type { DescentOptions } from './descent-options.ts';
export * from './distributions.ts';
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
export * from './positive-definite.ts';
export * from './quadrature.ts';
export * from './special-functions.ts';
