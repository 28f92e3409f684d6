import type { Operator } from '../operator.ts';
import { type Coefficient, coefficientKey } from './coefficient.ts';

/**
 * The normal form: a sum of products of powers.
 *
 *     Sum    = constant + Term + ...     sorted by key, no two terms with one key
 *     Term   = coefficient * Factor ...  sorted by key of the base, no two factors with one base
 *     Factor = Atom ^ exponent           the exponent a number, or a sum that is not a number
 *     Atom   = variable | function of sums | sum | e | positive number (the last two under a sum only)
 *
 * Keys are text that determines the form; equal forms have equal keys.
 */
export class Sum {
  private text: string | undefined;
  constructor(
    readonly terms: readonly Term[],
    readonly constant: Coefficient,
  ) {}

  get key(): string {
    if (this.text === undefined) {
      let text = coefficientKey(this.constant);
      for (const term of this.terms) text += `+${coefficientKey(term.coefficient)}*${term.key}`;
      this.text = text;
    }
    return this.text;
  }
}

export class Term {
  private text: string | undefined;
  constructor(
    readonly coefficient: Coefficient,
    readonly factors: readonly Factor[],
    text?: string,
  ) {
    this.text = text;
  }

  /** Key of the factors; the coefficient is left out. */
  get key(): string {
    if (this.text === undefined) {
      let text = this.factors[0].key;
      for (let i = 1; i < this.factors.length; i++) text += `*${this.factors[i].key}`;
      this.text = text;
    }
    return this.text;
  }

  withCoefficient(coefficient: Coefficient): Term {
    return new Term(coefficient, this.factors, this.text);
  }
}

export type Exponent = Coefficient | Sum;

export class Factor {
  readonly key: string;
  constructor(
    readonly base: Atom,
    readonly exponent: Exponent,
  ) {
    this.key =
      exponent === 1
        ? base.key
        : `${base.key}^${exponent instanceof Sum ? `(${exponent.key})` : coefficientKey(exponent)}`;
  }
}

export type Atom =
  | { readonly kind: 'variable'; readonly key: string; readonly name: string }
  | { readonly kind: 'call'; readonly key: string; readonly operator: Operator; readonly arguments: readonly Sum[] }
  | { readonly kind: 'sum'; readonly key: string; readonly sum: Sum }
  | { readonly kind: 'e'; readonly key: string }
  | { readonly kind: 'number'; readonly key: string; readonly value: number };

export const ZERO = new Sum([], 0);
export const ONE = new Sum([], 1);
export const E: Atom = { kind: 'e', key: '#e' };

export function numberSum(value: Coefficient): Sum {
  return value === 0 ? ZERO : value === 1 ? ONE : new Sum([], value);
}

export function variableAtom(name: string): Atom {
  return { kind: 'variable', key: `${name.length}:${name}`, name };
}

export function numberAtom(value: number): Atom {
  return value === Math.E ? E : { kind: 'number', key: `#${value}`, value };
}

export function callAtom(operator: Operator, ...args: readonly Sum[]): Atom {
  let key = `${operator.name}(`;
  for (let i = 0; i < args.length; i++) key += i === 0 ? args[i].key : `,${args[i].key}`;
  return { kind: 'call', key: `${key})`, operator, arguments: args };
}

/** The sum as the base of a power: itself an atom when it is nothing but one. */
export function atomOf(sum: Sum): Atom {
  const lone = loneFactor(sum);
  return lone && lone.exponent === 1 ? lone.base : { kind: 'sum', key: `(${sum.key})`, sum };
}

export function atomSum(base: Atom): Sum {
  return base.kind === 'sum' ? base.sum : new Sum([new Term(1, [new Factor(base, 1)], base.key)], 0);
}

/** The number that the sum is, or null. */
export function asNumber(sum: Sum): Coefficient | null {
  return sum.terms.length === 0 ? sum.constant : null;
}

/** The only term of a sum, or null. */
export function loneTerm(sum: Sum): Term | null {
  return sum.terms.length === 1 && sum.constant === 0 ? sum.terms[0] : null;
}

/** The factor that the sum is, or null. */
export function loneFactor(sum: Sum): Factor | null {
  const term = loneTerm(sum);
  return term && term.coefficient === 1 && term.factors.length === 1 ? term.factors[0] : null;
}

/** The function that the sum is, or null. */
export function loneCall(sum: Sum): Extract<Atom, { kind: 'call' }> | null {
  const factor = loneFactor(sum);
  return factor && factor.exponent === 1 && factor.base.kind === 'call' ? factor.base : null;
}

const NON_NEGATIVE = new Set(['abs', 'cosh', 'acosh', 'acos', 'sigmoid', 'step', 'relu']);

/** True when the atom is >= 0 wherever it is defined. */
export function isNonNegativeAtom(base: Atom): boolean {
  return base.kind === 'e' || base.kind === 'number' || (base.kind === 'call' && NON_NEGATIVE.has(base.operator.name));
}

/** True when the power is >= 0 wherever it is defined: a real power with a broken exponent always is. */
export function isNonNegative(factor: Factor): boolean {
  const { exponent } = factor;
  if (isNonNegativeAtom(factor.base)) return true;
  if (exponent instanceof Sum) return false;
  return typeof exponent !== 'number' || exponent % 2 === 0 || !Number.isInteger(exponent);
}
