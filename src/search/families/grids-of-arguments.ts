import type { Argument } from './argument.ts';
import { even, type Grid, geometric, ONE_CONSTANT } from './grid.ts';

/** Steps of k per unit of the given ratio. */
const SMOOTH = 1.7;
/** Largest argument of an exponential that is finite. */
const LARGEST_EXPONENT = 690;
/** Advance of the phase over the data between two frequencies of a wave of free phase, radians. */
const PHASE_STEP = 1.2;
/** The same where the phase is fixed at h = 0. */
const FIXED_PHASE_STEP = 0.45;
/** Least phase over the data: a slower wave of free phase is a parabola. */
const SLOWEST_WAVE = 1;
/** Largest phase over the data, of the simplest arguments and of the others. */
const PHASES = [200, 40];
const DAMPED_PHASE = 100;
/** Steps of a damping per unit of the given ratio. */
const DAMPING = 2;
const FINELY_SEARCHED = 12;

const negated = (run: Float64Array): Float64Array => run.map((k) => -k);
const of = (...runs: Float64Array[]): Grid => ({ runs, c: ONE_CONSTANT });

/** k of exp(k h) beside a free factor and a free offset: what counts is how it varies over the data. */
export function decayGrid({ width, near }: Argument, ratio: number): Grid {
  return of(geometric(0.03 / width, 10 / near.high, ratio), negated(geometric(0.03 / width, 10 / near.low, ratio)));
}

/** k of a function of k h that is special at h = 0, of both signs. */
export function scaleGrid(argument: Argument, ratio: number): Grid {
  const [run] = positiveScaleGrid(argument, ratio).runs;
  return of(run, negated(run));
}

/** The same for functions whose other sign is nothing new. */
export function positiveScaleGrid({ largest, near }: Argument, ratio: number): Grid {
  return of(geometric(0.05 / largest, Math.min(20 / near.zero, LARGEST_EXPONENT / largest), ratio));
}

/** c of h + c > 0 and of h + c < 0 on all the data: from far less than the width of the data away to far more. */
export function offsetGrid({ low, high, width, near }: Argument, ratio: number): Grid {
  const steps = (closest: number): Float64Array =>
    geometric(Math.min(1e-3 * width, 0.1 * closest), 50 * width, ratio ** SMOOTH);
  return of(
    steps(near.low).map((distance) => distance - low),
    steps(near.high).map((distance) => -(distance + high)),
  );
}

/** Frequencies of a wave of free phase. */
export function waveGrid({ width, rank }: Argument, ratio: number): Grid {
  const phase = PHASES[rank < FINELY_SEARCHED ? 0 : 1];
  return of(even(SLOWEST_WAVE / width, phase / width, (PHASE_STEP * coarser(ratio)) / width));
}

/** Dampings k by frequencies c. */
export function dampedGrid({ width }: Argument, ratio: number): Grid {
  const run = geometric(0.3 / width, 12 / width, ratio ** DAMPING);
  const c = even(SLOWEST_WAVE / width, DAMPED_PHASE / width, (PHASE_STEP * coarser(ratio)) / width);
  return { runs: [run, negated(run)], c };
}

/** Frequencies of a wave that starts at h = 0. */
export function fixedWaveGrid({ largest, rank }: Argument, ratio: number): Grid {
  const phase = PHASES[rank < FINELY_SEARCHED ? 0 : 1];
  return of(even(0.2 / largest, phase / largest, (FIXED_PHASE_STEP * coarser(ratio)) / largest));
}

/** Exponents of a power that stands beside an offset. */
export function exponentGrid(argument: Argument): Grid {
  if (!(argument.low > 0)) return of();
  return of(even(-4, -0.125, 0.125), even(0.125, 4, 0.125));
}

/** Widths 1 / k and places c of a peak or a step within the data. */
export function placeGrid({ low, high, width }: Argument, ratio: number): Grid {
  return {
    runs: [geometric(0.7 / width, 60 / width, ratio ** SMOOTH)],
    c: even(low - 0.2 * width, high + 0.2 * width, width / 24),
  };
}

/** Waves are searched at no more than a quarter of their resolution less. */
function coarser(ratio: number): number {
  return ratio > 1.5 ? 1.25 : 1;
}
