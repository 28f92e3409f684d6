import { RandomStream } from '../../core/index.ts';
import { evaluate } from '../evaluate.ts';
import { type Expression, variablesOf } from '../expression.ts';
import { type Approach, valueAt } from './approach.ts';
import { boxOf, draw, type Point } from './box.ts';
import { type Domain, sideOf } from './enclose.ts';
import type { Monomial } from './monomial.ts';
import { roundedValue } from './rounded-value.ts';
import { expressionOfScalar, numberOf, type Scalar } from './scalar.ts';
import { isZero, type Transseries } from './transseries.ts';

/** Values of the fixed variables that the judge tries. */
const FIXED_POINTS = 3;
const SEED = 7;
/** A value whose rounding may be larger, relative to it, is no evidence. */
const TRUSTED = 1e-5;
const NOISE = 8;
/** Points near the place that must agree. */
const TAIL = 6;

/** What the formula does at one t: its value, its rounding, and the partial sums of the expansion. */
interface Evidence {
  readonly t: number;
  readonly value: number;
  readonly error: number;
  /** Values of the terms, in order. */
  readonly terms: readonly number[];
  /** Rounding of the terms themselves. */
  readonly rounding: number;
  readonly remainder: number;
}

/**
 * Whether the values of the formula, on a sequence that approaches the place, follow the expansion: its leading term
 * and what comes after it, or the bound where only that is known.
 *
 * The formula itself is evaluated, by the rules of the operators and with its rounding errors; nothing of the
 * derivation of the expansion is used.
 */
export function followsExpansion(
  expression: Expression,
  name: string,
  approach: Approach,
  series: Transseries,
  domain: Domain,
): boolean {
  const agreements = fixedPoints(expression, name, domain).map((fixed) =>
    agrees(evidenceFor(expression, name, approach, series, fixed), series),
  );
  return decide(agreements);
}

/** Whether the formula has no real value at points close to the place. */
export function hasNoValue(expression: Expression, name: string, approach: Approach, domain: Domain): boolean {
  return fixedPoints(expression, name, domain).every((fixed) =>
    scalesFor(approach)
      .slice(-12)
      // Away from whole numbers: a negative base has powers with whole exponents.
      .every((t) => Number.isNaN(evaluate(expression, { ...fixed, [name]: valueAt(approach, t * Math.SQRT2) }))),
  );
}

/** Whether |formula - sum| stays within a multiple of the remainder near the place. */
export function remainderHolds(
  expression: Expression,
  name: string,
  approach: Approach,
  series: Transseries,
  domain: Domain,
): boolean {
  const agreements = fixedPoints(expression, name, domain).map((fixed) =>
    staysBounded(evidenceFor(expression, name, approach, series, fixed)),
  );
  return decide(agreements);
}

/** No point may speak against it, and most must speak for it. */
function decide(agreements: readonly (boolean | null)[]): boolean {
  const spoken = agreements.filter((agreement) => agreement !== null);
  return spoken.length * 2 > agreements.length && spoken.every((agreement) => agreement);
}

function fixedPoints(expression: Expression, name: string, domain: Domain): Point[] {
  const others = variablesOf(expression).filter((other) => other !== name);
  if (others.length === 0) return [{}];
  const random = new RandomStream(SEED);
  const box = boxOf(others, domain);
  return Array.from({ length: FIXED_POINTS }, () => {
    const at: Record<string, number> = Object.create(null);
    for (const other of others) {
      const [low, high] = sideOf(box, other);
      // Numbers of ordinary size: far out, the place is only felt farther out.
      at[other] = Number.isFinite(high - low)
        ? draw(low, high, random)
        : Math.min(high, Math.max(low, (low < 0 && random.uniform() < 0.5 ? -1 : 1) * (0.5 + 2 * random.uniform())));
      if (at[other] === 0) at[other] = high > 0 ? Math.min(high, 0.75) : Math.max(low, -0.75);
    }
    return at;
  });
}

/** Powers of two and, where x is exact at any t, numbers between them. */
function scalesFor({ point }: Approach): number[] {
  const exact = !Number.isFinite(point) || point === 0;
  const scales: number[] = [];
  for (let k = 1; k <= 36; k++) {
    // Functions that grow or fall fast leave f64 early, and need their points there.
    const steps = !exact ? 1 : k < 6 ? 16 : 4;
    for (let i = 0; i < steps; i++) scales.push((1 + i / steps) * 2 ** k);
  }
  return scales;
}

