import { derive } from '../derive.ts';
import { complexity, type Expression, variablesOf } from '../expression.ts';
import { toLatex } from '../print/latex.ts';
import { print } from '../print/print.ts';
import { simplify } from '../simplify/simplify.ts';
import { boxOf, innerPoint, type Point } from './box.ts';
import { type ComputerAlgebra, casSimplify } from './cas-simplify.ts';
import { type ConditionRecord, conditionsOf, definednessOn } from './conditions.ts';
import { checkDomain, type Domain } from './enclose.ts';
import { Encloser } from './encloser.ts';
import type { Definedness } from './interval.ts';
import { type LimitRecord, limit } from './limit.ts';
import { type MonotonicityVerdict, monotonicityOn } from './monotonicity.ts';
import { type RangeRecord, rangeOn } from './range.ts';
import { restricted } from './restricted.ts';
import { type SeriesRecord, series } from './series.ts';
import { type SignVerdict, signOn } from './sign.ts';
import { type Singularity, singularitiesOf } from './singularities.ts';
import { type ExchangeRecord, exchangesOf, type ParityRecord, parityOf } from './symmetry.ts';
import { type Zeros, zerosOf } from './zeros.ts';

/** How a formula is explained. */
export interface ExplainOptions {
  /** Order of the series; 4 by default. */
  readonly order?: number;
  /** Further points for series, by variable; 0 and, without an upper end, infinity are always there. */
  readonly about?: Readonly<Record<string, number>>;
  /** A computer algebra system to ask for a simpler form; none by default. */
  readonly algebra?: ComputerAlgebra;
}

/** What a formula does with one of its variables. */
export interface VariableExplanation {
  readonly name: string;
  /** Null where the formula has no derivative here. */
  readonly derivative: string | null;
  readonly parity: ParityRecord;
  readonly monotonicity: MonotonicityVerdict;
  readonly limits: readonly LimitRecord[];
  /** The power with which the formula grows as the variable tends to infinity; null where it is none. */
  readonly asymptoticPower: number | null;
  readonly series: readonly SeriesRecord[];
  /** The other variables, as they are held for the zeros and the singularities. */
  readonly held: Point;
  readonly zeros: Zeros;
  readonly singularities: readonly Singularity[];
}

/** All that is known of a formula on a domain, as plain data; infinite numbers are Infinity. */
export interface Explanation {
  readonly formula: string;
  readonly simplified: string;
  readonly latex: string;
  readonly complexity: number;
  /** What became of the answer of the computer algebra system, where one was asked. */
  readonly algebra: { readonly accepted: boolean; readonly rejected?: string } | null;
  readonly domain: Domain;
  readonly defined: Definedness;
  readonly conditions: readonly ConditionRecord[];
  readonly range: RangeRecord;
  readonly sign: SignVerdict;
  readonly exchanges: readonly ExchangeRecord[];
  readonly variables: readonly VariableExplanation[];
}

/**
 * Explains a formula on a domain: simpler form, derivatives, limits, series, sign, trends, zeros and poles.
 *
 * Bounds, signs and trends are proven by interval arithmetic; limits and series are checked against values of the
 * formula; what could be neither is 'undecided' or 'unknown'.
 *
 * @param domain interval of each variable; any numbers for those that are absent
 * @throws OptionError "bad-domain" | "bad-order"
 * @example (await explain(parse('x^2 + 1'), { x: [0, 1] })).sign.sign // 'positive'
 */
export async function explain(
  expression: Expression,
  domain: Domain = {},
  options: ExplainOptions = {},
): Promise<Explanation> {
  checkDomain(domain);
  const { order = 4, about = {}, algebra } = options;
  const names = variablesOf(expression);
  const box = boxOf(names, domain);
  const answer = algebra ? await casSimplify(expression, { domain, algebra }) : null;
  const simplified = answer?.expression ?? simplify(expression);
  const encloser = new Encloser(expression);
  return {
    formula: print(expression),
    simplified: print(simplified),
    latex: toLatex(simplified),
    complexity: complexity(simplified),
    algebra: answer && { accepted: answer.accepted, ...(answer.rejected ? { rejected: answer.rejected } : {}) },
    domain: { ...box },
    defined: definednessOn(encloser, box),
    conditions: conditionsOf(expression, box),
    range: rangeOn(encloser, box),
    sign: signOn(encloser, box),
    exchanges: exchangesOf(expression),
    variables: names.map((name) => explainVariable(encloser, name, box, order, about)),
  };
}

const PLACES = [{ point: 0, side: 1 }, { point: 0, side: -1 }, { point: Infinity }, { point: -Infinity }] as const;

function explainVariable(
  encloser: Encloser,
  name: string,
  box: Domain,
  order: number,
  about: Readonly<Record<string, number>>,
): VariableExplanation {
  const { expression } = encloser;
  const limits = PLACES.map((place) => limit(expression, name, place, box));
  const points = new Set([0, ...(Object.hasOwn(about, name) ? [about[name]] : []), Infinity]);
  const { [name]: _, ...held } = innerPoint(box);
  const line = restricted(expression, name, held);
  const singularities = singularitiesOf(line, name, box);
  const { zeros, open } = zerosOf(line, name, box);
  return {
    name,
    derivative: derivativeOf(expression, name),
    parity: parityOf(expression, name),
    monotonicity: monotonicityOn(encloser, name, box),
    // Limits on a side where the variable never is say nothing about the law.
    limits: limits.filter((_, i) => (i === 0 || i === 2 ? box[name][1] > 0 : box[name][0] < 0)),
    asymptoticPower: limits[2].power,
    series: [...points].map((point) => series(expression, name, { point }, order, box)),
    held,
    // A pole may look like a zero to an enclosure without bounds.
    zeros: {
      zeros: zeros.filter(
        (zero) =>
          zero.kind !== 'possible' || !singularities.some((pole) => pole.low <= zero.high && zero.low <= pole.high),
      ),
      open,
    },
    singularities,
  };
}

function derivativeOf(expression: Expression, name: string): string | null {
  try {
    return print(derive(expression, name));
  } catch {
    // Gamma has one derivative, and digamma none.
    return null;
  }
}
