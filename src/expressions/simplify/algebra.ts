import type { Operator } from '../operator.ts';
import { ABS } from '../operators/piecewise.ts';
import { POW } from '../operators/powers-and-logarithms.ts';
import {
  addCoefficients,
  type Coefficient,
  commonDivisor,
  equalCoefficients,
  isEven,
  isExactPower,
  isInteger,
  isNegative,
  multiplyCoefficients,
  negate,
  powerOfCoefficient,
  toNumber,
  UNREPRESENTABLE,
} from './coefficient.ts';
import {
  type Atom,
  asNumber,
  atomOf,
  atomSum,
  callAtom,
  type Exponent,
  Factor,
  isNonNegative,
  isNonNegativeAtom,
  loneFactor,
  loneTerm,
  numberAtom,
  numberSum,
  ONE,
  Sum,
  Term,
  ZERO,
} from './normal-form.ts';

/** How far products of sums are multiplied out, and whether one was left standing. */
export interface Expansion {
  /** Largest number of terms of a product that is multiplied out; 0 leaves every product of sums. */
  readonly limit: number;
  /** Set when a form might change under a larger limit. */
  blocked: boolean;
}

const LARGEST_EXPANDED_POWER = 8;

export function opaque(operator: Operator, ...args: readonly Sum[]): Sum {
  return atomSum(callAtom(operator, ...args));
}

export function add(a: Sum, b: Sum): Sum {
  if (a === ZERO) return b;
  if (b === ZERO) return a;
  const terms: Term[] = [];
  let i = 0;
  let j = 0;
  while (i < a.terms.length && j < b.terms.length) {
    const left = a.terms[i];
    const right = b.terms[j];
    if (left.key === right.key) {
      const coefficient = addCoefficients(left.coefficient, right.coefficient);
      if (coefficient !== 0) terms.push(left.withCoefficient(coefficient));
      i++;
      j++;
    } else if (left.key < right.key) {
      terms.push(left);
      i++;
    } else {
      terms.push(right);
      j++;
    }
  }
  for (; i < a.terms.length; i++) terms.push(a.terms[i]);
  for (; j < b.terms.length; j++) terms.push(b.terms[j]);
  const constant = addCoefficients(a.constant, b.constant);
  // What is left may be a product of one sum, which then is the sum itself.
  if (terms.length === 1 && constant === 0) return fromFactors(terms[0].coefficient, terms[0].factors, terms[0]);
  return terms.length === 0 ? numberSum(constant) : new Sum(terms, constant);
}

/** Every term times a number. */
export function scale(sum: Sum, by: Coefficient): Sum {
  if (by === 1) return sum;
  if (by === 0) return ZERO;
  return new Sum(
    sum.terms.map((term) => term.withCoefficient(multiplyCoefficients(term.coefficient, by))),
    multiplyCoefficients(sum.constant, by),
  );
}

/** coefficient * factors as a sum; a lone sum with sign is that sum. */
function fromFactors(coefficient: Coefficient, factors: readonly Factor[], same?: Term): Sum {
  if (coefficient === 0) return ZERO;
  if (factors.length === 0) return numberSum(coefficient);
  const [{ base, exponent }] = factors;
  if (factors.length === 1 && exponent === 1 && base.kind === 'sum' && (coefficient === 1 || coefficient === -1)) {
    return scale(base.sum, coefficient);
  }
  return new Sum([same ?? new Term(coefficient, factors)], 0);
}

/** A sum of several entries as one term: its common factors times what is left. */
export function asTerm(sum: Sum): Term {
  const lone = loneTerm(sum);
  if (lone) return lone;
  let content = contentOf(sum);
  let rest = content === 1 ? sum : scale(sum, powerOfCoefficient(content, -1));
  const common = sum.constant === 0 ? commonFactors(sum) : [];
  if (common.length > 0) {
    const inverse = new Term(
      1,
      common.map(({ base, exponent }) => new Factor(base, negate(exponent as Coefficient))),
    );
    const parts = rest.terms.map((term) => multiplyTerms({ limit: 0, blocked: false }, term, inverse));
    rest = parts.reduce(add, ZERO);
    // Without the common factors another term may come first.
    if (rest.terms.length > 0 && isNegative(rest.terms[0].coefficient)) {
      rest = scale(rest, -1);
      content = negate(content);
    }
  }
  const base = atomOf(rest);
  const same = common.findIndex((factor) => factor.base.key === base.key);
  if (same < 0) common.push(new Factor(base, 1));
  else {
    // (x + y)/(x + y): what is left is a common factor itself.
    const exponent = addCoefficients(common[same].exponent as Coefficient, 1);
    common.splice(same, 1, ...(exponent === 0 ? [] : [new Factor(base, exponent)]));
  }
  common.sort((p, q) => (p.base.key < q.base.key ? -1 : 1));
  return new Term(content, common);
}

