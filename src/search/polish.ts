import { constantsOf, type Expression, withConstants } from '../expressions/index.ts';
import { Role } from '../numerics/index.ts';
import { signsOf } from './column-signs.ts';
import { withCommonFactor } from './common-factor.ts';
import { mayContinue, type SearchContext } from './context.ts';
import { bestByDescription, descriptionLength } from './description-length.ts';
import { isExact } from './exactness.ts';
import type { HallEntry, HallOfFame } from './hall-of-fame.ts';
import { linearParameters } from './linear-parameters.ts';
import type { Fitted, Objective } from './objective.ts';
import { exactCost } from './tree-cost.ts';

/**
 * Refits the hall on all rows, snaps constants where the description gets shorter, and simplifies.
 *
 * Each complexity keeps its best fit, but the entry of the shortest description always stands for its own: it
 * is what `best` chooses, and neither a neighbour that fits a hair better nor a shorter form that takes more
 * words, such as a function of a function, may hide it. The others stay in the hall as runners-up.
 */
export async function polish(context: SearchContext): Promise<void> {
  const { hall, objective, syntax } = context;
  const { complexity } = syntax;
  const { log } = context;
  objective.rough = false;
  const polished: Fitted[] = log.polish ? context.packer!.unpack(log.polish.polished) : [];
  const worthy = worthPolishing(hall, objective);
  for (let done = log.polish?.done ?? 0; done < worthy.length; done++) {
    if (log.isDue) {
      log.polish = { done, polished: context.packer!.pack(polished) };
      log.save();
    }
    const candidate = worthy[done];
    const refitted = refit(candidate, objective);
    const tidied = tidy(refitted, objective, context);
    polished.push(tidied);
    await mayContinue(context);
    if (context.stoppedBy === 'cancelled' || context.budget.isOver) continue;
    const pruned = prune(tidied, objective, context);
    const snapped = context.snapConstants ? snapThrough(pruned, objective, context) : pruned;
    // Simpler to write may be harder to snap: of c * (1 / x - 1 / u) it leaves two constants that are no longer one.
    const asWritten = syntax.key(tidied.tree) !== syntax.key(refitted.tree) && context.snapConstants;
    const others = asWritten ? [pruned, snapped, snapThrough(refitted, objective, context)] : [pruned, snapped];
    const shared = context.snapConstants ? withCommonFactor(snapped, objective, syntax.forms) : undefined;
    if (shared) others.push(snapThrough(shared, objective, context));
    for (const better of others) if (shorter(better, tidied, objective)) polished.push(better);
  }
  log.polish = undefined;
  if (context.budget.isOver && context.stoppedBy !== 'cancelled' && context.snapConstants) {
    // No time for all of them; the one that would be chosen costs about as much as their refits did.
    const { entry } = bestByDescription(simplestFirst(polished, context), objective);
    const snapped = entry && snapThrough(entry, objective, context);
    if (snapped && shorter(snapped, entry, objective)) polished.push(snapped);
  }
  hall.clear();
  // Whoever asks later for the rivals of the chosen law finds them among the runners-up.
  for (const { tree, loss } of polished) hall.keep(tree, loss);
  const bySize = new Map<number, Fitted>();
  for (const fitted of polished) {
    const size = complexity(fitted.tree);
    const held = bySize.get(size);
    // Of one structure, the snapped form stands even where the unsnapped one fits a hair better.
    const better =
      held && syntax.key(held.tree) === syntax.key(fitted.tree)
        ? shorter(fitted, held, objective)
        : !(held && held.loss <= fitted.loss);
    if (better) bySize.set(size, fitted);
  }
  for (const fitted of bySize.values()) hall.replace(fitted.tree, fitted.loss);
  const chosen = bestByDescription(simplestFirst(polished, context), objective).entry;
  if (!chosen) return;
  const entry = shortDigits(chosen, objective);
  hall.replace(entry.tree, entry.loss);
  hall.clearBelow(entry.tree, entry.loss);
}

/** Simplest first. */
function simplestFirst(polished: readonly Fitted[], { syntax }: SearchContext): Fitted[] {
  return [...polished].sort((a, b) => syntax.complexity(a.tree) - syntax.complexity(b.tree));
}

