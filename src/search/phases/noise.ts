import type { LocalEvaluator } from '../../evaluation/index.ts';
import type { Expression } from '../../expressions/index.ts';
import { goalReached, mayContinue, type Phase, type SearchContext } from '../context.ts';
import { bestByDescription } from '../description-length.ts';
import { additiveNote, adopt, EVIDENCE_NATS, relativeNote, shortest } from '../noise-choice.ts';
import { logWeights, observedWeights, relativeWeights } from '../noise-weights.ts';
import { Objective } from '../objective.ts';
import { snap } from '../polish.ts';
import { rootTask, type Step } from '../tasks/task.ts';
import { enumerate } from './enumerate.ts';
import { families } from './families.ts';
import { monomials } from './monomials.ts';
import { products } from './products.ts';

/** A law and its description length. */
interface Described {
  readonly tree: Expression;
  readonly length: number;
}

const ROUNDS = 2;
/** The round before the first: weights from the observed target, to find a law that can give better ones. */
const SCOUTING = -1;

/**
 * Decides whether the errors of the target are the same in every row or proportional to its size.
 *
 * Row weights 1 / prediction^2, from the best law so far and never from the observed target, are taken when
 * they shorten the description by more than five nats; the cheap phases then run again under them. Where the target
 * spans decades the best law under equal errors is wrong in all the small rows: a law for the weights is then looked
 * for under weights from the observed target.
 *
 * @param forced takes the weights without asking the evidence
 */
export function noisePhase(evaluator: LocalEvaluator, forced: boolean): Phase {
  return {
    name: 'noise',
    run: (context) => decide(context, evaluator, forced),
  };
}

async function decide(context: SearchContext, evaluator: LocalEvaluator, forced: boolean): Promise<void> {
  const { log, packer } = context;
  const saved = log.noise;
  const current = context.objective;
  const plain = saved ? new Objective({ ...current.problem, weights: undefined }, evaluator, current.rules) : current;
  const first = saved ? undefined : await firstLaw(context, plain, evaluator, forced);
  if (!saved && !first) return;
  const additive = saved?.additive ?? (first?.length as number);
  // What was only looked at is not adopted, in a run that is taken up again as in a whole one.
  let adopted = saved && saved.round !== SCOUTING ? saved.gain : undefined;
  let tried: number | undefined;
  let pilot = saved ? packer!.unpack(saved.next)[0].tree : (first?.tree as Expression);
  const observed = saved && saved.round !== SCOUTING ? undefined : observedWeights(plain);
  if (observed) {
    if (!saved) {
      context.observed = true;
      adopt(context, new Objective({ ...plain.problem, weights: observed }, evaluator, plain.rules), evaluator);
      log.noise = packer && { round: SCOUTING, additive, gain: 0, next: packer.pack([{ tree: pilot, loss: 0 }]) };
      log.restart();
    }
    await cheapPhases(context);
    await scout(context, [products, families]);
    pilot = shortest(context, context.objective).entry?.tree ?? pilot;
    context.observed = false;
  } else if (saved) await cheapPhases(context);
  for (let round = saved ? saved.round + 1 : 0; round < ROUNDS; round++) {
    const weights = relativeWeights(plain, pilot);
    if (!weights) break;
    const objective = new Objective({ ...plain.problem, weights }, evaluator, plain.rules);
    evaluator.setData(objective.problem);
    const relative = shortest(context, objective);
    const gain = additive - (relative.length - logWeights(weights));
    if (relative.entry) tried = gain;
    if (!relative.entry || (!forced && gain < EVIDENCE_NATS)) {
      context.remoteRows += objective.usedRows;
      break;
    }
    context.pilot = pilot;
    pilot = relative.entry.tree;
    adopted = gain;
    adopt(context, objective, evaluator);
    log.noise = packer && { round, additive, gain, next: packer.pack([{ tree: pilot, loss: 0 }]) };
    log.restart();
    await cheapPhases(context);
  }
  if (adopted === undefined && context.objective !== plain) {
    // Its rows were counted when it was left.
    plain.usedRows = 0;
    adopt(context, plain, evaluator);
  }
  log.noise = undefined;
  // The last trial may have left its weights in the evaluator.
  evaluator.setData(context.objective.problem);
  context.notes.push(
    context.objective === plain ? additiveNote(tried) : relativeNote(forced, adopted ?? Number.NEGATIVE_INFINITY),
  );
}

/** The law of the shortest description under equal errors; undefined where there is nothing to decide. */
function additiveLaw(context: SearchContext, plain: Objective): Described | undefined {
  if (context.stoppedBy || plain.problem.weights || plain.problem.loss.name !== 'L2') return undefined;
  const snapped = context.hall.front().map((entry) => snap(entry, plain));
  const { entry, length } = bestByDescription(snapped, plain);
  return entry && { tree: entry.tree, length };
}

/**
 * The law of the shortest description under equal errors, looked for harder where these are about to be given up, for
 * the laws of the first phases or for a target that spans decades. A law that is still missing leaves its own error,
 * which grows with the target, and weights that follow this error hide the law.
 */
async function firstLaw(
  context: SearchContext,
  plain: Objective,
  evaluator: LocalEvaluator,
  forced: boolean,
): Promise<Described | undefined> {
  const { log } = context;
  // Noted down, for a run that is taken up again knows more laws.
  if (!log.isDone('doubt')) {
    const law = additiveLaw(context, plain);
    if (!law || forced) return law;
    const isWide = observedWeights(plain) !== undefined;
    if (!isWide && relativeGain(context, plain, evaluator, law) < EVIDENCE_NATS) return law;
    log.finish('doubt');
  }
  await scout(context, [products]);
  return additiveLaw(context, plain);
}

/** Nats by which relative errors around a law shorten the description. */
function relativeGain(context: SearchContext, plain: Objective, evaluator: LocalEvaluator, law: Described): number {
  const weights = relativeWeights(plain, law.tree);
  if (!weights) return Number.NEGATIVE_INFINITY;
  const objective = new Objective({ ...plain.problem, weights }, evaluator, plain.rules);
  evaluator.setData(objective.problem);
  const { length } = shortest(context, objective);
  context.remoteRows += objective.usedRows;
  evaluator.setData(plain.problem);
  return law.length - (length - logWeights(weights));
}

/** Laws that show only under the weights of the moment, such as those of tails where every row counts alike. */
async function scout(context: SearchContext, steps: readonly Step[]): Promise<void> {
  for (const step of steps) {
    const name = `scout ${step.name}`;
    if (context.log.isDone(name)) continue;
    if (goalReached(context) || !(await mayContinue(context))) return;
    await step.run(context, rootTask(context), 'full');
    context.log.finish(name);
  }
}

async function cheapPhases(context: SearchContext): Promise<void> {
  const { log } = context;
  if (!log.isDone(monomials.name)) {
    await monomials.run(context);
    log.finish(monomials.name);
  }
  await enumerate.run(context);
}
