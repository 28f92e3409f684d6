import type { LocalEvaluator, Program } from '../../evaluation/index.ts';

/** Step of the differences, relative to the constant. */
const STEP = 1e-6;

/**
 * Fills in derivatives by constants that the chain rule cannot give although the value exists: sqrt(c * x) at x = 0
 * is 0 for every c, while its rule says 0/0. Central differences, at the rows that need them; a derivative that
 * does not exist, such as that of x^2 by its exponent at x < 0, stays NaN.
 *
 * @param values shape [rows]
 * @param jacobian shape [parameters * rows], mended in place
 */
export function repairSlopes(
  evaluator: LocalEvaluator,
  program: Program,
  values: Float64Array,
  jacobian: Float64Array,
): void {
  const rows = values.length;
  for (let k = 0; k < program.parameters; k++) {
    let broken = false;
    for (let row = 0; row < rows && !broken; row++) {
      broken = Number.isFinite(values[row]) && !Number.isFinite(jacobian[k * rows + row]);
    }
    if (!broken) continue;
    const step = STEP * Math.max(Math.abs(program.constants[k]), 1e-3);
    const constants = Float64Array.from(program.constants);
    constants[k] += step;
    const above = evaluator.values({ ...program, constants }, rows).values;
    constants[k] -= 2 * step;
    const below = evaluator.values({ ...program, constants }, rows).values;
    for (let row = 0; row < rows; row++) {
      const at = k * rows + row;
      if (Number.isFinite(values[row]) && !Number.isFinite(jacobian[at])) {
        jacobian[at] = (above[row] - below[row]) / (2 * step);
      }
    }
  }
}