/** Snaps and simplifies; where that made new constants out of old ones, these are snapped too. */
function snapThrough(start: Fitted, objective: Objective, context: SearchContext): Fitted {
  const { key } = context.syntax;
  const first = snap(start, objective);
  const tidied = tidy(first, objective, context);
  if (key(tidied.tree) === key(first.tree)) return tidied;
  return tidy(snap(tidied, objective), objective, context);
}

/** Leaves out constants, and what falls away with them, as long as the description gets shorter. */
function prune(start: Fitted, objective: Objective, context: SearchContext): Fitted {
  const values = constantsOf(start.tree);
  const free = new Uint8Array(values.length);
  for (let index = 0; index < values.length; index++) {
    const without = tidy(fixed(start.tree, values, free, index, 0, objective), objective, context);
    const { complexity } = context.syntax;
    const smaller = complexity(without.tree) < complexity(start.tree);
    if (smaller && shorter(without, start, objective)) return prune(without, objective, context);
  }
  return start;
}

/** Nats behind the best within which a runner-up can still win once its constants are snapped. */
const SNAP_MARGIN_NATS = 12;

/** The front and the runners-up that may turn out to be the law. */
function worthPolishing(hall: HallOfFame, objective: Objective): HallEntry[] {
  const front = new Set(hall.front());
  const lengths = new Map(
    hall.candidates().map((entry) => [entry, descriptionLength(entry.tree, entry.loss, objective)]),
  );
  const shortest = Math.min(...lengths.values());
  return hall.candidates().filter((entry) => front.has(entry) || lengths.get(entry)! < shortest + SNAP_MARGIN_NATS);
}

function shorter(a: Fitted, b: Fitted, objective: Objective): boolean {
  return descriptionLength(a.tree, a.loss, objective) < descriptionLength(b.tree, b.loss, objective);
}

function refit(entry: HallEntry, objective: Objective): Fitted {
  const fitted = objective.full(entry.tree, 40);
  return Number.isFinite(fitted.loss) ? fitted : { tree: entry.tree, loss: objective.lossOf(entry.tree) };
}

/** The simplified tree when it fits as well. */
function tidy(fitted: Fitted, objective: Objective, { syntax }: SearchContext): Fitted {
  const tree = syntax.simplify(fitted.tree, signsOf(objective.problem));
  if (!tree || syntax.admitted(tree) > syntax.complexity(fitted.tree)) return fitted;
  // c / x - c / u is shorter than c * (1 / x - 1 / u), but its two constants would go their own ways.
  if (fittedConstants(tree) > fittedConstants(fitted.tree)) return fitted;
  const loss = objective.lossOf(tree);
  const asGood = loss <= fitted.loss + 1e-6 * Math.abs(fitted.loss) + Math.max(0, objective.floor);
  if (asGood || (isExact(fitted, objective) && isExact({ tree, loss }, objective))) return { tree, loss };
  return fitted;
}

function fittedConstants(tree: Expression): number {
  return constantsOf(tree).filter((value) => exactCost(value) === undefined).length;
}

const SMALL_NUMERATOR = 24;

/**
 * Values a fitted constant may stand for, nearest first.
 *
 * @param scale true for a factor or offset of the prediction: it carries units, so it is 0, +-1 or a rational to
 *   seven digits; a number inside a function or an exponent may be any small rational nearby
 */
