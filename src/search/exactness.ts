import { type Expression, evaluateWithError } from '../expressions/index.ts';
import type { Fitted, Objective } from './objective.ts';

/** Bounds of the rounding error of a row that may pass: the law was computed in another order. */
const ROUNDINGS = 8;
/** Relative error of a fitted constant. */
const CONSTANT_ERROR = 4 * Number.EPSILON;
/** A row whose rounding error is larger than this says nothing, unless the law gives its very digits. */
const TELLING = 1e-7;
/** Share of the rows that must agree: where terms cancel, a few may be off by more. */
const AGREEING = 0.9;
/** By how much: rounding of terms that cancel, which are taken to be of the size of a typical target. */
const OF_TYPICAL = 1e-13;

const known = new WeakMap<Objective, WeakMap<Expression, boolean>>();

/**
 * Whether nothing but rounding is left of a law's residuals, row by row.
 *
 * A mean square alone does not tell: where the target spans decades it sees the largest rows only, and a look-alike
 * that is off by 1e-13 is still no law. Where rows cannot be looked at one by one (other losses, templates, f32) the
 * floor of the objective decides.
 */
export function isExact({ tree, loss }: Fitted, objective: Objective): boolean {
  if (!(loss <= objective.nearFloor)) return false;
  if (!objective.rowwise) return true;
  const trees = known.get(objective) ?? new WeakMap<Expression, boolean>();
  known.set(objective, trees);
  let exact = trees.get(tree);
  if (exact === undefined) {
    exact = onlyRounding(tree, objective);
    trees.set(tree, exact);
  }
  return exact;
}

function onlyRounding(law: Expression, { problem }: Objective): boolean {
  const { inputs, columns, target, weights } = problem;
  const row: Record<string, number> = Object.create(null);
  const most = OF_TYPICAL * typicalSize(target);
  let wanted = 0;
  let agreeing = 0;
  for (let i = 0; i < target.length; i++) {
    if (weights && !(weights[i] > 0)) continue;
    wanted++;
    for (let k = 0; k < inputs.length; k++) row[inputs[k]] = columns[k][i];
    const { value, error } = evaluateWithError(law, row, CONSTANT_ERROR);
    const size = Math.abs(target[i]);
    const digits = ROUNDINGS * Number.EPSILON * size;
    const allowed = ROUNDINGS * error + digits;
    const distance = Math.abs(value - target[i]);
    const telling = allowed <= TELLING * size || target[i] === 0;
    if (distance <= (telling ? allowed : digits)) agreeing++;
    else if (telling && !(distance <= most)) return false;
  }
  return agreeing >= AGREEING * wanted;
}

function typicalSize(target: Float64Array): number {
  return target.map(Math.abs).sort()[target.length >> 1];
}
