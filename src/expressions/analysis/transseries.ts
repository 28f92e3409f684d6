import { EXP, LOG } from '../operators/powers-and-logarithms.ts';
import {
  compareMonomials,
  growthOf,
  iteratedLogarithm,
  type Monomial,
  monomial,
  multiplyMonomials,
  powerOfMonomial,
  sumOfTerms,
  type Term,
  UNIT,
} from './monomial.ts';
import {
  addScalars,
  applyToScalar,
  integerOf,
  invertScalar,
  isExactZero,
  isOne,
  MINUS_ONE,
  multiplyScalars,
  ONE,
  powerOfScalar,
  rational,
  type Scalar,
  ZERO,
} from './scalar.ts';
import { NOT_REAL, type ScalarSigns, UNDECIDED } from './scalar-signs.ts';

/**
 * A function of t near infinity: a sum of terms, the fastest first, and what is left out, as O(remainder).
 *
 * A sum without remainder is exact.
 */
export interface Transseries {
  readonly terms: readonly Term[];
  readonly remainder: Monomial | null;
}

export const ZERO_SERIES: Transseries = { terms: [], remainder: null };

/** A number, or what the expansion holds fixed. */
export function constantSeries(a: Scalar): Transseries {
  return isExactZero(a) ? ZERO_SERIES : { terms: [{ coefficient: a, monomial: UNIT }], remainder: null };
}

/** One monomial. */
export function monomialSeries(scale: Monomial): Transseries {
  return { terms: [{ coefficient: ONE, monomial: scale }], remainder: null };
}

/** A bounded function of which nothing else is known. */
export const BOUNDED: Transseries = { terms: [], remainder: UNIT };

/** What an analytic function does near infinity: an infinite part, a number, and a part that tends to 0. */
export interface Parts {
  readonly infinite: readonly Term[];
  readonly constant: Scalar;
  readonly small: Transseries;
}

/** Arithmetic of transseries that keeps a number of terms and tracks what it drops. */
export class TransseriesAlgebra {
  constructor(
    /** Terms kept of every sum. */
    readonly order: number,
    readonly signs: ScalarSigns,
  ) {}

  add(a: Transseries, b: Transseries): Transseries {
    return this.collect([...a.terms, ...b.terms], this.larger(a.remainder, b.remainder));
  }

  negate(a: Transseries): Transseries {
    return this.scale(a, MINUS_ONE);
  }

  subtract(a: Transseries, b: Transseries): Transseries {
    return this.add(a, this.negate(b));
  }

  scale(a: Transseries, factor: Scalar): Transseries {
    if (isExactZero(factor)) return ZERO_SERIES;
    if (isOne(factor)) return a;
    const terms = a.terms.map(({ coefficient, monomial: scale }) => ({
      coefficient: this.signs.clean(multiplyScalars(coefficient, factor)),
      monomial: scale,
    }));
    return { terms, remainder: a.remainder };
  }

  multiply(a: Transseries, b: Transseries): Transseries {
    if (isZero(a) || isZero(b)) return ZERO_SERIES;
    const terms: Term[] = [];
    for (const x of a.terms) {
      for (const y of b.terms) {
        terms.push({
          coefficient: multiplyScalars(x.coefficient, y.coefficient),
          monomial: multiplyMonomials(x.monomial, y.monomial, this.signs),
        });
      }
    }
    let remainder: Monomial | null = null;
    if (a.remainder) remainder = multiplyMonomials(a.remainder, bound(b), this.signs);
    if (b.remainder) remainder = this.larger(remainder, multiplyMonomials(b.remainder, bound(a), this.signs));
    return this.collect(terms, remainder);
  }

  divide(a: Transseries, b: Transseries): Transseries {
    return this.multiply(a, this.power(b, MINUS_ONE));
  }

  /** a^r for a fixed exponent. @throws NOT_REAL | UNDECIDED */
  power(a: Transseries, r: Scalar): Transseries {
    const whole = integerOf(r);
    if (whole === 0) return constantSeries(ONE);
    if (whole === 1) return a;
    if (isZero(a)) {
      if (this.signs.of(r) > 0) return ZERO_SERIES;
      throw NOT_REAL;
    }
    const lead = this.lead(a);
    if (whole === null && this.signs.of(lead.coefficient) < 0) throw NOT_REAL;
    const coefficients: Scalar[] = [ONE];
    const count = this.order + 1;
    // Binomial coefficients: r (r - 1) ... (r - k + 1) / k!.
    for (let k = 1; k < count; k++) {
      const factor = addScalars(r, rational(1 - k));
      coefficients.push(
        this.signs.clean(multiplyScalars(coefficients[k - 1], multiplyScalars(factor, rational(1, k)))),
      );
    }
    const finite = whole !== null && whole >= 0 && whole < count;
    const rest = this.compose(coefficients, this.relative(a, lead), finite);
    return this.times(rest, powerOfScalar(lead.coefficient, r), powerOfMonomial(lead.monomial, r));
  }

  /** @throws NOT_REAL where a is not positive near infinity */
  log(a: Transseries): Transseries {
    const lead = this.lead(a);
    if (this.signs.of(lead.coefficient) <= 0) throw NOT_REAL;
    const coefficients: Scalar[] = [ZERO];
    for (let k = 1; k <= this.order; k++) coefficients.push(rational(k % 2 === 1 ? 1 : -1, k));
    const rest = this.compose(coefficients, this.relative(a, lead));
    const terms: Term[] = [...lead.monomial.exponent];
    lead.monomial.powers.forEach((power, k) => {
      terms.push({ coefficient: power, monomial: iteratedLogarithm(k + 1) });
    });
    const head: Term[] = isOne(lead.coefficient)
      ? []
      : [{ coefficient: applyToScalar(LOG, lead.coefficient), monomial: UNIT }];
    return this.add(this.collect([...terms, ...head], null), rest);
  }

