import { constant, type Expression } from '../../expressions/index.ts';
import { leastSquares } from '../../numerics/index.ts';
import type { Forms } from '../forms.ts';
import type { LibraryEntry } from '../library.ts';
import { sumTree, type Term } from './sum-tree.ts';

/** The left side of an implicit law: h z, or z^2. */
export interface LeftSide {
  readonly degree: 1 | 2;
  /** h; the number 1 where the degree is 2. */
  readonly lead: LibraryEntry;
}

/** h z = sum of a f + z sum of b g, or z^2 on the left. */
export interface ImplicitLaw extends LeftSide {
  /** Terms without z, and those that z multiplies. */
  readonly free: readonly LibraryEntry[];
  readonly bound: readonly LibraryEntry[];
  readonly freeScales: readonly number[];
  readonly boundScales: readonly number[];
  /** z of every row, shape [rows]. */
  readonly solved: Float64Array;
  /** Sign of the root where the degree is 2. */
  readonly root: 1 | -1;
  /** Change of the law's left side minus its right side with z, shape [rows]. */
  readonly slope: Float64Array;
}

/** A coefficient this near to 1 or -1 is that. */
const UNIT_TOLERANCE = 1e-9;

/**
 * Fits the coefficients by linear least squares and solves for z.
 *
 * @returns undefined where the law has no finite z on some row
 */
export function solveImplicit(
  { degree, lead }: LeftSide,
  free: readonly LibraryEntry[],
  bound: readonly LibraryEntry[],
  z: Float64Array,
  rootWeights: Float64Array,
): ImplicitLaw | undefined {
  const weighed = [
    ...free.map(({ values }) => values.map((value, i) => value * rootWeights[i])),
    ...bound.map(({ values }) => values.map((value, i) => value * z[i] * rootWeights[i])),
  ];
  const solution = Array.from(
    leastSquares(
      weighed,
      z.map((value, i) => lead.values[i] * value ** degree * rootWeights[i]),
    ),
    (value) => (Math.abs(Math.abs(value) - 1) < UNIT_TOLERANCE ? Math.sign(value) : value),
  );
  const freeScales = solution.slice(0, free.length);
  const boundScales = solution.slice(free.length);
  const solved = new Float64Array(z.length);
  const slope = new Float64Array(z.length);
  let above = 0;
  for (let i = 0; i < z.length; i++) if (2 * z[i] >= sumAt(bound, boundScales, i)) above++;
  const root = 2 * above >= z.length ? 1 : -1;
  for (let i = 0; i < z.length; i++) {
    const c = sumAt(free, freeScales, i);
    const b = sumAt(bound, boundScales, i);
    slope[i] = degree === 1 ? lead.values[i] - b : root * Math.sqrt(b * b + 4 * c);
    solved[i] = degree === 1 ? c / slope[i] : (b + slope[i]) / 2;
    if (!Number.isFinite(solved[i])) return undefined;
  }
  return { degree, lead, free, bound, freeScales, boundScales, solved, root, slope };
}

/** z as a function: c / (h - b), or b/2 + sqrt((b/2)^2 + c). */
export function implicitTree(law: ImplicitLaw, forms: Forms): Expression | undefined {
  const { degree, lead, free, bound, freeScales, boundScales, root } = law;
  const c = sumOf(free, freeScales, 0, forms);
  if (degree === 1) {
    const negated = boundScales.map((scale) => -scale);
    return forms.divide(c, sumOf([lead, ...bound], [1, ...negated], 0, forms));
  }
  const halved = boundScales.map((scale) => scale / 2);
  const half = sumOf(bound, halved, 0, forms);
  const square = forms.power(half, 2);
  const rooted = forms.power(forms.add(square, c), 0.5);
  return root > 0 ? forms.add(half, rooted) : forms.apply('sub', half, rooted);
}

/** Sum of scaled functions, those that are the number 1 in the offset. */
function sumOf(
  entries: readonly LibraryEntry[],
  scales: readonly number[],
  offset: number,
  forms: Forms,
): Expression | undefined {
  const terms: Term[] = [];
  let total = offset;
  entries.forEach(({ tree }, k) => {
    if (tree.kind === 'constant') total += scales[k] * tree.value;
    else terms.push({ scale: scales[k], tree });
  });
  return terms.length === 0 ? constant(total) : sumTree(terms, total, forms);
}

function sumAt(terms: readonly LibraryEntry[], scales: readonly number[], row: number): number {
  let sum = 0;
  for (let k = 0; k < terms.length; k++) sum += scales[k] * terms[k].values[row];
  return sum;
}
