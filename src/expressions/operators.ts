import { OperatorTable } from './operator-table.ts';
import { ARITHMETIC } from './operators/arithmetic.ts';
import { HYPERBOLIC } from './operators/hyperbolic.ts';
import { PIECEWISE } from './operators/piecewise.ts';
import { POWERS_AND_LOGARITHMS } from './operators/powers-and-logarithms.ts';
import { SPECIAL } from './operators/special.ts';
import { TRIGONOMETRIC } from './operators/trigonometric.ts';

/**
 * Every operator that Ansatz knows without being told.
 *
 * @example STANDARD_OPERATORS.get('+').name // 'add'
 */
export const STANDARD_OPERATORS: OperatorTable = new OperatorTable([
  ...ARITHMETIC,
  ...POWERS_AND_LOGARITHMS,
  ...TRIGONOMETRIC,
  ...HYPERBOLIC,
  ...PIECEWISE,
  ...SPECIAL,
]);
