import { DataError, OptionError, ShapeError, Table } from '../../core/index.ts';
import {
  asymmetricLikelihood,
  binNodes,
  correlatedLikelihood,
  gaussianLikelihood,
  type Likelihood,
  poissonLikelihood,
} from '../../evaluation/index.ts';
import type { ErrorOptions } from './statistics-options.ts';

/** The data of a fit: what was measured, with which errors, and where. */
export interface Measurement {
  readonly likelihood: Likelihood;
  /** Measured values, shape [observations]. */
  readonly observed: Float64Array;
  /** Standard deviation of every observation where `expected` is expected, shape [observations]. */
  deviations(expected: Float64Array): Float64Array;
  /** True when no errors were given, so that those of the rows are equal and unknown. */
  readonly scaled: boolean;
  /** The same data with a common standard error; for `scaled` alone. */
  withError(sigma: number): Measurement;
  /** Values of an input on the rows that predictions are made on, shape [likelihood.rows]. */
  input(name: string): Float64Array;
  /** Names that a formula may use as inputs. */
  readonly inputs: ReadonlySet<string>;
}

const NODES_PER_BIN = 5;

/**
 * Reads target and errors out of a table.
 *
 * @throws OptionError "contradiction"; DataError for a column that is missing, holds text or bad values; ShapeError
 */
export function measurementOf(table: Table, options: ErrorOptions): Measurement {
  checkTogether(options);
  const target = table.numbers(options.target);
  const { binVariable } = options;
  const inputs = new Set([...table.names, ...(binVariable === undefined ? [] : [binVariable])]);
  const base = {
    observed: target,
    scaled: false,
    inputs,
    withError: () => measurementOf(table, options),
    input: (name: string) => finite(table, name),
  };
  if (options.likelihood === 'poisson') return poissonMeasurement(table, options, base);
  const { sigma, sigmaUp, sigmaDown, covariance } = options;
  if (sigma !== undefined) {
    const errors = table.numbers(sigma);
    return { ...base, likelihood: gaussianLikelihood({ target, sigma: errors }), deviations: () => errors };
  }
  if (sigmaUp !== undefined && sigmaDown !== undefined) {
    const [up, down] = [table.numbers(sigmaUp), table.numbers(sigmaDown)];
    return {
      ...base,
      likelihood: asymmetricLikelihood({ target, sigmaUp: up, sigmaDown: down }),
      deviations: (expected) => target.map((t, i) => (expected[i] > t ? up[i] : down[i])),
    };
  }
  if (covariance !== undefined) {
    const matrix = rowMajor(covariance, table.rows);
    return {
      ...base,
      likelihood: correlatedLikelihood({ target, covariance: matrix }),
      deviations: () => target.map((_, i) => Math.sqrt(matrix[i * table.rows + i])),
    };
  }
  const withError = (error: number): Measurement => {
    const errors = new Float64Array(table.rows).fill(error);
    const likelihood = gaussianLikelihood({ target, sigma: errors });
    return { ...base, scaled: true, withError, likelihood, deviations: () => errors };
  };
  return withError(1);
}

type Base = Omit<Measurement, 'likelihood' | 'deviations'>;

function poissonMeasurement(table: Table, options: ErrorOptions, base: Base): Measurement {
  const counts = base.observed;
  const deviations = (expected: Float64Array) => expected.map(Math.sqrt);
  const { binLow, binHigh, binVariable, nodesPerBin = NODES_PER_BIN } = options;
  if (binLow === undefined || binHigh === undefined || binVariable === undefined) {
    return { ...base, likelihood: poissonLikelihood({ counts }), deviations };
  }
  const { nodes, weights } = binNodes(table.numbers(binLow), table.numbers(binHigh), nodesPerBin);
  return {
    ...base,
    likelihood: poissonLikelihood({ counts, nodesPerBin, nodeWeights: weights }),
    deviations,
    input(name) {
      if (name === binVariable) return nodes;
      const column = finite(table, name);
      return nodes.map((_, node) => column[Math.floor(node / nodesPerBin)]);
    },
  };
}

function finite(table: Table, name: string): Float64Array {
  const values = table.numbers(name);
  const at = values.findIndex((value) => !Number.isFinite(value));
  if (at < 0) return values;
  const where = { column: name, row: at + 1 };
  throw new DataError('non-finite-cell', `column "${name}", row ${at + 1} is ${values[at]}`, 'remove the row', where);
}

function rowMajor(covariance: readonly (readonly number[])[] | Table, rows: number): Float64Array {
  const lines = covariance instanceof Table ? covariance.names.map((name) => covariance.numbers(name)) : covariance;
  const widths = lines.map((line) => line.length);
  if (lines.length !== rows || widths.some((width) => width !== rows)) {
    const actual = `[${lines.length}][${widths.find((width) => width !== rows) ?? widths[0] ?? 0}]`;
    throw new ShapeError('covariance', `[${rows}][${rows}]`, actual, 'a row and a column for every row of the table');
  }
  // A table gives columns, which are the rows of a symmetric matrix; asymmetry is found by the likelihood.
  return Float64Array.from(lines.flatMap((line) => Array.from(line)));
}

function checkTogether(options: ErrorOptions): void {
  const { sigma, sigmaUp, sigmaDown, covariance, likelihood = 'gaussian', binLow, binHigh, binVariable } = options;
  const given = [
    ['sigma', sigma],
    ['sigmaUp', sigmaUp],
    ['covariance', covariance],
  ].flatMap(([name, value]) => (value === undefined ? [] : [String(name)]));
  if (given.length > 1) {
    throw new OptionError('contradiction', given[0], `excludes ${given[1]}`, 'give the errors in one way');
  }
  if ((sigmaUp === undefined) !== (sigmaDown === undefined)) {
    throw new OptionError('contradiction', 'sigmaUp', 'goes with sigmaDown', 'give both');
  }
  if (likelihood === 'poisson' && given.length > 0) {
    throw new OptionError('contradiction', given[0], 'counted events have Poisson errors', 'leave it out');
  }
  const bins = [binLow, binHigh, binVariable].filter((value) => value !== undefined).length;
  if (bins > 0 && bins < 3) {
    throw new OptionError('contradiction', 'binLow', 'goes with binHigh and binVariable', 'give all three');
  }
  if (bins > 0 && likelihood !== 'poisson') {
    throw new OptionError('contradiction', 'binLow', 'bins hold counts', "add likelihood: 'poisson'");
  }
  for (const [option, name] of Object.entries({ sigma, sigmaUp, sigmaDown, binLow, binHigh })) {
    if (name === options.target)
      throw new OptionError('contradiction', option, `"${name}" is the target`, 'choose another');
  }
}
