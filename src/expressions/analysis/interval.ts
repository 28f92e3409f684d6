/** How much of a box an expression has a value on. */
export type Definedness = 'everywhere' | 'maybe' | 'nowhere';

/**
 * All values that an expression takes on a box, and perhaps more.
 *
 * The ends are rounded outward: both the exact value and the one that f64 computes lie between them. An infinite end
 * says that there is no bound.
 */
export interface Interval {
  readonly low: number;
  readonly high: number;
  readonly defined: Definedness;
  /** The value is never 0, though an end may be: exp(x) for x down to minus infinity. */
  readonly nonzero: boolean;
  /** No step jumps: the value is continuous on every stretch of the box where it is defined. */
  readonly continuous: boolean;
}

/** What an interval may say beyond its ends. */
export interface IntervalDetails {
  readonly defined?: Definedness;
  readonly nonzero?: boolean;
  readonly continuous?: boolean;
}

/** An interval; defined everywhere and continuous unless the details say otherwise. */
export function interval(low: number, high: number, details: IntervalDetails = {}): Interval {
  const { defined = 'everywhere', nonzero = false, continuous = true } = details;
  return { low, high, defined, nonzero: nonzero || low > 0 || high < 0, continuous };
}

/** No value at all: no point of the box lies in the domain. */
export const NOWHERE: Interval = {
  low: Infinity,
  high: -Infinity,
  defined: 'nowhere',
  nonzero: true,
  continuous: true,
};

/** Nothing is known. */
export const ANYTHING: Interval = interval(-Infinity, Infinity, { defined: 'maybe', continuous: false });

/** One number. */
export function point(value: number): Interval {
  return interval(value, value);
}

const UNIT = Number.EPSILON;
const TINY = Number.MIN_VALUE;

/** A number at least `steps` spacings of f64 below. */
export function below(value: number, steps = 1): number {
  if (value === Infinity) return Number.MAX_VALUE;
  return value - (Math.abs(value) * UNIT + TINY) * steps;
}

/** A number at least `steps` spacings of f64 above. */
export function above(value: number, steps = 1): number {
  return -below(-value, steps);
}

/** The weaker of two statements. */
export function weaker(a: Definedness, b: Definedness): Definedness {
  if (a === 'nowhere' || b === 'nowhere') return 'nowhere';
  return a === 'maybe' || b === 'maybe' ? 'maybe' : 'everywhere';
}

/** The statements of an operation on intervals: as weak as the weakest of the operands and of the operation itself. */
export function inherit(operands: readonly Interval[], own: IntervalDetails = {}): IntervalDetails {
  let defined = own.defined ?? 'everywhere';
  let continuous = own.continuous ?? true;
  for (const operand of operands) {
    defined = weaker(defined, operand.defined);
    continuous &&= operand.continuous;
  }
  return { defined, continuous, nonzero: own.nonzero };
}

/** Values that both enclosures of one function allow; the statements of the first stand. */
export function intersect(a: Interval, b: Interval): Interval {
  if (a.defined === 'nowhere' || b.defined === 'nowhere') return a;
  const low = Math.max(a.low, b.low);
  const high = Math.min(a.high, b.high);
  // Two enclosures of one value overlap but for the rounding of constants that were folded.
  if (!(low <= high)) return a;
  return { ...a, low, high, nonzero: a.nonzero || b.nonzero || low > 0 || high < 0 };
}
