import { choleskySolve } from './cholesky.ts';
import { clip, type DescentOptions, pushesOut } from './descent-options.ts';

/** A sum of squares (or an iteratively reweighted one) seen through its normal equations. */
export interface NormalProblem {
  /**
   * Loss at `theta`; writes the Gauss-Newton matrix [n * n] and the gradient [n] of a positive multiple of
   * it. NaN when the model is not finite there.
   */
  normalEquations(theta: Float64Array, hessian: Float64Array, gradient: Float64Array): number;
}

/** Relative difference of two losses that is only rounding. */
const ROUNDING = 4 * Number.EPSILON;

/** What the optimiser may do with a parameter. */
export const Role = { free: 0, linear: 1, fixed: 2 } as const;

export interface MinimiseOptions extends DescentOptions {
  /** Stop at this loss: below it only rounding is left. */
  readonly floor: number;
}

/**
 * Levenberg-Marquardt for a few parameters, some of them linear.
 *
 * Linear parameters are not damped: eliminating them from the joint system leaves the Schur complement,
 * which is the Kaufman form of variable projection once they are optimal, so a fully linear model is
 * solved in one step. Bounds are kept by holding the parameters that push against them and by projecting steps;
 * give parameters with bounds the role `free`. Reuses its workspace.
 *
 * @see Kaufman, BIT 15 (1975) 49; Ruhe and Wedin, SIAM Review 22 (1980) 318
 */
export class LevenbergMarquardt {
  private readonly hessian: Float64Array;
  private readonly gradient: Float64Array;
  private readonly trialHessian: Float64Array;
  private readonly trialGradient: Float64Array;
  private readonly matrix: Float64Array;
  private readonly step: Float64Array;
  private trial: Float64Array;
  /** Normal equations evaluated by the last call. */
  evaluations = 0;

  constructor(maxParameters: number) {
    this.hessian = new Float64Array(maxParameters * maxParameters);
    this.trialHessian = new Float64Array(maxParameters * maxParameters);
    this.matrix = new Float64Array(maxParameters * maxParameters);
    this.gradient = new Float64Array(maxParameters);
    this.trialGradient = new Float64Array(maxParameters);
    this.step = new Float64Array(maxParameters);
    this.trial = new Float64Array(maxParameters);
  }

  /**
   * Moves `theta` to a minimum; entries beyond `parameters` are passed on untouched.
   *
   * @param roles `Role` of each parameter, shape [parameters]
   * @returns the loss reached; NaN when it is not finite at the start
   */
  minimise(
    problem: NormalProblem,
    theta: Float64Array,
    parameters: number,
    roles: Uint8Array,
    options: MinimiseOptions,
  ): number {
    const n = parameters;
    let { hessian, gradient, trialHessian, trialGradient } = this;
    const { matrix, step } = this;
    if (this.trial.length < theta.length) this.trial = new Float64Array(theta.length);
    const trial = this.trial.length === theta.length ? this.trial : this.trial.subarray(0, theta.length);
    this.evaluations = 1;
    let loss = problem.normalEquations(theta, hessian, gradient);
    if (!Number.isFinite(loss)) return NaN;
    let damping = 1e-3;
    let rejections = 0;
    while (this.evaluations <= options.maxIterations && loss > options.floor) {
      for (let i = 0; i < n * n; i++) matrix[i] = hessian[i];
      for (let i = 0; i < n; i++) {
        step[i] = -gradient[i];
        const diagonal = hessian[i * n + i];
        matrix[i * n + i] = diagonal * (1 + (roles[i] === Role.linear ? 1e-13 : damping));
      }
      for (let i = 0; i < n; i++) {
        if (roles[i] !== Role.fixed && !pushesOut(theta, gradient, i, options)) continue;
        for (let j = 0; j < n; j++) matrix[i * n + j] = matrix[j * n + i] = 0;
        step[i] = 0;
      }
      if (!choleskySolve(matrix, step, n)) break;
      let moved = false;
      for (let i = 0; i < theta.length; i++) trial[i] = theta[i];
      for (let i = 0; i < n; i++) {
        trial[i] += step[i];
        if (roles[i] !== Role.fixed) clip(trial, i, options);
        if (trial[i] !== theta[i]) moved = true;
      }
      if (!moved) break;
      const next = problem.normalEquations(trial, trialHessian, trialGradient);
      this.evaluations++;
      // Near the minimum the loss is flat to rounding while the gradient still points to it: take that last step.
      if (next < loss || Math.abs(next - loss) <= ROUNDING * Math.abs(loss)) {
        const gain = (loss - next) / Math.abs(loss);
        for (let i = 0; i < n; i++) theta[i] = trial[i];
        const heldHessian = hessian;
        const heldGradient = gradient;
        hessian = trialHessian;
        gradient = trialGradient;
        trialHessian = heldHessian;
        trialGradient = heldGradient;
        loss = next;
        damping = Math.max(damping * 0.1, 1e-12);
        rejections = 0;
        if (gain < options.tolerance) break;
      } else {
        damping = Math.max(damping, 1e-6) * 10;
        if (++rejections > 5) break;
      }
    }
    return loss;
  }
}
