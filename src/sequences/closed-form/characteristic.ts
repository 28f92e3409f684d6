import { factorPolynomial, type IntegerPolynomial, Polynomial, type PolynomialFactor } from '../../numerics/index.ts';
import {
  extendRecurrence,
  homogenizeRecurrence,
  type Recurrence,
  recurrenceOrder,
  requireSolution,
} from '../recurrence.ts';

/** The least annihilator of a C-finite sequence: chi(E) u = 0 from index `base` on. */
export interface Characteristic {
  /** Irreducible over Q, none of them x. */
  readonly factors: readonly PolynomialFactor[];
  /** First index from which chi, without its powers of x, holds. */
  readonly base: number;
  /** u(start), u(start + 1), ...: the given ones and as many more as the order asks for. */
  readonly terms: readonly bigint[];
}

/**
 * The characteristic polynomial of the sequence itself, which may divide that of the recurrence.
 *
 * A factor f of chi goes when (chi/f)(E) u is 0 for deg f terms in a row: that sequence obeys f, so it is 0 throughout.
 *
 * @param recurrence with constant coefficients; a polynomial constant is removed first
 * @param terms u(start), ...: at least as many as the order
 * @param start index of the first term
 * @returns undefined when the coefficients are not constant
 * @throws DomainError "recurrence-broken" when the terms do not obey it
 * @example minimalCharacteristic({ coefficients: [[4n], [-4n], [1n]], constant: [] }, [1n, 2n], 0).factors // [{ factor: [-2n, 1n], multiplicity: 1 }]
 */
export function minimalCharacteristic(
  recurrence: Recurrence,
  terms: readonly bigint[],
  start: number,
): Characteristic | undefined {
  if (recurrence.coefficients.some((coefficient) => coefficient.length > 1)) return undefined;
  requireSolution(recurrence, terms, start);
  const plain = homogenizeRecurrence(recurrence);
  const order = recurrenceOrder(plain);
  const missing = Math.max(0, 2 * order - terms.length);
  const all = [...terms, ...extendRecurrence(recurrence, terms, start, missing)];
  let chi: IntegerPolynomial = plain.coefficients.map((coefficient) => coefficient[0] ?? 0n);
  const counts = factorPolynomial(chi).factors.map(({ factor, multiplicity }) => {
    let left = multiplicity;
    for (; left > 0; left--) {
      const smaller = Polynomial.exactQuotient(chi, factor)!;
      if (!annihilates(smaller, all, factor.length - 1)) break;
      chi = smaller;
    }
    return { factor, multiplicity: left };
  });
  const delay = counts.find(({ factor }) => factor.length === 2 && factor[0] === 0n)?.multiplicity ?? 0;
  const factors = counts.filter(({ factor, multiplicity }) => multiplicity > 0 && factor[0] !== 0n);
  return { factors, base: start + delay, terms: all };
}

function annihilates(p: IntegerPolynomial, terms: readonly bigint[], count: number): boolean {
  for (let place = 0; place < count; place++) {
    if (p.reduce((sum, value, j) => sum + value * terms[place + j], 0n) !== 0n) return false;
  }
  return true;
}
