import type { Expression } from '../expression.ts';
import { print } from '../print/print.ts';
import { type Approach, approachTo } from './approach.ts';
import { checkDomain, type Domain } from './enclose.ts';
import { expand } from './expand.ts';
import { followsExpansion, hasNoValue } from './judge.ts';
import { growthOf } from './monomial.ts';
import { namedScalar } from './named-number.ts';
import { numberOf, type Scalar } from './scalar.ts';
import { EXHAUSTED, NOT_REAL, ScalarSigns, UNDECIDED } from './scalar-signs.ts';
import { type Transseries, TransseriesAlgebra } from './transseries.ts';
import { expressionOfTerms } from './transseries-text.ts';

/** Where a variable goes: a number from one side, or an end. */
export type Place = { readonly point: number; readonly side?: 1 | -1 };

/** A limit, as plain data. */
export interface LimitRecord {
  readonly variable: string;
  /** 'inf', '-inf', or a number with the side: '0+'. */
  readonly at: string;
  /** A formula in the other variables, 'inf', '-inf', 'undefined' where the formula has no value, or 'unknown'. */
  readonly value: string;
  /** The value where it is a number, infinities included; else null. */
  readonly number: number | null;
  /** The leading term as a formula, where one is known. */
  readonly leading: string | null;
  /** The power of the variable, or of its distance from the point, in the leading term; null where unknown. */
  readonly power: number | null;
}

/** Terms kept by the first attempt and by those after it. */
const ORDERS = [4, 9];

/**
 * The limit of a formula as one variable goes to a place, the others anywhere in their domain.
 *
 * The formula is expanded in scales of powers, logarithms and exponentials. The answer stands only when the values of the
 * formula on a sequence to the place follow the expansion; else it is 'unknown'.
 *
 * @throws OptionError "bad-domain"
 * @example limit(parse('sin(x) / x'), 'x', { point: 0 }).value // '1'
 * @example limit(parse('x^5 * exp(-x / a)'), 'x', { point: Infinity }, { a: [1, 2] }).value // '0'
 */
export function limit(expression: Expression, name: string, place: Place, domain: Domain = {}): LimitRecord {
  checkDomain(domain);
  const approach = approachTo(place.point, place.side ?? 1);
  const found = leadingExpansion(expression, name, approach, domain);
  const record = { variable: name, at: approach.text, number: null, leading: null, power: null };
  if (found === 'undefined' || found === null) return { ...record, value: found ?? 'unknown' };
  const { series, signs } = found;
  const [lead] = series.terms;
  if (!lead) return { ...record, value: '0', number: 0, leading: series.remainder ? null : '0' };
  const growth = growthOf(lead.monomial, signs);
  const leading = print(expressionOfTerms([lead], approach, name));
  const power = lead.monomial.exponent.length > 0 ? null : powerOf(lead.monomial.powers[0], approach);
  if (growth < 0) return { ...record, value: '0', number: 0, leading, power };
  if (growth > 0) {
    const positive = signs.of(lead.coefficient) > 0;
    return { ...record, value: positive ? 'inf' : '-inf', number: positive ? Infinity : -Infinity, leading, power };
  }
  const number = numberOf(lead.coefficient);
  const value = print(namedScalar(lead.coefficient));
  return { ...record, value, number: Number.isNaN(number) ? null : number, leading, power };
}

function powerOf(power: Scalar | undefined, approach: Approach): number | null {
  if (!power) return 0;
  const value = numberOf(power);
  return Number.isNaN(value) ? null : Number.isFinite(approach.point) ? 0 - value : value;
}

/** The first expansion that tells the limit and that the judge accepts. */
function leadingExpansion(
  expression: Expression,
  name: string,
  approach: Approach,
  domain: Domain,
): { series: Transseries; signs: ScalarSigns } | 'undefined' | null {
  for (const order of ORDERS) {
    const signs = new ScalarSigns(domain);
    try {
      const series = expand(expression, name, approach, new TransseriesAlgebra(order, signs));
      const hidden = series.terms.length === 0 && series.remainder && growthOf(series.remainder, signs) >= 0;
      if (hidden) continue;
      // An infinite limit needs the sign of its coefficient.
      if (series.terms.length > 0 && growthOf(series.terms[0].monomial, signs) > 0)
        signs.of(series.terms[0].coefficient);
      return followsExpansion(expression, name, approach, series, domain) ? { series, signs } : null;
    } catch (reason) {
      if (reason === NOT_REAL) return hasNoValue(expression, name, approach, domain) ? 'undefined' : null;
      if (reason === EXHAUSTED) return null;
      if (reason !== UNDECIDED) throw reason;
    }
  }
  return null;
}