/** The number that all entries share, with the sign of the first term. */
export function contentOf(sum: Sum): Coefficient {
  const first = sum.terms[0].coefficient;
  const size = isNegative(first) ? negate(first) : first;
  let divisor: Coefficient | null = size;
  let equal = true;
  const visit = (coefficient: Coefficient): void => {
    if (!equalCoefficients(coefficient, size) && !equalCoefficients(negate(coefficient), size)) {
      equal = false;
      if (divisor !== null) divisor = commonDivisor(divisor, coefficient);
    }
  };
  for (const term of sum.terms) visit(term.coefficient);
  if (sum.constant !== 0) visit(sum.constant);
  const content = equal ? size : (divisor ?? 1);
  return isNegative(first) ? negate(content) : content;
}

/** Powers with exponents of one sign that every term has. */
function commonFactors(sum: Sum): Factor[] {
  let common: Factor[] = sum.terms[0].factors.filter((factor) => !(factor.exponent instanceof Sum));
  for (let i = 1; i < sum.terms.length && common.length > 0; i++) {
    const next: Factor[] = [];
    for (const factor of common) {
      const other = sum.terms[i].factors.find((candidate) => candidate.base.key === factor.base.key);
      if (!other || other.exponent instanceof Sum) continue;
      const a = factor.exponent as Coefficient;
      const b = other.exponent;
      if (equalCoefficients(a, b)) next.push(factor);
      else if (isNegative(a) === isNegative(b)) {
        next.push(Math.abs(toNumber(a)) <= Math.abs(toNumber(b)) ? factor : other);
      }
    }
    common = next;
  }
  return common;
}

export function multiply(expansion: Expansion, a: Sum, b: Sum): Sum {
  const x = asNumber(a);
  if (x !== null) return multiplyByNumber(expansion, b, x);
  const y = asNumber(b);
  if (y !== null) return multiplyByNumber(expansion, a, y);
  const left = loneTerm(a);
  const right = loneTerm(b);
  if (left && right) return multiplyTerms(expansion, left, right);
  const count = (a.terms.length + 1) * (b.terms.length + 1);
  if (count <= expansion.limit) {
    const p = asTerm(a);
    const q = asTerm(b);
    const cancels = p.factors.some((f) => f.base.kind === 'sum' && q.factors.some((g) => g.base.key === f.base.key));
    // A sum over itself cancels; multiplied out it would not.
    if (cancels && !(left === null && right === null)) return multiplyTerms(expansion, p, q);
    return distribute(expansion, a, b);
  }
  expansion.blocked = true;
  return multiplyTerms(expansion, asTerm(a), asTerm(b));
}

function distribute(expansion: Expansion, a: Sum, b: Sum): Sum {
  let total = multiplyByNumber(expansion, b, a.constant);
  for (const term of a.terms) {
    total = add(total, multiplyByNumber(expansion, new Sum([term], 0), b.constant));
    for (const other of b.terms) total = add(total, multiplyTerms(expansion, term, other));
  }
  return total;
}

function multiplyByNumber(expansion: Expansion, sum: Sum, by: Coefficient): Sum {
  if (by === 0) return ZERO;
  if (by === 1) return sum;
  const number = asNumber(sum);
  if (number !== null) return numberSum(multiplyCoefficients(number, by));
  const lone = loneTerm(sum);
  if (lone) return fromFactors(multiplyCoefficients(lone.coefficient, by), lone.factors);
  if (by === -1 || expansion.limit > 0) return scale(sum, by);
  expansion.blocked = true;
  const term = asTerm(sum);
  return fromFactors(multiplyCoefficients(term.coefficient, by), term.factors);
}

function addExponents(a: Exponent, b: Exponent): Exponent {
  if (!(a instanceof Sum) && !(b instanceof Sum)) return addCoefficients(a, b);
  return narrow(add(a instanceof Sum ? a : numberSum(a), b instanceof Sum ? b : numberSum(b)));
}

/** A sum that is a number, as that number. */
function narrow(exponent: Sum): Exponent {
  return asNumber(exponent) ?? exponent;
}

