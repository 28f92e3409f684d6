import { constantsOf, type Expression } from '../expressions/index.ts';
import { isExact } from './exactness.ts';
import { exponentIndices } from './exponents.ts';
import { linearParameters } from './linear-parameters.ts';
import type { Fitted, Objective } from './objective.ts';
import { exactCost, NATS_PER_NODE, treeCost } from './tree-cost.ts';
import { Slot } from './units/slots.ts';
import type { NodeUnits } from './units/unit-analysis.ts';

/** A fitted constant inside a function bends the curve; with few rows that is worth this many nats more. */
const INNER_NATS_ROWS = 150;
const MOST_INNER_NATS = 6;
/** Nats of a fitted constant beyond (1/2) ln n at most: how well the data fix it is no merit of theirs alone. */
const MOST_DIGITS = 4;
/** A constant that carries a unit costs this more: laws are made of the quantities at hand and of pure numbers. */
const NATS_OF_UNIT = 6;
/** Relative error below which a better fit is rounding, not evidence. */
const PRECISION_FLOOR = 1e-15;
/** The same for a loss of the user's own. */
const PRECISION_FLOOR_OF_OTHERS = 1e-12;

const known = new WeakMap<Objective, WeakMap<Expression, number>>();

/**
 * Description length of a fitted tree in nats: residuals, tree and constants.
 *
 * (n/2) ln(S/n) + the tree's cost + the cost of each constant, where S is the weighted sum of squares. A small
 * rational p/q costs 2 ln(|p|+1) + 3 ln q; any other constant c costs max(0, ln(|c| sqrt(I))) + ln 2 - (1/2) ln 3,
 * I being its Fisher information and the logarithm (1/2) ln n + 4 at most; a constant inside a function costs more when
 * rows are few, and one that carries a unit where units are given. With known errors the first term is chi2 / 2, with
 * the L1 loss n ln(loss). The residuals of all exact laws count the same.
 *
 * @returns Infinity when the tree is not finite on the data
 */
export function descriptionLength(tree: Expression, loss: number, objective: Objective): number {
  const lengths = known.get(objective) ?? new WeakMap<Expression, number>();
  known.set(objective, lengths);
  const held = lengths.get(tree);
  if (held !== undefined) return held;
  const length = measureDescription(tree, loss, objective);
  lengths.set(tree, length);
  return length;
}

/** The same as if no unit had been given, for laws of which one is of no right dimension. */
export function untypedDescription(tree: Expression, loss: number, objective: Objective): number {
  return measureDescription(tree, loss, objective, false);
}

function measureDescription(tree: Expression, loss: number, objective: Objective, typed = true): number {
  const constants = constantsOf(tree);
  const curvature = constants.length > 0 ? objective.curvature(tree) : new Float64Array(0);
  if (!curvature || !Number.isFinite(loss)) return Infinity;
  const { data, variance } = residualTerm(evidentLoss({ tree, loss }, objective), objective);
  const most = MOST_DIGITS + 0.5 * Math.log(objective.observations);
  const fitted = (j: number): number => {
    const information = curvature[j] / 2 / variance;
    const digits = Math.max(0, Math.log(Math.abs(constants[j]) * Math.sqrt(information)));
    return Math.min(digits, most) + Math.LN2 - 0.5 * Math.log(3);
  };
  return data + formCost(tree, constants, objective, fitted, typed);
}

/** Nats of a fitted constant of middling precision. */
const TYPICAL_CONSTANT = 3;

/** The description length without a look at the data: every fitted constant costs the same. */
export function roughDescription(tree: Expression, loss: number, objective: Objective): number {
  const { data } = residualTerm(evidentLoss({ tree, loss }, objective), objective);
  return data + formCost(tree, constantsOf(tree), objective, () => TYPICAL_CONSTANT);
}

/** Nats of the residuals of a fit: the first term of its description. Only differences mean anything. */
export function dataNats(fitted: Fitted, objective: Objective): number {
  return residualTerm(evidentLoss(fitted, objective), objective).data;
}

