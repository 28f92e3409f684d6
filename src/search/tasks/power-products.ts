import type { LibraryEntry } from '../library.ts';
import type { Factor } from '../monomial.ts';
import { monomialTree } from '../monomial.ts';
import type { Syntax } from '../syntax.ts';
import { FunctionSet } from './function-set.ts';
import type { Leaf } from './task.ts';

/** Exponents of the products, and what each costs. */
const EXPONENTS: readonly (readonly [exponent: number, cost: number])[] = [
  [1, 1],
  [-1, 1],
  [0.5, 1.5],
  [-0.5, 1.5],
  [2, 2],
  [-2, 2],
  [1.5, 2.5],
  [-1.5, 2.5],
  [3, 3],
  [-3, 3],
  [4, 4],
  [-4, 4],
];
/** Largest total cost by number of leaves: about ten thousand products each. */
const LARGEST_COST = [0, 9, 9, 8, 7, 6, 5];
const LARGEST_COST_OF_MANY = 4;

/** Products of powers of the leaves, cheapest first; powers of one sign where a leaf changes its own. */
export function powerProducts(leaves: readonly Leaf[], syntax: Syntax, limit: number): LibraryEntry[] {
  const { forms, grammar } = syntax;
  const units = grammar.units?.constructs ? grammar.units : undefined;
  const set = new FunctionSet(syntax, units, limit);
  const largest = LARGEST_COST[leaves.length] ?? LARGEST_COST_OF_MANY;
  const rows = leaves[0].values.length;
  const vectors: { cost: number; exponents: number[] }[] = [];
  const exponents: number[] = leaves.map(() => 0);
  const extend = (leaf: number, cost: number): void => {
    if (leaf === leaves.length) {
      if (cost > 0) vectors.push({ cost, exponents: [...exponents] });
      return;
    }
    extend(leaf + 1, cost);
    for (const [exponent, price] of EXPONENTS) {
      if (cost + price > largest) continue;
      exponents[leaf] = exponent;
      extend(leaf + 1, cost + price);
    }
    exponents[leaf] = 0;
  };
  extend(0, 0);
  vectors.sort((a, b) => a.cost - b.cost);
  const values = new Float64Array(rows);
  for (const vector of vectors) {
    if (set.isFull) break;
    values.fill(1);
    const factors: Factor[] = [];
    vector.exponents.forEach((exponent, i) => {
      if (exponent === 0) return;
      factors.push({ tree: leaves[i].tree, exponent });
      const column = leaves[i].values;
      for (let row = 0; row < rows; row++) values[row] *= column[row] ** exponent;
    });
    if (Number.isFinite(values[0])) set.add(monomialTree(1, factors, forms), values);
  }
  return set.entries;
}
