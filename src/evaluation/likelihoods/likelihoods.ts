import { asymmetricLikelihood } from './asymmetric-likelihood.ts';
import { correlatedLikelihood } from './correlated-likelihood.ts';
import { formulaLikelihood } from './formula-likelihood.ts';
import { gaussianLikelihood } from './gaussian-likelihood.ts';
import { poissonLikelihood } from './poisson-likelihood.ts';

/** The likelihoods by name: what predictions may be scored by beyond the losses of the kernel. */
export const LIKELIHOODS = {
  gaussian: gaussianLikelihood,
  asymmetric: asymmetricLikelihood,
  correlated: correlatedLikelihood,
  poisson: poissonLikelihood,
  formula: formulaLikelihood,
} as const;

/** Names of the likelihoods. */
export type LikelihoodName = keyof typeof LIKELIHOODS;
