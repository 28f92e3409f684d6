import { describe, expect, it } from 'vitest';
import { RandomStream } from '../../../src/core/index.ts';
import { constant, type Expression, evaluate, STANDARD_OPERATORS, variable } from '../../../src/expressions/index.ts';
import { type Bank, bankOf } from '../../../src/search/back-solve/bank.ts';
import { keyRows } from '../../../src/search/back-solve/key-rows.ts';
import { LINKS } from '../../../src/search/back-solve/links.ts';
import { type Hit, lookUp } from '../../../src/search/back-solve/look-up.ts';
import { verify } from '../../../src/search/back-solve/verify.ts';
import { Forms } from '../../../src/search/forms.ts';
import { enumerateLibrary } from '../../../src/search/library.ts';

const EXACT = 1e-9;
/** Relative error of a law that was found, on rows where it is well conditioned. */
const CLOSE = 1e-7;

const grammar = {
  unary: ['sqrt', 'exp', 'log'].map((name) => STANDARD_OPERATORS.get(name)),
  binary: ['add', 'sub', 'mul', 'div', 'pow'].map((name) => STANDARD_OPERATORS.get(name)),
  maxSize: 40,
  maxDepth: 40,
};
const forms = new Forms({ ...grammar, unary: [...STANDARD_OPERATORS].filter(({ arity }) => arity === 1) });
const rows = 60;
const weights = new Float64Array(rows).fill(1);
const random = new RandomStream(12);
const leaves = ['a', 'b'].map((name) => ({
  tree: variable(name),
  values: Float64Array.from({ length: rows }, () => 0.5 + 3 * random.uniform()),
}));
const simple = enumerateLibrary(leaves, grammar, { maxLevel: 5, maxEntries: 400 });
const key = keyRows({ leaves, weights }, simple)!;
const bank: Bank = bankOf({ simple, powers: [], products: [], elementary: [], pairs: [] }, key, EXACT);

function valuesOf(tree: Expression): Float64Array {
  return Float64Array.from({ length: rows }, (_, i) =>
    evaluate(tree, { a: leaves[0].values[i], b: leaves[1].values[i] }),
  );
}

const cases = LINKS.flatMap(({ view, join, bends }) => bends.map((bend) => ({ view, join, bend, of: join.name })));

describe('lookUp', () => {
  it.each(cases)('finds random laws: $view, $of, $bend.name', ({ join, bend }) => {
    let tried = 0;
    for (let attempt = 0; attempt < 2000 && tried < 6; attempt++) {
      const f = bank.entries[1 + random.integer(60)];
      const g = bank.entries[1 + random.integer(60)];
      const [a, b] = [0.02 + 0.2 * random.uniform(), 0.1 + random.uniform()];
      const inner = forms.affine(a, g.tree, b);
      const law = join.solve(bend.invert(inner!, forms)!, 1, f.tree, forms);
      const z = valuesOf(law!);
      const v = new Float64Array(rows);
      const w = new Float64Array(rows);
      join.apply(z, f.values, v);
      bend.apply(v, w);
      // Only where the law can be read back: inside the principal branch and above rounding.
      const legible = w.every((value, i) => Math.abs(value / (a * g.values[i] + b) - 1) < 1e-11);
      if (!legible || (bend.even && v.some((value) => value * v[0] <= 0))) continue;
      tried++;
      const hits: Hit[] = [];
      lookUp(z, key, bank, join, [bend], (hit) => hits.push(hit));
      const found = hits.flatMap((hit) => verify(hit, z, weights, bank, forms, EXACT) ?? []);
      expect(found.length).toBeGreaterThan(0);
      const size = Math.sqrt(z.reduce((sum, value) => sum + value * value, 0));
      for (const tree of found) {
        const misfit = Math.sqrt(valuesOf(tree).reduce((sum, value, i) => sum + (value - z[i]) ** 2, 0));
        expect(misfit / size).toBeLessThan(CLOSE);
      }
    }
    expect(tried).toBeGreaterThan(2);
  });

  it('finds nothing in noise, and nothing that hides behind a large function', () => {
    const noise = Float64Array.from({ length: rows }, () => 1 + random.uniform());
    const huge = leaves[0].values.map((x) => Math.exp(10 * x ** 1.5));
    const big: Bank = bankOf(
      {
        simple: [...simple, { tree: constant(1), complexity: 9, values: huge }],
        powers: [],
        products: [],
        elementary: [],
        pairs: [],
      },
      key,
      EXACT,
    );
    for (const { join, bends } of LINKS) {
      const hits: Hit[] = [];
      lookUp(noise, key, big, join, bends, (hit) => hits.push(hit));
      expect(hits).toEqual([]);
    }
  });
});
