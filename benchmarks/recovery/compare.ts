import { type Expression, evaluate } from '../../src/expressions/index.ts';
import { type FittedLaw, fitLaw } from './fit-law.ts';
import { type Freedom, type FreeLaw, freeLaw } from './free-law.ts';
import { median } from './rate.ts';
import type { Point } from './sampling.ts';
import { rounded, type TestPoint } from './test-points.ts';

/** Largest relative difference of values that are equal. */
const AGREEMENT = 1e-6;
/** Relative error that a constant may have while its law is compared. */
const CONSTANT_ERROR = 1e-7;
/** Steps outward in which constants are refined, and the difference below which a point takes part. */
const STEPS = [1, 2, 3, 3];
const LED = 0.3;
/** Points where that error shifts the value by more do not count. */
const MOST_SHIFT = 1e-3;
/** The same for half of the points in the ranges: a formula of large terms that cancel could hide more than its law. */
const MOST_MEDIAN_SHIFT = 1e-5;
/** Share of the points that must count. */
const LEAST_SHARE = 0.25;
/** Where the constants of the law leave such a difference in the ranges, no others are looked for. */
const HOPELESS = 1e-2;
/** The same in units of the largest relative error of a constant. */
const HOPELESS_ERRORS = 10;
/** Relative error of a constant that was fitted to noise-free data. */
export const NOISE_FREE_ERROR = 1e-5;
/** What a constant changes by less than this on noise-free data is not seen. */
const UNSEEN = 1e-12;
/** Decades by which a constant may be off that the data do not fix. */
const MOST_DECADES = 1;
/** Errors of a fitted constant that are none: in standard errors, */
const SIGMAS = 5;
/** and in units of the relative noise. */
export const NOISES = 3;

/** A law with the freedom of its constants, and its own fits to the data. */
export interface Reference {
  readonly freedom: Freedom;
  readonly law: FreeLaw;
  readonly fits: readonly FittedLaw[];
}

/** How a candidate compares with a law. */
export interface Comparison {
  readonly same: boolean;
  /** Largest relative difference in the ranges, with the best constants. */
  readonly distance: number;
  readonly reason: string;
}

/** A test point as seen by one candidate. */
interface Seen extends TestPoint {
  readonly target: number;
  readonly scale: number;
  readonly allowance: number;
}

/**
 * Compares a candidate with a law whose constants are free: at points in the ranges and beyond, with the constants that
 * suit the candidate best, which then must be those of the law within their errors.
 */
export function compare(
  reference: Reference,
  candidate: Expression,
  points: readonly TestPoint[],
  rows: readonly Point[],
  noise: number,
): Comparison {
  const { law, fits } = reference;
  const start = fits.length > 0 ? fits[0].constants : law.truth;
  const apart = medianDistance(law, start, candidate, points);
  const error = Math.max(noise, ...fits.flatMap(({ errors }) => errors));
  if (!(apart <= Math.max(HOPELESS, HOPELESS_ERRORS * error))) {
    return { same: false, distance: apart, reason: `another function: mostly off by ${apart.toPrecision(2)}` };
  }
  const own = freeLaw(candidate, 'merged', []);
  const seen: Seen[] = [];
  for (const point of points) {
    const { value: target, rounding } = rounded(candidate, point.point);
    if (!Number.isFinite(target) || !Number.isFinite(rounding)) continue;
    const strength = total(law.slopes(point.point, law.truth));
    const shift = CONSTANT_ERROR * (strength + total(own.slopes(point.point, own.truth)));
    if (!(shift <= MOST_SHIFT * Math.abs(target))) continue;
    const scale = Math.max(Math.abs(target), strength);
    seen.push({ ...point, target, scale, allowance: shift + rounding + point.rounding });
  }
  const inside = seen.filter((point) => point.inside);
  if (seen.length < LEAST_SHARE * points.length || inside.length === 0) {
    return {
      same: false,
      distance: Number.MAX_VALUE,
      reason: `comparable at ${seen.length} of ${points.length} points`,
    };
  }
  const shift = median(inside.map(({ allowance, target }) => allowance / Math.abs(target)));
  if (noise === 0 && shift > MOST_MEDIAN_SHIFT) {
    const reason = `terms that cancel: the last digits of its constants shift it by ${shift.toPrecision(2)}`;
    return { same: false, distance: Number.MAX_VALUE, reason };
  }
  const fit = (at: readonly Seen[], start: ArrayLike<number>): Float64Array => {
    const places = at.map(({ point }) => point);
    const targets = at.map(({ target }) => target);
    const scales = at.map(({ scale }) => scale);
    return fitLaw(law, places, targets, scales, start).constants;
  };
  let constants = fit(inside, start);
  const first = largestDifference(law, constants, inside);
  if (first.excess > 0) return { same: false, distance: first.relative, reason: described(first) };
  for (const step of STEPS) {
    // Further out the law may depend so much on its constants that it has to be led there.
    const led = seen.filter((point) => {
      if (point.step > step) return false;
      return Math.abs(law.value(point.point, constants) - point.target) <= LED * point.scale;
    });
    if (led.length > inside.length / 2) constants = fit(led, constants);
  }
  const worst = largestDifference(law, constants, seen);
  if (worst.excess > 0) return { same: false, distance: first.relative, reason: described(worst) };
  const wrong = constantsBeyondError(reference, constants, inside, rows, noise);
  if (wrong) return { same: false, distance: first.relative, reason: wrong };
  return { same: true, distance: 0, reason: `agrees at ${seen.length} points` };
}

