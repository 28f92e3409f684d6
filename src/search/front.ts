import { constantsOf, print, toLatex } from '../expressions/index.ts';
import { bestByDescription } from './description-length.ts';
import type { HallEntry, HallOfFame } from './hall-of-fame.ts';
import type { Objective } from './objective.ts';
import type { ResolvedOptions } from './options.ts';
import type { FrontEntry } from './result.ts';

/** The Pareto front as users see it. */
export function describeFront(hall: HallOfFame): FrontEntry[] {
  const entries = hall.front();
  return entries.map((entry, i) => ({
    complexity: entry.complexity,
    loss: entry.loss,
    score: i === 0 ? 0 : score(entries[i - 1], entry),
    expression: print(entry.tree),
    latex: toLatex(entry.tree, { digits: 6 }),
    constants: constantsOf(entry.tree),
    tree: entry.tree,
  }));
}

const TINY = 1e-300;

/** Fall of log loss per unit of complexity. */
function score(simpler: HallEntry, entry: HallEntry): number {
  const fall = Math.log(Math.max(simpler.loss, TINY)) - Math.log(Math.max(entry.loss, TINY));
  return fall / (entry.complexity - simpler.complexity);
}

/** Loss up to this factor of the lowest takes part in the choice by score, as in PySR. */
const SCORE_LOSS_FACTOR = 1.5;

/** The entry that `modelSelection` asks for: shortest description, highest score among the good, or lowest loss. */
export function choose(
  front: readonly FrontEntry[],
  objective: Objective,
  selection: ResolvedOptions['modelSelection'],
): FrontEntry | undefined {
  if (front.length === 0) return undefined;
  const lowest = front[front.length - 1];
  if (selection === 'accuracy') return lowest;
  if (selection === 'score') {
    const good = front.filter((entry) => entry.loss <= SCORE_LOSS_FACTOR * lowest.loss);
    return good.reduce((best, entry) => (entry.score > best.score ? entry : best));
  }
  return bestByDescription(front, objective).entry ?? lowest;
}
