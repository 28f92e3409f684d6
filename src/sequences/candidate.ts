import type { Rational } from '../numerics/index.ts';
import type { Explanation } from './explain-law.ts';

/** found: next terms can be relied on; weak: a law fits, and so may others; none: no law of the families fits. */
export type GuessStatus = 'found' | 'weak' | 'none';

/** One way to write a law. */
export interface LawForm {
  /** Family, or transform and family, such as "inverse Euler: polynomial". */
  readonly kind: string;
  /** The law as text in n and u(n - 1), ... */
  readonly formula: string;
  readonly latex: string;
}

/** A law that fits the given terms. All are conjectures, for no finite number of terms proves one. */
export interface SequenceCandidate extends LawForm, Explanation {
  readonly label: 'conjecture';
  /** Other laws that give the same next terms. */
  readonly forms: readonly LawForm[];
  /** Integers of the law, in the order of its formula. */
  readonly coefficients: readonly bigint[];
  /** Leading terms that the law takes as given. */
  readonly initial: readonly bigint[];
  /** Equations that the law meets beyond those that fix it. */
  readonly surplus: number;
  /** Bits that state the shortest form, and bits of the terms one by one. */
  readonly bits: number;
  readonly rawBits: number;
  /** Share of such laws, among sequences as people meet them, whose next ten terms are right. */
  readonly confidence: number;
  /** Indices n of given terms that the law does not meet: misprints, if the law is true. */
  readonly exceptions: readonly { readonly index: number; readonly expected: Rational }[];
  /**
   * The terms after the given ones.
   *
   * @param count how many
   */
  next(count: number): Rational[];
}

/** What the terms of a sequence tell. */
export interface SequenceGuess {
  readonly status: GuessStatus;
  /** Best first; no two with the same next terms. */
  readonly candidates: readonly SequenceCandidate[];
  readonly rawBits: number;
  /** Families and transforms that were tried, in order. */
  readonly tried: readonly string[];
  /** Whether time ran out before everything was tried. */
  readonly partial: boolean;
  readonly seconds: number;
}