interface Difference {
  /** Of the values, by how much more than is allowed. */
  readonly excess: number;
  readonly relative: number;
  readonly point: Point;
}

function largestDifference(law: FreeLaw, constants: Float64Array, seen: readonly Seen[]): Difference {
  let worst: Difference = { excess: 0, relative: 0, point: {} };
  for (const { point, target, allowance } of seen) {
    const difference = Math.abs(law.value(point, constants) - target);
    const size = Math.abs(target);
    const allowed = AGREEMENT * size + allowance;
    if (difference <= allowed) continue;
    const relative = Number.isNaN(difference) || size === 0 ? Number.POSITIVE_INFINITY : difference / size;
    if (relative > worst.relative) worst = { excess: relative, relative, point };
  }
  return worst;
}

function described({ relative, point }: Difference): string {
  const place = Object.entries(point).map(([name, value]) => `${name} = ${value.toPrecision(3)}`);
  return `another function: off by ${relative.toPrecision(2)} of its value at ${place.join(', ')}`;
}

/**
 * Why the constants that make the law the candidate are not its own; undefined when they are, within their errors.
 *
 * The search for them starts at the law's own, so that constants that only count together have moved no more than they
 * must.
 */
function constantsBeyondError(
  { law, fits, freedom }: Reference,
  constants: Float64Array,
  inside: readonly Seen[],
  rows: readonly Point[],
  noise: number,
): string | undefined {
  // A term whose constant the data leave free must still be there: no constant may vanish, or another outgrow it.
  const gone = constants.findIndex(
    (value, j) => !(Math.abs(Math.log10(Math.abs(value / law.truth[j]))) <= MOST_DECADES),
  );
  if (gone >= 0) return `a part of the law is missing: ${shown(constants)} for ${shown(law.truth)}`;
  if (fits.length === 0) {
    if (constants.every((value, j) => Math.abs(value / law.truth[j] - 1) <= NOISE_FREE_ERROR)) return undefined;
    // A constant that hardly shows in the values is not known better than rounding lets it.
    const unseen = inside.every(({ point, value, rounding }) => {
      return Math.abs(law.value(point, constants) - value) <= UNSEEN * Math.abs(value) + rounding;
    });
    return unseen ? undefined : `its constants are not those of the law: ${shown(constants)} for ${shown(law.truth)}`;
  }
  const near = fits.some((fit) => {
    if (fit.excess(constants) <= (SIGMAS + Math.sqrt(constants.length)) ** 2) return true;
    if (freedom === 'all') return false;
    const relative = (value: number, other: number): boolean => Math.abs(value / other - 1) <= NOISES * noise;
    return (
      constants.every((value, j) => relative(value, fit.constants[j])) &&
      rows.every((row) => relative(law.value(row, constants), law.value(row, fit.constants)))
    );
  });
  return near
    ? undefined
    : `its constants are beyond their errors: ${shown(constants)} for ${shown(fits[0].constants)}`;
}

/** The median difference in the ranges, relative to the value or to how far constants move it. */
function medianDistance(
  law: FreeLaw,
  constants: ArrayLike<number>,
  candidate: Expression,
  points: readonly TestPoint[],
): number {
  return median(
    points.flatMap(({ point, inside }) => {
      if (!inside) return [];
      const value = law.value(point, constants);
      const distance = Math.abs(evaluate(candidate, point) - value);
      const size = Math.max(Math.abs(value), total(law.slopes(point, constants)));
      return Number.isNaN(distance) ? [Number.POSITIVE_INFINITY] : [distance / size];
    }),
  );
}

function total(slopes: readonly number[]): number {
  let sum = 0;
  for (const slope of slopes) sum += Math.abs(slope);
  return sum;
}

function shown(constants: ArrayLike<number>): string {
  return Array.from(constants, (value) => value.toPrecision(6)).join(', ');
}
