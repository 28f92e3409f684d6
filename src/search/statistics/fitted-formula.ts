import { nearest, OptionError, type Table } from '../../core/index.ts';
import { compile, type Jacobian } from '../../evaluation/index.ts';
import { constant, type Expression, print, substitute, variablesOf } from '../../expressions/index.ts';
import { normalQuantile } from '../../numerics/index.ts';
import { type FittedProblem, Profile, type ProfileInterval, profileInterval } from './profile.ts';
import { withColumns } from './with-columns.ts';

/** Probability of one standard deviation, 0.6827. */
export const ONE_SIGMA = 0.6826894921370859;

/** One parameter of a fit. */
export interface FittedParameter {
  readonly name: string;
  readonly value: number;
  /** Standard error by the parabola at the minimum; NaN at a bound, where there is none, and for a fixed one. */
  readonly error: number;
  /** 'fitted', 'at-bound', 'fixed', or 'integer' for the best whole number. */
  readonly status: 'fitted' | 'at-bound' | 'fixed' | 'integer';
}

/** The curve with its error band, shape [rows] each. */
export interface ErrorBand {
  readonly values: Float64Array;
  readonly low: Float64Array;
  readonly high: Float64Array;
}

/** What `FittedFormula` is made of. */
export interface FittedState {
  /** The formula with its parameters as variables, the fixed ones as numbers. */
  readonly tree: Expression;
  readonly problem: FittedProblem;
  /** The parameters that were not fitted. */
  readonly others: readonly FittedParameter[];
  readonly covariance: Float64Array;
  readonly correlations: Float64Array;
  readonly observed: Float64Array;
  readonly expected: Float64Array;
  readonly deviations: Float64Array;
  readonly likelihood: string;
  readonly chi2: number;
  readonly ndf: number;
  readonly pValue: number | undefined;
  readonly aic: number;
  readonly scaledError: number | undefined;
  readonly evaluations: number;
  readonly notes: readonly string[];
}

/** A fit as plain data: what `ansatz statistics --json` prints. Numbers that do not exist are null. */
export interface FittedRecord {
  readonly formula: string;
  readonly expression: string;
  readonly likelihood: string;
  readonly parameters: readonly {
    readonly name: string;
    readonly value: number;
    readonly error: number | null;
    readonly status: FittedParameter['status'];
  }[];
  /** Shape [fitted][fitted]. */
  readonly covariance: readonly (readonly (number | null)[])[];
  readonly correlations: readonly (readonly (number | null)[])[];
  readonly observations: number;
  readonly chi2: number;
  readonly ndf: number;
  readonly chi2PerNdf: number | null;
  readonly pValue: number | null;
  readonly aic: number;
  readonly scaledError: number | null;
  readonly notes: readonly string[];
}

/**
 * A formula with fitted parameters, and what the data say about them.
 *
 * Errors, covariance and band are those of the parabola at the minimum; `profile` follows the likelihood itself.
 */
export class FittedFormula {
  /** Names of the fitted parameters. */
  readonly names: readonly string[];
  /** Shape [fitted]. */
  readonly values: Float64Array;
  /** Standard errors, shape [fitted]; NaN for a parameter at its bound. */
  readonly errors: Float64Array;
  /** Row-major, shape [fitted * fitted]; NaN for a parameter at its bound. */
  readonly covariance: Float64Array;
  readonly correlations: Float64Array;
  /** Columns that the formula reads. */
  readonly inputs: readonly string[];
  /** All parameters, the fixed ones too. */
  readonly parameters: readonly FittedParameter[];
  /** The formula with numbers in the place of its parameters. */
  readonly tree: Expression;
  /** Minus twice the log-likelihood against the saturated model: chi2, or the Poisson deviance. */
  readonly chi2: number;
  /** Degrees of freedom: observations less fitted parameters. */
  readonly ndf: number;
  /**
   * Probability of a chi2 at least this large. Undefined without degrees of freedom or without errors; approximate for
   * counts below about 5 a bin.
   */
  readonly pValue: number | undefined;
  /** Akaike's criterion: chi2 + 2 fitted; without errors, n log(residual sum of squares / n) + 2 (fitted + 1). */
  readonly aic: number;
  /** Standard error of a row that makes chi2/ndf = 1, where no errors were given. */
  readonly scaledError: number | undefined;
  readonly likelihood: string;
  /** Evaluations of the likelihood. */
  readonly evaluations: number;
  /** What the fit decided by itself, in words. */
  readonly notes: readonly string[];
  private readonly state: FittedState;

  constructor(state: FittedState) {
    const { problem, covariance } = state;
    const { names } = problem;
    const n = names.length;
    this.state = state;
    this.names = names;
    this.inputs = variablesOf(state.tree).filter((name) => !names.includes(name));
    this.values = problem.values;
    this.covariance = covariance;
    this.correlations = state.correlations;
    this.errors = Float64Array.from(names, (_, i) => Math.sqrt(covariance[i * n + i]));
    const fitted = names.map(
      (name, i): FittedParameter => ({
        name,
        value: problem.values[i],
        error: this.errors[i],
        status: Number.isNaN(this.errors[i]) ? 'at-bound' : 'fitted',
      }),
    );
    this.parameters = [...fitted, ...state.others];
    const numbers = Object.fromEntries(names.map((name, i) => [name, constant(problem.values[i])]));
    this.tree = substitute(state.tree, numbers);
    this.chi2 = state.chi2;
    this.ndf = state.ndf;
    this.pValue = state.pValue;
    this.aic = state.aic;
    this.scaledError = state.scaledError;
    this.likelihood = state.likelihood;
    this.evaluations = state.evaluations;
    this.notes = state.notes;
  }

