import type { LocalEvaluator } from '../../evaluation/index.ts';
import type { Expression } from '../../expressions/index.ts';
import type { Phase, SearchContext } from '../context.ts';
import { additiveNote, adopt, EVIDENCE_NATS, relativeNote, shortest } from '../noise-choice.ts';
import { isNoiseNote } from '../noise-note.ts';
import { logWeights, relativeWeights } from '../noise-weights.ts';
import { Objective } from '../objective.ts';

/**
 * Asks again which noise the data have, now that there is a better law.
 *
 * The noise model was chosen with the laws of the first phases. Where none of them was near the truth, what they left was
 * their own error and no noise: it grows with the target as a rule, and relative noise was believed.
 */
export function noiseReview(evaluator: LocalEvaluator): Phase {
  return {
    name: 'noise review',
    isReview: true,
    async run(context) {
      const { objective, stoppedBy } = context;
      const { problem } = objective;
      if (stoppedBy === 'floor' || problem.loss.name !== 'L2' || (problem.weights && !context.pilot)) return;
      const { entry, length } = shortest(context, objective);
      if (entry) review(context, evaluator, entry.tree, length);
    },
  };
}

/** Goes over to the other noise model where the evidence asks for it. */
function review(context: SearchContext, evaluator: LocalEvaluator, law: Expression, length: number): void {
  const { objective, pilot } = context;
  const plain = pilot
    ? new Objective({ ...objective.problem, weights: undefined }, evaluator, objective.rules)
    : objective;
  const weights = pilot ? objective.problem.weights : relativeWeights(plain, law);
  if (!weights) return;
  const weighted = pilot ? objective : new Objective({ ...plain.problem, weights }, evaluator, plain.rules);
  const other = pilot ? plain : weighted;
  evaluator.setData(other.problem);
  const found = shortest(context, other);
  const relative = (pilot ? length : found.length) - logWeights(weights);
  const additive = pilot ? found.length : length;
  const gain = additive - relative;
  const isRelative = gain >= EVIDENCE_NATS;
  if (!found.entry || isRelative === (pilot !== undefined)) {
    if (other !== objective) context.remoteRows += other.usedRows;
    evaluator.setData(objective.problem);
    return;
  }
  context.pilot = isRelative ? law : undefined;
  adopt(context, other, evaluator);
  const note = isRelative ? relativeNote(false, gain) : additiveNote(gain);
  const at = context.notes.findIndex(isNoiseNote);
  if (at < 0) context.notes.push(note);
  else context.notes[at] = note;
}
