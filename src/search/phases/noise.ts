import type { LocalEvaluator } from '../../evaluation/index.ts';
import type { Expression } from '../../expressions/index.ts';
import type { Phase, SearchContext } from '../context.ts';
import { bestByDescription } from '../description-length.ts';
import { ADDITIVE } from '../noise-note.ts';
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
    run: (context) => decide(context, evaluator, forced),
  };
}

async function decide(context: SearchContext, evaluator: LocalEvaluator, forced: boolean): Promise<void> {
  const { log, packer } = context;
  const saved = log.noise;
  const current = context.objective;
  const plain = saved ? new Objective({ ...current.problem, weights: undefined }, evaluator, current.rules) : current;
  const first = saved ? undefined : additiveLaw(context, plain);
  if (!saved && !first) return;
  const additive = saved?.additive ?? (first?.length as number);
  let adopted = saved?.gain;
  let tried: number | undefined;
  let pilot = saved ? packer!.unpack(saved.next)[0].tree : (first?.tree as Expression);
  if (saved) await cheapPhases(context);
  for (let round = saved ? saved.round + 1 : 0; round < ROUNDS; round++) {
    const weights = relativeWeights(plain, pilot);
    if (!weights) break;
    const objective = new Objective({ ...plain.problem, weights }, evaluator, plain.rules);
    evaluator.setData(objective.problem);
    const refitted = context.hall.front().map((entry) => snap(objective.full(entry.tree), objective));
    const relative = bestByDescription(refitted, objective);
    const gain = additive - (relative.length - logWeights(weights));
    if (relative.entry) tried = gain;
    if (!relative.entry || (!forced && gain < EVIDENCE_NATS)) {
      context.remoteRows += objective.usedRows;
      break;
    }
    context.pilot = pilot;
    pilot = relative.entry.tree;
    adopted = gain;
    adopt(context, objective);
    log.noise = packer && { round, additive, gain, next: packer.pack([{ tree: pilot, loss: 0 }]) };
    log.restart();
    await cheapPhases(context);
  }
  log.noise = undefined;
  // The last trial may have left its weights in the evaluator.
  evaluator.setData(context.objective.problem);
  context.notes.push(
    context.objective === plain ? additiveNote(tried) : relativeNote(forced, adopted ?? Number.NEGATIVE_INFINITY),
  );
}

/** @param gain nats by which relative noise was shorter; undefined where it could not be tried */
function additiveNote(gain: number | undefined): string {
  if (gain === undefined) return `${ADDITIVE}; relative noise does not apply to these data`;
  if (gain <= 0) return `${ADDITIVE}; its description is ${nats(-gain)} shorter than with relative noise`;
  return `${ADDITIVE}; with relative noise the description is ${nats(gain)} shorter, less than the ${EVIDENCE_NATS} asked for`;
}

function relativeNote(forced: boolean, gain: number): string {
  const model = `noise: relative${forced ? ', as asked' : ''} (each row weighs 1 / prediction^2; losses are means under these weights)`;
  if (!Number.isFinite(gain)) return model;
  return `${model}; its description is ${nats(Math.abs(gain))} ${gain < 0 ? 'longer' : 'shorter'} than with additive noise`;
}

function nats(value: number): string {
  return `${Number(value.toPrecision(value < 10 ? 2 : 3))} nats`;
}

/** The law of the shortest description under equal errors; undefined where there is nothing to decide. */
function additiveLaw(
  context: SearchContext,
  plain: Objective,
): { readonly tree: Expression; readonly length: number } | undefined {
  if (context.stoppedBy || plain.problem.weights || plain.problem.loss.name !== 'L2') return undefined;
  const snapped = context.hall.front().map((entry) => snap(entry, plain));
  const { entry, length } = bestByDescription(snapped, plain);
  return entry && { tree: entry.tree, length };
}

/** Goes over to other row weights. */
function adopt(context: SearchContext, objective: Objective): void {
  context.remoteRows += context.objective.usedRows;
  const old = context.hall.all();
  context.objective = objective;
  context.hall.clear();
  for (const entry of old) {
    const fitted = objective.full(entry.tree);
    context.hall.offer(fitted.tree, fitted.loss);
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