function multiplyTerms(expansion: Expansion, a: Term, b: Term): Sum {
  let coefficient = multiplyCoefficients(a.coefficient, b.coefficient);
  const factors: Factor[] = [];
  let rest: Sum = ONE;
  let i = 0;
  let j = 0;
  while (i < a.factors.length || j < b.factors.length) {
    const left = a.factors[i];
    const right = b.factors[j];
    if (left && right && left.base.key === right.base.key) {
      i++;
      j++;
      const exponent = addExponents(left.exponent, right.exponent);
      const settled = settle(expansion, left.base, exponent, isBroken(left.exponent));
      if (settled instanceof Factor) factors.push(settled);
      else if (settled.terms.length === 0) coefficient = multiplyCoefficients(coefficient, settled.constant);
      else rest = rest === ONE ? settled : multiply(expansion, rest, settled);
    } else if (!right || (left && left.base.key < right.base.key)) {
      factors.push(left);
      i++;
    } else {
      factors.push(right);
      j++;
    }
  }
  const product = fromFactors(coefficient, factors);
  return rest === ONE ? product : multiply(expansion, product, rest);
}

function isBroken(exponent: Exponent): boolean {
  return exponent instanceof Sum || !isInteger(exponent);
}

/** base^exponent as a factor, or as a sum when the new exponent makes something else of it. */
function settle(expansion: Expansion, base: Atom, exponent: Exponent, wasBroken: boolean): Factor | Sum {
  if (exponent === 0) return ONE;
  if (exponent instanceof Sum) return new Factor(base, exponent);
  if (base.kind === 'e' || base.kind === 'number') {
    return numberSum(powerOfCoefficient(base.kind === 'e' ? Math.E : base.value, exponent));
  }
  if (base.kind === 'sum' && isInteger(exponent) && (wasBroken || isExpanded(expansion, base.sum, exponent))) {
    return power(expansion, base.sum, numberSum(exponent));
  }
  if (base.kind === 'call') {
    if (base.operator.name === 'abs' && isEven(exponent)) {
      return power(expansion, base.arguments[0], numberSum(exponent));
    }
    if (base.operator.name === 'cbrt' && typeof exponent === 'number' && exponent % 3 === 0) {
      return power(expansion, base.arguments[0], numberSum(exponent / 3));
    }
  }
  return new Factor(base, exponent);
}

/** True when a power of a sum is multiplied out. */
function isExpanded(expansion: Expansion, base: Sum, by: Coefficient): boolean {
  const count = toNumber(by);
  return count > 0 && count <= LARGEST_EXPANDED_POWER && (base.terms.length + 1) ** count <= expansion.limit;
}

/** The product of a number and settled factors in any order. */
function product(expansion: Expansion, coefficient: Coefficient, parts: readonly (Factor | Sum)[]): Sum {
  let total = numberSum(coefficient);
  for (const part of parts) {
    total = multiply(expansion, total, part instanceof Factor ? fromFactors(1, [part]) : part);
  }
  return total;
}

/** base^exponent by the rules of the real power; the domain may grow, values on it never change. */
export function power(expansion: Expansion, base: Sum, exponent: Sum): Sum {
  const by = asNumber(exponent);
  if (by === null) return symbolicPower(expansion, base, exponent);
  if (by === 0) return ONE;
  if (by === 1) return base;
  const number = asNumber(base);
  if (number !== null) {
    if (number === 0) return isNegative(by) ? opaque(POW, base, exponent) : ZERO;
    if (isNegative(number) && !isInteger(by)) return opaque(POW, base, exponent);
    return numberSum(powerOfCoefficient(number, by));
  }
  const lone = loneTerm(base);
  if (lone) return isInteger(by) ? wholePower(expansion, lone, by) : brokenPower(expansion, base, lone, by);
  if (isInteger(by)) {
    const count = toNumber(by);
    if (isExpanded(expansion, base, by)) {
      let total = base;
      for (let i = 1; i < count; i++) total = distribute(expansion, total, base);
      return total;
    }
    expansion.blocked = true;
    return wholePower(expansion, asTerm(base), by);
  }
  const content = contentOf(base);
  const outside = isNegative(content) ? negate(content) : content;
  if (outside !== 1 && isExactPower(outside, by)) {
    const inside = scale(base, powerOfCoefficient(outside, -1));
    return product(expansion, powerOfCoefficient(outside, by), [new Factor(atomOf(inside), by)]);
  }
  return product(expansion, 1, [new Factor(atomOf(base), by)]);
}

function wholePower(expansion: Expansion, term: Term, by: Coefficient): Sum {
  const parts = term.factors.map(({ base, exponent }) => {
    const next =
      exponent instanceof Sum ? narrow(multiplyByNumber(expansion, exponent, by)) : multiplyCoefficients(exponent, by);
    return settle(expansion, base, next, isBroken(exponent));
  });
  return product(expansion, powerOfCoefficient(term.coefficient, by), parts);
}

