import { leastSquares } from '../../numerics/index.ts';
import { snapExponent } from '../monomial.ts';
import type { LogColumn } from './log-columns.ts';
import type { LogProblem } from './log-problem.ts';
import { signPattern } from './sign-pattern.ts';

/** Distances within which a fitted exponent is read as a small rational: exact data, good data, noisy data. */
const SNAP_TOLERANCES = [1e-5, 2e-2, 1e-1];
/** Coarser ones for grammars that cannot write x^1.37: halves, then whole numbers. */
const COARSE_TOLERANCES = [...SNAP_TOLERANCES, 0.26, 0.5];
/** Rounds of snapping; the others are refitted in between. */
const SNAP_ROUNDS = 2;

/** f^exponent, its sign that of f or of nothing. */
export interface SignedPower {
  readonly exponent: number;
  /** Whether the sign of the base stays: -8 rather than 8 for (-2)^3, -4 rather than 4 for (-2)^2. */
  readonly odd: boolean;
}

/** T(y) = scale * product of powers of leaves and of functions * exp(sum of functions). */
export interface ProductLaw {
  readonly problem: LogProblem;
  readonly scale: number;
  /** By leaf of the task; of exponent 0 and not odd where it does not take part. */
  readonly leaves: readonly SignedPower[];
  readonly powers: readonly (SignedPower & { readonly column: LogColumn })[];
  readonly exponentials: readonly { readonly coefficient: number; readonly column: LogColumn }[];
  /** Sum of the squares of the errors of y on the probe rows, relative or weighted as in the problem. */
  readonly error: number;
}

/**
 * The laws made of the problem's leaves and of some columns, the exponents snapped ever more boldly.
 *
 * @param anyExponent whether a law with an exponent that is no small rational can be written
 */
export function productLaws(problem: LogProblem, columns: readonly LogColumn[], anyExponent: boolean): ProductLaw[] {
  const { z, logs, rootWeights } = problem;
  const terms = [...logs, ...columns.map((column) => column.values)];
  const isExponent = terms.map((_, k) => k < logs.length || columns[k - logs.length].kind === 'power');
  const laws: ProductLaw[] = [];
  const seen = new Set<string>();
  const weighted = terms.map((term) => times(term, rootWeights));
  const target = times(z, rootWeights);
  const fixed = new Uint8Array(terms.length);
  let settled = false;
  const first = refit(weighted, rootWeights, target, new Float64Array(terms.length), fixed);
  for (const tolerance of anyExponent ? SNAP_TOLERANCES : COARSE_TOLERANCES) {
    if (settled) break;
    let fit = first;
    fixed.fill(0);
    for (let round = 0; round < SNAP_ROUNDS; round++) {
      const coefficients = Float64Array.from(fit.coefficients);
      let snapped = false;
      for (let k = 0; k < terms.length; k++) {
        if (!isExponent[k] || fixed[k] === 1) continue;
        const exponent = snapExponent(coefficients[k], tolerance);
        if (Math.abs(exponent - coefficients[k]) > tolerance || !isRational(exponent)) continue;
        coefficients[k] = exponent;
        fixed[k] = 1;
        snapped = true;
      }
      if (snapped) fit = refit(weighted, rootWeights, target, coefficients, fixed);
    }
    // Exponents that all are whole stay, and so do fractions where these can be written.
    const { coefficients } = fit;
    settled = fixed.every(
      (value, k) => !isExponent[k] || (value === 1 && (anyExponent || Number.isInteger(coefficients[k]))),
    );
    const key = coefficients.join();
    if (seen.has(key)) continue;
    seen.add(key);
    const law = signed(problem, columns, fit);
    if (Number.isFinite(law.error)) laws.push(law);
  }
  return laws;
}

interface LogFit {
  readonly offset: number;
  /** Shape [terms]. */
  readonly coefficients: Float64Array;
}

function isRational(exponent: number): boolean {
  return Number.isInteger(exponent * 12);
}

