import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { ShapeError } from '../../src/core/index.ts';
import {
  extendRecurrence,
  firstFailure,
  homogenizeRecurrence,
  normalizeRecurrence,
  recurrenceDegree,
  recurrenceOrder,
} from '../../src/sequences/recurrence.ts';
import { recurrenceLatex, recurrenceText } from '../../src/sequences/recurrence-text.ts';
import { KNOWN, recurrence } from './known-sequences.ts';

describe('extendRecurrence', () => {
  it.each([
    ['fibonacci', [1, 2, 3, 5, 8, 13]],
    ['motzkin', [2, 4, 9, 21, 51, 127]],
    ['catalan', [1, 2, 5, 14, 42, 132]],
    ['apery', [73, 1445, 33001, 819005, 21460825, 584307365]],
    ['involutions', [2, 4, 10, 26, 76, 232]],
    ['derangements', [1, 2, 9, 44, 265, 1854]],
  ] as const)('continues %s', (name, next) => {
    const { law, terms } = KNOWN[name];
    expect(extendRecurrence(law, terms, 0, 6)).toEqual(next.map(BigInt));
    expect(extendRecurrence(law, terms, 0, 0)).toEqual([]);
  });

  it('names the index where the leading coefficient vanishes', () => {
    // (n - 3) u(n+1) = (n - 3) 2 u(n)
    const law = recurrence([
      [6, -2],
      [-3, 1],
    ]);
    expect(extendRecurrence(law, [1n], 0, 3)).toEqual([2n, 4n, 8n]);
    expect(() => extendRecurrence(law, [1n], 0, 4)).toThrow(
      expect.objectContaining({ code: 'vanishing-leading-coefficient', data: { index: 4 } }),
    );
    expect(extendRecurrence(law, [1n, 2n, 4n, 8n, 16n], 0, 2)).toEqual([32n, 64n]);
  });

  it('names the index where a term is no integer', () => {
    expect(() => extendRecurrence(recurrence([[-1], [2]]), [4n], 5, 9)).toThrow(
      expect.objectContaining({ code: 'not-an-integer', data: { index: 8 } }),
    );
    expect(() => extendRecurrence(KNOWN.fibonacci.law, [1n], 0, 1)).toThrow(ShapeError);
  });
});

const coefficient = fc.bigInt({ min: -5n, max: 5n });
const polynomial = fc.array(coefficient, { maxLength: 3 }).map((p) => {
  const length = p.findLastIndex((value) => value !== 0n) + 1;
  return p.slice(0, length);
});

describe('homogenizeRecurrence', () => {
  it('keeps the sequence and removes the constant', () => {
    fc.assert(
      fc.property(
        fc.array(polynomial, { minLength: 1, maxLength: 3 }),
        polynomial,
        fc.array(coefficient, { minLength: 3, maxLength: 3 }),
        (lower, constant, all) => {
          const first = all.slice(0, lower.length);
          const law = { coefficients: [...lower, [1n]], constant };
          const terms = [...first, ...extendRecurrence(law, first, 2, 20)];
          const plain = homogenizeRecurrence(law);
          expect(plain.constant).toEqual([]);
          expect(firstFailure(plain, terms, 2)).toBeUndefined();
        },
      ),
      { seed: 1 },
    );
  });
});

describe('normalizeRecurrence', () => {
  it('takes out numbers and signs, and factors that never vanish', () => {
    expect(
      normalizeRecurrence(
        recurrence([
          [4, 8],
          [-2, -4],
        ]),
      ),
    ).toEqual(recurrence([[-2], [1]]));
    expect(normalizeRecurrence(recurrence([[2], [-2], []]))).toEqual(recurrence([[-1], [1]]));
  });

  it('keeps a factor that vanishes at an index of the data', () => {
    const law = recurrence([
      [6, -2],
      [-3, 1],
    ]);
    expect(normalizeRecurrence(law)).toEqual(law);
    expect(normalizeRecurrence(law, 0)).toEqual(law);
    expect(normalizeRecurrence(law, 4)).toEqual(recurrence([[-2], [1]]));
    expect(() => normalizeRecurrence(recurrence([[], []]))).toThrow(
      expect.objectContaining({ code: 'zero-recurrence' }),
    );
  });
});

describe('recurrenceText', () => {
  it.each([
    ['fibonacci', 'u(n) = u(n-1) + u(n-2)', 'u(n+2) - u(n+1) - u(n) = 0'],
    [
      'motzkin',
      '(n + 2)*u(n) = (2*n + 1)*u(n-1) + 3*(n - 1)*u(n-2)',
      '(n + 4)*u(n+2) - (2*n + 5)*u(n+1) - 3*(n + 1)*u(n) = 0',
    ],
    ['derangements', 'u(n) = (n - 1)*u(n-1) + (n - 1)*u(n-2)', 'u(n+2) - (n + 1)*u(n+1) - (n + 1)*u(n) = 0'],
  ] as const)('writes %s', (name, backward, forward) => {
    expect(recurrenceText(KNOWN[name].law)).toBe(backward);
    expect(recurrenceText(KNOWN[name].law, 'forward')).toBe(forward);
  });

  it('writes constants and LaTeX', () => {
    const law = recurrence([[-2], [1]], [0, 1]);
    expect(recurrenceText(law)).toBe('u(n) = 2*u(n-1) + n - 1');
    expect(recurrenceLatex(law, 'forward')).toBe('u_{n+1} - 2 u_{n} = n');
    expect(recurrenceLatex(KNOWN.motzkin.law)).toBe('(n + 2) u_{n} = (2 n + 1) u_{n-1} + 3 (n - 1) u_{n-2}');
    expect([recurrenceOrder(law), recurrenceDegree(KNOWN.apery.law)]).toEqual([1, 3]);
  });
});
