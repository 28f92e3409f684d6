import type { LocalEvaluator } from '../../evaluation/index.ts';
import type { Phase } from '../context.ts';
import type { ResolvedOptions } from '../options.ts';
import { enumerate } from './enumerate.ts';
import { evolve } from './evolve.ts';
import { monomials } from './monomials.ts';
import { noisePhase } from './noise.ts';

/** The phases a run goes through, in order; a new phase is a new row. */
export function phasesOf(options: ResolvedOptions, evaluator: LocalEvaluator): Phase[] {
  const cheap = [monomials, enumerate].filter((phase) => options.phases.includes(phase.name as 'monomials'));
  // Choosing the noise model needs the laws that the cheap phases found, and runs them again.
  const decides = options.noise !== 'additive' && cheap.length === 2;
  const noise = decides ? [noisePhase(evaluator, options.noise === 'relative')] : [];
  return [...cheap, ...noise, ...(options.phases.includes('evolve') ? [evolve] : [])];
}
