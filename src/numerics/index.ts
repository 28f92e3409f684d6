export { Bfgs, type DescentOptions, type GradientProblem } from './bfgs.ts';
export * from './cholesky.ts';
export * from './least-squares.ts';
export * from './levenberg-marquardt.ts';
export { NelderMead, type ValueProblem } from './nelder-mead.ts';
export * from './special-functions.ts';
