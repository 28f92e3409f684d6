import type { LocalEvaluator } from '../../evaluation/index.ts';
import type { Phase } from '../context.ts';
import type { ResolvedOptions } from '../options/options.ts';
import { rootTask, type Step } from '../tasks/task.ts';
import { backSolve } from './back-solve.ts';
import { corrections } from './corrections.ts';
import { enumerate } from './enumerate.ts';
import { evolve } from './evolve.ts';
import { families } from './families.ts';
import { createGroups } from './groups.ts';
import { implicit } from './implicit.ts';
import { monomials } from './monomials.ts';
import type { PhaseName } from './names.ts';
import { noisePhase } from './noise.ts';
import { noiseReview } from './noise-review.ts';
import { createPeel } from './peel.ts';
import { products } from './products.ts';
import { sums } from './sums.ts';
import { untypedPhase } from './untyped.ts';

/** Steps that work on any task, in order; a new one is a new row here and in `names.ts`. */
const PLAIN_STEPS: readonly (Step & { readonly name: PhaseName })[] = [backSolve, products, families, sums, implicit];

/** Steps on the user's own task, in order; those that make new tasks run the plain ones on them. */
function stepsOf(wanted: (name: string) => boolean): Step[] {
  const plain = PLAIN_STEPS.filter((step) => wanted(step.name));
  return [createGroups(plain), ...plain, corrections, createPeel(plain)].filter((step) => wanted(step.name));
}

/** Whether the loss is the mean square that relative noise reweighs. */
function isKernelLoss({ loss, likelihood, sigmaUp, covariance }: ResolvedOptions): boolean {
  return (loss ?? 'L2') === 'L2' && likelihood === 'gaussian' && sigmaUp === undefined && covariance === undefined;
}

/** The phases a run goes through, in order, and what looks at the noise once more when they have ended. */
export interface Phases {
  readonly phases: readonly Phase[];
  readonly review: Phase | undefined;
}

/** The phases of a run; a new phase is a new row. */
export function phasesOf(options: ResolvedOptions, evaluator: LocalEvaluator): Phases {
  const wanted = (name: string): boolean => options.phases.includes(name as PhaseName);
  // The parts of a template have no data of their own to regress on.
  const free = options.template === undefined;
  const cheap = [monomials, enumerate].filter((phase) => free && wanted(phase.name));
  // Choosing the noise model needs the laws that the cheap phases found, and runs them again.
  const plain = options.lossFunction === undefined && isKernelLoss(options);
  const decides = options.noise !== 'additive' && plain && cheap.length === 2;
  const noise = decides ? [noisePhase(evaluator, options.noise === 'relative')] : [];
  const review = decides && options.noise !== 'relative' ? noiseReview(evaluator) : undefined;
  const reviewed = (phase: Phase): Phase[] => (review ? [phase, review] : [phase]);
  const steps = free ? stepsOf(wanted).map(phaseOf) : [];
  const untyped = wanted('untyped') ? [untypedPhase(evaluator, [...cheap, ...steps.filter(isUntyped)])] : [];
  const evolved = wanted(evolve.name) ? [evolve] : [];
  return { phases: [...cheap, ...noise, ...steps.flatMap(reviewed), ...untyped, ...evolved], review };
}

/** Dimensionless groups are nothing without units. */
function isUntyped({ name }: Phase): boolean {
  return name !== 'groups';
}

function phaseOf(step: Step): Phase {
  return { name: step.name, run: (context) => step.run(context, rootTask(context), 'full') };
}
