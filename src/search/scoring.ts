import {
  asymmetricLikelihood,
  correlatedLikelihood,
  formulaLikelihood,
  type Likelihood,
  poissonLikelihood,
} from '../evaluation/index.ts';
import type { ProblemData } from './problem.ts';

/** A likelihood as plain data, which can be posted to a worker. */
export type LikelihoodSpec =
  | {
      readonly kind: 'asymmetric';
      /** Standard errors upward and downward, shape [rows]. */
      readonly sigmaUp: Float64Array;
      readonly sigmaDown: Float64Array;
    }
  /** Covariance of the target, shape [rows * rows]. */
  | { readonly kind: 'correlated'; readonly covariance: Float64Array }
  | {
      readonly kind: 'poisson';
      /** Shape [bins]. */
      readonly counts: Float64Array;
      /** Shape [bins * nodesPerBin]. */
      readonly nodeWeights: Float64Array;
      readonly nodesPerBin: number;
    }
  /** A loss of one row in (prediction, target, weight) and columns of the table, shape [rows] each. */
  | { readonly kind: 'formula'; readonly formula: string; readonly columns: Readonly<Record<string, Float64Array>> };

/** The likelihood of a problem; undefined when its loss is one of the kernel's. */
export function likelihoodOf(problem: ProblemData): Likelihood | undefined {
  const { likelihood: spec, target, weights } = problem;
  switch (spec?.kind) {
    case undefined:
      return undefined;
    case 'asymmetric':
      return asymmetricLikelihood({ target, sigmaUp: spec.sigmaUp, sigmaDown: spec.sigmaDown });
    case 'correlated':
      return correlatedLikelihood({ target, covariance: spec.covariance });
    case 'poisson':
      return poissonLikelihood(spec);
    case 'formula':
      return formulaLikelihood(spec.formula, { target, weights, columns: spec.columns });
  }
}

/** True when a part of the rows can stand for all of them. */
export function isSeparable(spec: LikelihoodSpec | undefined): boolean {
  return spec === undefined || spec.kind === 'asymmetric' || spec.kind === 'formula';
}

/** The likelihood of the first rows. @param spec separable */
export function firstRows(spec: LikelihoodSpec | undefined, rows: number): LikelihoodSpec | undefined {
  if (spec?.kind === 'asymmetric') {
    return { ...spec, sigmaUp: spec.sigmaUp.subarray(0, rows), sigmaDown: spec.sigmaDown.subarray(0, rows) };
  }
  if (spec?.kind === 'formula') {
    const columns = Object.entries(spec.columns).map(([name, column]) => [name, column.subarray(0, rows)]);
    return { ...spec, columns: Object.fromEntries(columns) };
  }
  return spec;
}