/** The loss as far as it says anything: of an exact law none. */
function evidentLoss(fitted: Fitted, objective: Objective): number {
  return isExact(fitted, objective) ? 0 : fitted.loss;
}

/** Minus the log-likelihood of the residuals, and the variance of a residual of weight 1. */
function residualTerm(
  loss: number,
  { problem, scale: kind, observations: rows, meanSquare, meanWeight, baseline, constantLoss }: Objective,
): { data: number; variance: number } {
  if (kind === '-2logL') return { data: loss / 2, variance: 1 };
  if (kind === 'loss') {
    // Of a user's loss nobody knows the likelihood: a positive one is read as a mean square, another as nats of a row.
    if (!(constantLoss > 0 && loss >= 0)) return { data: rows * loss, variance: 0.5 / rows };
    const floored = Math.max(loss / baseline, PRECISION_FLOOR_OF_OTHERS ** 2);
    return { data: (rows / 2) * Math.log(floored), variance: floored * baseline };
  }
  if (problem.loss.name === 'L1') {
    const scale = Math.max(loss, PRECISION_FLOOR * Math.sqrt(meanSquare));
    return { data: rows * Math.log(scale), variance: scale * scale };
  }
  const variance = Math.max(loss, PRECISION_FLOOR ** 2 * meanSquare, problem.varianceFloor ?? 0);
  // The loss divides by the sum of the weights, the information does not.
  return { data: (rows / 2) * Math.log(variance), variance: variance * meanWeight };
}

/** Nats of a tree and its constants. */
function formCost(
  tree: Expression,
  constants: readonly number[],
  { observations, rules }: Objective,
  fitted: (index: number) => number,
  typed = true,
): number {
  const { units, template } = rules.syntax?.grammar ?? {};
  const known = typed && !template ? units?.describe(tree) : undefined;
  const carried = known ? NATS_OF_UNIT * unitsCarried(tree, known) : 0;
  return treeCost(tree, known) + carried + constantsCost(tree, constants, observations, fitted);
}

/** The constants that carry a unit. */
function unitsCarried(tree: Expression, units: NodeUnits, at = 0): number {
  const { slots, ends } = units;
  if (tree.kind === 'variable') return 0;
  // Nought is nought in any unit; a unit that several constants share is that of none in particular.
  if (tree.kind === 'constant') return tree.value !== 0 && (slots[at] > 0 || slots[at] === Slot.wild) ? 1 : 0;
  const places = [at + 1, ends[at + 1]];
  return tree.arguments.reduce((sum, argument, i) => sum + unitsCarried(argument, units, places[i]), 0);
}

function constantsCost(
  tree: Expression,
  constants: readonly number[],
  rows: number,
  fitted: (index: number) => number,
): number {
  const linear = linearParameters(tree, constants.length);
  const exponents = exponentIndices(tree);
  const innerCost = Math.min(MOST_INNER_NATS, INNER_NATS_ROWS / rows);
  let cost = 0;
  constants.forEach((value, j) => {
    const exact = exactCost(value);
    if (exponents.has(j) && exact !== undefined) {
      // A power is one idea: x^2 costs little more than a function of x.
      cost += exact - NATS_PER_NODE;
      return;
    }
    if (linear[j] === 0) cost += innerCost;
    cost += exact ?? fitted(j);
  });
  return cost;
}

/** A simpler entry whose description is longer by less than this is preferred: the evidence is not worth naming. */
const EVIDENCE_NATS = 0.5;

/** The entry of the shortest description, or the simplest whose description is as good as that. */
export function bestByDescription<Entry extends Fitted>(
  entries: readonly Entry[],
  objective: Objective,
): { entry: Entry | undefined; length: number } {
  const lengths = entries.map((entry) => descriptionLength(entry.tree, entry.loss, objective));
  const shortest = Math.min(...lengths);
  const at = lengths.findIndex((length) => length <= shortest + EVIDENCE_NATS);
  return at < 0 ? { entry: undefined, length: Infinity } : { entry: entries[at], length: lengths[at] };
}
