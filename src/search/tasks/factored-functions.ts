import { constant, type Expression } from '../../expressions/index.ts';
import { type LibraryEntry, valueKey } from '../library.ts';
import type { Syntax } from '../syntax.ts';
import { FunctionSet } from './function-set.ts';
import { ideaCost } from './idea-cost.ts';
import type { Leaf } from './task.ts';

/** Power products that an elementary function is multiplied by. */
const MOST_FACTORS = 900;
const MOST_ARGUMENTS = 400;
const MOST_ELEMENTARY = 4000;
/** Most ideas of a product. */
const LARGEST = 9;
/** Operators whose powers are no new idea. */
const ALGEBRAIC: ReadonlySet<string> = new Set(['neg', 'inv', 'square', 'cube', 'sqrt', 'cbrt', 'abs', 'sign', 'step']);
const PERIODIC: ReadonlySet<string> = new Set(['sin', 'cos', 'tan']);

/** Elementary functions of small arguments: u, u^2, 1/u, sqrt u for sums u; f(u), f(u)^2, f(u/2), f(-u) for the others. */
export function elementaryFunctions(leaves: readonly Leaf[], syntax: Syntax): LibraryEntry[] {
  const { forms, grammar } = syntax;
  const units = grammar.units?.constructs ? grammar.units : undefined;
  const set = new FunctionSet(syntax, units, MOST_ELEMENTARY);
  const transcendental = grammar.unary.filter((operator) => !ALGEBRAIC.has(operator.name));
  for (const { tree, values, isSum } of argumentsOf(leaves, syntax)) {
    if (isSum) {
      set.add(tree, values);
      for (const p of [2, -1, 0.5, -2, -0.5]) {
        set.add(
          forms.power(tree, p),
          values.map((u) => u ** p),
        );
      }
    }
    for (const operator of transcendental) {
      const scales = PERIODIC.has(operator.name) ? [1, 0.5] : operator.name === 'exp' ? [1, -1] : [1];
      for (const scale of scales) {
        const applied = forms.apply(operator.name, forms.affine(scale, tree, 0));
        const result = values.map((u) => operator.apply(scale * u, 0));
        set.add(applied, result);
        if (PERIODIC.has(operator.name)) {
          set.add(
            forms.power(applied, 2),
            result.map((f) => f * f),
          );
        }
      }
    }
  }
  const costs = new Map(set.entries.map((entry) => [entry, ideaCost(entry.tree)]));
  return set.entries.sort((a, b) => costs.get(a)! - costs.get(b)! || a.complexity - b.complexity);
}

/** Elementary functions times products of powers, simplest first; ((x - y) / s)^2 is one square and not two. */
export function factoredFunctions(
  elementary: readonly LibraryEntry[],
  factors: readonly LibraryEntry[],
  syntax: Syntax,
  limit: number,
): LibraryEntry[] {
  const { forms, grammar } = syntax;
  const units = grammar.units?.constructs ? grammar.units : undefined;
  const set = new FunctionSet(syntax, units, limit);
  const few = factors.slice(0, MOST_FACTORS);
  const costs = elementary.map(({ tree }) => ideaCost(tree));
  const factorCosts = few.map(({ tree }) => ideaCost(tree));
  const roots = rootsOf(elementary);
  const factorRoots = rootsOf(few);
  const squareCost = (i: number, j: number): number => costs[roots[i]] + factorCosts[factorRoots[j]] + 1;
  const isSquare = (i: number, j: number): boolean =>
    roots[i] >= 0 && factorRoots[j] >= 0 && squareCost(i, j) < costs[i] + factorCosts[j];
  // By halves of an idea.
  const bySize: [number, number][][] = [];
  elementary.forEach((_, i) => {
    for (let j = -1; j < factorCosts.length; j++) {
      const cost = j < 0 ? costs[i] : isSquare(i, j) ? squareCost(i, j) : costs[i] + factorCosts[j];
      const size = Math.ceil(2 * cost);
      if (size > 2 * LARGEST) continue;
      bySize[size] ??= [];
      if (bySize[size].length < limit) bySize[size].push([i, j]);
    }
  });
  const values = new Float64Array(elementary[0]?.values.length ?? 0);
  for (const pairs of bySize) {
    for (const [i, j] of pairs ?? []) {
      if (set.isFull) return set.entries;
      const f = elementary[i];
      if (j < 0) {
        set.add(f.tree, f.values);
        continue;
      }
      const factor = factors[j];
      for (let row = 0; row < values.length; row++) values[row] = factor.values[row] * f.values[row];
      const square = isSquare(i, j)
        ? forms.power(forms.multiply(factors[factorRoots[j]].tree, elementary[roots[i]].tree), 2)
        : undefined;
      set.add(square ?? forms.multiply(factor.tree, f.tree), values);
    }
  }
  return set.entries;
}

