import { digamma, erf, gamma } from '../../numerics/index.ts';
import { above, below, type Interval, type IntervalDetails, inherit, interval, NOWHERE, point } from './interval.ts';
import {
  addIntervals,
  divideIntervals,
  lowerSum,
  multiplyIntervals,
  negateInterval,
  powerOfIntervals,
} from './interval-arithmetic.ts';

/** The enclosure of an operator's values over intervals of its arguments. */
export type IntervalRule = (a: Interval, b: Interval) => Interval;

/** What is known of an increasing function beside its rule. */
interface Increasing {
  /** Interval of arguments; all numbers when absent. */
  readonly domain?: readonly [number, number];
  /** Ends of the domain that do not belong to it. */
  readonly open?: 'low' | 'both';
  /** Bounds of the values. */
  readonly range?: readonly [number, number];
  /** Largest error of the f64 rule, in spacings; 0 for exact rules. */
  readonly steps?: number;
  /** Arguments at which the f64 rule makes no error; where the value is 0 it makes none. */
  readonly exact?: (argument: number, value: number) => boolean;
  /** The value is 0 nowhere, or only where the argument is. */
  readonly nonzero?: 'always' | 'with-argument';
}

/** Engines compute elementary functions within so many spacings. */
const STEPS = 4;

function increasing(apply: (a: number) => number, facts: Increasing = {}): IntervalRule {
  const { domain = [-Infinity, Infinity], open, range = [-Infinity, Infinity], steps = STEPS } = facts;
  const [first, last] = domain;
  const lowOpen = open !== undefined;
  const highOpen = open === 'both';
  return (a) => {
    if (a.high < first || a.low > last) return NOWHERE;
    if (lowOpen && a.high === first && Number.isFinite(first)) return NOWHERE;
    if (highOpen && a.low === last) return NOWHERE;
    const insideLow =
      lowOpen && Number.isFinite(first) ? a.low > first || (first === 0 && a.low === 0 && a.nonzero) : a.low >= first;
    const insideHigh = highOpen ? a.high < last : a.high <= last;
    const nonzero = facts.nonzero === 'always' || (facts.nonzero === 'with-argument' && a.nonzero);
    const from = Math.max(a.low, first);
    const to = Math.min(a.high, last);
    const low = apply(from);
    const high = apply(to);
    const exactLow = steps === 0 || low === 0 || facts.exact?.(from, low);
    const exactHigh = steps === 0 || facts.exact?.(to, high);
    return interval(
      Math.max(range[0], exactLow ? low : below(low, steps)),
      Math.min(range[1], exactHigh ? high : high === 0 ? underflow(high, a.high) : above(high, steps)),
      inherit([a], { defined: insideLow && insideHigh ? 'everywhere' : 'maybe', nonzero }),
    );
  };
}

/** A value that rounds to 0 may be a little above. */
function underflow(value: number, argument: number): number {
  return value === 0 && argument < 0 && argument > -Infinity ? Number.MIN_VALUE : value;
}

const atZero = (argument: number): boolean => argument === 0;
const rootOf =
  (power: number) =>
  (argument: number, value: number): boolean =>
    Number.isSafeInteger(value) && value ** power === argument;

const square: IntervalRule = (a) => powerOfIntervals(a, point(2));

const abs: IntervalRule = (a) => {
  if (a.low >= 0) return a;
  if (a.high <= 0) return negateInterval(a);
  return { ...a, low: 0, high: Math.max(-a.low, a.high) };
};

/** Whether a multiple of the period away from the offset lies in [low, high], in doubt yes. */
function meets(low: number, high: number, offset: number, period: number): boolean {
  const doubt = (4 * Number.EPSILON * (Math.abs(low) + Math.abs(high) + Math.abs(offset))) / period;
  return Math.ceil((low - offset) / period - doubt) <= Math.floor((high - offset) / period + doubt);
}

/** Beyond this the reduction of an angle by f64 multiples of pi says too little. */
const LARGEST_ANGLE = 1e8;
const TURN = 2 * Math.PI;

/** sin(a + shift) on an interval, `apply` the f64 rule. */
function wave(apply: (a: number) => number, top: number): IntervalRule {
  return (a) => {
    const details = inherit([a]);
    const wide = !(a.high - a.low < TURN) || Math.max(Math.abs(a.low), Math.abs(a.high)) > LARGEST_ANGLE;
    if (wide) return interval(-1, 1, details);
    const ends = [apply(a.low), apply(a.high)];
    const low = meets(a.low, a.high, top + Math.PI, TURN) ? -1 : Math.max(-1, lowerEnd(Math.min(...ends)));
    const high = meets(a.low, a.high, top, TURN) ? 1 : Math.min(1, -lowerEnd(-Math.max(...ends)));
    return interval(low, high, details);
  };
}

