import type { Table } from '../../../src/core/index.ts';
import { constantsOf } from '../../../src/expressions/index.ts';
import { type FrontEntry, fit, type Model } from '../../../src/search/index.ts';
import { exactCost } from '../../../src/search/tree-cost.ts';
import { isLaw } from './is-law.ts';

/** Rules to choose an entry of a front. */
export const RULES = ['best', 'score', 'BIC', 'accuracy'] as const;
export type Rule = (typeof RULES)[number];

/** What came of one data set. */
export interface Outcome {
  /** Whether each rule chose the law. */
  readonly right: Readonly<Record<Rule, boolean>>;
  /** Whether the law is chosen, on the front or named as a rival. */
  readonly named: boolean;
  /** Whether the noise was found to be relative. */
  readonly relative: boolean;
  readonly best: string;
}

/** Large enough for every law of the bed and their bloated neighbours. */
const MAX_SIZE = 18;

/**
 * Runs the cheap phases on measurements of a law that is among the candidates from the start, and asks which rule
 * chooses it.
 */
export async function choicesOn(table: Table, law: string, seed: number): Promise<Outcome> {
  const model = await fit(table, {
    target: 'y',
    seed,
    threads: 1,
    phases: ['monomials', 'enumerate'],
    guesses: [law],
    maxSize: MAX_SIZE,
  });
  const chosen: Record<Rule, FrontEntry> = {
    best: model.best,
    score: byScore(model.front),
    BIC: byInformation(model, table.rows),
    accuracy: model.front[model.front.length - 1],
  };
  const verdicts = new Map(model.front.map((entry) => [entry, isLaw(entry.tree, law)]));
  const right = Object.fromEntries(
    RULES.map((rule) => [rule, verdicts.get(chosen[rule]) ?? isLaw(chosen[rule].tree, law)]),
  ) as Record<Rule, boolean>;
  return {
    right,
    named: [...verdicts.values()].includes(true) || model.rivals.some(({ expression }) => isLaw(expression, law)),
    relative: model.notes.some((note) => note.startsWith('noise: relative')),
    best: model.best.expression,
  };
}

/** PySR's best: the highest score among losses up to 1.5 times the lowest. */
function byScore(front: readonly FrontEntry[]): FrontEntry {
  const limit = 1.5 * front[front.length - 1].loss;
  return front.filter(({ loss }) => loss <= limit).reduce((best, entry) => (entry.score > best.score ? entry : best));
}

/** Schwarz: n ln(loss) + k ln n is least, k being the fitted constants and the variance. */
function byInformation({ front }: Model, rows: number): FrontEntry {
  const criterion = ({ tree, loss }: FrontEntry): number => {
    const fitted = constantsOf(tree).filter((value) => exactCost(value) === undefined).length;
    return rows * Math.log(loss) + (fitted + 1) * Math.log(rows);
  };
  return front.reduce((best, entry) => (criterion(entry) < criterion(best) ? entry : best));
}
