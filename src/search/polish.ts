import { complexity, constantsOf, type Expression, simplify, withConstants } from '../expressions/index.ts';
import { Role } from '../numerics/index.ts';
import type { SearchContext } from './context.ts';
import { measure } from './context.ts';
import type { Forms } from './forms.ts';
import type { HallEntry } from './hall-of-fame.ts';
import type { Fitted, Objective } from './objective.ts';
import { restrict } from './restrict.ts';
import { descriptionLength } from './selection.ts';

const LARGE_TABLE = 100_000;

/** Refits every entry on all rows, snaps constants where the description gets shorter, and simplifies. */
export function polish(context: SearchContext): void {
  const { hall, objective, grammar, forms } = context;
  const entries = hall.front();
  const refitted = entries.map((entry) => refit(entry, objective));
  hall.clear();
  for (const { tree, loss } of refitted) {
    const shorter = tidy({ tree, loss }, objective, forms);
    const snapped = tidy(snap(shorter, objective), objective, forms);
    for (const candidate of [snapped, shorter]) {
      if (measure(candidate.tree, grammar.maxDepth) > grammar.maxSize) continue;
      // The snapped form stands for its complexity even where an unsnapped one fits a hair better.
      const held = hall.at(measure(candidate.tree, grammar.maxDepth));
      if (held && better(held, candidate, objective)) continue;
      hall.replace(candidate.tree, candidate.loss);
      break;
    }
  }
}

function refit(entry: HallEntry, objective: Objective): Fitted {
  const fitted = objective.full(entry.tree, objective.rows > LARGE_TABLE ? 4 : 40);
  return Number.isFinite(fitted.loss) ? fitted : { tree: entry.tree, loss: objective.lossOf(entry.tree) };
}

function better(a: Fitted, b: Fitted, objective: Objective): boolean {
  return descriptionLength(a.tree, a.loss, objective) <= descriptionLength(b.tree, b.loss, objective);
}

/** The simplified tree when it fits as well. */
function tidy(fitted: Fitted, objective: Objective, forms: Forms): Fitted {
  const tree = restrict(simplify(fitted.tree), forms);
  if (!tree || complexity(tree) > complexity(fitted.tree)) return fitted;
  const loss = objective.lossOf(tree);
  if (Number.isFinite(loss) && loss <= fitted.loss * (1 + 1e-6) + objective.floor) return { tree, loss };
  return fitted;
}

const SMALL_NUMERATOR = 24;

/** Values a fitted constant may stand for, nearest first. */
export function snapCandidates(value: number): number[] {
  const candidates = new Set<number>();
  for (const q of [1, 2, 3, 4]) {
    const p = Math.round(value * q);
    // 365 for 365.2 would be numerology; 1000 for 1000.0000001 is not.
    if (Math.abs(p) <= SMALL_NUMERATOR || Math.abs(value - p / q) <= 1e-7 * Math.abs(value)) candidates.add(p / q);
  }
  candidates.add(0);
  return [...candidates]
    .filter((candidate) => candidate !== value)
    .sort((a, b) => Math.abs(a - value) - Math.abs(b - value));
}

/**
 * Fixes constants at small rationals, one after another, as long as the description length falls; the
 * others are refitted each time.
 */
export function snap(start: Fitted, objective: Objective): Fitted {
  let best = start;
  let bestLength = descriptionLength(start.tree, start.loss, objective);
  const count = constantsOf(start.tree).length;
  const roles = new Uint8Array(count);
  for (let round = 0; round < count; round++) {
    let winner: { fitted: Fitted; length: number; index: number } | undefined;
    const values = constantsOf(best.tree);
    for (let index = 0; index < count; index++) {
      if (roles[index] === Role.fixed) continue;
      for (const candidate of snapCandidates(values[index])) {
        const fitted = fixed(best.tree, values, roles, index, candidate, objective);
        const length = descriptionLength(fitted.tree, fitted.loss, objective);
        if (length < (winner?.length ?? bestLength)) winner = { fitted, length, index };
      }
    }
    if (!winner) break;
    best = winner.fitted;
    bestLength = winner.length;
    roles[winner.index] = Role.fixed;
  }
  return best;
}

function fixed(
  tree: Expression,
  values: readonly number[],
  roles: Uint8Array,
  index: number,
  candidate: number,
  objective: Objective,
): Fitted {
  const trial = Float64Array.from(values);
  trial[index] = candidate;
  const trialRoles = Uint8Array.from(roles);
  trialRoles[index] = Role.fixed;
  return objective.full(withConstants(tree, trial), objective.rows > LARGE_TABLE ? 3 : 12, trialRoles);
}
