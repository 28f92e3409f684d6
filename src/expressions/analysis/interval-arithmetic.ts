import { above, below, type Interval, inherit, interval, NOWHERE, point } from './interval.ts';

/** The field operations and the power on intervals, rounded outward. */

export function addIntervals(a: Interval, b: Interval): Interval {
  const nonzero =
    (a.low >= 0 && b.low >= 0 && (a.nonzero || b.nonzero)) || (a.high <= 0 && b.high <= 0 && (a.nonzero || b.nonzero));
  return interval(lowerSum(a.low, b.low), -lowerSum(-a.high, -b.high), inherit([a, b], { nonzero }));
}

export function negateInterval(a: Interval): Interval {
  return { ...a, low: -a.high, high: -a.low };
}

export function multiplyIntervals(a: Interval, b: Interval): Interval {
  let low = Infinity;
  let high = -Infinity;
  for (const x of [a.low, a.high]) {
    for (const y of [b.low, b.high]) {
      low = Math.min(low, lowerProduct(x, y));
      high = Math.max(high, -lowerProduct(-x, y));
    }
  }
  return interval(low + 0, high + 0, inherit([a, b], { nonzero: a.nonzero && b.nonzero }));
}

export function divideIntervals(a: Interval, b: Interval): Interval {
  if (b.low === 0 && b.high === 0) return NOWHERE;
  const defined = b.nonzero ? 'everywhere' : 'maybe';
  const details = inherit([a, b], { defined, nonzero: a.nonzero });
  // On both sides of 0 the quotient has no bound, unless the numerator is 0.
  if (b.low < 0 && b.high > 0) {
    return a.low === 0 && a.high === 0 ? interval(0, 0, details) : interval(-Infinity, Infinity, details);
  }
  let low = Infinity;
  let high = -Infinity;
  for (const x of [a.low, a.high]) {
    for (const y of [b.low, b.high]) {
      // An end at 0 is approached from the side where the interval is.
      const divisor = y === 0 ? (b.high > 0 ? 0 : -0) : y;
      low = Math.min(low, lowerQuotient(x, divisor));
      high = Math.max(high, -lowerQuotient(-x, divisor));
    }
  }
  return interval(low, high, details);
}

/** The real power of the operator table: a > 0, or a = 0 with b >= 0, or a < 0 with an integer b. */
export function powerOfIntervals(a: Interval, b: Interval): Interval {
  if (b.low === b.high && Number.isInteger(b.low)) return wholePower(a, b);
  const positive = a.high >= 0 ? powerOfPositive(a, b) : null;
  if (a.low >= 0) return positive!;
  // Below 0 the exponent must be whole; an interval of exponents holds one, or it does not.
  if (Math.ceil(b.low) > Math.floor(b.high)) {
    return positive ? { ...positive, defined: positive.defined === 'nowhere' ? 'nowhere' : 'maybe' } : NOWHERE;
  }
  const sizes = interval(a.high >= 0 ? 0 : -a.high, -a.low);
  const { high } = powerOfPositive(sizes, b);
  return interval(
    -high,
    Math.max(high, positive?.high ?? high),
    inherit([a, b], { defined: 'maybe', continuous: false }),
  );
}

/** a^b for the part of a that is not negative: b log(a) is extremal at the corners. */
function powerOfPositive(a: Interval, b: Interval): Interval {
  const low = Math.max(a.low, 0);
  if (low === 0 && a.high === 0 && b.high < 0) return NOWHERE;
  const atZero = low === 0 && !(a.nonzero && a.low >= 0) && b.low < 0;
  let least = Infinity;
  let most = -Infinity;
  for (const x of [low, a.high]) {
    for (const y of [b.low, b.high]) {
      const value = x === 1 ? 1 : x === 0 && y < 0 ? Infinity : x ** y;
      least = Math.min(least, exactly(x, y, value) ? value : below(value, POWER_STEPS));
      most = Math.max(most, exactly(x, y, value) ? value : above(value, POWER_STEPS));
    }
  }
  // 0^0 is 1 between 0 and the powers beside it.
  const jump = low === 0 && b.low <= 0 && b.high >= 0 && !(a.nonzero && a.low >= 0);
  const details = inherit([a, b], { defined: atZero ? 'maybe' : 'everywhere', nonzero: a.nonzero, continuous: !jump });
  return interval(Math.max(0, least), most, details);
}

