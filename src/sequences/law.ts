import type { Rational } from '../numerics/index.ts';
import type { Recurrence } from './recurrence.ts';

/** What is asked of a family: a stretch of exact terms. */
export interface Problem {
  /** u(start), u(start + 1), ...: integers. */
  readonly values: readonly bigint[];
  readonly start: number;
  /** A moment, on the clock of the run, after which a family should stop. */
  readonly isOver: () => boolean;
}

/** A law that fits every given term. */
export interface Law {
  /** Name of the family, or of the transform and the family. */
  readonly kind: string;
  /** The law as a formula in n and u(n - 1), ... */
  readonly formula: string;
  readonly latex: string;
  /** Bits that state the law, the free initial terms counted as parameters. */
  readonly bits: number;
  /** Equations that the law meets beyond those that fix its parameters. */
  readonly surplus: number;
  /** The recurrence that the law is, or that follows from it, and the index of its first equation's first term. */
  readonly recurrence?: { readonly equations: Recurrence; readonly from: number };
  /** How far back the law looks: terms or periods that must have passed before the data can confirm it. */
  readonly reach: number;
  /** The integers of the law, in the order of its formula. */
  readonly coefficients: readonly bigint[];
  /** Terms that the law takes as given. */
  readonly initial: readonly bigint[];
  /**
   * The terms after the given ones.
   *
   * @returns `count` terms, fewer where the law tells no more; undefined where it gives none
   */
  extend(count: number): Rational[] | undefined;
}

/** A kind of law; a new kind is a new row in `families/index.ts`. */
export interface Family {
  readonly name: string;
  /** Bits that name the family among all. */
  readonly bits: number;
  propose(problem: Problem): Law[];
}
