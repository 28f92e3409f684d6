import type { Expression } from '../../expressions/index.ts';
import { type LibraryEntry, valueKey, varies } from '../library.ts';
import { type Factor, monomialTree } from '../monomial.ts';
import type { Syntax } from '../syntax.ts';
import type { Leaf } from '../tasks/task.ts';

/** Which rows a column is computed on: a few to look at everything, all to look twice. */
export type Sample = 'few' | 'all';

/** What stands inside a function with a constant, and how far it reaches. */
export interface Argument {
  readonly tree: Expression;
  readonly few: Float64Array;
  readonly all: Float64Array;
  /** Of all rows. */
  readonly low: number;
  readonly high: number;
  readonly width: number;
  /** Largest absolute value. */
  readonly largest: number;
  /** One value in ten lies within this distance of 0, of the lowest and of the highest. */
  readonly near: { readonly zero: number; readonly low: number; readonly high: number };
  /** Place in the list; the simplest are searched more finely. */
  readonly rank: number;
}

/** Share of the values that decides how large a constant may be before too few rows feel it. */
const NEAR_SHARE = 0.1;

/**
 * @param values shape [rows], finite
 * @param rows indices of the few
 */
export function argumentOf(tree: Expression, values: Float64Array, rows: Int32Array, rank: number): Argument {
  let low = Infinity;
  let high = -Infinity;
  for (let i = 0; i < values.length; i++) {
    if (values[i] < low) low = values[i];
    if (values[i] > high) high = values[i];
  }
  const few = new Float64Array(rows.length);
  for (let i = 0; i < rows.length; i++) few[i] = values[rows[i]];
  const near = {
    zero: smallShare(values, (h) => Math.abs(h)),
    low: smallShare(values, (h) => h - low),
    high: smallShare(values, (h) => high - h),
  };
  const largest = Math.max(Math.abs(low), Math.abs(high));
  return { tree, few, all: values, low, high, width: high - low, largest, near, rank };
}

/** The distance that one value in ten does not exceed; above 0. */
function smallShare(values: Float64Array, distance: (h: number) => number): number {
  const sorted = values.map(distance).sort();
  let at = Math.floor(sorted.length * NEAR_SHARE);
  while (at < sorted.length - 1 && !(sorted[at] > 0)) at++;
  return sorted[at];
}

/** Products of two and more leaves and of one over them, fewest factors first: what laws have in their exponents. */
export function plainProducts(leaves: readonly Leaf[], { forms, complexity }: Syntax, most: number): LibraryEntry[] {
  const out: LibraryEntry[] = [];
  let level: readonly Product[] = leaves.flatMap((leaf, i) =>
    bySigns({ factors: [], values: onesFor(leaf), last: i }, leaf),
  );
  while (level.length > 0 && out.length < most) {
    level = level.flatMap((product) =>
      leaves.flatMap((leaf, i) => (i > product.last ? bySigns({ ...product, last: i }, leaf) : [])),
    );
    for (const { factors, values } of level) {
      const tree = monomialTree(1, factors, forms);
      if (tree && out.length < most && varies(values) && values.every(Number.isFinite)) {
        out.push({ tree, complexity: complexity(tree), values });
      }
    }
  }
  return out;
}

/** The leaves, then one over each. */
export function singleFactors(leaves: readonly Leaf[], { forms, complexity }: Syntax): LibraryEntry[] {
  return [1, -1].flatMap((exponent) =>
    leaves.flatMap((leaf) => {
      const tree = monomialTree(1, [{ tree: leaf.tree, exponent }], forms);
      const values = leaf.values.map((value) => value ** exponent);
      return tree && varies(values) && values.every(Number.isFinite)
        ? [{ tree, complexity: complexity(tree), values }]
        : [];
    }),
  );
}

interface Product {
  readonly factors: readonly Factor[];
  readonly values: Float64Array;
  /** The last leaf among its factors. */
  readonly last: number;
}

function onesFor(leaf: Leaf): Float64Array {
  return new Float64Array(leaf.values.length).fill(1);
}

function bySigns({ factors, values, last }: Product, leaf: Leaf): Product[] {
  return [1, -1].map((exponent) => ({
    factors: [...factors, { tree: leaf.tree, exponent }],
    values: values.map((value, row) => value * leaf.values[row] ** exponent),
    last,
  }));
}

/** Distinct arguments: of each list in turn, as often as `shares` say; the first stay first. */
export function innerArguments(
  lists: readonly (readonly LibraryEntry[])[],
  shares: readonly number[],
  rows: Int32Array,
  limit: number,
): Argument[] {
  const out: Argument[] = [];
  const seen = new Set<number>();
  const next = lists.map(() => 0);
  for (let left = true; left && out.length < limit; ) {
    left = false;
    lists.forEach((list, i) => {
      for (let taken = 0; taken < shares[i] && next[i] < list.length && out.length < limit; next[i]++) {
        const { tree, values } = list[next[i]];
        left = true;
        const key = valueKey(values);
        if (seen.has(key)) continue;
        seen.add(key);
        taken++;
        out.push(argumentOf(tree, values, rows, out.length));
      }
    });
  }
  return out;
}
