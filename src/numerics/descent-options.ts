/** When a descent ends, and the box it stays in. */
export interface DescentOptions {
  readonly maxIterations: number;
  /** Stop when an iteration lowers the value by less than this fraction of it. */
  readonly tolerance: number;
  /** Least values, shape [parameters]; -infinity when absent. */
  readonly lower?: Float64Array;
  /** Greatest values, shape [parameters]; +infinity when absent. */
  readonly upper?: Float64Array;
}

/** Moves one parameter into the box; true when it was outside. */
export function clip(theta: Float64Array, i: number, { lower, upper }: DescentOptions): boolean {
  if (lower !== undefined && theta[i] < lower[i]) theta[i] = lower[i];
  else if (upper !== undefined && theta[i] > upper[i]) theta[i] = upper[i];
  else return false;
  return true;
}

/** Whether a parameter sits at a bound that descent would push it through. */
export function pushesOut(theta: Float64Array, gradient: Float64Array, i: number, box: DescentOptions): boolean {
  const { lower, upper } = box;
  if (lower !== undefined && theta[i] <= lower[i] && gradient[i] > 0) return true;
  return upper !== undefined && theta[i] >= upper[i] && gradient[i] < 0;
}
