import type { ConstantKind } from './description.ts';

/** How `identifyConstant` searches. */
export interface ConstantOptions {
  /** Constants that a sum may hold, as formulas: "pi^2", "log(2)", "zeta(3)", "catalan", "euler_gamma". */
  readonly basis?: readonly string[];
  /** Constants whose powers a product may hold, as formulas. */
  readonly factors?: readonly string[];
  /** Highest degree of a polynomial, 1 to 16; 8 by default. */
  readonly maxDegree?: number;
  /** Largest coefficient of a relation; 10^12 by default. */
  readonly maxCoefficient?: number | bigint;
  /** Functions and operations of the small expressions, by name; all of them by default. */
  readonly operators?: readonly string[];
  /** Significant digits to use, when the last ones are not to be trusted; all of them by default. */
  readonly digits?: number;
  /** Candidates to return; 5 by default. */
  readonly maxCandidates?: number;
  /**
   * Candidates of a higher chance are not returned; 1/16 by default. Unless it is given, what chance explains is left
   * out beside a formula that is found.
   */
  readonly maxChance?: number;
  /** Seconds after which what is known is returned; 2 by default. */
  readonly timeLimit?: number;
  /** Ends the search early, like the time limit. */
  readonly signal?: AbortSignal;
}

/** A formula whose value is within the error of the number. */
export interface ConstantCandidate {
  readonly kind: ConstantKind;
  /** Text in the grammar of `parse`; `root(p, x)` is the root of p near x. */
  readonly formula: string;
  readonly latex: string;
  /** Value of the formula to ten digits more than were given. */
  readonly value: string;
  /** Formula less number, in the unit of the number. */
  readonly residual: number;
  /** Length of the formula: 2^bits formulas per unit of log |x| are as short or shorter. */
  readonly bits: number;
  /** What the digits carry. */
  readonly digitBits: number;
  /** Formulas as short or shorter that a number without a law is expected to meet: 2^(bits - digitBits). */
  readonly chance: number;
  /** exp(-chance): how often a number without a law meets none. */
  readonly confidence: number;
  /** A match of digits proves nothing. */
  readonly label: 'conjecture';
}

/** What one way of searching did. */
export interface ConstantAttempt {
  readonly stage: string;
  readonly outcome: 'done' | 'stopped' | 'skipped';
  readonly note: string;
  readonly seconds: number;
}

/** What `identifyConstant` says of a number. */
export interface ConstantReport {
  /**
   * found: the best has a chance below 1/256 and at most 4/5 of the bits of the digits; weak: there are candidates;
   * none: the digits carry no formula.
   */
  readonly status: 'found' | 'weak' | 'none';
  /** Best first. */
  readonly candidates: readonly ConstantCandidate[];
  /** Short formulas just outside the error: what digits that were cut off instead of rounded, or rounded twice, hide. */
  readonly near: readonly ConstantCandidate[];
  readonly tried: readonly ConstantAttempt[];
  /** Significant digits that were given. */
  readonly digits: number;
  readonly digitBits: number;
}
