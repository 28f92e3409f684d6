import type { Expression } from './expression.ts';

/** What algebra may assume of an operator; every fact is checked numerically by a test. */
export interface OperatorFacts {
  /** f(a, b) = f(b, a) */
  readonly commutative?: boolean;
  /** f(f(a, b), c) = f(a, f(b, c)) */
  readonly associative?: boolean;
  /** f(-a) = f(a) or f(-a) = -f(a) */
  readonly parity?: 'even' | 'odd';
  /** Name of g with g(f(a)) = a wherever `inverseHolds(a)`; everywhere on the domain when that is absent. */
  readonly inverse?: string;
  readonly inverseHolds?: (a: number) => boolean;
  /** e with f(a, e) = a */
  readonly identity?: number;
  /** f(f(a)) = f(a) or f(a, a) = a */
  readonly idempotent?: boolean;
  /** f(f(a)) = a */
  readonly involution?: boolean;
  /** Non-decreasing on the whole domain. */
  readonly monotone?: boolean;
}

/** How an operator is written. */
export interface OperatorNotation {
  /** Text: the infix sign, the prefix sign, or the name of the function. */
  readonly text: string;
  readonly form: 'infix' | 'prefix' | 'function';
  /** LaTeX with #1 and #2 for the arguments, such as "\\frac{#1}{#2}". */
  readonly latex: string;
  /** Binding strength of an infix or prefix sign; + 1, * 2, neg 3, ^ 4. */
  readonly precedence?: number;
  readonly rightAssociative?: boolean;
}

/** One row of the operator table. */
export interface Operator {
  /** Unique; the name used in options, JSON and the function notation: "add", "sin". */
  readonly name: string;
  readonly arity: 1 | 2;
  /** Complexity of the node; 1 unless there is a reason. */
  readonly complexity: number;
  readonly notation: OperatorNotation;
  /** The f64 rule: NaN outside the domain and whenever an argument is NaN. */
  readonly apply: (a: number, b: number) => number;
  /** Partial derivatives, one per argument, as expressions in the arguments. */
  readonly derivative: (...args: readonly Expression[]) => Expression[];
  /** Where the rule is defined, in words and as a predicate. */
  readonly domain: { readonly text: string; readonly contains: (a: number, b: number) => boolean };
  readonly facts: OperatorFacts;
  /** For an operator defined by a formula: its body in variables "x" (and "y"); back-ends inline it. */
  readonly definition?: Expression;
}
