import { describe, expect, it } from 'vitest';
import { RandomStream } from '../../src/core/index.ts';
import { evaluate, print, STANDARD_OPERATORS, variable } from '../../src/expressions/index.ts';
import { leastSquares } from '../../src/numerics/index.ts';
import { enumerateLibrary } from '../../src/search/library.ts';
import { project, scan, scanPairs } from '../../src/search/scan.ts';

const random = new RandomStream(4);
const rows = 24;
const probes = [0, 1].map(() => Float64Array.from({ length: rows }, () => 0.5 + random.uniform()));
const grammar = {
  unary: ['sqrt', 'sin'].map((name) => STANDARD_OPERATORS.get(name)),
  binary: ['add', 'sub', 'mul', 'div'].map((name) => STANDARD_OPERATORS.get(name)),
  maxSize: 30,
  maxDepth: 30,
};
const leaves = ['a', 'b'].map((name, i) => ({ tree: variable(name), values: probes[i] }));
const library = enumerateLibrary(leaves, grammar, { maxLevel: 6, maxEntries: 4000 });

describe('enumerateLibrary', () => {
  it('holds each function once, with its own values', () => {
    const keys = library.map((entry) => Array.from(entry.values, (value) => value.toPrecision(8)).join());
    expect(new Set(keys).size).toBe(keys.length);
    for (const { tree, values } of library.slice(0, 300)) {
      const value = evaluate(tree, { a: probes[0][3], b: probes[1][3] });
      expect(Math.abs(value - values[3])).toBeLessThanOrEqual(1e-12 * Math.abs(value));
    }
  });

  it('finds the simplest form of known functions', () => {
    const printed = library.map((entry) => print(entry.tree));
    for (const form of ['a', 'b', 'sqrt(a)', 'a * b', 'a / b', 'sin(a + b)', '1 / a']) expect(printed).toContain(form);
    expect(printed).not.toContain('b + a');
    expect(printed).not.toContain('a - a');
  });

  it('stops at its limits', () => {
    expect(enumerateLibrary(leaves, grammar, { maxLevel: 9, maxEntries: 50 })).toHaveLength(50);
  });
});

describe('scans', () => {
  const z = probes[0].map((a, i) => 3 * Math.sqrt(a * probes[1][i]) - 2 + 0.01 * random.normal());
  const w = probes[0].map((_, i) => 1 + (i % 3));
  const ones = new Float64Array(rows).fill(1);
  const projection = project(z, w, [ones]);
  const features = library.slice(0, 60).map((entry) => entry.values);

  /** Weighted residual by the general solver. */
  function oracle(columns: Float64Array[]): number {
    const weigh = (column: Float64Array) => column.map((value, i) => value * Math.sqrt(w[i]));
    const solution = leastSquares(columns.map(weigh), weigh(z));
    return z.reduce(
      (sum, value, i) => sum + w[i] * (value - columns.reduce((s, c, k) => s + solution[k] * c[i], 0)) ** 2,
      0,
    );
  }

  it('gives the residual of a least-squares fit', () => {
    const hits = scan(
      features,
      features.map(() => 1),
      projection,
      10,
    );
    expect(hits).toHaveLength(10);
    for (const hit of hits) expect(hit.residual).toBeCloseTo(oracle([ones, features[hit.feature]]), 8);
    const every = features.map((feature) => oracle([ones, feature]));
    expect(hits[0].residual).toBeCloseTo(Math.min(...every), 8);
  });

  it('finds the best pair through the Gram matrix', () => {
    const hits = scanPairs(
      features,
      features.map(() => 1),
      projection,
      5,
    );
    const [best] = hits;
    expect(hits).toHaveLength(5);
    expect(best.residual).toBeCloseTo(oracle([ones, features[best.first], features[best.second]]), 7);
  });
});
