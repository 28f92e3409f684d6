import type { Rational } from '../../numerics/index.ts';

/** What a closed form is made of; each kind is contained in the next but one. */
export type ClosedFormKind =
  | 'polynomial'
  | 'quasi-polynomial'
  | 'c-finite'
  | 'hypergeometric'
  | 'hypergeometric-sum'
  | 'interlaced';

/** The words of a proof: the form obeys the recurrence identically, and both agree on as many terms as fix a solution. */
export const PROOF = 'closed form <-> recurrence, by exact algebra';

/** A closed form of a sequence that obeys a recurrence. */
export interface ClosedForm {
  readonly kind: ClosedFormKind;
  /** The right side of u(n) = ... */
  readonly text: string;
  readonly latex: string;
  /** First n for which the form holds. */
  readonly from: number;
  /** Set only where the equivalence was checked exactly. It is one of form and recurrence; the recurrence may be a guess. */
  readonly proof: typeof PROOF;
  /** The value at an integer n >= from; a sequence of integers gives den = 1. */
  readonly evaluate: (n: number) => Rational;
}
