import {
  addScalars,
  isExactZero,
  isOne,
  keyOfScalar,
  multiplyScalars,
  negateScalar,
  ONE,
  type Scalar,
  tidy,
  ZERO,
} from './scalar.ts';
import type { ScalarSigns } from './scalar-signs.ts';

/**
 * A scale of growth in t, which tends to infinity: t^a0 log(t)^a1 log(log(t))^a2 ... exp(E).
 *
 * E is a sum of terms that tend to infinity, the largest first, none of them a multiple of log(t) or its iterates.
 */
export interface Monomial {
  readonly powers: readonly Scalar[];
  readonly exponent: readonly Term[];
  readonly key: string;
}

/** A coefficient times a monomial. */
export interface Term {
  readonly coefficient: Scalar;
  readonly monomial: Monomial;
}

/** A monomial of these powers and this exponent. */
export function monomial(powers: readonly Scalar[], exponent: readonly Term[] = []): Monomial {
  let length = powers.length;
  while (length > 0 && isExactZero(powers[length - 1])) length--;
  const kept = powers.slice(0, length);
  const inner = exponent.map(({ coefficient, monomial: { key } }) => `${keyOfScalar(coefficient)}*(${key})`).join('+');
  return { powers: kept, exponent, key: `${kept.map(keyOfScalar).join(',')}|${inner}` };
}

/** The monomial 1. */
export const UNIT: Monomial = monomial([]);

/** The k-fold logarithm of t; t itself for k = 0. */
export function iteratedLogarithm(k: number): Monomial {
  return monomial([...Array.from({ length: k }, () => ZERO), ONE]);
}

/** t^power. */
export function powerOfT(power: Scalar): Monomial {
  return monomial([power]);
}

/** The product a b^sign. */
export function multiplyMonomials(a: Monomial, b: Monomial, signs: ScalarSigns, sign: 1 | -1 = 1): Monomial {
  if (b === UNIT) return a;
  if (a === UNIT && sign === 1) return b;
  const powers: Scalar[] = [];
  for (let k = 0; k < Math.max(a.powers.length, b.powers.length); k++) {
    const second = b.powers[k] ?? ZERO;
    powers.push(signs.clean(addScalars(a.powers[k] ?? ZERO, sign === 1 ? second : negateScalar(second))));
  }
  if (a.exponent.length === 0 && b.exponent.length === 0) return monomial(powers);
  const second = sign === 1 ? b.exponent : b.exponent.map(negatedTerm);
  return monomial(powers, sumOfTerms([...a.exponent, ...second], signs));
}

function negatedTerm({ coefficient, monomial: scale }: Term): Term {
  return { coefficient: negateScalar(coefficient), monomial: scale };
}

/** a^power. */
export function powerOfMonomial(a: Monomial, power: Scalar): Monomial {
  if (isOne(power)) return a;
  const times = (scalar: Scalar): Scalar => tidy(multiplyScalars(scalar, power));
  const exponent = a.exponent.map((term) => ({ coefficient: times(term.coefficient), monomial: term.monomial }));
  return monomial(a.powers.map(times), exponent);
}

/** 1 when the monomial tends to infinity, -1 when it tends to 0, 0 when it is 1. */
export function growthOf(a: Monomial, signs: ScalarSigns): -1 | 0 | 1 {
  const k = a.powers.findIndex((power) => signs.of(power) !== 0);
  if (a.exponent.length === 0) return k < 0 ? 0 : signs.of(a.powers[k]);
  const lead = a.exponent[0];
  const exponential = k < 0 || compareMonomials(lead.monomial, iteratedLogarithm(k + 1), signs) > 0;
  return signs.of(exponential ? lead.coefficient : a.powers[k]);
}

/** Positive when a grows faster than b. */
export function compareMonomials(a: Monomial, b: Monomial, signs: ScalarSigns): number {
  return a.key === b.key ? 0 : growthOf(multiplyMonomials(a, b, signs, -1), signs);
}

/** Terms with equal monomials added up, those that vanish left out, the fastest first. */
export function sumOfTerms(terms: readonly Term[], signs: ScalarSigns): Term[] {
  const byKey = new Map<string, Term>();
  for (const term of terms) {
    const other = byKey.get(term.monomial.key);
    const coefficient = other ? addScalars(other.coefficient, term.coefficient) : term.coefficient;
    byKey.set(term.monomial.key, { coefficient, monomial: term.monomial });
  }
  const sum: Term[] = [];
  for (const { coefficient, monomial: scale } of byKey.values()) {
    const clean = signs.clean(coefficient);
    if (!isExactZero(clean)) sum.push({ coefficient: clean, monomial: scale });
  }
  return sum.sort((a, b) => compareMonomials(b.monomial, a.monomial, signs));
}
