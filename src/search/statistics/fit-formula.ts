import { ConvergenceError, DataError, RandomStream, type Table } from '../../core/index.ts';
import { compile, type Likelihood, type Program } from '../../evaluation/index.ts';
import { constant, type Expression, parse, substitute, variablesOf } from '../../expressions/index.ts';
import { chi2Sf } from '../../numerics/index.ts';
import { correlationsOf, parameterCovariance } from './covariance.ts';
import { type ConstantsFit, type FitConstantsOptions, fitConstants } from './fit-constants.ts';
import { FittedFormula, type FittedParameter } from './fitted-formula.ts';
import { type Measurement, measurementOf } from './measurement.ts';
import { type ParametrisedFormula, parametrise } from './parameters.ts';
import type { FittedProblem } from './profile.ts';
import type { StatisticsOptions } from './statistics-options.ts';
import { withColumns } from './with-columns.ts';

const RESTARTS = 10;
/** Starts that must agree before the others are spared: where chi2 shows that the formula fits, and where it cannot. */
const HITS = 3;
const HITS_UNJUDGED = 5;
/** chi2 above its expectation, in standard deviations, that still counts as a fit. */
const ACCEPTABLE = 5;
/** Residuals of an exact fit, relative to the target. */
const ROUNDING = 64 * Number.EPSILON;

/**
 * Fits the parameters of a formula to a table and says how well they are known.
 *
 * Every name in the formula that is no numeric column is a parameter. The errors of the target are a column of standard
 * errors, two columns of asymmetric ones, a covariance matrix, or Poisson's for counts in bins; without any, all rows
 * have the same error, and it is such that chi2/ndf = 1.
 *
 * @throws ParseError; OptionError "contradiction" | "unknown-parameter" | "bad-start" | "bad-bounds";
 *   DataError for columns, and "too-few-rows" | "not-finite" | "undetermined-parameter"
 * @example fitFormula('a + b * x', Table.from({ x: [0, 1, 2], y: [1, 3, 5], s: [1, 1, 1] }), { target: 'y', sigma: 's' }).values // [1, 2]
 */
export function fitFormula(formula: string | Expression, table: Table, options: StatisticsOptions): FittedFormula {
  const measurement = measurementOf(table, options);
  const expression = typeof formula === 'string' ? parse(formula) : formula;
  const parametrised = parametrise(expression, measurement.inputs, options);
  return fitParametrised(parametrised, measurement, options);
}

/**
 * The statistics of a formula whose numbers are its parameters, such as one from the front of a search: c1, c2, ... in
 * the order of reading. The fit starts at the numbers that are there, and whole exponents stay.
 *
 * @throws as `fitFormula`
 */
export function statisticsOf(tree: Expression, table: Table, options: StatisticsOptions): FittedFormula {
  return fitFormula(tree, table, { restarts: 0, ...options, freeConstants: true });
}

function fitParametrised(
  parametrised: ParametrisedFormula,
  measurement: Measurement,
  options: StatisticsOptions,
): FittedFormula {
  const whole = parametrised.integer[0];
  if (whole !== undefined) return fitWhole(parametrised, whole, measurement, options);
  const setting = settle(parametrised, measurement, options);
  const { fit } = setting;
  const count = parametrised.free.length;
  const observations = measurement.observed.length;
  const ndf = observations - count;
  if (!measurement.scaled) return describe(parametrised, measurement, setting, fit);
  if (ndf < 1) {
    const message = `${observations} rows for ${count} parameters leave nothing to tell the errors from`;
    throw new DataError('too-few-rows', message, 'give more rows, or the errors of the target');
  }
  // Equal errors of such a size that chi2/ndf = 1; rounding stands in for the error of an exact fit.
  const size = Math.sqrt(measurement.observed.reduce((sum, y) => sum + y * y, 0) / observations);
  const floor = ROUNDING * (size || 1);
  const sigma = Math.max(Math.sqrt(fit.value / ndf), floor);
  const scaled = measurement.withError(sigma);
  const again = minimum(scaled.likelihood, setting.columns, setting.program, fit.values, parametrised);
  const evaluations = fit.evaluations + again.evaluations;
  return describe(
    parametrised,
    scaled,
    setting,
    { ...again, evaluations },
    { sigma, residual: fit.value, exact: sigma === floor },
  );
}

