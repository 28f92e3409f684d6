import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { Polynomial } from '../../../src/numerics/index.ts';
import { rationalGeneratingFunction } from '../../../src/sequences/closed-form/generating-function.ts';
import { extendRecurrence } from '../../../src/sequences/recurrence.ts';
import { KNOWN, recurrence } from '../known-sequences.ts';

describe('rationalGeneratingFunction', () => {
  it.each([
    ['Fibonacci', KNOWN.fibonacci.law, [0, 1], 0, 'x/(1 - x - x^2)'],
    ['squares', recurrence([[-1], [3], [-3], [1]]), [0, 1, 4], 0, '(x + x^2)/(1 - x)^3'],
    ['squares from 1', recurrence([[-1], [3], [-3], [1]]), [1, 4, 9], 1, '(x + x^2)/(1 - x)^3'],
    ['Hanoi', recurrence([[-2], [1]], [1]), [0], 0, 'x/((1 - x)*(1 - 2*x))'],
    ['7, then powers', recurrence([[], [-2], [1]]), [7, 1], 0, '(7 - 13*x)/(1 - 2*x)'],
    ['zero', recurrence([[-2], [1]]), [0], 0, '0'],
    ['a polynomial', recurrence([[], [], [1]]), [3, 5], 0, '3 + 5*x'],
  ] as const)('of %s', (_, law, terms, start, text) => {
    expect(rationalGeneratingFunction(law, terms.map(BigInt), start)!.text).toBe(text);
  });

  it('is undefined for other coefficients', () => {
    expect(rationalGeneratingFunction(KNOWN.catalan.law, [1n], 0)).toBeUndefined();
  });

  it('times its denominator is its numerator', () => {
    const small = fc.bigInt({ min: -4n, max: 4n });
    fc.assert(
      fc.property(
        fc.array(small, { minLength: 1, maxLength: 4 }),
        fc.array(small, { minLength: 4, maxLength: 4 }),
        (lower, all) => {
          const first = all.slice(0, lower.length);
          const law = { coefficients: [...lower.map((c) => (c === 0n ? [] : [c])), [1n]], constant: [] };
          const terms = [...first, ...extendRecurrence(law, first, 0, 20)];
          const { numerator, denominator } = rationalGeneratingFunction(law, first, 0)!;
          const series = Polynomial.trim(
            Polynomial.multiply(denominator, Polynomial.trim(terms)).slice(0, terms.length),
          );
          expect(series).toEqual(numerator);
          expect(Polynomial.gcd(numerator, denominator).length).toBeLessThanOrEqual(1);
        },
      ),
      { seed: 1 },
    );
  });
});
