import { constant, variable } from '../../expressions/index.ts';
import { type Phase, propose } from '../context.ts';
import { powerLaws, proposeBest } from '../products/propose-laws.ts';
import { taskOfRows } from '../tasks/task.ts';

/** Rows that the exponents are fitted to. */
const ROWS = 512;
/** Power laws that are fitted: this phase has to be cheap under every loss. */
const CHOICE = { keep: 1, slack: 1 };

/**
 * Power laws: log|T(y)| regressed on log|x|, exponents snapped to small rationals, for T(y) among y, exp y, y -+ 1 and
 * y^2 -+ 1. Inputs and targets of both signs take part through their absolute values; odd powers bring the sign back.
 *
 * Also the constant and the straight lines in one input, so that every front starts from them.
 */
export const monomials: Phase = {
  name: 'monomials',
  async run(context) {
    const { inputs, target } = context.objective.problem;
    const { forms } = context.syntax;
    propose(context, constant(mean(target)));
    for (const input of inputs) {
      propose(context, variable(input));
      propose(context, forms.affine(1.5, variable(input), 0));
      propose(context, forms.affine(1.5, variable(input), 0.5));
    }
    const task = taskOfRows(context, ROWS);
    await proposeBest(context, task, powerLaws(context, task), CHOICE);
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
