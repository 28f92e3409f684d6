import { z } from 'zod';
import { Table } from '../../core/index.ts';
import { column, count } from './rows.ts';

const numbers = z.array(z.number());

/** What is explained, by what, and how well it is known. */
export const DATA_OPTIONS = {
  target: column.describe('column to explain'),
  inputs: z.array(column).optional().describe('columns to explain it with; every other numeric column'),
  weights: column.optional().describe('column of row weights, >= 0'),
  sigma: column.optional().describe('column of standard errors of the target, > 0; the loss becomes chi2'),
  sigmaUp: column.optional().describe('column of standard errors where the law lies above the target; with sigmaDown'),
  sigmaDown: column.optional().describe('column of standard errors where the law lies below the target; with sigmaUp'),
  covariance: z
    .array(numbers)
    .optional()
    .describe('covariance matrix of the target, shape [rows][rows]; the loss becomes chi2 with correlations'),
  likelihood: z
    .enum(['gaussian', 'poisson'])
    .default('gaussian')
    .describe('distribution of the target; poisson takes it as the contents of bins'),
  binLow: column.optional().describe('column of lower bin edges, for a histogram'),
  binHigh: column.optional().describe('column of upper bin edges, for a histogram'),
  binVariable: column
    .default('x')
    .describe('name of the binned variable in a law, which is a density integrated over bins'),
  nodesPerBin: count(1, 64).default(5).describe('points of the Gauss-Legendre rule in a bin'),
  noise: z.enum(['auto', 'additive', 'relative']).default('auto').describe('noise model when no weights are given'),
  selectKFeatures: count(1, 10_000).optional().describe('search in the k inputs that matter most alone'),
  denoise: z.boolean().default(false).describe('replace the target by the mean of a Gaussian process fitted to it'),
  xResampled: z
    .custom<Table>((value) => value instanceof Table, 'expected a Table')
    .optional()
    .describe('inputs at which the Gaussian process of denoise is read instead of those of the table'),
  batching: z
    .union([z.boolean(), z.literal('auto')])
    .default('auto')
    .describe('search on a batch of rows and refit on all; auto for tables larger than batchSize'),
  batchSize: count(16, 1_000_000).default(4096).describe('rows of a batch'),
};
