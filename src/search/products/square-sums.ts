import type { LibraryEntry } from '../library.ts';
import type { Syntax } from '../syntax.ts';
import { FunctionSet } from '../tasks/function-set.ts';
import type { Leaf } from '../tasks/task.ts';

/** The square of a leaf or of a difference, and the leaves in it. */
interface Square extends Leaf {
  readonly of: readonly number[];
  readonly kind: 'leaf' | 'difference';
}

/**
 * Distances and resonances: sums and differences of two and sums of three squares of leaves and of differences of
 * leaves, no leaf in two of them, simplest first: (a - b)^2 + c^2, a^2 + b^2 + c^2, (a - b)^2 - (c - d)^2.
 */
export function squareSums(leaves: readonly Leaf[], syntax: Syntax, limit: number): LibraryEntry[] {
  const { forms, grammar } = syntax;
  const units = grammar.units?.constructs ? grammar.units : undefined;
  const set = new FunctionSet(syntax, units, limit);
  const squares = squaresOf(leaves, syntax);
  const areApart = (a: Square, b: Square): boolean => !a.of.some((leaf) => b.of.includes(leaf));
  const scratch = new Float64Array(leaves[0].values.length);
  const combine = (name: 'add' | 'sub', a: Leaf, b: Leaf): Leaf | undefined => {
    const tree = forms.apply(name, a.tree, b.tree);
    for (let i = 0; i < scratch.length; i++) {
      scratch[i] = name === 'add' ? a.values[i] + b.values[i] : a.values[i] - b.values[i];
    }
    set.add(tree, scratch);
    return tree && { tree, values: Float64Array.from(scratch) };
  };
  // Where there are many leaves the limit cuts off what comes last: distances are first. The set knows what it holds.
  for (const isDistance of [true, false]) {
    const fit = (a: Square, b: Square): boolean => areApart(a, b) && (!isDistance || a.kind === b.kind);
    const pairs: Square[] = [];
    squares.forEach((a, i) => {
      for (const b of squares.slice(0, i)) {
        if (!fit(a, b)) continue;
        const sum = combine('add', b, a);
        if (sum) pairs.push({ ...sum, of: [...b.of, ...a.of], kind: a.kind });
        if (!isDistance) combine('sub', b, a);
      }
    });
    for (const pair of pairs) {
      for (const c of squares) {
        if (set.isFull) break;
        if (fit(pair, c)) combine('add', pair, c);
      }
    }
  }
  return set.entries.sort((a, b) => a.complexity - b.complexity);
}

function squaresOf(leaves: readonly Leaf[], { forms }: Syntax): Square[] {
  const single: Square[] = leaves.flatMap(({ tree, values }, i) => {
    const square = forms.power(tree, 2);
    return square ? [{ tree: square, values: values.map((x) => x * x), of: [i], kind: 'leaf' }] : [];
  });
  const differences: Square[] = leaves.flatMap((a, i) =>
    leaves.slice(0, i).flatMap((b, j) => {
      const square = forms.power(forms.apply('sub', b.tree, a.tree), 2);
      const values = a.values.map((x, row) => (b.values[row] - x) ** 2);
      return square ? [{ tree: square, values, of: [j, i], kind: 'difference' }] : [];
    }),
  );
  return [...single, ...differences];
}
