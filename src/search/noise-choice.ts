import type { LocalEvaluator } from '../evaluation/index.ts';
import type { SearchContext } from './context.ts';
import { bestByDescription } from './description-length.ts';
import { ADDITIVE } from './noise-note.ts';
import type { Fitted, Objective } from './objective.ts';
import { snap } from './polish.ts';

/** Nats by which relative noise must shorten the description before it is believed. */
export const EVIDENCE_NATS = 5;

/** @param gain nats by which relative noise was shorter; undefined where it could not be tried */
export function additiveNote(gain: number | undefined): string {
  if (gain === undefined) return `${ADDITIVE}; relative noise does not apply to these data`;
  if (gain <= 0) return `${ADDITIVE}; its description is ${nats(-gain)} shorter than with relative noise`;
  return `${ADDITIVE}; with relative noise the description is ${nats(gain)} shorter, less than the ${EVIDENCE_NATS} asked for`;
}

export function relativeNote(forced: boolean, gain: number): string {
  const model = `noise: relative${forced ? ', as asked' : ''} (each row weighs 1 / prediction^2; losses are means under these weights)`;
  if (!Number.isFinite(gain)) return model;
  return `${model}; its description is ${nats(Math.abs(gain))} ${gain < 0 ? 'longer' : 'shorter'} than with additive noise`;
}

function nats(value: number): string {
  return `${Number(value.toPrecision(value < 10 ? 2 : 3))} nats`;
}

/** The entry of the front of the shortest description under an objective, refitted and snapped. */
export function shortest({ hall }: SearchContext, objective: Objective): ReturnType<typeof bestByDescription<Fitted>> {
  return bestByDescription(
    hall.front().map((entry) => snap(objective.full(entry.tree), objective)),
    objective,
  );
}

/** Goes over to other row weights. */
export function adopt(context: SearchContext, objective: Objective, evaluator: LocalEvaluator): void {
  context.remoteRows += context.objective.usedRows;
  evaluator.setData(objective.problem);
  const old = context.hall.all();
  context.objective = objective;
  context.hall.clear();
  for (const entry of old) {
    const fitted = objective.full(entry.tree);
    context.hall.offer(fitted.tree, fitted.loss);
  }
}