/** The entry that each is the square of; -1 where there is none. */
function rootsOf(entries: readonly LibraryEntry[]): Int32Array {
  const squares = new Map<number, number>();
  entries.forEach(({ values }, i) => {
    const key = valueKey(values.map((value) => value * value));
    if (!squares.has(key)) squares.set(key, i);
  });
  return Int32Array.from(entries, ({ values }) => squares.get(valueKey(values)) ?? -1);
}

/** Arguments: leaves, their squares, and products, quotients, sums and differences of two, some times a third. */
function argumentsOf(
  leaves: readonly Leaf[],
  { forms }: Syntax,
): { tree: Expression; values: Float64Array; isSum: boolean }[] {
  const out: { tree: Expression; values: Float64Array; isSum: boolean }[] = [];
  const add = (tree: Expression | undefined, values: Float64Array, isSum = false): void => {
    if (tree && out.length < MOST_ARGUMENTS) out.push({ tree, values, isSum });
  };
  const combine = (a: Leaf, b: Leaf, f: (x: number, y: number) => number): Float64Array =>
    a.values.map((x, i) => f(x, b.values[i]));
  for (const { tree, values } of leaves) add(tree, values);
  const pairs: [Leaf, Leaf][] = leaves.flatMap((a, i) => leaves.slice(i + 1).map((b): [Leaf, Leaf] => [a, b]));
  const products: Leaf[] = [];
  for (const [a, b] of pairs) {
    for (const [name, f] of [
      ['mul', (x: number, y: number) => x * y],
      ['div', (x: number, y: number) => x / y],
    ] as const) {
      const tree = forms.apply(name, a.tree, b.tree);
      if (tree) products.push({ tree, values: combine(a, b, f) });
    }
    const quotient = forms.divide(b.tree, a.tree);
    if (quotient) products.push({ tree: quotient, values: combine(b, a, (x, y) => x / y) });
  }
  for (const { tree, values } of products) add(tree, values);
  for (const [a, b] of pairs) {
    add(
      forms.apply('sub', a.tree, b.tree),
      combine(a, b, (x, y) => x - y),
      true,
    );
    add(
      forms.apply('add', a.tree, b.tree),
      combine(a, b, (x, y) => x + y),
      true,
    );
  }
  for (const { tree, values } of leaves) {
    const square = forms.power(tree, 2);
    add(
      square,
      values.map((x) => x * x),
    );
    for (const [offset, of] of [
      [1, tree],
      [1, square],
      [2, tree],
    ] as const) {
      const argument = of === square ? values.map((x) => x * x) : values;
      add(
        forms.add(of, constant(offset)),
        argument.map((x) => offset + x),
        true,
      );
      add(
        forms.apply('sub', constant(offset), of),
        argument.map((x) => offset - x),
        true,
      );
    }
  }
  for (const [a, b] of pairs) {
    const [p, q] = [forms.power(a.tree, 2), forms.power(b.tree, 2)];
    add(
      forms.apply('sub', p, q),
      combine(a, b, (x, y) => x * x - y * y),
      true,
    );
    add(
      forms.apply('add', p, q),
      combine(a, b, (x, y) => x * x + y * y),
      true,
    );
  }
  for (const product of products) {
    for (const leaf of leaves) {
      add(
        forms.apply('mul', product.tree, leaf.tree),
        combine(product, leaf, (x, y) => x * y),
      );
      add(
        forms.apply('div', product.tree, leaf.tree),
        combine(product, leaf, (x, y) => x / y),
      );
    }
  }
  return out;
}
