import { RandomStream, type Table } from '../../src/core/index.ts';
import { canonicalKey, type Expression, evaluate, parse, print, variablesOf } from '../../src/expressions/index.ts';
import { type FittedLaw, fitLaw } from './fit-law.ts';
import { type Freedom, type FreeLaw, freeLaw } from './free-law.ts';
import { fnv1a } from './half.ts';
import { type Constants, lawOf, withValues } from './law.ts';
import type { Problem } from './problem.ts';
import { median } from './rate.ts';
import type { Point } from './sampling.ts';
import { rounded, type TestPoint, testPoints } from './test-points.ts';
import { type Snapping, tidy } from './tidy.ts';

/** Whether a formula is the law, and how that was decided. */
export interface Verdict {
  readonly same: boolean;
  /** How the two were found the same; "no" otherwise. */
  readonly how: 'canonical-form' | 'values' | 'fitted-constants' | 'all-constants' | 'no';
  /** Which constants of the formula were made simple for it. */
  readonly snapped: Snapping;
  /** In words, also of the nearest miss. */
  readonly reason: string;
  /** Another function, which the noise-free data cannot tell from the law. */
  readonly lookAlike: boolean;
}

/** Largest relative difference of values that are equal. */
const AGREEMENT = 1e-6;
/** Relative error that a constant may have while its law is compared. */
const CONSTANT_ERROR = 1e-7;
/** Steps outward in which constants are refined, and the difference below which a point takes part. */
const STEPS = [1, 2, 3, 3];
const LED = 0.3;
/** Points where that error shifts the value by more do not count. */
const MOST_SHIFT = 1e-3;
/** Share of the points that must count. */
const LEAST_SHARE = 0.25;
/** Where the best constants leave such a difference within the range, no more is looked at. */
const HOPELESS = 1e-2;
/** The same in units of the largest relative error of a constant. */
const HOPELESS_ERRORS = 10;
/** Relative error of a constant that was fitted to noise-free data. */
const NOISE_FREE_ERROR = 1e-5;
/** What a constant changes by less than this on noise-free data is not seen. */
const UNSEEN = 1e-12;
/** Noise-free, the data do not tell functions apart that are as near as this on every row. */
const LOOK_ALIKE = 1e-9;
/** Errors of a fitted constant that are none, in standard errors and in units of the relative noise. */
const SIGMAS = 5;
const NOISES = 3;
/** No constant is rounded by more than this, however noisy the data. */
const MOST_SNAPPING = 0.05;

/** The forms of a formula that are tried. */
const TRIES: readonly { readonly snapped: Snapping; readonly drop: boolean }[] = [
  { snapped: 'none', drop: false },
  { snapped: 'exponents', drop: false },
  { snapped: 'all', drop: false },
  { snapped: 'exponents', drop: true },
  { snapped: 'all', drop: true },
];
const HOW = { merged: 'fitted-constants', written: 'fitted-constants', all: 'all-constants' } as const;

/** What the judge has to know of the data. */
export interface JudgedData {
  readonly train: Table;
  /** Relative noise of the train rows; undefined when it is to be estimated from the law's own fit. */
  readonly relativeNoise: number | undefined;
  /** What the noise grows with; undefined when it is not known. */
  readonly noiseModel: 'additive' | 'relative' | undefined;
}

/** A law with the freedom of its constants, and its own fits to the data. */
interface Reference {
  readonly freedom: Freedom;
  readonly law: FreeLaw;
  readonly fits: readonly FittedLaw[];
}

/**
 * Makes the judge of a problem's laws on a data set: are the two one function, constants free within their error?
 *
 * The constants of the true law are fitted to the formula at points in the ranges and far beyond, first those that are
 * no small whole numbers, then all. The formula is tried as it stands and with its constants made simple.
 *
 * @param names values of constants that a formula may hold by name, beside those of the problem
 */
