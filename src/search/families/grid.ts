/** Values of one or two inner constants: every k with every c. */
export interface Grid {
  /** Runs of k, each monotone; between two runs the function jumps. */
  readonly runs: readonly Float64Array[];
  /** Shape [points], ascending; [0] for a function of one constant. */
  readonly c: Float64Array;
}

export const ONE_CONSTANT: Float64Array = Float64Array.of(0);
const MOST_POINTS = 400;

/** Geometric steps from `low` to `high`, both above 0. */
export function geometric(low: number, high: number, ratio: number): Float64Array {
  if (!(low > 0 && high > low && Number.isFinite(high / low))) return new Float64Array(0);
  const steps = Math.min(MOST_POINTS, Math.max(1, Math.ceil(Math.log(high / low) / Math.log(ratio))));
  return Float64Array.from({ length: steps + 1 }, (_, i) => low * (high / low) ** (i / steps));
}

/** Equal steps of at most `step` from `low` to `high`. */
export function even(low: number, high: number, step: number): Float64Array {
  if (!(high > low && step > 0 && Number.isFinite(high - low))) return new Float64Array(0);
  const steps = Math.min(MOST_POINTS, Math.ceil((high - low) / step));
  return Float64Array.from({ length: steps + 1 }, (_, i) => low + ((high - low) * i) / steps);
}

/** Between which values a minimum near point `i` of a run is looked for; a run of one point stays there. */
export function bracket(run: Float64Array, i: number): [number, number] {
  if (run.length === 1) return [run[0], run[0]];
  const beyond = (inner: number, at: number): number => {
    const step = at - inner;
    // Past the end of a run the constant may run on, but not through 0.
    return at !== 0 && Math.sign(at + step) !== Math.sign(at) ? at / 2 : at + step;
  };
  const before = i > 0 ? run[i - 1] : beyond(run[i + 1], run[i]);
  const after = i + 1 < run.length ? run[i + 1] : beyond(run[i - 1], run[i]);
  return before < after ? [before, after] : [after, before];
}
