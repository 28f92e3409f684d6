import { constantsOf, type Expression } from '../expressions/index.ts';
import { exponentIndices } from './exponents.ts';
import { linearParameters } from './linear-parameters.ts';
import type { Fitted, Objective } from './objective.ts';
import { exactCost, NATS_PER_NODE, treeCost } from './tree-cost.ts';

/** A fitted constant inside a function bends the curve; with few rows that is worth this many nats more. */
const INNER_NATS_ROWS = 150;
const MOST_INNER_NATS = 6;
/** Relative error below which a better fit is rounding, not evidence. */
const PRECISION_FLOOR = 1e-12;

const known = new WeakMap<Objective, WeakMap<Expression, number>>();

/**
 * Description length of a fitted tree in nats: residuals, tree and constants.
 *
 * (n/2) ln(S/n) + the tree's cost + the cost of each constant, where S is the weighted sum of squares. A small
 * rational p/q costs 2 ln(|p|+1) + 3 ln q; any other constant c costs max(0, ln(|c| sqrt(I))) + ln 2 - (1/2) ln 3,
 * I being its Fisher information; a constant inside a function costs more when rows are few. With known errors
 * the first term is chi2 / 2, with the L1 loss n ln(loss).
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

function measureDescription(tree: Expression, loss: number, objective: Objective): number {
  const constants = constantsOf(tree);
  const curvature = constants.length > 0 ? objective.curvature(tree) : new Float64Array(0);
  if (!curvature || !Number.isFinite(loss)) return Infinity;
  const n = objective.rows;
  const { name } = objective.problem.loss;
  let data: number;
  let variance: number;
  if (name === 'chi2') {
    data = loss / 2;
    variance = 1;
  } else if (name === 'L1') {
    const scale = Math.max(loss, PRECISION_FLOOR * Math.sqrt(objective.meanSquare));
    data = n * Math.log(scale);
    variance = scale * scale;
  } else {
    variance = Math.max(loss, PRECISION_FLOOR ** 2 * objective.meanSquare);
    data = (n / 2) * Math.log(variance);
    // The loss divides by the sum of the weights, the information does not.
    variance *= objective.meanWeight;
  }
  let model = treeCost(tree);
  const linear = linearParameters(tree, constants.length);
  const exponents = exponentIndices(tree);
  const innerCost = Math.min(MOST_INNER_NATS, INNER_NATS_ROWS / n);
  for (let j = 0; j < constants.length; j++) {
    const exact = exactCost(constants[j]);
    if (exponents.has(j) && exact !== undefined) {
      // A power is one idea: x^2 costs little more than a function of x.
      model += exact - NATS_PER_NODE;
      continue;
    }
    if (linear[j] === 0) model += innerCost;
    if (exact !== undefined) {
      model += exact;
      continue;
    }
    const information = curvature[j] / 2 / variance;
    model += Math.max(0, Math.log(Math.abs(constants[j]) * Math.sqrt(information))) + Math.LN2 - 0.5 * Math.log(3);
  }
  return data + model;
}

/** A simpler entry whose description is longer by less than this is preferred: the evidence is not worth naming. */
const EVIDENCE_NATS = 1.5;

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
