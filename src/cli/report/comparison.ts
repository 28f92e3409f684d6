import { chi2Sf } from '../../numerics/index.ts';
import type { Observations } from './observations.ts';

/** In what the residuals are measured. */
export type ResidualKind = 'pull' | 'relative' | 'difference';

/** A law against the data. */
export interface Comparison {
  readonly expected: Float64Array;
  /** Observed less expected, shape [rows], in units of the error, of the expected value, or of the target. */
  readonly residuals: Float64Array;
  readonly kind: ResidualKind;
  readonly goodness: Goodness;
}

/** How well a law describes the data, over the rows where it has a value. */
export interface Goodness {
  readonly rows: number;
  /** Rows where the law has no finite value. */
  readonly undefinedRows: number;
  /** 1 - sum of squared residuals / sum of squares about the mean; NaN for a constant target. */
  readonly r2: number;
  /** Root of the mean squared residual. */
  readonly rms: number;
  /** The same of residual / expected. */
  readonly relativeRms: number;
  readonly largest: number;
  /** Only where the errors of the target are known. */
  readonly test?: {
    readonly statistic: 'chi2' | 'deviance';
    readonly value: number;
    /** Rows less constants of the formula. */
    readonly ndf: number;
    /** NaN without a degree of freedom. */
    readonly pValue: number;
  };
}

/**
 * Compares a law with the data.
 *
 * @param constants how many numbers of the formula were fitted
 * @param relative whether residuals without errors are shares of the expected value
 * @throws AnsatzError when the formula cannot be read
 */
export function compare(data: Observations, formula: string, constants: number, relative: boolean): Comparison {
  const expected = data.expect(formula);
  const kind: ResidualKind = data.errors ? 'pull' : relative ? 'relative' : 'difference';
  const scale = data.errors?.deviations(expected) ?? expected;
  const residuals = data.observed.map((value, i) => {
    const difference = value - expected[i];
    return kind === 'difference' ? difference : difference / Math.abs(scale[i]);
  });
  return { expected, residuals, kind, goodness: goodnessOf(data, expected, constants) };
}

function goodnessOf(data: Observations, expected: Float64Array, constants: number): Goodness {
  const { observed, errors } = data;
  let rows = 0;
  let mean = 0;
  for (let i = 0; i < observed.length; i++) {
    if (!Number.isFinite(expected[i])) continue;
    rows++;
    mean += (observed[i] - mean) / rows;
  }
  let squares = 0;
  let total = 0;
  let relative = 0;
  let largest = 0;
  for (let i = 0; i < observed.length; i++) {
    if (!Number.isFinite(expected[i])) continue;
    const difference = observed[i] - expected[i];
    squares += difference * difference;
    total += (observed[i] - mean) ** 2;
    relative += (difference / expected[i]) ** 2;
    largest = Math.max(largest, Math.abs(difference));
  }
  const base = {
    rows,
    undefinedRows: observed.length - rows,
    r2: total > 0 ? 1 - squares / total : Number.NaN,
    rms: Math.sqrt(squares / rows),
    relativeRms: Math.sqrt(relative / rows),
    largest,
  };
  if (!errors) return base;
  const value = errors.likelihood.value(expected);
  const ndf = observed.length - constants;
  const pValue = ndf > 0 ? chi2Sf(value, ndf) : Number.NaN;
  return { ...base, test: { statistic: errors.statistic, value, ndf, pValue } };
}

/** Loss as a run with errors, weights or neither counts it: chi2, the deviance, or the weighted mean of the squares. */
export function lossOf(data: Observations, expected: Float64Array, weights: Float64Array | undefined): number {
  if (data.errors) return data.errors.likelihood.value(expected);
  let sum = 0;
  let total = 0;
  for (let i = 0; i < expected.length; i++) {
    const weight = weights?.[i] ?? 1;
    sum += weight * (data.observed[i] - expected[i]) ** 2;
    total += weight;
  }
  return sum / total;
}
