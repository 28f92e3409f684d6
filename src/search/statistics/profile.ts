import { ConvergenceError } from '../../core/index.ts';
import { freeze, type Likelihood, type LocalEvaluator, type Program } from '../../evaluation/index.ts';
import { fitConstants } from './fit-constants.ts';
import { withColumns } from './with-columns.ts';

/** An interval of one parameter by its profile likelihood. */
export interface ProfileInterval {
  /** Ends; a bound where the profile does not rise enough before it, infinite where it never does. */
  readonly low: number;
  readonly high: number;
  /** Distances from the fitted value to the ends, both >= 0. */
  readonly down: number;
  readonly up: number;
  /** Whether an end is a bound of the parameter. */
  readonly atBound: boolean;
}

/** A fit at its minimum, as the profile needs it. */
export interface FittedProblem {
  readonly likelihood: Likelihood;
  /** Inputs of the program, shape [inputs][likelihood.rows]. */
  readonly columns: readonly Float64Array[];
  readonly program: Program;
  /** Names of the parameters, and their fitted values, shape [parameters]. */
  readonly names: readonly string[];
  readonly values: Float64Array;
  /** -2 log L at `values`. */
  readonly minimum: number;
  readonly lower: Float64Array;
  readonly upper: Float64Array;
}

/** Agreement of the rise with the one that is looked for. */
const RISE_TOLERANCE = 1e-7;
const MOST_STEPS = 100;
/** Steps in units of the first one after which a profile counts as flat. */
const FARTHEST = 1e6;
/** Fall below the minimum, relative to the rise, that shows that the minimum was none. */
const LOWER_MINIMUM = 1e-3;

/** -2 log L minimised over all parameters but one, which is given; answers near each other cost little. */
export class Profile {
  private readonly program: Program;
  private readonly position: Int32Array;
  private readonly others: readonly number[];
  private readonly box: { lower: Float64Array; upper: Float64Array };
  private start: Float64Array;

  /** @param evaluator holds the columns of the fit */
  constructor(
    private readonly fit: FittedProblem,
    private readonly index: number,
    private readonly evaluator: LocalEvaluator,
  ) {
    const frozen = freeze(fit.program, new Set([index]));
    this.program = { ...frozen.program, constants: frozen.program.constants.slice() };
    this.position = frozen.position;
    this.others = [...fit.values.keys()].filter((i) => i !== index);
    const pick = (all: Float64Array) => Float64Array.from(this.others, (i) => all[i]);
    this.box = { lower: pick(fit.lower), upper: pick(fit.upper) };
    this.start = pick(fit.values);
  }

  /** NaN where the likelihood is undefined. */
  at(value: number): number {
    this.program.constants[this.position[this.index]] = value;
    const found = fitConstants(this.fit.likelihood, this.evaluator, this.program, this.start, this.box);
    if (Number.isFinite(found.value)) this.start = found.values;
    return found.value;
  }
}

/**
 * The interval in which the profile of a parameter rises by at most `rise` above the minimum: MINOS.
 *
 * @param index of the parameter
 * @param rise z^2 for an interval of z standard deviations
 * @param step distance at which the parabola rises by that much; a guess of it will do
 * @throws ConvergenceError when the profile falls below the minimum, or its end is not found
 * @see James and Roos, Comput. Phys. Commun. 10 (1975) 343
 */
export function profileInterval(fit: FittedProblem, index: number, rise: number, step: number): ProfileInterval {
  const value = fit.values[index];
  const { down, up } = withColumns(fit.columns, fit.likelihood.rows, (evaluator) => ({
    down: crossing(fit, new Profile(fit, index, evaluator), index, rise, -step, fit.lower[index]),
    up: crossing(fit, new Profile(fit, index, evaluator), index, rise, step, fit.upper[index]),
  }));
  return {
    low: down.end,
    high: up.end,
    down: value - down.end,
    up: up.end - value,
    atBound: down.atBound || up.atBound,
  };
}

/** Where the profile has risen: outward in growing steps, then by false position between the last two. */
function crossing(
  fit: FittedProblem,
  profile: Profile,
  index: number,
  rise: number,
  step: number,
  bound: number,
): { end: number; atBound: boolean } {
  const origin = fit.values[index];
  const excess = (x: number): number => {
    const value = profile.at(x) - fit.minimum;
    if (value < -LOWER_MINIMUM * rise) {
      const hint = 'fit again from there, or with more restarts';
      throw new ConvergenceError(`a lower minimum lies near ${fit.names[index]} = ${x.toPrecision(6)}`, 0, value, hint);
    }
    return Number.isNaN(value) ? Number.POSITIVE_INFINITY : value - rise;
  };
  const within = (x: number): number => (step < 0 ? Math.max(bound, x) : Math.min(bound, x));
  if (origin === bound) return { end: bound, atBound: true };

  let inner = origin;
  let innerExcess = -rise;
  let outer = within(origin + step);
  let outerExcess = excess(outer);
  for (let reach = 1; outerExcess < 0; ) {
    if (outer === bound) return { end: bound, atBound: true };
    // A parabola through the minimum says how far to go; not more than four times as far at once.
    const factor = Math.min(4, Math.max(1.1, 1.02 * Math.sqrt(rise / Math.max(outerExcess + rise, 1e-9 * rise))));
    reach *= factor;
    if (reach > FARTHEST)
      return { end: step < 0 ? Number.NEGATIVE_INFINITY : Number.POSITIVE_INFINITY, atBound: false };
    inner = outer;
    innerExcess = outerExcess;
    outer = within(origin + reach * step);
    outerExcess = excess(outer);
  }
  for (let count = 0; count < MOST_STEPS; count++) {
    if (outerExcess <= RISE_TOLERANCE * rise) return { end: outer, atBound: false };
    const x = between(origin, rise, inner, innerExcess, outer, outerExcess, count);
    if (x === inner || x === outer) return { end: outer, atBound: false };
    const value = excess(x);
    if (Math.abs(value) <= RISE_TOLERANCE * rise) return { end: x, atBound: false };
    if (value < 0) {
      inner = x;
      innerExcess = value;
    } else {
      outer = x;
      outerExcess = value;
    }
  }
  throw new ConvergenceError(`the profile of "${fit.names[index]}" has no clear end`, MOST_STEPS, outerExcess);
}

/** False position on the square root of the rise, which is a straight line for a parabola; every third time the middle. */
function between(
  origin: number,
  rise: number,
  inner: number,
  innerExcess: number,
  outer: number,
  outerExcess: number,
  count: number,
): number {
  const middle = 0.5 * (inner + outer);
  if (count % 3 === 2 || !Number.isFinite(outerExcess)) return middle;
  const root = (excess: number): number => Math.sqrt(Math.max(0, excess + rise));
  const innerRoot = inner === origin ? 0 : root(innerExcess);
  const share = (Math.sqrt(rise) - innerRoot) / (root(outerExcess) - innerRoot);
  const x = inner + share * (outer - inner);
  return x === inner || x === outer || !Number.isFinite(x) ? middle : x;
}
