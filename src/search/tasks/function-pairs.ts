import type { LibraryEntry } from '../library.ts';
import type { Syntax } from '../syntax.ts';
import { FunctionSet } from './function-set.ts';
import { ideaCost } from './idea-cost.ts';

/** Products of two elementary functions, such as exp(-t) * cos(u), those of the fewest ideas first. */
export function functionPairs(elementary: readonly LibraryEntry[], syntax: Syntax, limit: number): LibraryEntry[] {
  const { forms, grammar } = syntax;
  const units = grammar.units?.constructs ? grammar.units : undefined;
  const set = new FunctionSet(syntax, units, limit);
  // By halves of an idea.
  const bySize: [number, number][][] = [];
  const costs = elementary.map(({ tree }) => ideaCost(tree));
  elementary.forEach((_, i) => {
    for (let j = 0; j < i; j++) {
      const size = Math.ceil(2 * (costs[i] + costs[j]));
      bySize[size] ??= [];
      if (bySize[size].length < limit) bySize[size].push([i, j]);
    }
  });
  const values = new Float64Array(elementary[0]?.values.length ?? 0);
  for (const pairs of bySize) {
    for (const [i, j] of pairs ?? []) {
      if (set.isFull) return set.entries;
      const [f, g] = [elementary[i], elementary[j]];
      for (let row = 0; row < values.length; row++) values[row] = f.values[row] * g.values[row];
      set.add(forms.multiply(f.tree, g.tree), values);
    }
  }
  return set.entries;
}
