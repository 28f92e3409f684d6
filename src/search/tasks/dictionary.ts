import { MatrixProducts } from '../../evaluation/index.ts';
import { valueKey } from '../library.ts';
import { dot, project } from '../scan.ts';
import type { SubsetOptions } from './subset-search.ts';

/** Length of a column outside the basis, relative to its own, for it to count. */
const INDEPENDENT = 1e-6;

/** Columns outside the basis, normalised, with what the search asks of them. */
export interface Dictionary {
  readonly rows: number;
  readonly count: number;
  /** Shape [count][rows], each row of length 1. */
  readonly matrix: Float64Array;
  readonly products: MatrixProducts;
  /** Index of each among the columns given. */
  readonly owners: Int32Array;
  /** The target outside the basis, of length 1. */
  readonly target: Float64Array;
  /** Inner products with the target. */
  readonly along: Float64Array;
  readonly complexities: Int32Array;
  /** 1 for limited columns. */
  readonly limited: Uint8Array;
  readonly mostLimited: number;
  /** Limited columns are multiples of the target by functions. */
  readonly limitedHoldTarget: boolean;
}

/** Square of a column outside another, relative to its own, for the two to count. */
export const LEAST_DETERMINANT = 1e-9;
/** A smaller share of the target is rounding. */
const LEAST_SHARE = 1e-8;

/** What a column that holds the target leaves of it on its own; 0 when that is rounding. */
export function leftByOne(r: number): number {
  const left = 1 - r * r;
  return left > LEAST_SHARE ? left : 0;
}

/** The same of two columns, given their inner products with the target and with each other. */
export function leftByTwo(r: number, s: number, g: number): number {
  const left = 1 - (r * r + s * s - 2 * g * r * s) / (1 - g * g);
  return left > LEAST_SHARE ? left : 0;
}

/**
 * What the limited columns of a subset leave of the target on their own, where they hold the target; else 1.
 *
 * y = y (b g + c h) is no law where b g + c h = 1, and next to none where that is nearly so: residuals are shares of this.
 */
export function shareOfLimited(dictionary: Dictionary, subset: readonly number[]): number {
  const { limitedHoldTarget, limited, along, matrix, rows } = dictionary;
  if (!limitedHoldTarget) return 1;
  const [i, j] = subset.filter((index) => limited[index] === 1);
  if (i === undefined) return 1;
  if (j === undefined) return leftByOne(along[i]);
  const column = (index: number): Float64Array => matrix.subarray(index * rows, (index + 1) * rows);
  return leftByTwo(along[i], along[j], dot(column(i), column(j)));
}

/** Weighs, projects and normalises; undefined when the basis holds the target. */
export function createDictionary(
  columns: readonly Float64Array[],
  target: Float64Array,
  rootWeights: Float64Array,
  basis: readonly Float64Array[],
  options: Pick<SubsetOptions, 'limited' | 'mostLimited' | 'limitedHoldTarget' | 'complexities'>,
): Dictionary | undefined {
  const { limited, limitedHoldTarget = false, complexities } = options;
  const rows = target.length;
  const projection = project(
    target,
    rootWeights.map((w) => w * w),
    basis,
  );
  const whole = target.reduce((sum, value, i) => sum + (value * rootWeights[i]) ** 2, 0);
  if (!(projection.remainderSquare > 1e-26 * whole) || projection.remainderSquare === Infinity) return undefined;
  const norm = Math.sqrt(projection.remainderSquare);
  const remainder = projection.remainder.map((value) => value / norm);
  const matrix = new Float64Array(columns.length * rows);
  const owners = new Int32Array(columns.length);
  let count = 0;
  const seen = [new Set<number>(), new Set<number>()];
  columns.forEach((column, index) => {
    const normalised = matrix.subarray(count * rows, (count + 1) * rows);
    if (!normalise(column, rootWeights, projection.basis, normalised)) return;
    // Of columns that are multiples of each other, with something of the basis, the first stays.
    const kind = seen[limited?.(index) ? 1 : 0];
    const key = valueKey(normalised);
    if (kind.has(key)) return;
    kind.add(key);
    owners[count++] = index;
  });
  const along = new Float64Array(count);
  const products = new MatrixProducts(matrix, count, rows);
  products.with(remainder, 1, along);
  return {
    rows,
    count,
    matrix,
    products,
    owners: owners.subarray(0, count),
    target: remainder,
    along,
    complexities: owners.subarray(0, count).map((index) => complexities?.[index] ?? 0),
    limited: Uint8Array.from(owners.subarray(0, count), (index) => (limited?.(index) ? 1 : 0)),
    mostLimited: limitedHoldTarget ? Math.min(2, options.mostLimited ?? 2) : (options.mostLimited ?? Infinity),
    limitedHoldTarget,
  };
}

/** Writes the part of a weighted column outside the basis, of length 1; false when there is none. */
function normalise(
  column: Float64Array,
  rootWeights: Float64Array,
  basis: readonly Float64Array[],
  out: Float64Array,
): boolean {
  const rows = out.length;
  let largest = 0;
  for (let i = 0; i < rows; i++) {
    out[i] = column[i] * rootWeights[i];
    const size = Math.abs(out[i]);
    if (!(size <= largest)) largest = size;
  }
  if (!(largest > 0 && largest < Infinity)) return false;
  let square = 0;
  for (let i = 0; i < rows; i++) {
    out[i] /= largest;
    square += out[i] * out[i];
  }
  for (let pass = 0; pass < 2; pass++) {
    for (let k = 0; k < basis.length; k++) {
      const q = basis[k];
      const part = dot(out, q);
      for (let i = 0; i < rows; i++) out[i] -= part * q[i];
    }
  }
  const length = Math.sqrt(dot(out, out));
  if (!(length > INDEPENDENT * Math.sqrt(square))) return false;
  const norm = out[0] < 0 ? -length : length;
  for (let i = 0; i < rows; i++) out[i] /= norm;
  return true;
}