function lowerEnd(value: number): number {
  return value === 0 ? 0 : below(value, STEPS);
}

const tan: IntervalRule = (a) => {
  const wide = !(a.high - a.low < Math.PI) || Math.max(Math.abs(a.low), Math.abs(a.high)) > LARGEST_ANGLE;
  if (wide || meets(a.low, a.high, Math.PI / 2, Math.PI)) {
    return interval(-Infinity, Infinity, inherit([a], { defined: 'maybe' }));
  }
  return interval(lowerEnd(Math.tan(a.low)), -lowerEnd(-Math.tan(a.high)), inherit([a]));
};

const cosh: IntervalRule = (a) => {
  const sizes = abs(a, a);
  return interval(
    sizes.low === 0 ? 1 : Math.max(1, below(Math.cosh(sizes.low), STEPS)),
    above(Math.cosh(sizes.high), STEPS),
    inherit([a]),
  );
};

/** A step that is exact and jumps between two values; it is continuous where both ends share one. */
function staircase(apply: (a: number) => number, jumps: (a: Interval) => boolean): IntervalRule {
  return (a) => interval(apply(a.low), apply(a.high), inherit([a], { continuous: !jumps(a) }));
}

const step = (a: number): number => (a > 0 ? 1 : 0);

const minimum: IntervalRule = (a, b) =>
  interval(Math.min(a.low, b.low), Math.min(a.high, b.high), inherit([a, b], { nonzero: a.nonzero && b.nonzero }));

const mod: IntervalRule = (a, b) => {
  const slack = 8 * (Number.EPSILON * Math.max(Math.abs(a.low), Math.abs(a.high)) + Number.MIN_VALUE);
  if (b.low === 0 && b.high === 0) return NOWHERE;
  const bounds = interval(
    b.low < 0 ? lowerSum(b.low, -slack) : -slack,
    b.high > 0 ? -lowerSum(-b.high, -slack) : slack,
    inherit([a, b], { defined: b.nonzero ? 'everywhere' : 'maybe', continuous: false }),
  );
  const turns = divideIntervals(a, b);
  const whole = Math.floor(turns.low);
  if (!b.nonzero || !Number.isFinite(whole) || whole !== Math.floor(turns.high)) return bounds;
  const exact = addIntervals(a, negateInterval(multiplyIntervals(b, point(whole))));
  return interval(Math.max(bounds.low, exact.low), Math.min(bounds.high, exact.high), inherit([a, b]));
};

const atan2: IntervalRule = (y, x) => {
  const details = inherit([y, x]);
  if (x.low > 0 || y.low > 0 || y.high < 0) {
    const corners = [y.low, y.high].flatMap((v) => [x.low, x.high].map((u) => Math.atan2(v + 0, u + 0)));
    return interval(lowerEnd(Math.min(...corners)), -lowerEnd(-Math.max(...corners)), details);
  }
  const cut = { ...details, continuous: false };
  return y.low >= 0 ? interval(0, above(Math.PI), cut) : interval(below(-Math.PI), above(Math.PI), cut);
};

/** The least value of gamma on the positive numbers and where it is taken. */
const GAMMA_LEAST = 0.8856031944108887;
const GAMMA_LEAST_AT = 1.4616321449683622;
const GAMMA_STEPS = 16;

const gammaRule: IntervalRule = (a) => {
  if (a.low >= 0) {
    const low = a.low === 0 ? Infinity : gamma(a.low);
    const high = gamma(a.high);
    const least =
      a.low < above(GAMMA_LEAST_AT, 8) && a.high > below(GAMMA_LEAST_AT, 8) ? GAMMA_LEAST : Math.min(low, high);
    const defined = a.low > 0 || a.nonzero ? 'everywhere' : 'maybe';
    if (a.high === 0) return NOWHERE;
    return interval(below(least, GAMMA_STEPS), above(Math.max(low, high), GAMMA_STEPS), inherit([a], { defined }));
  }
  const gap = Math.floor(a.low);
  if (a.high >= gap + 1 || a.low === gap) {
    if (a.low === a.high) return NOWHERE;
    return interval(-Infinity, Infinity, inherit([a], { defined: 'maybe', nonzero: true }));
  }
  // Between two poles the sign is one and the size has one minimum, which 0 bounds.
  const ends = [Math.abs(gamma(a.low)), Math.abs(gamma(a.high))];
  const slopes = [digamma(a.low), digamma(a.high)];
  const turns = Math.min(...slopes.map(Math.abs)) < 1e-6 || slopes[0] > 0 !== slopes[1] > 0;
  const least = turns ? 0 : Math.max(0, below(Math.min(...ends), GAMMA_STEPS));
  const sized = interval(least, above(Math.max(...ends), GAMMA_STEPS), inherit([a], { nonzero: true }));
  return gap % 2 === 0 ? sized : negateInterval(sized);
};

