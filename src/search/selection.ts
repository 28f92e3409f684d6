import { constantsOf, type Expression, size } from '../expressions/index.ts';
import type { Fitted, Objective } from './objective.ts';

/** Nats per node: the cost of saying which operator or input stands there. */
const NATS_PER_NODE = 1.5;
/** Relative error below which a better fit is rounding, not evidence. */
const PRECISION_FLOOR = 1e-12;

const known = new WeakMap<Objective, WeakMap<Expression, number>>();

/**
 * Description length of a fitted tree in nats: residuals, tree and constants.
 *
 * (n/2) ln(S/n) + 1.5 K + sum over exact constants p/q of ln(|p|+1) + ln(q) + sum over fitted constants of
 * max(0, ln(|c| sqrt(I))) + ln 2 - (1/2) ln 3, where S is the weighted sum of squares, K the number of
 * nodes and I the Fisher information of the constant. With known errors the first term is chi2 / 2.
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
  let model = NATS_PER_NODE * size(tree);
  for (let j = 0; j < constants.length; j++) {
    const exact = exactCost(constants[j]);
    if (exact !== undefined) {
      model += exact;
      continue;
    }
    const information = curvature[j] / 2 / variance;
    model += Math.max(0, Math.log(Math.abs(constants[j]) * Math.sqrt(information))) + Math.LN2 - 0.5 * Math.log(3);
  }
  return data + model;
}

const LARGEST_NUMERATOR = 1000;
const LARGEST_DENOMINATOR = 6;

/** Nats to write a constant that is a small rational; undefined for any other. */
function exactCost(value: number): number | undefined {
  for (let q = 1; q <= LARGEST_DENOMINATOR; q++) {
    const p = Math.round(value * q);
    if (p / q === value && Math.abs(p) <= LARGEST_NUMERATOR) return Math.log(Math.abs(p) + 1) + Math.log(q);
  }
  return undefined;
}

/** The entry of the shortest description. */
export function bestByDescription<Entry extends Fitted>(
  entries: readonly Entry[],
  objective: Objective,
): { entry: Entry | undefined; length: number } {
  let best: Entry | undefined;
  let length = Infinity;
  for (const entry of entries) {
    const candidate = descriptionLength(entry.tree, entry.loss, objective);
    if (candidate < length) {
      length = candidate;
      best = entry;
    }
  }
  return { entry: best, length };
}
