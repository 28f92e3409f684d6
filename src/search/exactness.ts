import { type Expression, evaluateWithError } from '../expressions/index.ts';
import type { Fitted, Objective } from './objective.ts';

/** Bounds of the rounding error of a row that may pass: the law was computed in another order. */
const ROUNDINGS = 8;
/** Relative error of a fitted constant. */
const CONSTANT_ERROR = 4 * Number.EPSILON;
/** A row whose rounding error is larger than this says nothing. */
const TELLING = 1e-7;
/** Share of the rows that must agree: where terms cancel, a few may be off by more. */
const AGREEING = 0.9;

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
  let wanted = 0;
  let agreeing = 0;
  for (let i = 0; i < target.length; i++) {
    if (weights && !(weights[i] > 0)) continue;
    wanted++;
    for (let k = 0; k < inputs.length; k++) row[inputs[k]] = columns[k][i];
    const { value, error } = evaluateWithError(law, row, CONSTANT_ERROR);
    const size = Math.abs(target[i]);
    const allowed = ROUNDINGS * (error + Number.EPSILON * size);
    if (allowed <= TELLING * size && Math.abs(value - target[i]) <= allowed) agreeing++;
    else if (target[i] === 0 && Math.abs(value) <= allowed) agreeing++;
  }
  return agreeing >= AGREEING * wanted;
}
