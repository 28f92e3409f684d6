import { constant, variable } from '../../expressions/index.ts';
import { leastSquares } from '../../numerics/index.ts';
import { type Phase, propose } from '../context.ts';
import { type Factor, monomialTree, snapExponent } from '../monomial.ts';

/** Distances within which a fitted exponent is read as a small rational. */
const SNAP_TOLERANCES = [1e-5, 2e-2, 1e-1];

/**
 * Power laws: log|y| regressed on log|x|, exponents snapped to small rationals.
 *
 * Also the constant and the straight lines in one input, so that every front starts from them.
 */
export const monomials: Phase = {
  name: 'monomials',
  async run(context) {
    const { problem } = context.objective;
    const { inputs, columns, target, weights } = problem;
    const { forms } = context.syntax;
    propose(context, constant(mean(target)));
    for (const input of inputs) {
      propose(context, variable(input));
      propose(context, forms.affine(1.5, variable(input), 0));
      propose(context, forms.affine(1.5, variable(input), 0.5));
    }
    const rows = Math.min(target.length, 512);
    const sign = commonSign(target, rows);
    if (sign === 0) return;
    const usable = inputs.map((_, i) => i).filter((i) => commonSign(columns[i], rows) === 1);
    const z = new Float64Array(rows);
    const rootWeights = new Float64Array(rows);
    for (let i = 0; i < rows; i++) {
      rootWeights[i] = Math.abs(target[i]) * Math.sqrt(weights ? weights[i] : 1);
    }
    for (const uniform of [false, true]) {
      if (uniform) rootWeights.fill(1);
      for (let i = 0; i < rows; i++) z[i] = Math.log(Math.abs(target[i])) * rootWeights[i];
      const basis = usable.map((index) => rootWeights.map((w, i) => w * Math.log(columns[index][i])));
      const solution = leastSquares([...basis, Float64Array.from(rootWeights)], z, 1e-9);
      const scale = sign * Math.exp(solution[usable.length]);
      if (!Number.isFinite(scale)) continue;
      const factors = (tolerance: number): Factor[] =>
        usable.map((index, k) => ({
          tree: variable(inputs[index]),
          exponent: snapExponent(solution[k], tolerance),
        }));
      for (const tolerance of SNAP_TOLERANCES) propose(context, monomialTree(scale, factors(tolerance), forms));
      propose(context, monomialTree(scale, factors(0), forms));
    }
  },
};

function mean(values: Float64Array): number {
  let sum = 0;
  for (let i = 0; i < values.length; i++) sum += values[i];
  return sum / values.length;
}

/** 1 or -1 when all values have that sign, else 0. */
export function commonSign(values: Float64Array, rows: number): number {
  const sign = Math.sign(values[0]);
  for (let i = 1; i < rows; i++) if (Math.sign(values[i]) !== sign) return 0;
  return sign;
}