const digammaRule: IntervalRule = (a) => {
  const low = a.low === 0 ? -Infinity : digamma(a.low);
  if (a.low >= 0) {
    if (a.high === 0) return NOWHERE;
    const defined = a.low > 0 || a.nonzero ? 'everywhere' : 'maybe';
    return interval(slackBelow(low), -slackBelow(-digamma(a.high)), inherit([a], { defined }));
  }
  const gap = Math.floor(a.low);
  if (a.high >= gap + 1 || a.low === gap) return interval(-Infinity, Infinity, unbounded(a));
  return interval(slackBelow(low), -slackBelow(-digamma(a.high)), inherit([a]));
};

/** The absolute error of digamma near its zeros is bounded, the relative one is not. */
function slackBelow(value: number): number {
  return below(value, 64) - 1e-12;
}

function unbounded(a: Interval): IntervalDetails {
  return inherit([a], { defined: 'maybe' });
}

/**
 * One rule for every operator of the standard table, and for digamma, which derivatives hold.
 *
 * The rounding of a rule is part of its enclosure, so that values computed in f64 lie inside as the exact ones do.
 */
export const INTERVAL_RULES: Readonly<Record<string, IntervalRule>> = {
  add: addIntervals,
  sub: (a, b) => addIntervals(a, negateInterval(b)),
  mul: multiplyIntervals,
  div: divideIntervals,
  neg: negateInterval,
  square,
  cube: (a) => powerOfIntervals(a, point(3)),
  inv: (a) => divideIntervals(point(1), a),
  pow: powerOfIntervals,
  sqrt: increasing(Math.sqrt, {
    exact: rootOf(2),
    domain: [0, Infinity],
    range: [0, Infinity],
    nonzero: 'with-argument',
  }),
  cbrt: increasing(Math.cbrt, { exact: rootOf(3), nonzero: 'with-argument' }),
  exp: increasing(Math.exp, { exact: atZero, range: [0, Infinity], nonzero: 'always' }),
  exp2: increasing((a) => 2 ** a, { exact: atZero, range: [0, Infinity], nonzero: 'always' }),
  log: increasing(Math.log, { domain: [0, Infinity], open: 'low' }),
  log2: increasing(Math.log2, { domain: [0, Infinity], open: 'low' }),
  log10: increasing(Math.log10, { domain: [0, Infinity], open: 'low' }),
  log1p: increasing(Math.log1p, { domain: [-1, Infinity], open: 'low', nonzero: 'with-argument' }),
  expm1: increasing(Math.expm1, { range: [-1, Infinity], nonzero: 'with-argument' }),
  sin: wave(Math.sin, Math.PI / 2),
  cos: wave(Math.cos, 0),
  tan,
  asin: increasing(Math.asin, { domain: [-1, 1], nonzero: 'with-argument' }),
  acos: (a) => {
    const angle = increasing((x) => -Math.acos(x), { domain: [-1, 1], range: [-4, 0] })(a, a);
    return angle === NOWHERE ? angle : negateInterval(angle);
  },
  atan: increasing(Math.atan, { nonzero: 'with-argument' }),
  atan2,
  sinh: increasing(Math.sinh, { nonzero: 'with-argument' }),
  cosh,
  tanh: increasing(Math.tanh, { range: [-1, 1], nonzero: 'with-argument' }),
  asinh: increasing(Math.asinh, { nonzero: 'with-argument' }),
  acosh: increasing(Math.acosh, { domain: [1, Infinity], range: [0, Infinity] }),
  atanh: increasing(Math.atanh, { domain: [-1, 1], open: 'both', nonzero: 'with-argument' }),
  abs,
  sign: staircase(Math.sign, (a) => !(a.nonzero && (a.low >= 0 || a.high <= 0)) && a.low !== a.high),
  step: staircase(step, (a) => step(a.low) !== step(a.high)),
  floor: staircase(Math.floor, (a) => Math.floor(a.low) !== Math.floor(a.high)),
  ceil: staircase(Math.ceil, (a) => Math.ceil(a.low) !== Math.ceil(a.high)),
  relu: increasing((a) => Math.max(a, 0), { steps: 0 }),
  min: minimum,
  max: (a, b) => negateInterval(minimum(negateInterval(a), negateInterval(b))),
  mod,
  erf: increasing(erf, { range: [-1, 1], steps: 8, nonzero: 'with-argument' }),
  gamma: gammaRule,
  digamma: digammaRule,
  sigmoid: increasing((a) => 1 / (1 + Math.exp(-a)), { exact: atZero, range: [0, 1], steps: 8, nonzero: 'always' }),
};

/** Operators of the standard table without a rule: none. */
export const WITHOUT_INTERVAL_RULE: readonly string[] = [];
