import { OptionError } from '../../core/index.ts';
import type { Expression } from '../expression.ts';
import { print } from '../print/print.ts';
import { type Approach, approachTo } from './approach.ts';
import { checkDomain, type Domain } from './enclose.ts';
import { expand } from './expand.ts';
import { followsExpansion, remainderHolds } from './judge.ts';
import type { Place } from './limit.ts';
import { compareMonomials, powerOfT, type Term } from './monomial.ts';
import { namedScalar } from './named-number.ts';
import { integerOf, numberOf, rational } from './scalar.ts';
import { EXHAUSTED, NOT_REAL, ScalarSigns, UNDECIDED } from './scalar-signs.ts';
import { type Transseries, TransseriesAlgebra } from './transseries.ts';
import { expressionOfMonomial, expressionOfTerms } from './transseries-text.ts';

/** One term: its coefficient and its scale, as formulas. */
export interface SeriesTerm {
  readonly coefficient: string;
  /** The power of the variable, of its distance from the point, or at an end of the variable; null for other scales. */
  readonly power: number | null;
  readonly term: string;
}

/** An expansion, as plain data. */
export interface SeriesRecord {
  readonly variable: string;
  /** The place: a number, 'inf' or '-inf'. */
  readonly at: string;
  /** From which side it holds; 'both' where it is one and the same. */
  readonly side: 'both' | 'right' | 'left';
  /** Whole powers; whole powers from a negative one on; broken powers; scales with logarithms or exponentials. */
  readonly kind: 'Taylor' | 'Laurent' | 'Puiseux' | 'asymptotic' | 'generalised' | 'unknown';
  readonly terms: readonly SeriesTerm[];
  /** What is left out is at most a multiple of this; null for an exact sum, and for 'unknown'. */
  readonly remainder: string | null;
  /** Sum and remainder: 'x - x^3 / 6 + O(x^5)'; 'unknown' where no series could be found and checked. */
  readonly text: string;
}

const LARGEST_ORDER = 20;

/**
 * The expansion of a formula in one variable about a number or an end, to an order.
 *
 * About a number all powers up to the order are given, at an end all down to minus the order; where logarithms or
 * exponentials come in, as many terms. Coefficients are exact fractions where the formula has such numbers. The sum
 * stands only when the values of the formula near the place stay within the remainder.
 *
 * @throws OptionError "bad-order" | "bad-domain"
 * @example series(parse('sin(x)'), 'x', { point: 0 }, 4).text // 'x - x^3 / 6 + O(x^5)'
 * @example series(parse('sqrt(x^2 + 1)'), 'x', { point: Infinity }, 3).text // 'x + 1 / (2 * x) - 1 / (8 * x^3) + O(1 / x^5)'
 */
export function series(
  expression: Expression,
  name: string,
  place: Place,
  order = 4,
  domain: Domain = {},
): SeriesRecord {
  checkDomain(domain);
  if (!(Number.isInteger(order) && order >= 0 && order <= LARGEST_ORDER)) {
    throw new OptionError('bad-order', 'order', `${order}`, `give a whole number from 0 to ${LARGEST_ORDER}`);
  }
  const { point } = place;
  const sides = place.side ? [place.side] : Number.isFinite(point) ? ([1, -1] as const) : [1 as const];
  const found = sides.map((side) => oneSided(expression, name, approachTo(point, side), order, domain));
  const [right, left] = found;
  const at = Number.isFinite(point) ? `${point + 0}` : approachTo(point, 1).text;
  const side = place.side === -1 ? 'left' : 'right';
  if (left === undefined)
    return right ? recordOf(right, name, at, Number.isFinite(point) ? side : 'both') : none(name, at);
  if (right && left) {
    const [a, b] = [recordOf(right, name, at, 'both'), recordOf(left, name, at, 'both')];
    return a.text === b.text ? a : { ...a, side: 'right' };
  }
  if (right) return recordOf(right, name, at, 'right');
  return left ? recordOf(left, name, at, 'left') : none(name, at);
}

interface Found {
  readonly terms: readonly Term[];
  readonly remainder: Transseries['remainder'];
  readonly approach: Approach;
}

function none(name: string, at: string): SeriesRecord {
  return { variable: name, at, side: 'both', kind: 'unknown', terms: [], remainder: null, text: 'unknown' };
}

/** Terms beyond the order that the algebra keeps, since cancellation uses some up. */
const SPARE = [3, 8, 16];

function oneSided(
  expression: Expression,
  name: string,
  approach: Approach,
  order: number,
  domain: Domain,
): Found | null {
  const finite = Number.isFinite(approach.point);
  for (const spare of SPARE) {
    const signs = new ScalarSigns(domain);
    try {
      const full = expand(expression, name, approach, new TransseriesAlgebra(order + spare, signs));
      const last = powerOfT(rational(-order));
      const plain = full.terms.every(
        ({ monomial: { powers, exponent } }) => powers.length <= 1 && exponent.length === 0,
      );
      const kept = plain
        ? full.terms.filter((term) => compareMonomials(term.monomial, last, signs) >= 0)
        : full.terms.slice(0, order + 1);
      const dropped = full.terms[kept.length];
      const remainder = dropped ? dropped.monomial : full.remainder;
      // The remainder must lie beyond the order, or terms of the order are missing.
      if (plain && remainder && compareMonomials(remainder, last, signs) >= 0) continue;
      if (remainder && kept.length === 0 && !finite && full.terms.length === 0) continue;
      const sum: Transseries = { terms: kept, remainder };
      const leads = kept.length === 0 || followsExpansion(expression, name, approach, sum, domain);
      return leads && remainderHolds(expression, name, approach, sum, domain) ? { ...sum, approach } : null;
    } catch (reason) {
      if (reason === NOT_REAL) return null;
      if (reason === EXHAUSTED) return null;
      if (reason !== UNDECIDED) throw reason;
    }
  }
  return null;
}

function recordOf(
  { terms, remainder, approach }: Found,
  name: string,
  at: string,
  side: SeriesRecord['side'],
): SeriesRecord {
  const finite = Number.isFinite(approach.point);
  const records = terms.map((term): SeriesTerm => {
    const { powers, exponent } = term.monomial;
    const plain = powers.length <= 1 && exponent.length === 0 && powers.every((power) => power.kind !== 'symbolic');
    const value = powers[0] ? numberOf(powers[0]) : 0;
    return {
      coefficient: print(namedScalar(term.coefficient)),
      power: plain ? (finite ? 0 - value : value) : null,
      term: print(expressionOfTerms([term], approach, name)),
    };
  });
  const sum = print(expressionOfTerms(terms, approach, name));
  const rest = remainder && print(expressionOfMonomial(remainder, approach, name));
  const text = !remainder ? sum : terms.length === 0 ? `O(${rest})` : `${sum} + O(${rest})`;
  return { variable: name, at, side, kind: kindOf(terms, finite), terms: records, remainder: rest, text };
}

function kindOf(terms: readonly Term[], finite: boolean): SeriesRecord['kind'] {
  let kind: SeriesRecord['kind'] = finite ? 'Taylor' : 'asymptotic';
  for (const {
    monomial: { powers, exponent },
  } of terms) {
    if (exponent.length > 0 || powers.length > 1 || powers[0]?.kind === 'symbolic') return 'generalised';
    const whole = powers[0] ? integerOf(powers[0]) : 0;
    if (!finite) continue;
    if (whole === null) kind = 'Puiseux';
    else if (whole > 0 && kind === 'Taylor') kind = 'Laurent';
  }
  return kind;
}
