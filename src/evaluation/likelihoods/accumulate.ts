import { ShapeError } from '../../core/index.ts';
import type { NormalEquations } from '../contract.ts';

/**
 * Sums the slopes and curvatures of the rows into normal equations:
 * gradient_i = sum_r slope_r J_ir, hessian_ij = sum_r curvature_r J_ir J_jr.
 *
 * @param jacobian shape [parameters * stride], one column after another
 * @param slope d value / d prediction, shape [rows]
 * @param curvature what stands for d2 value / d prediction2, >= 0, shape [rows]
 * @returns false when an entry is not finite
 */
export function accumulate(
  jacobian: Float64Array,
  parameters: number,
  slope: Float64Array,
  curvature: Float64Array,
  out: NormalEquations,
  rows: number,
): boolean {
  const { hessian, gradient } = out;
  let check = 0;
  for (let i = 0; i < parameters; i++) {
    const own = i * rows;
    gradient[i] = dot(jacobian, own, slope, rows);
    check += gradient[i] - gradient[i];
    for (let j = 0; j <= i; j++) {
      const sum = weightedDot(jacobian, own, j * rows, curvature, rows);
      hessian[i * parameters + j] = sum;
      hessian[j * parameters + i] = sum;
      check += sum - sum;
    }
  }
  return check === 0;
}

/** Four sums side by side: one alone would wait for every addition to end before the next. */
function dot(jacobian: Float64Array, at: number, slope: Float64Array, rows: number): number {
  let a = 0;
  let b = 0;
  let c = 0;
  let d = 0;
  let r = 0;
  for (; r + 3 < rows; r += 4) {
    a += slope[r] * jacobian[at + r];
    b += slope[r + 1] * jacobian[at + r + 1];
    c += slope[r + 2] * jacobian[at + r + 2];
    d += slope[r + 3] * jacobian[at + r + 3];
  }
  for (; r < rows; r++) a += slope[r] * jacobian[at + r];
  return a + b + (c + d);
}

function weightedDot(
  jacobian: Float64Array,
  first: number,
  second: number,
  curvature: Float64Array,
  rows: number,
): number {
  let a = 0;
  let b = 0;
  let c = 0;
  let d = 0;
  let r = 0;
  for (; r + 3 < rows; r += 4) {
    a += curvature[r] * jacobian[first + r] * jacobian[second + r];
    b += curvature[r + 1] * jacobian[first + r + 1] * jacobian[second + r + 1];
    c += curvature[r + 2] * jacobian[first + r + 2] * jacobian[second + r + 2];
    d += curvature[r + 3] * jacobian[first + r + 3] * jacobian[second + r + 3];
  }
  for (; r < rows; r++) a += curvature[r] * jacobian[first + r] * jacobian[second + r];
  return a + b + (c + d);
}

/**
 * The rows of a call: all, or the first `rows`.
 *
 * @throws ShapeError outside of [0, total], for a part where only all rows have a value, and for too few predictions
 */
export function rowsOf(predictions: Float64Array, rows: number | undefined, total: number, separable = true): number {
  const count = rows ?? total;
  const allowed = separable ? Number.isInteger(count) && count >= 0 && count <= total : count === total;
  if (!allowed) {
    const hint = separable ? '' : 'the value of this likelihood needs all of its rows';
    throw new ShapeError('rows', separable ? `an integer in [0, ${total}]` : String(total), String(rows), hint);
  }
  if (predictions.length >= count) return count;
  throw new ShapeError('predictions', `[${count}]`, `[${predictions.length}]`);
}