function evidenceFor(
  expression: Expression,
  name: string,
  approach: Approach,
  series: Transseries,
  fixed: Point,
): Evidence[] {
  const scalar = scalarValue(fixed);
  const evidence: Evidence[] = [];
  for (const t of scalesFor(approach)) {
    const { value, error } = roundedValue(expression, { ...fixed, [name]: valueAt(approach, t) });
    if (!Number.isFinite(value) || !Number.isFinite(error)) continue;
    const terms = series.terms.map((term) => scalar(term.coefficient) * monomialValue(term.monomial, t, scalar));
    const remainder = series.remainder ? monomialValue(series.remainder, t, scalar) : 0;
    if (!terms.every(Number.isFinite) || !Number.isFinite(remainder)) continue;
    // exp(u) is known within u spacings.
    const rounding = terms.reduce(
      (sum, term) => sum + Math.abs(term) * (4 + Math.abs(Math.log(Math.abs(term) || 1))),
      0,
    );
    evidence.push({ t, value, error, terms, rounding: rounding * Number.EPSILON, remainder });
  }
  return evidence;
}

function scalarValue(fixed: Point): (scalar: Scalar) => number {
  return (scalar) => (scalar.kind === 'symbolic' ? evaluate(expressionOfScalar(scalar), fixed) : numberOf(scalar));
}

function monomialValue({ powers, exponent }: Monomial, t: number, scalar: (scalar: Scalar) => number): number {
  let logarithm = 0;
  let iterated = t;
  let product = 1;
  for (const power of powers) {
    // A power of a logarithm that is not positive yet has no meaning here.
    if (iterated <= 0) return Number.NaN;
    product *= iterated ** scalar(power);
    iterated = Math.log(iterated);
  }
  for (const term of exponent) logarithm += scalar(term.coefficient) * monomialValue(term.monomial, t, scalar);
  return product * Math.exp(logarithm);
}

/** True or false where the evidence speaks, null where there is too little. */
function agrees(evidence: readonly Evidence[], series: Transseries): boolean | null {
  if (isZero(series)) {
    return evidence.length >= TAIL
      ? evidence.slice(-TAIL).every(({ value, error }) => Math.abs(value) <= NOISE * error)
      : null;
  }
  if (series.terms.length === 0) return staysBounded(evidence);
  const trusted = evidence.filter(
    ({ value, error, terms }) =>
      value !== 0 && terms[0] !== 0 && Math.abs(terms[0]) > 1e-290 && error <= TRUSTED * Math.abs(value),
  );
  if (trusted.length < TAIL) return null;
  const last = Math.max(...trusted.slice(-3).map(missOf));
  if (last <= 1e-4) return true;
  // A miss that falls like a power of log(t) has to fall between half of log(t) and all of it.
  const far = Math.log(trusted[trusted.length - 1].t);
  const half = trusted.find(({ t }) => Math.log(t) >= far / 2)!;
  return last <= 0.05 && last <= 0.75 * missOf(half);
}

/** Distance from the best partial sum, beyond rounding, relative to the leading term. */
function missOf({ value, error, terms }: Evidence): number {
  let sum = 0;
  let best = Infinity;
  for (const term of terms) {
    sum += term;
    best = Math.min(best, Math.max(0, Math.abs(value - sum) - NOISE * error));
  }
  return best / Math.abs(terms[0]);
}

/** The ratio of what is left to the remainder must not grow. */
function staysBounded(evidence: readonly Evidence[]): boolean | null {
  const ratios: number[] = [];
  let quiet = 0;
  for (const { value, error, terms, rounding: ofTerms, remainder } of evidence) {
    const rounding = NOISE * (error + ofTerms);
    const rest = Math.abs(value - terms.reduce((sum, term) => sum + term, 0));
    if (rest <= 4 * rounding) {
      if (rounding <= 1e-6 * Math.abs(value) || value === 0) quiet++;
      continue;
    }
    if (remainder === 0) return false;
    if (remainder > 1e-290) ratios.push(rest / remainder);
  }
  if (ratios.length < TAIL) return quiet >= TAIL ? true : null;
  const third = Math.max(2, Math.floor(ratios.length / 3));
  const late = Math.max(...ratios.slice(-third));
  const early = Math.max(...ratios.slice(0, -third));
  return late <= 4 * early;
}