interface Setting {
  readonly tree: Expression;
  /** Inputs of the program, shape [inputs][likelihood.rows]. */
  readonly columns: readonly Float64Array[];
  readonly program: Program;
  readonly fit: ConstantsFit;
}

function minimum(
  likelihood: Likelihood,
  columns: readonly Float64Array[],
  program: Program,
  start: Float64Array,
  options: FitConstantsOptions,
): ConstantsFit {
  return withColumns(columns, likelihood.rows, (evaluator) => {
    return fitConstants(likelihood, evaluator, program, start, options);
  });
}

/** Compiles the formula, and fits. */
function settle(
  { tree: symbolic, free, fixed, start, lower, upper }: ParametrisedFormula,
  measurement: Measurement,
  options: StatisticsOptions,
): Setting {
  const { likelihood } = measurement;
  if (likelihood.observations < free.length) {
    const message = `${likelihood.observations} rows for ${free.length} parameters`;
    throw new DataError('too-few-rows', message, 'fix some of them or give more rows');
  }
  const numbers = Object.fromEntries([...fixed].map(([name, value]) => [name, constant(value)]));
  const tree = substitute(symbolic, numbers);
  const inputs = variablesOf(tree).filter((name) => !free.includes(name));
  const columns = inputs.map((name) => measurement.input(name));
  const program = compile(tree, new Map(inputs.map((name, i) => [name, i] as const)), {
    names: new Map(free.map((name, i) => [name, i] as const)),
    values: [...start],
  });
  const { restarts = RESTARTS, seed = 0, optimiser } = options;
  const random = new RandomStream(seed);
  const enough = (value: number, hits: number): boolean => {
    if (measurement.scaled) return hits >= HITS_UNJUDGED;
    const { observations } = likelihood;
    return hits >= HITS && value <= observations + ACCEPTABLE * Math.sqrt(2 * observations);
  };
  const search = { lower, upper, restarts, enough, random, optimiser };
  const fit = minimum(likelihood, columns, program, start, search);
  if (Number.isFinite(fit.value)) return { tree, columns, program, fit };
  const message = 'the formula, its derivatives or the likelihood are not finite at any start';
  throw new DataError('not-finite', message, 'give start values at which the formula is defined in every row');
}

/** Fits with a parameter at the whole numbers next to its real minimum, and keeps the better one. */
function fitWhole(
  parametrised: ParametrisedFormula,
  name: string,
  measurement: Measurement,
  options: StatisticsOptions,
): FittedFormula {
  const index = parametrised.free.indexOf(name);
  const rest = parametrised.integer.slice(1);
  const real = settle({ ...parametrised, integer: [] }, measurement, options).fit.values[index];
  const candidates = [...new Set([Math.floor(real), Math.ceil(real)])].filter(
    (value) => value >= parametrised.lower[index] && value <= parametrised.upper[index],
  );
  const without = (values: Float64Array): Float64Array => values.filter((_, i) => i !== index);
  let best: FittedFormula | undefined;
  let failure: unknown;
  for (const value of candidates) {
    const reduced: ParametrisedFormula = {
      tree: parametrised.tree,
      free: parametrised.free.filter((free) => free !== name),
      fixed: new Map([...parametrised.fixed, [name, value]]),
      integer: rest,
      rounded: [...parametrised.rounded, name],
      start: without(parametrised.start),
      lower: without(parametrised.lower),
      upper: without(parametrised.upper),
    };
    try {
      const fitted = fitParametrised(reduced, measurement, options);
      // Without errors chi2 is ndf by construction, and Akaike's criterion holds the residuals.
      if (best === undefined || fitted.aic < best.aic) best = fitted;
    } catch (error) {
      failure ??= error;
    }
  }
  if (best) return best;
  throw failure ?? new DataError('not-finite', `no whole number within the bounds of "${name}"`, 'widen its bounds');
}

