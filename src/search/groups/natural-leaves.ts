import { varies } from '../library.ts';
import type { Syntax } from '../syntax.ts';
import type { Leaf, Task } from '../tasks/task.ts';
import { ExponentSpace, type Exponents, rankOf } from './exponent-space.ts';
import { constantQuantity, inputQuantities, leafOf, powerProduct } from './quantities.ts';

/** Leaves that are added: each makes the library broader and so less deep. */
const MOST_LEAVES = 3;
const MOST_CONSTANTS = 3;
/** Largest sum of |exponent|: v / c has 2, h f / (k T) has 4. */
const LARGEST_COST = 5.5;

/**
 * Pure numbers that the inputs make with known constants, such as v / c and h f / (k_B T): for every few constants the
 * shortest that hold them all, the shortest of these first.
 */
export function naturalLeaves(task: Task, syntax: Syntax): Leaf[] {
  const { units, constants = [] } = syntax.grammar;
  if (!units?.constructs || constants.length === 0) return [];
  const inputs = inputQuantities(task, units);
  const known = constants.map(constantQuantity);
  const rows = task.target.length;
  const found: { exponents: Exponents; cost: number; leaf: Leaf }[] = [];
  const consider = (subset: readonly number[]): void => {
    const chosen = subset.map((i) => known[i]);
    if (rankOf(chosen.map(({ dimension }) => dimension)) < chosen.length) return;
    const quantities = [...inputs, ...chosen];
    const space = new ExponentSpace(quantities.map(({ dimension }) => dimension));
    const nothing = new Array<number>(space.baseUnits).fill(0);
    let least = Infinity;
    for (const { exponents, cost } of space.solutions(nothing, 1)) {
      // Like quantities, such as two velocities, each make one.
      if (cost > LARGEST_COST || cost > least) break;
      if (!exponents.slice(inputs.length).every((exponent) => exponent !== 0)) continue;
      // A number and its inverse are one.
      if (exponents.findIndex((exponent) => exponent !== 0) !== exponents.findIndex((exponent) => exponent > 0))
        continue;
      const product = powerProduct(quantities, exponents, rows);
      if (!product.values.every(Number.isFinite) || !varies(product.values)) continue;
      const leaf = leafOf(product, syntax);
      const all = known.map((_, i) => (subset.includes(i) ? exponents[inputs.length + subset.indexOf(i)] : 0));
      if (leaf) found.push({ exponents: [...exponents.slice(0, inputs.length), ...all], cost, leaf });
      least = cost;
    }
  };
  const extend = (subset: readonly number[], from: number): void => {
    if (subset.length > 0) consider(subset);
    if (subset.length === MOST_CONSTANTS) return;
    for (let i = from; i < known.length; i++) extend([...subset, i], i + 1);
  };
  extend([], 0);
  const order = new Map(found.map((entry, i) => [entry, i]));
  found.sort((a, b) => a.cost - b.cost || order.get(a)! - order.get(b)!);
  const kept: typeof found = [];
  for (const entry of found) {
    if (kept.length === MOST_LEAVES) break;
    if (rankOf([...kept, entry].map(({ exponents }) => exponents)) > kept.length) kept.push(entry);
  }
  return kept.map(({ leaf }) => leaf);
}
