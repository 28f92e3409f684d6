import { clip, type DescentOptions, pushesOut } from './descent-options.ts';

/** A function with its gradient. */
export interface GradientProblem {
  /** Value at `theta`; writes the gradient, shape [parameters]. NaN counts as +infinity. */
  gradient(theta: Float64Array, out: Float64Array): number;
}

/** Fraction of the promised decrease that a step must keep, and of the slope that it must lose. */
const SUFFICIENT_DECREASE = 1e-4;
const SLOPE_LEFT = 0.9;
const MOST_TRIALS = 60;
const LONGEST_STEP = 1e10;
/** Relative width at which the bracket of a line search holds nothing more. */
const NARROW = 1e-8;

/**
 * BFGS on a dense inverse Hessian, with a bisecting line search for the weak Wolfe conditions.
 *
 * Bounds are kept by projection: parameters that sit at a bound with the gradient pointing outward are
 * held, and the search runs along the projected path of the others. Deterministic; reuses its workspace.
 *
 * @see Bertsekas, SIAM J. Control Optim. 20 (1982) 221; Lewis and Overton, Math. Program. 141 (2013) 135
 */
export class Bfgs {
  private readonly inverse: Float64Array;
  private readonly gradient: Float64Array;
  private readonly trialGradient: Float64Array;
  private readonly direction: Float64Array;
  private readonly change: Float64Array;
  private readonly slopeChange: Float64Array;
  private readonly product: Float64Array;
  private readonly held: Uint8Array;
  private trial: Float64Array;
  private clipped = false;
  /** Values with gradient computed by the last call. */
  evaluations = 0;

  constructor(maxParameters: number) {
    this.inverse = new Float64Array(maxParameters * maxParameters);
    this.gradient = new Float64Array(maxParameters);
    this.trialGradient = new Float64Array(maxParameters);
    this.direction = new Float64Array(maxParameters);
    this.change = new Float64Array(maxParameters);
    this.slopeChange = new Float64Array(maxParameters);
    this.product = new Float64Array(maxParameters);
    this.held = new Uint8Array(maxParameters);
    this.trial = new Float64Array(maxParameters);
  }

  /**
   * Moves `theta` to a local minimum; entries beyond `parameters` are passed on untouched.
   *
   * @returns the value reached; NaN when it is not finite at the start
   */
  minimise(problem: GradientProblem, theta: Float64Array, parameters: number, options: DescentOptions): number {
    const n = parameters;
    const { gradient, trialGradient, change, slopeChange } = this;
    if (this.trial.length !== theta.length) this.trial = new Float64Array(theta.length);
    const { trial } = this;
    project(theta, n, options);
    this.evaluations = 1;
    let value = problem.gradient(theta, gradient);
    if (!Number.isFinite(value)) return Number.NaN;
    for (let i = 0; i < theta.length; i++) trial[i] = theta[i];
    let fresh = true;
    let small = 0;
    this.reset(n, 0);
    for (let iteration = 0; iteration < options.maxIterations; iteration++) {
      if (fresh) this.reset(n, firstScale(theta, gradient, n));
      if (!this.aim(theta, n, options)) break;
      const next = this.search(problem, theta, value, n, options);
      if (!(next <= value)) {
        if (fresh) break;
        fresh = true;
        continue;
      }
      const gain = value - next;
      for (let i = 0; i < n; i++) {
        change[i] = trial[i] - theta[i];
        slopeChange[i] = trialGradient[i] - gradient[i];
        theta[i] = trial[i];
        gradient[i] = trialGradient[i];
      }
      value = next;
      this.update(n, fresh);
      fresh = false;
      small = gain <= options.tolerance * Math.abs(value) ? small + 1 : 0;
      if (small === 2) break;
    }
    return value;
  }

