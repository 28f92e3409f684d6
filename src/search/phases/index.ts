import type { LocalEvaluator } from '../../evaluation/index.ts';
import type { Phase } from '../context.ts';
import type { ResolvedOptions } from '../options/options.ts';
import { enumerate } from './enumerate.ts';
import { evolve } from './evolve.ts';
import { monomials } from './monomials.ts';
import { noisePhase } from './noise.ts';

/** Whether the loss is the mean square that relative noise reweighs. */
function isKernelLoss({ loss, likelihood, sigmaUp, covariance }: ResolvedOptions): boolean {
  return (loss ?? 'L2') === 'L2' && likelihood === 'gaussian' && sigmaUp === undefined && covariance === undefined;
}

/** The phases a run goes through, in order; a new phase is a new row. */
export function phasesOf(options: ResolvedOptions, evaluator: LocalEvaluator): Phase[] {
  // The parts of a template have no data of their own to regress on.
  const free = options.template === undefined;
  const cheap = [monomials, enumerate].filter((phase) => free && options.phases.includes(phase.name as 'monomials'));
  // Choosing the noise model needs the laws that the cheap phases found, and runs them again.
  const plain = options.lossFunction === undefined && isKernelLoss(options);
  const decides = options.noise !== 'additive' && plain && cheap.length === 2;
  const noise = decides ? [noisePhase(evaluator, options.noise === 'relative')] : [];
  return [...cheap, ...noise, ...(options.phases.includes('evolve') ? [evolve] : [])];
}
