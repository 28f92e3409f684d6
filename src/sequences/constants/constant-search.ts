import type { Decimal } from './decimal.ts';
import type { ConstantKind } from './description.ts';
import type { Formula, FormulaOperator } from './formula.ts';

/** A formula that a stage proposes; whether it fits is checked elsewhere. */
export interface Proposal {
  readonly kind: ConstantKind;
  readonly formula: Formula;
  readonly bits: number;
}

/** Half widths within which a formula is near: digits that were cut off, not rounded, are off by two. */
export const NEAR_UNITS = 3;

/** What the stages share. The number is positive: its sign is put before the formula at the end. */
export interface ConstantSearch {
  readonly target: Decimal;
  /** The longest description that may still be reported. It shrinks as candidates come in. */
  readonly budget: () => number;
  /** Whether the formula has the digits, whatever becomes of it. */
  readonly offer: (proposal: Proposal) => boolean;
  readonly shouldStop: () => boolean;
  readonly basis: readonly BasisElement[];
  readonly factors: readonly BasisElement[];
  readonly maxDegree: number;
  readonly maxCoefficient: bigint;
  readonly operators: ReadonlySet<FormulaOperator>;
}

/** A member of a basis, as a formula and to any precision. */
export interface BasisElement {
  readonly formula: Formula;
  readonly fixed: (bits: number) => bigint;
}

/** A stage of the search; it yields where the caller may breathe. Returns what to say of it. */
export interface ConstantStage {
  readonly name: string;
  readonly run: (search: ConstantSearch) => Generator<void, string, void>;
}