  /** chi2 per degree of freedom; NaN without degrees of freedom. */
  get chi2PerNdf(): number {
    return this.ndf > 0 ? this.chi2 / this.ndf : Number.NaN;
  }

  /** Measured values less expected ones, shape [observations]. */
  get residuals(): Float64Array {
    return this.state.observed.map((value, i) => value - this.state.expected[i]);
  }

  /** Residuals in units of their standard deviations, shape [observations]; correlations are not undone. */
  get pulls(): Float64Array {
    const { deviations } = this.state;
    return this.residuals.map((residual, i) => (residual === 0 ? 0 : residual / deviations[i]));
  }

  /**
   * Interval of a parameter by its profile likelihood (MINOS): the other parameters are refitted on the way, so that
   * it is right where the parabola is not.
   *
   * @param parameter name, or index among `names`
   * @param level probability of the interval, 0.6827 by default
   * @throws OptionError "unknown-parameter" | "out-of-range"; ConvergenceError when a lower minimum shows up
   */
  profile(parameter: string | number, level = ONE_SIGMA): ProfileInterval {
    const index = this.indexOf(parameter);
    const z = standardDeviations(level);
    const { problem } = this.state;
    const error = this.errors[index];
    // At a bound there is no parabola to say how far to go; the search for the end grows its steps by itself.
    const step = error > 0 ? error : 0.1 * Math.max(Math.abs(this.values[index]), 1e-3);
    return profileInterval(problem, index, z * z, z * step);
  }

  /**
   * chi2 above its minimum where a parameter is given and the others are refitted, shape [values]; NaN where undefined.
   *
   * @throws OptionError "unknown-parameter"
   */
  scan(parameter: string | number, values: ArrayLike<number>): Float64Array {
    const { problem } = this.state;
    const index = this.indexOf(parameter);
    return withColumns(problem.columns, problem.likelihood.rows, (evaluator) => {
      const profile = new Profile(problem, index, evaluator);
      return Float64Array.from(values, (value) => profile.at(value) - problem.minimum);
    });
  }

  /**
   * The curve and the band that the errors of the parameters allow it: value +- z sqrt(J C J^T), J the derivatives by
   * the parameters and C their covariance. Parameters at a bound count as known.
   *
   * @param table holds the inputs of the formula
   * @param level probability of the band at each row by itself, 0.6827 by default
   * @throws DataError "unknown-column" | "text-column"; OptionError "out-of-range"
   */
  band(table: Table, level = ONE_SIGMA): ErrorBand {
    const z = standardDeviations(level);
    const { values, jacobian } = this.jacobian(table);
    const n = this.names.length;
    const rows = values.length;
    const low = new Float64Array(rows);
    const high = new Float64Array(rows);
    for (let r = 0; r < rows; r++) {
      let variance = 0;
      for (let i = 0; i < n; i++) {
        for (let j = 0; j < n; j++) {
          const covariance = this.covariance[i * n + j];
          if (!Number.isNaN(covariance)) variance += jacobian[i * rows + r] * covariance * jacobian[j * rows + r];
        }
      }
      const half = z * Math.sqrt(Math.max(0, variance));
      low[r] = values[r] - half;
      high[r] = values[r] + half;
    }
    return { values, low, high };
  }

  /** The fit as plain data. */
  toJSON(): FittedRecord {
    const { tree, observed } = this.state;
    return {
      formula: print(tree),
      expression: print(this.tree),
      likelihood: this.likelihood,
      parameters: this.parameters.map(({ name, value, error, status }) => ({
        name,
        value,
        error: orNull(error),
        status,
      })),
      covariance: square(this.covariance, this.names.length),
      correlations: square(this.correlations, this.names.length),
      observations: observed.length,
      chi2: this.chi2,
      ndf: this.ndf,
      chi2PerNdf: orNull(this.chi2PerNdf),
      pValue: this.pValue ?? null,
      aic: this.aic,
      scaledError: this.scaledError ?? null,
      notes: this.notes,
    };
  }

  private jacobian(table: Table): Jacobian {
    const { names, inputs } = this;
    const { tree } = this.state;
    const columns = inputs.map((name) => table.numbers(name));
    const index = new Map(inputs.map((name, i) => [name, i] as const));
    const named = { names: new Map(names.map((name, i) => [name, i] as const)), values: [...this.values] };
    const program = compile(tree, index, named);
    return withColumns(columns, table.rows, (evaluator) => evaluator.jacobian(program));
  }

  private indexOf(parameter: string | number): number {
    const index = typeof parameter === 'number' ? parameter : this.names.indexOf(parameter);
    if (Number.isInteger(index) && index >= 0 && index < this.names.length) return index;
    const near = typeof parameter === 'string' ? nearest(parameter, this.names) : undefined;
    const hint = near !== undefined ? `did you mean "${near}"?` : `fitted parameters: ${this.names.join(', ')}`;
    throw new OptionError('unknown-parameter', 'parameter', `"${parameter}" was not fitted`, hint);
  }
}

/** Half-width of the interval of this probability in standard deviations. @throws OptionError "out-of-range" */
function standardDeviations(level: number): number {
  if (level > 0 && level < 1) return normalQuantile(0.5 + 0.5 * level);
  throw new OptionError(
    'out-of-range',
    'level',
    `${level} is no probability`,
    'give one between 0 and 1, such as 0.95',
  );
}

function orNull(value: number): number | null {
  return Number.isFinite(value) ? value : null;
}

function square(values: Float64Array, n: number): (number | null)[][] {
  return Array.from({ length: n }, (_, i) => Array.from(values.subarray(i * n, (i + 1) * n), orNull));
}
