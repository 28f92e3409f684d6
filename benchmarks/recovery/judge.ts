import { RandomStream, type Table } from '../../src/core/index.ts';
import { canonicalKey, type Expression, parse, print, simplify, variablesOf } from '../../src/expressions/index.ts';
import { type Comparison, compare, NOISE_FREE_ERROR, NOISES, type Reference } from './compare.ts';
import { fitLaw } from './fit-law.ts';
import { freeLaw } from './free-law.ts';
import { fnv1a } from './half.ts';
import { type Constants, lawOf, withValues } from './law.ts';
import type { Problem } from './problem.ts';
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

/** Noise-free, the data do not tell functions apart that are as near as this on every row. */
const LOOK_ALIKE = 1e-9;
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
  const law = simplify(truth);

  return (formula) => {
    let read = typeof formula === 'string' ? parse(formula) : formula;
    read = withValues(read, { ...problem.constants, ...names });
    const unknown = variablesOf(read).find((name) => !problem.inputs.some((input) => input.name === name));
    if (unknown !== undefined) return missed(`"${unknown}" is no input of the problem`);
    const needed = variablesOf(law).find((name) => !variablesOf(read).includes(name));
    if (needed !== undefined) {
      return missed(`it does not depend on ${needed}`, data.relativeNoise === 0 && looksAlike(read, points));
    }
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
        const result = compare(reference, candidate, points, rows, noise);
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

function looksAlike(candidate: Expression, points: readonly TestPoint[]): boolean {
  return points.every(({ point, value, rounding, inside }) => {
    if (!inside) return true;
    return Math.abs(rounded(candidate, point).value - value) <= LOOK_ALIKE * Math.abs(value) + rounding;
  });
}
