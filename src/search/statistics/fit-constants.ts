import { RandomStream } from '../../core/index.ts';
import type { Likelihood, LocalEvaluator, Program } from '../../evaluation/index.ts';
import { Bfgs, LevenbergMarquardt, NelderMead } from '../../numerics/index.ts';

/** Which optimiser fits the constants. */
export type OptimiserName = 'levenberg-marquardt' | 'bfgs' | 'nelder-mead';

/** How constants are fitted. */
export interface FitConstantsOptions {
  /** 'levenberg-marquardt' by default; the others suit likelihoods with kinks or without derivatives. */
  readonly optimiser?: OptimiserName;
  /** Bounds, shape [parameters]. */
  readonly lower?: Float64Array;
  readonly upper?: Float64Array;
  /** Further starts, drawn around the first one, or between finite bounds; 0 by default. */
  readonly restarts?: number;
  /** Asked after every restart whether the others may be spared: the lowest value, and how many starts ended there. */
  readonly enough?: (value: number, hits: number) => boolean;
  /** Where the starts come from. */
  readonly random?: RandomStream;
}

/** A minimum, and what the likelihood looks like there. */
export interface ConstantsFit {
  /** Shape [parameters]. */
  readonly values: Float64Array;
  /** Value of the likelihood; NaN when it is undefined at every start. */
  readonly value: number;
  /** d value / d parameter at the minimum, shape [parameters]. */
  readonly gradient: Float64Array;
  /** Gauss-Newton matrix at the minimum, shape [parameters * parameters]. */
  readonly hessian: Float64Array;
  /** Evaluations of the likelihood. */
  readonly evaluations: number;
}

const ITERATIONS: Readonly<Record<OptimiserName, number>> = {
  'levenberg-marquardt': 100,
  bfgs: 300,
  'nelder-mead': 4000,
};
const TOLERANCE = 1e-13;
/** Rounds of an optimiser from its own answer: what stopped it may be its damping. */
const MOST_ROUNDS = 8;
/** A round that gains less than this fraction is the last. */
const ROUND_GAIN = 1e-10;
/** Relative difference of values that belong to one minimum. */
const SAME_MINIMUM = 1e-6;

/** The likelihood of one program as the optimisers see it. */
class ConstantsProblem {
  evaluations = 0;
  private readonly scratch: Float64Array;
  private readonly program: Program;

  constructor(
    private readonly likelihood: Likelihood,
    private readonly evaluator: LocalEvaluator,
    program: Program,
  ) {
    this.scratch = new Float64Array(program.parameters ** 2);
    this.program = { ...program, constants: program.constants.slice() };
  }

  value(theta: Float64Array): number {
    this.evaluations++;
    const { values, finite } = this.evaluator.values(this.at(theta));
    return finite ? this.likelihood.value(values) : Number.NaN;
  }

  normalEquations(theta: Float64Array, hessian: Float64Array, gradient: Float64Array): number {
    this.evaluations++;
    const { values, jacobian, finite } = this.evaluator.jacobian(this.at(theta));
    if (!finite) return Number.NaN;
    return this.likelihood.normalEquations(values, jacobian, this.program.parameters, { hessian, gradient });
  }

  gradient(theta: Float64Array, out: Float64Array): number {
    return this.normalEquations(theta, this.scratch, out);
  }

  /** Constants beyond theta stay those of the program. */
  private at(theta: Float64Array): Program {
    this.program.constants.set(theta);
    return this.program;
  }
}

/**
 * Fits the parameters of a program to a likelihood.
 *
 * @param evaluator holds the columns of the program, with `likelihood.rows` rows
 * @param start shape [program.parameters]
 */
export function fitConstants(
  likelihood: Likelihood,
  evaluator: LocalEvaluator,
  program: Program,
  start: Float64Array,
  options: FitConstantsOptions = {},
): ConstantsFit {
  const n = program.parameters;
  const { optimiser = 'levenberg-marquardt', lower, upper, restarts = 0, random = new RandomStream(0) } = options;
  const problem = new ConstantsProblem(likelihood, evaluator, program);
  const descend = descentOf(optimiser, problem, n, { lower, upper });
  let values = clipped(start, lower, upper);
  let value = n === 0 ? problem.value(values) : descend(values, MOST_ROUNDS);
  let hits = 1;
  for (let restart = 0; n > 0 && restart < restarts && !options.enough?.(value, hits); restart++) {
    const theta = drawStart(start, random.split(restart), lower, upper);
    const reached = descend(theta, 1);
    if (!Number.isFinite(reached)) continue;
    if (Math.abs(reached - value) <= SAME_MINIMUM * Math.abs(value)) hits++;
    else if (!(reached > value)) hits = 1;
    if (reached >= value) continue;
    values = theta;
    value = reached;
  }
  if (n > 0 && restarts > 0 && Number.isFinite(value)) value = descend(values, MOST_ROUNDS);
  const hessian = new Float64Array(n * n);
  const gradient = new Float64Array(n);
  if (Number.isFinite(value)) value = problem.normalEquations(values, hessian, gradient);
  return { values, value, gradient, hessian, evaluations: problem.evaluations };
}

/** Runs an optimiser until another round gains nothing. */
function descentOf(
  name: OptimiserName,
  problem: ConstantsProblem,
  n: number,
  box: { readonly lower?: Float64Array; readonly upper?: Float64Array },
): (theta: Float64Array, rounds: number) => number {
  const options = { ...box, maxIterations: ITERATIONS[name], tolerance: TOLERANCE, floor: Number.NEGATIVE_INFINITY };
  const roles = new Uint8Array(n);
  const optimiser = new OPTIMISERS[name](n);
  const once = (theta: Float64Array): number =>
    optimiser instanceof LevenbergMarquardt
      ? optimiser.minimise(problem, theta, n, roles, options)
      : optimiser.minimise(problem, theta, n, options);
  return (theta, rounds) => {
    let value = once(theta);
    for (let round = 1; round < rounds && Number.isFinite(value); round++) {
      const next = once(theta);
      const gain = value - next;
      value = next;
      if (!(gain > ROUND_GAIN * Math.abs(value))) break;
    }
    return value;
  };
}

const OPTIMISERS = { 'levenberg-marquardt': LevenbergMarquardt, bfgs: Bfgs, 'nelder-mead': NelderMead } as const;

function clipped(start: Float64Array, lower?: Float64Array, upper?: Float64Array): Float64Array {
  return start.map((x, i) => Math.min(upper?.[i] ?? Infinity, Math.max(lower?.[i] ?? -Infinity, x)));
}

/** Decades over which a start is spread. */
const DECADES = 0.7;

/** Uniform between finite bounds; elsewhere the start times a log-normal factor, with either sign now and then. */
function drawStart(
  start: Float64Array,
  random: RandomStream,
  lower: Float64Array | undefined,
  upper: Float64Array | undefined,
): Float64Array {
  const drawn = start.map((x, i) => {
    const low = lower?.[i] ?? Number.NEGATIVE_INFINITY;
    const high = upper?.[i] ?? Number.POSITIVE_INFINITY;
    const uniform = random.uniform();
    const normal = random.normal();
    if (Number.isFinite(high - low)) return low + uniform * (high - low);
    if (x === 0) return normal;
    return (uniform < 0.25 ? -x : x) * 10 ** (DECADES * normal);
  });
  return clipped(drawn, lower, upper);
}