  /**
   * Looks along the projected path for a point of the weak Wolfe conditions; `trial` holds it afterwards.
   *
   * @returns its value; NaN when no step helps
   */
  private search(problem: GradientProblem, theta: Float64Array, value: number, n: number, box: DescentOptions): number {
    const { gradient, trialGradient, direction } = this;
    let least = 0;
    let most = Number.POSITIVE_INFINITY;
    let step = 1;
    for (let attempt = 0; attempt < MOST_TRIALS; attempt++) {
      const next = this.at(problem, theta, step, n, box);
      if (Number.isNaN(next)) return Number.NaN;
      let promised = 0;
      let slope = 0;
      let before = 0;
      for (let i = 0; i < n; i++) {
        promised += gradient[i] * (this.trial[i] - theta[i]);
        slope += trialGradient[i] * direction[i];
        before += gradient[i] * direction[i];
      }
      if (!(next <= value + SUFFICIENT_DECREASE * promised) || !finite(trialGradient, n)) {
        most = step;
      } else {
        if (this.clipped || slope >= SLOPE_LEFT * before || step > LONGEST_STEP) return next;
        least = step;
      }
      if (most - least <= NARROW * most) break;
      step = most < Number.POSITIVE_INFINITY ? 0.5 * (least + most) : 2 * step;
    }
    // Rounding may hide the end of the slope: the longest step that was good enough will do.
    return least > 0 ? this.at(problem, theta, least, n, box) : Number.NaN;
  }

  /** Value at theta + step * direction, moved into the box; NaN when that is theta itself, +infinity when undefined. */
  private at(problem: GradientProblem, theta: Float64Array, step: number, n: number, box: DescentOptions): number {
    const { trial, direction } = this;
    let moved = false;
    this.clipped = false;
    for (let i = 0; i < n; i++) {
      trial[i] = theta[i] + step * direction[i];
      if (clip(trial, i, box)) this.clipped = true;
      if (trial[i] !== theta[i]) moved = true;
    }
    if (!moved) return Number.NaN;
    this.evaluations++;
    const value = problem.gradient(trial, this.trialGradient);
    return Number.isNaN(value) ? Number.POSITIVE_INFINITY : value;
  }

  /** Inverse Hessian = scale times the identity. */
  private reset(n: number, scale: number): void {
    this.inverse.fill(0, 0, n * n);
    for (let i = 0; i < n; i++) this.inverse[i * n + i] = scale;
  }

  /** Sets the direction of descent; false when no parameter can move downhill. */
  private aim(theta: Float64Array, n: number, options: DescentOptions): boolean {
    const { gradient, direction, inverse, held } = this;
    for (let i = 0; i < n; i++) {
      held[i] = pushesOut(theta, gradient, i, options) ? 1 : 0;
    }
    let slope = 0;
    for (let i = 0; i < n; i++) {
      let sum = 0;
      if (held[i] === 0) for (let j = 0; j < n; j++) if (held[j] === 0) sum -= inverse[i * n + j] * gradient[j];
      direction[i] = sum;
      slope += sum * gradient[i];
    }
    return slope < 0;
  }

  /** The BFGS update; skipped where the curvature along the step is not positive. */
  private update(n: number, fresh: boolean): void {
    const { inverse, change, slopeChange, product } = this;
    let curvature = 0;
    let square = 0;
    for (let i = 0; i < n; i++) {
      curvature += change[i] * slopeChange[i];
      square += slopeChange[i] * slopeChange[i];
    }
    if (!(curvature > 1e-14 * square * Math.abs(inverse[0])) || !(square > 0)) return;
    if (fresh) this.reset(n, curvature / square);
    let quadratic = 0;
    for (let i = 0; i < n; i++) {
      let sum = 0;
      for (let j = 0; j < n; j++) sum += inverse[i * n + j] * slopeChange[j];
      product[i] = sum;
      quadratic += sum * slopeChange[i];
    }
    const factor = (1 + quadratic / curvature) / curvature;
    for (let i = 0; i < n; i++) {
      for (let j = 0; j < n; j++) {
        const mixed = (product[i] * change[j] + change[i] * product[j]) / curvature;
        inverse[i * n + j] += factor * change[i] * change[j] - mixed;
      }
    }
  }
}

/** A first step of about a tenth of the size of theta. */
function firstScale(theta: Float64Array, gradient: Float64Array, n: number): number {
  let size = 0;
  let slope = 0;
  for (let i = 0; i < n; i++) {
    size += theta[i] * theta[i];
    slope += gradient[i] * gradient[i];
  }
  return slope > 0 ? (0.1 * Math.max(Math.sqrt(size), 0.1)) / Math.sqrt(slope) : 1;
}

function finite(values: Float64Array, n: number): boolean {
  let check = 0;
  for (let i = 0; i < n; i++) check += values[i] - values[i];
  return check === 0;
}

/** Moves all parameters into the box. */
function project(theta: Float64Array, n: number, options: DescentOptions): void {
  for (let i = 0; i < n; i++) clip(theta, i, options);
}
