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
    let pull = 0;
    for (let r = 0; r < rows; r++) pull += slope[r] * jacobian[own + r];
    gradient[i] = pull;
    check += pull - pull;
    // Two columns at a time share the product curvature * J_i.
    let j = 0;
    for (; j + 1 <= i; j += 2) {
      const first = j * rows;
      const second = first + rows;
      let a = 0;
      let b = 0;
      for (let r = 0; r < rows; r++) {
        const scaled = curvature[r] * jacobian[own + r];
        a += scaled * jacobian[first + r];
        b += scaled * jacobian[second + r];
      }
      check += store(hessian, parameters, i, j, a) + store(hessian, parameters, i, j + 1, b);
    }
    if (j === i) {
      let sum = 0;
      for (let r = 0; r < rows; r++) sum += curvature[r] * jacobian[own + r] * jacobian[own + r];
      check += store(hessian, parameters, i, i, sum);
    }
  }
  return check === 0;
}

function store(hessian: Float64Array, size: number, i: number, j: number, value: number): number {
  hessian[i * size + j] = value;
  hessian[j * size + i] = value;
  return value - value;
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
