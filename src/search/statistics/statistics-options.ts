import type { Table } from '../../core/index.ts';
import type { OptimiserName } from './fit-constants.ts';

/** Least and greatest value of a parameter; a missing side is open. */
export interface Bounds {
  readonly lower?: number;
  readonly upper?: number;
}

/** What is known about the errors of the target: one of the four ways, or none. */
export interface ErrorOptions {
  /** Column that the formula explains; of a histogram, the counts. */
  readonly target: string;
  /** Column of standard errors. */
  readonly sigma?: string;
  /** Columns of errors quoted as +sigmaUp -sigmaDown, both positive; they go together. */
  readonly sigmaUp?: string;
  readonly sigmaDown?: string;
  /** Covariance matrix of the target's rows: an array of rows, or a table of as many columns. */
  readonly covariance?: readonly (readonly number[])[] | Table;
  /** 'gaussian' by default, 'poisson' for counts. */
  readonly likelihood?: 'gaussian' | 'poisson';
  /** Columns of the edges of the bins of a histogram; the formula is then a density and is integrated over each bin. */
  readonly binLow?: string;
  readonly binHigh?: string;
  /** Name of the density's variable in the formula; it need not be a column. */
  readonly binVariable?: string;
  /** Gauss-Legendre nodes in a bin; 5 by default. */
  readonly nodesPerBin?: number;
}

/** The options of `fitFormula`. */
export interface StatisticsOptions extends ErrorOptions {
  /** The parameters, when a name that is neither a column nor listed here shall be an error. */
  readonly parameters?: readonly string[];
  /** First values by parameter; 1 by default. */
  readonly start?: Readonly<Record<string, number>>;
  readonly bounds?: Readonly<Record<string, Bounds>>;
  /** Parameters that keep their first values. */
  readonly fixed?: readonly string[];
  /** Parameters that take whole numbers only: the best whole number next to the minimum is kept, without an error. */
  readonly integer?: readonly string[];
  /** Makes every number in the formula a parameter c1, c2, ... in the order of reading, whole exponents excepted. */
  readonly freeConstants?: boolean;
  /** Most starts after the first, 10 by default; fewer when several end at one minimum that fits the data. */
  readonly restarts?: number;
  /** Seed of the restarts; 0 by default. */
  readonly seed?: number;
  readonly optimiser?: OptimiserName;
}
