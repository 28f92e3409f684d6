import type { SearchContext } from '../context.ts';
import { enumerateLibrary, type LibraryEntry } from '../library.ts';
import { elementaryFunctions, factoredFunctions } from './factored-functions.ts';
import { functionPairs } from './function-pairs.ts';
import { powerProducts } from './power-products.ts';
import type { Effort, Task } from './task.ts';

/** Functions of a task's leaves without free constants, each list simplest first and without repetition in itself. */
export interface Library {
  /** Every distinct function up to a size. */
  readonly simple: readonly LibraryEntry[];
  /** Products of powers of the leaves: these reach further than `simple` where there are many leaves. */
  readonly powers: readonly LibraryEntry[];
  /** f(u) and its like for small arguments u. */
  readonly elementary: readonly LibraryEntry[];
  /** `elementary` times `powers`. */
  readonly products: readonly LibraryEntry[];
  /** Products of two of `elementary`. */
  readonly pairs: readonly LibraryEntry[];
}

/** Entries of each list at most. */
const LIMITS: Readonly<Record<Effort, { simple: number; powers: number; products: number; pairs: number }>> = {
  full: { simple: 16_000, powers: 4_000, products: 24_000, pairs: 8_000 },
  quick: { simple: 2_000, powers: 1_200, products: 2_000, pairs: 1_000 },
};
const MAX_LEVEL = 9;

const held = new WeakMap<readonly object[], Partial<Record<Effort, Library>>>();

/** The library over a task's leaves; tasks with the same list of leaves share one. */
export function libraryOf(context: SearchContext, task: Task, effort: Effort): Library {
  const { leaves } = task;
  let bySize = held.get(leaves);
  if (!bySize) {
    bySize = {};
    held.set(leaves, bySize);
  }
  bySize[effort] ??= build(context, task, effort);
  return bySize[effort];
}

/** The lists are made when they are first asked for. */
function build({ syntax }: SearchContext, { leaves }: Task, effort: Effort): Library {
  const limits = LIMITS[effort];
  const made: Partial<Record<keyof Library, readonly LibraryEntry[]>> = {};
  const library: Library = {
    get simple() {
      made.simple ??= enumerateLibrary(leaves, syntax.grammar, { maxLevel: MAX_LEVEL, maxEntries: limits.simple });
      return made.simple;
    },
    get powers() {
      made.powers ??= powerProducts(leaves, syntax, limits.powers);
      return made.powers;
    },
    get elementary() {
      made.elementary ??= elementaryFunctions(leaves, syntax);
      return made.elementary;
    },
    get products() {
      made.products ??= factoredFunctions(library.elementary, library.powers, syntax, limits.products);
      return made.products;
    },
    get pairs() {
      made.pairs ??= functionPairs(library.elementary, syntax, limits.pairs);
      return made.pairs;
    },
  };
  return library;
}

/** Entries of several lists in turn, so that a truncated list still holds some of every kind. */
export function interleave<Item>(lists: readonly (readonly Item[])[], limit: number): Item[] {
  const out: Item[] = [];
  const longest = Math.max(0, ...lists.map((list) => list.length));
  for (let i = 0; i < longest && out.length < limit; i++) {
    for (const list of lists) if (i < list.length && out.length < limit) out.push(list[i]);
  }
  return out;
}