function wholePower(a: Interval, b: Interval): Interval {
  const exponent = b.low;
  if (exponent === 0) return interval(1, 1, inherit([a, b]));
  if (exponent < 0) {
    const quotient = divideIntervals(point(1), wholePower(a, point(-exponent)));
    if (quotient.defined === 'nowhere') return NOWHERE;
    // A negative power is rounded otherwise than the reciprocal of a power.
    const low = below(quotient.low, POWER_STEPS);
    const high = above(quotient.high, POWER_STEPS);
    const statements = inherit([quotient, b], { nonzero: quotient.nonzero });
    return interval(
      quotient.low >= 0 ? Math.max(0, low) : low,
      quotient.high <= 0 ? Math.min(0, high) : high,
      statements,
    );
  }
  const details = inherit([a, b], { nonzero: a.nonzero });
  const down = (x: number): number => {
    const value = x ** exponent;
    return exactly(x, exponent, value) ? value : below(value, POWER_STEPS);
  };
  const up = (x: number): number => {
    const value = x ** exponent;
    return exactly(x, exponent, value) ? value : above(value, POWER_STEPS);
  };
  if (exponent % 2 === 1) return interval(down(a.low), up(a.high), details);
  if (a.low >= 0) return interval(Math.max(0, down(a.low)), up(a.high), details);
  if (a.high <= 0) return interval(Math.max(0, down(a.high)), up(a.low), details);
  return interval(0, Math.max(up(a.low), up(a.high)), details);
}

/** Engines round a power within so many spacings. */
const POWER_STEPS = 4;

/** Whole powers of whole numbers that f64 holds are exact, and so are those of 0, 1 and infinity. */
function exactly(x: number, y: number, value: number): boolean {
  if (x === 0 || x === 1 || y === 1 || y === 0 || !Number.isFinite(x)) return true;
  return Number.isInteger(x) && Number.isInteger(y) && y > 0 && Math.abs(value) <= Number.MAX_SAFE_INTEGER;
}

/** A number not above a + b, equal to it when the sum is exact. */
export function lowerSum(a: number, b: number): number {
  const sum = a + b;
  if (Number.isNaN(sum)) return -Infinity;
  if (!Number.isFinite(sum)) return Number.isFinite(a) && Number.isFinite(b) ? below(sum) : sum;
  const second = sum - a;
  const error = a - (sum - second) + (b - second);
  return error < 0 || Number.isNaN(error) ? below(sum) : sum;
}

/** A number not above a b; 0 times infinity is 0, for the factors themselves are finite. */
export function lowerProduct(a: number, b: number): number {
  if (a === 0 || b === 0) return 0;
  const product = a * b;
  if (!Number.isFinite(a) || !Number.isFinite(b)) return product;
  if (Math.abs(a) === 1 || Math.abs(b) === 1) return product;
  if (Number.isInteger(a) && Number.isInteger(b) && Number.isSafeInteger(product)) return product;
  const low = below(product);
  return a > 0 === b > 0 ? Math.max(0, low) : low;
}

function lowerQuotient(a: number, b: number): number {
  if (a === 0) return 0;
  const quotient = a / b;
  // Infinity / infinity: the quotient of the ends may be as small as 0.
  if (Number.isNaN(quotient)) return a > 0 === b > 0 ? 0 : -Infinity;
  if (b === 0) return quotient;
  if (!Number.isFinite(b)) return a > 0 === b > 0 ? 0 : -Number.MIN_VALUE;
  if (!Number.isFinite(a)) return quotient;
  if (
    Math.abs(b) === 1 ||
    (Number.isInteger(quotient) &&
      Number.isSafeInteger(quotient) &&
      Number.isInteger(b) &&
      quotient * b === a &&
      Number.isSafeInteger(a))
  ) {
    return quotient;
  }
  const low = below(quotient);
  return a > 0 === b > 0 ? Math.max(0, low) : low;
}
