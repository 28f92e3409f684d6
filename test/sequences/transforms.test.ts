import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { TRANSFORMS } from '../../src/sequences/transforms/index.ts';

const term = fc.bigInt({ min: -50n, max: 50n });
/** Sequences to which each transform applies at all: from any terms, those that start with 1, powers, words, lists. */
const sequences = fc.oneof(
  fc.array(term, { minLength: 8, maxLength: 14 }),
  fc.array(term, { minLength: 8, maxLength: 14 }).map((tail) => [1n, ...tail]),
  fc.array(fc.bigInt({ min: 1n, max: 6n }), { minLength: 7, maxLength: 10 }).map((ratios) => {
    const products = [1n];
    for (const ratio of ratios) products.push(products[products.length - 1] * ratio);
    return products;
  }),
  fc.array(fc.bigInt({ min: 0n, max: 1n }), { minLength: 10, maxLength: 20 }),
  fc.array(fc.bigInt({ min: 1n, max: 3n }), { minLength: 10, maxLength: 20 }).map((gaps) => {
    let sum = 0n;
    return gaps.map((gap) => (sum += gap));
  }),
  fc.array(fc.bigInt({ min: 0n, max: 30n }), { minLength: 8, maxLength: 12 }).map((roots) => roots.map((x) => x * x)),
  fc.array(term, { minLength: 7, maxLength: 10 }).map((tail) => {
    const root = [1n, ...tail];
    return root.map((_, n) => root.slice(0, n + 1).reduce((sum, value, k) => sum + value * root[n - k], 0n));
  }),
);

describe.each(TRANSFORMS.map((transform) => [transform.name, transform] as const))('%s', (_name, transform) => {
  test('can be undone', () => {
    let applied = 0;
    fc.assert(
      fc.property(sequences, fc.integer({ min: 0, max: 1 }), (values, start) => {
        const u = { values, start };
        const v = transform.forward(u);
        if (!v) return;
        applied++;
        const back = transform.backward(v.values, u, values.length);
        expect(back).toBeDefined();
        // Lists of what is left out or where ones stand say nothing beyond their last entry.
        expect(values.slice(0, back?.length)).toEqual(back);
        expect(back?.length).toBeGreaterThanOrEqual(Math.min(4, values.length));
      }),
      { numRuns: 300 },
    );
    expect(applied).toBeGreaterThan(0);
  });
});
