import { clip, type DescentOptions } from './descent-options.ts';

/** A function without derivatives. */
export interface ValueProblem {
  /** Value at `theta`. NaN counts as +infinity. */
  value(theta: Float64Array): number;
}

/** Sides of the first simplex: a fraction of the parameter, or this much where it is 0. */
const RELATIVE_SIDE = 0.05;
const SIDE_AT_ZERO = 0.01;
const MOST_RESTARTS = 5;

/**
 * Nelder and Mead's simplex with coefficients that adapt to the number of parameters.
 *
 * Points outside of the box are moved onto its faces. A simplex that has come to rest is set up afresh
 * around its best point until that gains nothing, because a degenerate simplex also rests. Deterministic;
 * reuses its workspace.
 *
 * @see Gao and Han, Comput. Optim. Appl. 51 (2012) 259
 */
export class NelderMead {
  private readonly points: Float64Array;
  private readonly values: Float64Array;
  private readonly centre: Float64Array;
  private readonly first: Float64Array;
  private trial: Float64Array;
  private problem!: ValueProblem;
  private options!: DescentOptions;
  /** Values computed by the last call. */
  evaluations = 0;

  constructor(maxParameters: number) {
    this.points = new Float64Array((maxParameters + 1) * maxParameters);
    this.values = new Float64Array(maxParameters + 1);
    this.centre = new Float64Array(maxParameters);
    this.first = new Float64Array(maxParameters);
    this.trial = new Float64Array(maxParameters);
  }

  /**
   * Moves `theta` to a local minimum; entries beyond `parameters` are passed on untouched. One iteration is one
   * move of the simplex; `tolerance` compares the values at its corners, and its size relative to theta with the root.
   *
   * @returns the value reached; NaN when no point that was tried has a finite one
   */
  minimise(problem: ValueProblem, theta: Float64Array, parameters: number, options: DescentOptions): number {
    const n = parameters;
    if (this.trial.length !== theta.length) this.trial = new Float64Array(theta.length);
    this.trial.set(theta);
    this.problem = problem;
    this.options = options;
    this.evaluations = 0;
    for (let i = 0; i < n; i++) this.trial[i] = theta[i];
    let best = this.at(n);
    for (let i = 0; i < n; i++) theta[i] = this.trial[i];
    let left = options.maxIterations;
    for (let restart = 0; n > 0 && left > 0 && restart <= MOST_RESTARTS; restart++) {
      this.setUp(theta, best, n, restart % 2 === 0 ? 1 : -1);
      left = this.descend(n, left);
      const next = this.values[0];
      for (let i = 0; i < n; i++) theta[i] = this.points[i];
      const gain = best - next;
      best = next;
      if (!(gain > options.tolerance * Math.abs(next))) break;
    }
    return Number.isFinite(best) ? best : Number.NaN;
  }

  /** Value at the trial point, moved into the box first. */
  private at(n: number): number {
    for (let i = 0; i < n; i++) clip(this.trial, i, this.options);
    this.evaluations++;
    const value = this.problem.value(this.trial);
    return Number.isNaN(value) ? Number.POSITIVE_INFINITY : value;
  }

  private setUp(theta: Float64Array, value: number, n: number, sign: number): void {
    const { points, values, trial } = this;
    for (let i = 0; i < n; i++) points[i] = theta[i];
    values[0] = value;
    for (let corner = 1; corner <= n; corner++) {
      for (let i = 0; i < n; i++) trial[i] = theta[i];
      const k = corner - 1;
      const side = theta[k] === 0 ? SIDE_AT_ZERO : RELATIVE_SIDE * Math.abs(theta[k]);
      trial[k] = theta[k] + sign * side;
      if (clip(trial, k, this.options)) trial[k] = theta[k] - sign * side;
      const reached = this.at(n);
      for (let i = 0; i < n; i++) points[corner * n + i] = trial[i];
      values[corner] = reached;
    }
    this.sort(n);
  }

  /** Moves the simplex until it rests; returns the iterations left. */
  private descend(n: number, iterations: number): number {
    const { points, values, centre, first, trial } = this;
    const { tolerance } = this.options;
    const expansion = n === 1 ? 2 : 1 + 2 / n;
    const contraction = n === 1 ? 0.5 : 0.75 - 0.5 / n;
    const shrinkage = n === 1 ? 0.5 : 1 - 1 / n;
    let left = iterations;
    for (; left > 0; left--) {
      if (values[n] - values[0] <= tolerance * Math.abs(values[0]) && this.extent(n) <= Math.sqrt(tolerance)) break;
      if (this.extent(n) <= 4 * Number.EPSILON) break;
      for (let i = 0; i < n; i++) {
        let sum = 0;
        for (let corner = 0; corner < n; corner++) sum += points[corner * n + i];
        centre[i] = sum / n;
      }
      const reflected = this.along(1, n);
      if (reflected < values[0]) {
        for (let i = 0; i < n; i++) first[i] = trial[i];
        const expanded = this.along(expansion, n);
        if (expanded < reflected) this.replaceWorst(trial, expanded, n);
        else this.replaceWorst(first, reflected, n);
      } else if (reflected < values[n - 1]) {
        this.replaceWorst(trial, reflected, n);
      } else {
        const outside = reflected < values[n];
        const contracted = this.along(outside ? contraction : -contraction, n);
        if (outside ? contracted <= reflected : contracted < values[n]) this.replaceWorst(trial, contracted, n);
        else this.shrink(shrinkage, n);
      }
      this.sort(n);
    }
    return left;
  }

  /** Value at centre + t (centre - worst). */
  private along(t: number, n: number): number {
    const { points, centre, trial } = this;
    for (let i = 0; i < n; i++) trial[i] = centre[i] + t * (centre[i] - points[n * n + i]);
    return this.at(n);
  }

  private replaceWorst(point: Float64Array, value: number, n: number): void {
    for (let i = 0; i < n; i++) this.points[n * n + i] = point[i];
    this.values[n] = value;
  }

  /** Draws all corners towards the best one. */
  private shrink(factor: number, n: number): void {
    const { points, values, trial } = this;
    for (let corner = 1; corner <= n; corner++) {
      for (let i = 0; i < n; i++) trial[i] = points[i] + factor * (points[corner * n + i] - points[i]);
      const value = this.at(n);
      for (let i = 0; i < n; i++) points[corner * n + i] = trial[i];
      values[corner] = value;
    }
  }

  /** Largest distance of a corner from the best one along an axis, relative to the parameter there. */
  private extent(n: number): number {
    const { points } = this;
    let largest = 0;
    for (let corner = 1; corner <= n; corner++) {
      for (let i = 0; i < n; i++) {
        const size = Math.max(Math.abs(points[i]), SIDE_AT_ZERO);
        largest = Math.max(largest, Math.abs(points[corner * n + i] - points[i]) / size);
      }
    }
    return largest;
  }

  /** Sorts the corners by value, stably, by insertion: after one move only one is out of place. */
  private sort(n: number): void {
    const { points, values } = this;
    for (let corner = 1; corner <= n; corner++) {
      for (let at = corner; at > 0 && values[at] < values[at - 1]; at--) {
        const value = values[at];
        values[at] = values[at - 1];
        values[at - 1] = value;
        for (let i = 0; i < n; i++) {
          const held = points[at * n + i];
          points[at * n + i] = points[(at - 1) * n + i];
          points[(at - 1) * n + i] = held;
        }
      }
    }
  }
}
