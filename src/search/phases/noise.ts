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
 */
export function noisePhase(evaluator: LocalEvaluator): Phase {
  return {
    name: 'noise',
    async run(context) {
      const plain = context.objective;
      if (context.stoppedBy || plain.problem.weights || plain.problem.loss.name !== 'L2') return;
      const additive = bestByDescription(
        context.hall.front().map((entry) => snap(entry, plain)),
        plain,
      );
      if (!additive.entry) return;
      let pilot = additive.entry.tree;
      for (let round = 0; round < ROUNDS; round++) {
        const weights = relativeWeights(plain, pilot);
        if (!weights) return;
        const objective = new Objective({ ...plain.problem, weights }, evaluator);
        evaluator.setData(objective.problem);
        const refitted = context.hall.front().map((entry) => snap(objective.full(entry.tree), objective));
        const relative = bestByDescription(refitted, objective);
        if (!relative.entry || relative.length - logWeights(weights) > additive.length - EVIDENCE_NATS) {
          context.remoteRows += objective.usedRows;
          if (round === 0) {
            evaluator.setData(plain.problem);
            return;
          }
          break;
        }
        context.pilot = pilot;
        pilot = relative.entry.tree;
        await adopt(context, objective);
      }
      context.notes.push('noise: relative (each row weighs 1 / prediction^2; losses are means under these weights)');
    },
  };
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
