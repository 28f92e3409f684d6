/** The phases a user can ask for, in the order in which they run. */
export const PHASE_NAMES = [
  'monomials',
  'enumerate',
  'groups',
  'backSolve',
  'products',
  'families',
  'sums',
  'implicit',
  'corrections',
  'peel',
  'untyped',
  'evolve',
] as const;

export type PhaseName = (typeof PHASE_NAMES)[number];