export function snapCandidates(value: number, scale: boolean): number[] {
  const candidates = new Set<number>();
  for (const q of [1, 2, 3, 4]) {
    const p = Math.round(value * q);
    // 365 for 365.2 would be numerology; 1000 for 1000.0000001 is not.
    if ((!scale && Math.abs(p) <= SMALL_NUMERATOR) || Math.abs(value - p / q) <= 1e-7 * Math.abs(value))
      candidates.add(p / q);
  }
  candidates.add(0).add(Math.sign(value));
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
  const linear = linearParameters(start.tree, count);
  const pinned = objective.pinned(start.tree);
  if (pinned) for (let i = 0; i < count; i++) if (pinned[i] === 1) roles[i] = Role.fixed;
  const take = (fitted: Fitted | undefined): void => {
    const length = fitted ? descriptionLength(fitted.tree, fitted.loss, objective) : Infinity;
    if (!fitted || !(length < bestLength)) return;
    best = fitted;
    bestLength = length;
    constantsOf(best.tree).forEach((value, i) => {
      if (exactCost(value) !== undefined) roles[i] = Role.fixed;
    });
  };
  // One of two exact coefficients alone may look worse than none, as in 2 x^2 + 1.0000000000000002 y.
  take(snapTogether(best, roles, objective));
  take(wholeTogether(best, roles, linear, objective));
  for (let round = 0; round < count; round++) {
    let winner: { fitted: Fitted; length: number; index: number } | undefined;
    const values = constantsOf(best.tree);
    for (let index = 0; index < count; index++) {
      if (roles[index] === Role.fixed) continue;
      for (const candidate of snapCandidates(values[index], linear[index] === 1)) {
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
  take(wholeTogether(best, roles, linear, objective));
  return best;
}

/** Relative error of a constant that rounding explains. */
const ROUNDED = 1e-12;

/** The constants of an exact law with as few digits as keep it exact: 365.25 for 365.24999999999966. */
function shortDigits(fitted: Fitted, objective: Objective): Fitted {
  if (!isExact(fitted, objective)) return fitted;
  const pinned = objective.pinned(fitted.tree);
  let best = fitted;
  constantsOf(fitted.tree).forEach((value, index) => {
    if (pinned?.[index] === 1 || exactCost(value) !== undefined) return;
    for (let digits = 1; digits <= 14; digits++) {
      const rounded = Number(value.toPrecision(digits));
      if (Math.abs(rounded - value) > ROUNDED * Math.abs(value)) continue;
      const values = Float64Array.from(constantsOf(best.tree));
      values[index] = rounded;
      const tree = withConstants(best.tree, values);
      const trial = { tree, loss: objective.lossOf(tree) };
      if (isExact(trial, objective)) {
        best = trial;
        return;
      }
    }
  });
  return best;
}

/** Every constant that is a small rational but for rounding as that rational; undefined where there is none. */
function snapTogether({ tree }: Fitted, roles: Uint8Array, objective: Objective): Fitted | undefined {
  const snapped = constantsOf(tree).map((value, i) => {
    if (roles[i] === Role.fixed) return value;
    const near = [1, 2, 3, 4].map((q) => Math.round(value * q) / q);
    return near.find((candidate) => Math.abs(value - candidate) <= ROUNDED * Math.abs(value)) ?? value;
  });
  if (snapped.every((value, i) => value === constantsOf(tree)[i])) return undefined;
  const rounded = withConstants(tree, Float64Array.from(snapped));
  const loss = objective.lossOf(rounded);
  return Number.isFinite(loss) ? { tree: rounded, loss } : undefined;
}

/**
 * Every free constant inside a function at the nearest whole number but 0, the factors refitted.
 *
 * Under noise too one may have to wait for another: sqrt(x^2 + y^2 - 2 x y cos t) has no value near 0 while a single
 * coefficient is off.
 */
function wholeTogether(
  { tree }: Fitted,
  roles: Uint8Array,
  linear: ArrayLike<number>,
  objective: Objective,
): Fitted | undefined {
  const values = constantsOf(tree);
  const isRounded = values.map((_, i) => roles[i] !== Role.fixed && linear[i] === 0);
  const whole = values.map((value, i) => (isRounded[i] ? Math.round(value) : value));
  if (!isRounded.includes(true) || whole.some((value, i) => isRounded[i] && !isSmall(value))) return undefined;
  const held = roles.map((role, i) => (isRounded[i] ? Role.fixed : role));
  const fitted = objective.full(withConstants(tree, Float64Array.from(whole)), 12, held);
  if (!Number.isFinite(fitted.loss) || objective.rules.syntax?.admitted(fitted.tree) === Infinity) return undefined;
  return fitted;
}

function isSmall(value: number): boolean {
  return value !== 0 && Math.abs(value) <= SMALL_NUMERATOR;
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
  const fitted = objective.full(withConstants(tree, trial), 12, trialRoles);
  // Another number may be another law: as an exponent it changes dimensions.
  return objective.rules.syntax?.admitted(fitted.tree) === Infinity ? { ...fitted, loss: NaN } : fitted;
}
