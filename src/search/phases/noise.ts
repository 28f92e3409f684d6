import type { LocalEvaluator } from '../../evaluation/index.ts';
import type { Phase, SearchContext } from '../context.ts';
import { bestByDescription } from '../description-length.ts';
import { logWeights, relativeWeights } from '../noise-weights.ts';
import { Objective } from '../objective.ts';
import { snap } from '../polish.ts';
import { enumerate } from './enumerate.ts';
import { monomials } from './monomials.ts';

/** Nats by which relative noise must shorten the description before it is believed. */
const EVIDENCE_NATS = 5;
const ROUNDS = 2;

/**
 * Decides whether the errors of the target are the same in every row or proportional to its size.
 *
 * Row weights 1 / prediction^2, from the best law so far and never from the observed target, are taken when
 * they shorten the description by more than five nats; the cheap phases then run again under them.
 *
 * @param forced takes the weights without asking the evidence
 */
export function noisePhase(evaluator: LocalEvaluator, forced: boolean): Phase {
  return {
    name: 'noise',
    run: (context) => context.log.whole(() => decide(context, evaluator, forced)),
  };
}

async function decide(context: SearchContext, evaluator: LocalEvaluator, forced: boolean): Promise<void> {
  const plain = context.objective;
  if (context.stoppedBy || plain.problem.weights || plain.problem.loss.name !== 'L2') return;
  const snapped = context.hall.front().map((entry) => snap(entry, plain));
  const additive = bestByDescription(snapped, plain);
  if (!additive.entry) return;
  let pilot = additive.entry.tree;
  for (let round = 0; round < ROUNDS; round++) {
    const weights = relativeWeights(plain, pilot);
    if (!weights) break;
    const objective = new Objective({ ...plain.problem, weights }, evaluator, plain.rules);
    evaluator.setData(objective.problem);
    const refitted = context.hall.front().map((entry) => snap(objective.full(entry.tree), objective));
    const relative = bestByDescription(refitted, objective);
    const gain = additive.length - (relative.length - logWeights(weights));
    if (!relative.entry || (!forced && gain < EVIDENCE_NATS)) {
      context.remoteRows += objective.usedRows;
      break;
    }
    context.pilot = pilot;
    pilot = relative.entry.tree;
    await adopt(context, objective);
  }
  // The last trial may have left its weights in the evaluator.
  evaluator.setData(context.objective.problem);
  if (context.objective === plain) return;
  context.notes.push('noise: relative (each row weighs 1 / prediction^2; losses are means under these weights)');
}

async function adopt(context: SearchContext, objective: Objective): Promise<void> {
  context.remoteRows += context.objective.usedRows;
  const old = context.hall.all();
  context.objective = objective;
  context.hall.clear();
  for (const entry of old) {
    const fitted = objective.full(entry.tree);
    context.hall.offer(fitted.tree, fitted.loss);
  }
  await monomials.run(context);
  await enumerate.run(context);
}
