import { constant, constantsOf, type Expression, print, toLatex } from '../expressions/index.ts';
import { chi2Sf } from '../numerics/index.ts';
import { bestByDescription, dataNats, descriptionLength } from './description-length.ts';
import type { HallEntry, HallOfFame } from './hall-of-fame.ts';
import type { Objective } from './objective.ts';
import type { ResolvedOptions } from './options/options.ts';
import type { FrontEntry } from './result.ts';
import type { Syntax } from './syntax.ts';
import { constantUnits } from './units/constant-units.ts';
import { namedLaw } from './units/named-law.ts';

/** The Pareto front as users see it. */
export function describeFront(
  hall: HallOfFame,
  syntax: Syntax,
  scale: 'log' | 'linear' = 'log',
  objective?: Objective,
): FrontEntry[] {
  const entries = hall.front();
  return entries.map((entry, i) => describeEntry(entry, entries[i - 1], syntax, scale, objective));
}

/** An entry as users see it, as a step after a simpler one. */
export function describeEntry(
  entry: HallEntry,
  simpler: HallEntry | undefined,
  syntax: Syntax,
  scale: 'log' | 'linear',
  objective: Objective | undefined,
): FrontEntry {
  const { grammar } = syntax;
  const { template } = grammar;
  const tree = syntax.express(entry.tree);
  const units = grammar.units && constantUnits(tree, grammar.units.units);
  const constants = constantsOf(entry.tree);
  const named = objective && !template ? namedLaw(tree, constants, entry.loss, grammar, objective) : undefined;
  const parts = template?.trees(entry.tree).map((part, k) => [template.functions[k].name, print(part)]);
  const described: FrontEntry = {
    complexity: entry.complexity,
    loss: entry.loss,
    score: simpler ? score(simpler, entry, scale) : 0,
    expression: print(tree),
    latex: toLatex(tree, { digits: 6 }),
    constants,
    tree,
    ...worth(entry, simpler, objective),
    ...goodness(entry, objective),
    ...(units ? { constantUnits: units } : {}),
    ...(named ? { named } : {}),
    ...(parts ? { functions: Object.fromEntries(parts), parameters: template?.parameterValues(entry.tree) } : {}),
  };
  candidates.set(described, entry.tree);
  return described;
}

const candidates = new WeakMap<FrontEntry, Expression>();

/** The candidate behind an entry: its tree, or in a template the parts that it is made of. */
export function candidateOf(entry: FrontEntry): Expression {
  return candidates.get(entry) ?? entry.tree;
}

/** What a step buys and what it costs in all, in nats. */
function worth(
  entry: HallEntry,
  simpler: HallEntry | undefined,
  objective: Objective | undefined,
): Pick<FrontEntry, 'evidence' | 'description'> {
  if (!objective) return {};
  const nothing = dataNats({ tree: constant(0), loss: objective.constantLoss }, objective);
  const before = simpler ? dataNats(simpler, objective) : nothing;
  const evidence = before - dataNats(entry, objective);
  const description = descriptionLength(entry.tree, entry.loss, objective) - nothing;
  return Number.isFinite(evidence) && Number.isFinite(description) ? { evidence, description } : {};
}

/** Degrees of freedom and p-value where half the loss is a log-likelihood. */
function goodness({ tree, loss }: HallEntry, objective: Objective | undefined): Pick<FrontEntry, 'ndf' | 'pValue'> {
  // What a soft requirement costs is no part of chi2.
  if (objective?.scale !== '-2logL' || objective.rules.soft || objective.rules.surcharge) return {};
  const ndf = objective.observations - constantsOf(tree).length;
  return ndf > 0 ? { ndf, pValue: chi2Sf(loss, ndf) } : {};
}

const TINY = 1e-300;

/** Fall of log loss, or of the loss itself, per unit of complexity. */
function score(simpler: HallEntry, entry: HallEntry, scale: 'log' | 'linear'): number {
  if (scale === 'linear') return (simpler.loss - entry.loss) / (entry.complexity - simpler.complexity);
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
    const limit = lowest.loss + (SCORE_LOSS_FACTOR - 1) * Math.abs(lowest.loss);
    const good = front.filter((entry) => entry.loss <= limit);
    return good.reduce((best, entry) => (entry.score > best.score ? entry : best));
  }
  const entries = front.map((entry) => ({ entry, tree: candidateOf(entry), loss: entry.loss }));
  return bestByDescription(entries, objective).entry?.entry ?? lowest;
}