export function createJudge(
  problem: Problem,
  data: JudgedData,
  names: Constants = {},
): (formula: string | Expression) => Verdict {
  const truth = lawOf(problem);
  const points = testPoints(problem, truth, new RandomStream(1).split(fnv1a(problem.name)));
  const rows = rowsOf(problem, data.train);
  const observed = data.train.numbers(problem.target.name);
  const references = (['merged', 'written', 'all'] as const).map((freedom): Reference => {
    const law = freeLaw(
      truth,
      freedom,
      points.map(({ point }) => point),
    );
    if (data.relativeNoise === 0) return { freedom, law, fits: [] };
    const sizes = rows.map((row) => Math.abs(law.value(row, law.truth)) || 1);
    const alike = sizes.map(() => 1);
    // Where the noise is not known, the rows may have been weighted alike or by their size.
    const weightings = { additive: [alike], relative: [sizes], unknown: [alike, sizes] }[data.noiseModel ?? 'unknown'];
    return { freedom, law, fits: weightings.map((scales) => fitLaw(law, rows, observed, scales)) };
  });
  const noise = data.relativeNoise ?? residualNoise(references[0], rows, observed);
  const snapping = Math.min(MOST_SNAPPING, Math.max(NOISE_FREE_ERROR, NOISES * noise));
  const key = canonicalKey(truth);

  return (formula) => {
    let read = typeof formula === 'string' ? parse(formula) : formula;
    read = withValues(read, { ...problem.constants, ...names });
    const unknown = variablesOf(read).find((name) => !problem.inputs.some((input) => input.name === name));
    if (unknown !== undefined) return missed(`"${unknown}" is no input of the problem`);
    let nearest: Comparison = { same: false, distance: Number.POSITIVE_INFINITY, reason: 'nowhere finite' };
    let before = '';
    for (const { snapped, drop } of TRIES) {
      const candidate = snapped === 'none' ? read : tidy(read, snapped, snapping, drop ? rows : []);
      const text = print(candidate);
      if (text === before) continue;
      before = text;
      if (canonicalKey(candidate) === key) {
        return { same: true, how: 'canonical-form', snapped, reason: 'one canonical form', lookAlike: false };
      }
      for (const reference of references) {
        const result = compare(reference, candidate, points, noise);
        if (result.same) {
          const how = reference.law.truth.length === 0 ? 'values' : HOW[reference.freedom];
          return { same: true, how, snapped, reason: result.reason, lookAlike: false };
        }
        if (result.distance < nearest.distance) nearest = result;
      }
    }
    return missed(nearest.reason, noise === 0 && looksAlike(read, points));
  };
}

function missed(reason: string, lookAlike = false): Verdict {
  const added = lookAlike ? '; the data cannot tell them apart' : '';
  return { same: false, how: 'no', snapped: 'none', reason: reason + added, lookAlike };
}

function rowsOf(problem: Problem, table: Table): Point[] {
  const columns = problem.inputs.map(({ name }) => [name, table.numbers(name)] as const);
  return Array.from({ length: table.rows }, (_, i) => {
    return Object.fromEntries(columns.map(([name, values]) => [name, values[i]]));
  });
}

/** Relative rms of the residuals of the law's own fit. */
function residualNoise({ law, fits }: Reference, rows: readonly Point[], observed: Float64Array): number {
  let residual = 0;
  let size = 0;
  rows.forEach((row, i) => {
    residual += (law.value(row, fits[0].constants) - observed[i]) ** 2;
    size += observed[i] ** 2;
  });
  return Math.sqrt(residual / size);
}

interface Comparison {
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

function compare(reference: Reference, candidate: Expression, points: readonly TestPoint[], noise: number): Comparison {
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
  const fit = (at: readonly Seen[], start: ArrayLike<number>): Float64Array => {
    const places = at.map(({ point }) => point);
    const targets = at.map(({ target }) => target);
    const scales = at.map(({ scale }) => scale);
    return fitLaw(law, places, targets, scales, start).constants;
  };
  let constants = fit(inside, start);
  const first = largestDifference(law, constants, inside);
  if (!(first.relative < Math.max(HOPELESS, error)))
    return { same: false, distance: first.relative, reason: described(first) };
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
  const wrong = constantsBeyondError(reference, constants, inside, noise);
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
  noise: number,
): string | undefined {
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
    return freedom !== 'all' && constants.every((value, j) => Math.abs(value / fit.constants[j] - 1) <= NOISES * noise);
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

function looksAlike(candidate: Expression, points: readonly TestPoint[]): boolean {
  return points.every(({ point, value, rounding, inside }) => {
    if (!inside) return true;
    return Math.abs(rounded(candidate, point).value - value) <= LOOK_ALIKE * Math.abs(value) + rounding;
  });
}

function total(slopes: readonly number[]): number {
  let sum = 0;
  for (const slope of slopes) sum += Math.abs(slope);
  return sum;
}

function shown(constants: ArrayLike<number>): string {
  return Array.from(constants, (value) => value.toPrecision(6)).join(', ');
}