  exp(a: Transseries): Transseries {
    const { remainder } = a;
    const infinite = a.terms.filter((term) => growthOf(term.monomial, this.signs) > 0);
    const scale = this.exponential(infinite);
    if (remainder && growthOf(remainder, this.signs) >= 0) {
      // exp of a bounded remainder is bounded; an infinite one says nothing.
      if (remainder.key === UNIT.key) return { terms: [], remainder: scale };
      throw UNDECIDED;
    }
    const parts = this.parts(a);
    const coefficients: Scalar[] = [ONE];
    for (let k = 1; k <= this.order; k++) coefficients.push(multiplyScalars(coefficients[k - 1], rational(1, k)));
    const factor = isExactZero(parts.constant) ? ONE : applyToScalar(EXP, parts.constant);
    return this.times(this.compose(coefficients, parts.small), factor, scale);
  }

  /** Sum of c_k s^k for a series s that tends to 0; exact when the coefficients end there. */
  compose(coefficients: readonly Scalar[], small: Transseries, finite = false): Transseries {
    let sum = constantSeries(coefficients[coefficients.length - 1]);
    if (isZero(small)) return constantSeries(coefficients[0]);
    for (let k = coefficients.length - 2; k >= 0; k--) {
      sum = this.add(this.multiply(sum, small), constantSeries(coefficients[k]));
    }
    if (finite) return sum;
    const rest = powerOfMonomial(bound(small), rational(coefficients.length));
    return this.collect([...sum.terms], this.larger(sum.remainder, rest));
  }

  /** @throws UNDECIDED where the remainder hides the number */
  parts(a: Transseries): Parts {
    if (a.remainder && growthOf(a.remainder, this.signs) >= 0) throw UNDECIDED;
    const infinite: Term[] = [];
    const small: Term[] = [];
    let fixed: Scalar = ZERO;
    for (const term of a.terms) {
      const growth = growthOf(term.monomial, this.signs);
      if (growth > 0) infinite.push(term);
      else if (growth < 0) small.push(term);
      else fixed = term.coefficient;
    }
    return { infinite, constant: fixed, small: { terms: small, remainder: a.remainder } };
  }

  /** The fastest term. @throws UNDECIDED where only a remainder is known; the sum must not be an exact 0 */
  lead(a: Transseries): Term {
    if (a.terms.length === 0) throw a.remainder ? UNDECIDED : NOT_REAL;
    return a.terms[0];
  }

  /** The sign near infinity, 0 for an exact 0. */
  sign(a: Transseries): -1 | 0 | 1 {
    return isZero(a) ? 0 : this.signs.of(this.lead(a).coefficient);
  }

  /** True when the fastest term tends to infinity. */
  isInfinite(a: Transseries): boolean {
    return a.terms.length > 0 && growthOf(a.terms[0].monomial, this.signs) > 0;
  }

  /** The sum of terms as far as they are kept and not hidden by the remainder. */
  collect(terms: readonly Term[], remainder: Monomial | null): Transseries {
    const sorted = sumOfTerms(terms, this.signs);
    let rest = remainder;
    let kept = rest ? sorted.filter((term) => compareMonomials(term.monomial, rest!, this.signs) > 0) : sorted;
    if (kept.length > this.order) {
      rest = this.larger(rest, kept[this.order].monomial);
      kept = kept.slice(0, this.order);
    }
    return { terms: kept, remainder: rest };
  }

  private larger(a: Monomial | null, b: Monomial | null): Monomial | null {
    if (!a || !b) return a ?? b;
    return compareMonomials(a, b, this.signs) >= 0 ? a : b;
  }

  /** a / (leading term) - 1. */
  private relative(a: Transseries, lead: Term): Transseries {
    const inverse = invertScalar(lead.coefficient);
    const terms = a.terms.slice(1).map(({ coefficient, monomial: scale }) => ({
      coefficient: this.signs.clean(multiplyScalars(coefficient, inverse)),
      monomial: multiplyMonomials(scale, lead.monomial, this.signs, -1),
    }));
    const remainder = a.remainder && multiplyMonomials(a.remainder, lead.monomial, this.signs, -1);
    return { terms, remainder };
  }

  private times(a: Transseries, factor: Scalar, scale: Monomial): Transseries {
    const terms = a.terms.map((term) => ({
      coefficient: this.signs.clean(multiplyScalars(term.coefficient, factor)),
      monomial: multiplyMonomials(term.monomial, scale, this.signs),
    }));
    return { terms, remainder: a.remainder && multiplyMonomials(a.remainder, scale, this.signs) };
  }

  /** exp of terms that tend to infinity: multiples of log(t), log(log(t)), ... become powers. */
  private exponential(terms: readonly Term[]): Monomial {
    const powers: Scalar[] = [];
    const exponent: Term[] = [];
    for (const term of terms) {
      const { powers: inner, exponent: deeper } = term.monomial;
      const k = inner.length - 1;
      const isLogarithm = deeper.length === 0 && k >= 1 && isOne(inner[k]) && inner.slice(0, k).every(isExactZero);
      if (isLogarithm) {
        while (powers.length < k) powers.push(ZERO);
        powers[k - 1] = addScalars(powers[k - 1], term.coefficient);
      } else exponent.push(term);
    }
    return monomial(powers, exponent);
  }
}

/** True for the sum that is exactly 0. */
export function isZero(a: Transseries): boolean {
  return a.terms.length === 0 && a.remainder === null;
}

/** A monomial that the sum does not outgrow; the sum is not an exact 0. */
function bound(a: Transseries): Monomial {
  return a.terms.length > 0 ? a.terms[0].monomial : a.remainder!;
}