function describe(
  parametrised: ParametrisedFormula,
  measurement: Measurement,
  { tree, columns, program }: Setting,
  fit: ConstantsFit,
  scaling?: { readonly sigma: number; readonly residual: number; readonly exact: boolean },
): FittedFormula {
  const { free, fixed, lower, upper } = parametrised;
  const { likelihood, observed } = measurement;
  const { values, value: chi2, gradient, hessian } = fit;
  const notes: string[] = free.length === 0 ? ['the formula has no parameters to fit'] : [];
  const held = free.map((_, i) => isHeld(values[i], gradient[i], lower[i], upper[i]));
  const stuck = free.filter((_, i) => held[i]);
  if (stuck.length > 0) notes.push(`at a bound, where the parabola gives no error: ${stuck.join(', ')}`);
  const covariance = parameterCovariance(hessian, free, held);
  const ndf = observed.length - free.length;
  // Between exact data rounding is all that is left, and its gradient means nothing.
  if (!scaling?.exact) checkConverged(gradient, covariance, held, chi2 / Math.max(1, ndf));
  if (scaling) {
    notes.push(
      `no errors were given: those of all rows are taken as ${scaling.sigma.toPrecision(6)}, for chi2/ndf = 1`,
    );
  }
  const problem: FittedProblem = {
    likelihood,
    columns,
    program: { ...program, constants: withValues(program.constants, values) },
    names: free,
    values,
    minimum: chi2,
    lower,
    upper,
  };
  const predictions = withColumns(columns, likelihood.rows, (evaluator) => evaluator.values(problem.program).values);
  const expected = likelihood.expectations(predictions);
  const rows = observed.length;
  return new FittedFormula({
    tree,
    problem,
    others: [...fixed].map(([name, value]): FittedParameter => {
      return { name, value, error: Number.NaN, status: parametrised.rounded.includes(name) ? 'integer' : 'fixed' };
    }),
    covariance,
    correlations: correlationsOf(covariance, free.length),
    observed,
    expected,
    deviations: measurement.deviations(expected),
    likelihood: likelihood.name,
    chi2,
    ndf,
    pValue: scaling || ndf < 1 ? undefined : chi2Sf(chi2, ndf),
    aic: scaling ? rows * Math.log(scaling.residual / rows) + 2 * (free.length + 1) : chi2 + 2 * free.length,
    scaledError: scaling?.sigma,
    evaluations: fit.evaluations,
    notes,
  });
}

function isHeld(value: number, gradient: number, lower: number, upper: number): boolean {
  return (value <= lower && gradient >= 0) || (value >= upper && gradient <= 0);
}

function withValues(constants: Float64Array, values: Float64Array): Float64Array {
  const all = constants.slice();
  all.set(values);
  return all;
}

/** Distance to the minimum, in standard errors, that a converged fit may be estimated to have. */
const NEAR_MINIMUM = 0.01;

/** @throws ConvergenceError when the parabola has its minimum elsewhere: g^T C g / 4 is the fall it promises */
function checkConverged(
  gradient: Float64Array,
  covariance: Float64Array,
  held: readonly boolean[],
  chi2PerNdf: number,
): void {
  const n = gradient.length;
  let fall = 0;
  for (let i = 0; i < n; i++) {
    for (let j = 0; j < n; j++) {
      if (!held[i] && !held[j]) fall += 0.25 * gradient[i] * covariance[i * n + j] * gradient[j];
    }
  }
  // Where the formula does not describe the data the errors mean less, and the parabola is a worse guide.
  if (fall <= NEAR_MINIMUM ** 2 * Math.max(1, chi2PerNdf)) return;
  const hint = 'give start values nearer to the minimum, bounds, or more restarts';
  throw new ConvergenceError('the fit did not reach a minimum', 0, fall, hint);
}