/** (k f g ...)^by for a broken exponent: only what is never negative may leave the bracket. */
function brokenPower(expansion: Expansion, whole: Sum, term: Term, by: Coefficient): Sum {
  const { coefficient, factors } = term;
  const stay = () => product(expansion, 1, [new Factor(atomOf(whole), by)]);
  if (isNegative(coefficient)) return stay();
  if (factors.every(isNonNegative)) {
    const parts = factors.map((factor) => powerOfNonNegative(expansion, factor, by));
    return product(expansion, powerOfCoefficient(coefficient, by), parts);
  }
  const positive = factors.filter(({ base }) => base.kind === 'e' || base.kind === 'number');
  const rest = factors.filter(({ base }) => base.kind !== 'e' && base.kind !== 'number');
  const outside = isExactPower(coefficient, by) ? coefficient : 1;
  const inside = outside === 1 ? coefficient : 1;
  const parts: (Factor | Sum)[] = positive.map((factor) => powerOfNonNegative(expansion, factor, by));
  if (rest.length === 1 && inside === 1 && !(rest[0].exponent instanceof Sum)) {
    // An odd power is >= 0 just where its base is, so that nothing is lost.
    const exponent = multiplyCoefficients(rest[0].exponent, by);
    parts.push(settle(expansion, rest[0].base, exponent, true));
  } else {
    parts.push(new Factor(atomOf(new Sum([new Term(inside, rest)], 0)), by));
  }
  return product(expansion, powerOfCoefficient(outside, by), parts);
}

function powerOfNonNegative(expansion: Expansion, factor: Factor, by: Coefficient): Factor | Sum {
  const { base, exponent } = factor;
  if (exponent instanceof Sum) return settle(expansion, base, narrow(multiplyByNumber(expansion, exponent, by)), true);
  const next = multiplyCoefficients(exponent, by);
  if (isEven(exponent) && !isEven(next) && !isNonNegativeAtom(base)) {
    return settle(expansion, callAtom(ABS, atomSum(base)), next, true);
  }
  return settle(expansion, base, next, true);
}

function symbolicPower(expansion: Expansion, base: Sum, exponent: Sum): Sum {
  const number = asNumber(base);
  if (number !== null) {
    if (number === 1) return ONE;
    const value = toNumber(number);
    return value > 0 ? exponential(expansion, numberAtom(value), exponent) : opaque(POW, base, exponent);
  }
  const lone = loneFactor(base);
  if (lone) {
    const whole = lone.exponent instanceof Sum ? lone.exponent : numberSum(lone.exponent);
    if (lone.base.kind === 'e' || lone.base.kind === 'number') {
      return exponential(expansion, lone.base, multiply(expansion, whole, exponent));
    }
    // (x^2)^y is |x|^(2y); of every other power the exponents multiply.
    const multiplies = lone.exponent instanceof Sum ? false : !isEven(lone.exponent);
    if (multiplies || isNonNegativeAtom(lone.base)) {
      const next = narrow(multiply(expansion, whole, exponent));
      return product(expansion, 1, [settle(expansion, lone.base, next, true)]);
    }
  }
  return product(expansion, 1, [new Factor(atomOf(base), exponent)]);
}

/** e^exponent or c^exponent; e^(a log b + c) is b^a e^c. */
export function exponential(expansion: Expansion, base: Atom, exponent: Sum): Sum {
  const number = asNumber(exponent);
  if (number !== null) {
    const value = base.kind === 'number' ? base.value : Math.E;
    return numberSum(base.kind === 'e' ? checkedExp(toNumber(number)) : powerOfCoefficient(value, number));
  }
  const parts: Sum[] = [];
  let rest = exponent;
  for (const term of exponent.terms) {
    const logarithms = term.factors.filter((factor) => isLogarithm(factor, base));
    if (logarithms.length !== 1) continue;
    const [logarithm] = logarithms;
    const others = term.factors.filter((factor) => factor !== logarithm);
    const argument = (logarithm.base as Extract<Atom, { kind: 'call' }>).arguments[0];
    parts.push(power(expansion, argument, fromFactors(term.coefficient, others)));
    rest = add(rest, new Sum([term.withCoefficient(negate(term.coefficient))], 0));
  }
  const left = asNumber(rest);
  if (left === null) parts.push(new Sum([new Term(1, [new Factor(base, rest)])], 0));
  else if (left !== 0) parts.push(exponential(expansion, base, rest));
  return product(expansion, 1, parts);
}

function isLogarithm({ base, exponent }: Factor, of: Atom): boolean {
  if (exponent !== 1 || base.kind !== 'call') return false;
  if (of.kind === 'e') return base.operator.name === 'log';
  const inverse = of.kind === 'number' && (of.value === 2 ? 'log2' : of.value === 10 ? 'log10' : '');
  return base.operator.name === inverse;
}

function checkedExp(value: number): number {
  const result = Math.exp(value);
  if (!Number.isFinite(result) || result < 1e-307) throw UNREPRESENTABLE;
  return result;
}