function times(column: Float64Array, factor: Float64Array): Float64Array {
  return column.map((value, i) => (factor[i] === 0 ? 0 : value * factor[i]));
}

/** Fits the offset and the coefficients that are not fixed. */
function refit(
  weighted: readonly Float64Array[],
  rootWeights: Float64Array,
  target: Float64Array,
  coefficients: Float64Array,
  fixed: Uint8Array,
): LogFit {
  const left = Float64Array.from(target);
  const free: number[] = [];
  weighted.forEach((column, k) => {
    if (fixed[k] === 0) free.push(k);
    else for (let i = 0; i < left.length; i++) left[i] -= coefficients[k] * column[i];
  });
  const solution = leastSquares([rootWeights, ...free.map((k) => weighted[k])], left, 1e-11);
  const out = Float64Array.from(coefficients);
  free.forEach((k, i) => {
    out[k] = solution[i + 1];
  });
  return { offset: solution[0], coefficients: out };
}

/** Restores the signs and measures the error of y. */
function signed(problem: LogProblem, columns: readonly LogColumn[], { offset, coefficients }: LogFit): ProductLaw {
  const { task, transformed, rootWeights, leaves: usable, logs } = problem;
  const rows = transformed.length;
  const exponents = new Float64Array(task.leaves.length);
  usable.forEach((leaf, k) => {
    exponents[leaf] = coefficients[k];
  });
  const own = (k: number): number => coefficients[usable.length + k];
  const powers = columns.flatMap((column, k) =>
    column.kind === 'power' && own(k) !== 0 ? { column, exponent: own(k), odd: isOdd(own(k)) } : [],
  );
  const exponentials = columns.flatMap((column, k) =>
    column.kind === 'exponential' && own(k) !== 0 ? { column, coefficient: own(k) } : [],
  );
  // What sign is left to explain once odd powers have brought theirs.
  const signs = transformed.map(Math.sign);
  const flip = (values: Float64Array): void => {
    for (let i = 0; i < rows; i++) if (values[i] < 0) signs[i] = -signs[i];
  };
  exponents.forEach((exponent, leaf) => {
    if (isOdd(exponent)) flip(task.leaves[leaf].values);
  });
  for (const { column, odd } of powers) if (odd) flip(column.entry.values);
  const believed = rootWeights.map((w) => w * w);
  const values = task.leaves.map((leaf) => leaf.values);
  const pattern = signPattern(signs, values, believed);
  for (const leaf of pattern.leaves) flip(values[leaf]);
  const leaves = Array.from(exponents, (exponent, leaf) => ({
    exponent,
    odd: isOdd(exponent) !== pattern.leaves.includes(leaf),
  }));
  const logTerms = [...logs, ...columns.map((column) => column.values)];
  let error = 0;
  for (let i = 0; i < rows; i++) {
    if (rootWeights[i] === 0) continue;
    let log = offset;
    for (let k = 0; k < logTerms.length; k++) if (coefficients[k] !== 0) log += coefficients[k] * logTerms[k][i];
    error += errorWeight(problem, i) * missed(problem, i, log, signs[i] === pattern.sign);
  }
  return { problem, scale: pattern.sign * Math.exp(offset), leaves, powers, exponentials, error };
}

/** Errors of y are compared relative to y or under the task's weights. */
function errorWeight({ task, weighting }: LogProblem, row: number): number {
  if (weighting === 'absolute') return task.weights[row];
  const y = task.target[row];
  return y === 0 ? 1 : 1 / (y * y);
}

/** Square of the error of y in a row. */
function missed({ task, transform, transformed }: LogProblem, row: number, log: number, agrees: boolean): number {
  const y = task.target[row];
  if (transform.additive) return (log - y) ** 2;
  const sign = Math.sign(transformed[row]);
  const undone = transform.undo((agrees ? sign : -sign) * Math.exp(log));
  return (transform.even ? undone - Math.abs(y) : undone - y) ** 2;
}

/** Odd whole numbers keep the sign of what they are applied to. */
function isOdd(exponent: number): boolean {
  return Math.abs(exponent % 2) === 1;
}
