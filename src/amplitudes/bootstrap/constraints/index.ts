import { LIMITS } from '../../limits.ts';
import type { Constraint } from './constraint.ts';
import { FORM_FACTOR_DISCONTINUITIES, vanishing } from './discontinuities.ts';
import { LEADING_LOGARITHM } from './leading-logarithm.ts';
import { exponentiation } from './limits.ts';

export type { Constraint, LoopContext } from './constraint.ts';
export { LEADING_LOGARITHM } from './leading-logarithm.ts';

/** The constraints on the form factor beyond integrability and symmetry, in the order in which they are imposed. */
export const CONSTRAINTS: readonly Constraint[] = [
  ...LIMITS.map(exponentiation),
  ...FORM_FACTOR_DISCONTINUITIES.map(vanishing),
  LEADING_LOGARITHM,
];
