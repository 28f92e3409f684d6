import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import {
  backOf,
  contractFirst,
  contractLast,
  coproduct,
  derivative,
  discontinuity,
  FORM_FACTOR,
  FORM_FACTOR_LOOPS,
  frontOf,
  joined,
  PolylogSymbol,
  rationalCombination,
  reversedSymbol,
  sameRationalSymbol,
  sameSymbol,
} from '../../src/amplitudes/index.ts';
import { anySymbol, arbitrarySymbol, listed } from './arbitrary-symbol.ts';

const [one, two] = FORM_FACTOR_LOOPS;
const weight = fc.constantFrom(-2, -1 / 2, 0, 1 / 3, 1);
const weights = fc.record({ a: weight, b: weight, c: weight });

describe('a contraction', () => {
  test('of two loops, by hand', () => {
    expect(listed(discontinuity(two, 'b'))).toEqual([
      ['bbd', 16],
      ['bbf', 16],
      ['ddd', 8],
      ['fff', 8],
    ]);
    expect(listed(derivative(two, 'd'))).toEqual([
      ['bbb', 16],
      ['bdd', 8],
      ['ccc', 16],
      ['cdd', 8],
    ]);
    expect(contractFirst(one, { a: 1 / 2, b: 1 / 3 })).toMatchObject({ denominator: 3 });
    expect(listed(contractFirst(one, { a: 1 / 2, b: 1 / 3 }).symbol)).toEqual([
      ['d', -2],
      ['e', -3],
      ['f', -5],
    ]);
  });

  test('is linear in its weights, letter by letter', () => {
    fc.assert(
      fc.property(arbitrarySymbol(3), weights, (symbol, by) => {
        for (const [contract, single] of [
          [contractFirst, discontinuity],
          [contractLast, derivative],
        ] as const) {
          const parts = Object.entries(by).map(
            ([letter, value]) => [{ symbol: single(symbol, letter), denominator: 6 }, Math.round(6 * value)] as const,
          );
          expect(sameRationalSymbol(contract(symbol, by), rationalCombination(parts))).toBe(true);
        }
      }),
    );
  });

  test('of the last letters is one of the first letters, reversed', () => {
    fc.assert(
      fc.property(arbitrarySymbol(3), weights, fc.integer({ min: 0, max: 3 }), (symbol, by, letters) => {
        const last = contractLast(symbol, by, letters);
        const first = contractFirst(reversedSymbol(symbol), by, letters);
        expect(sameRationalSymbol({ ...last, symbol: reversedSymbol(last.symbol) }, first)).toBe(true);
      }),
    );
  });

  test('of several letters is one after another', () => {
    fc.assert(
      fc.property(arbitrarySymbol(3), weights, (symbol, by) => {
        const once = contractFirst(symbol, by);
        const twice = contractFirst(once.symbol, by);
        const both = contractFirst(symbol, by, 2);
        const scaled = rationalCombination([[{ ...twice, denominator: twice.denominator * once.denominator }, 1]]);
        expect(sameRationalSymbol(both, scaled)).toBe(true);
      }),
    );
  });

  test('refuses letters and counts that are not there', () => {
    expect(() => contractFirst(one, { z: 1 })).toThrow(expect.objectContaining({ code: 'unknown-letter' }));
    expect(() => derivative(one, 'z')).toThrow(expect.objectContaining({ code: 'unknown-letter' }));
    expect(() => contractFirst(one, { a: 1 }, 3)).toThrow(expect.objectContaining({ code: 'out-of-range' }));
    expect(() => contractLast(one, { a: 1 }, -1)).toThrow(expect.objectContaining({ code: 'out-of-range' }));
    expect(() => contractFirst(one, { a: Math.SQRT2 })).toThrow(expect.objectContaining({ code: 'not-a-fraction' }));
    const large = PolylogSymbol.from(FORM_FACTOR, [['ad', 2 ** 31 - 1]]);
    expect(() => contractFirst(large, { a: 2 })).toThrow(expect.objectContaining({ code: 'coefficient-range' }));
    expect(() => contractLast(large, { d: 2 ** 30 })).toThrow(expect.objectContaining({ code: 'coefficient-range' }));
  });
});

describe('the coproduct', () => {
  test('is put together again', () => {
    fc.assert(
      fc.property(anySymbol, (symbol) => {
        for (let at = 0; at <= symbol.weight; at++) {
          expect(sameSymbol(joined(coproduct(symbol, at)), symbol)).toBe(true);
        }
      }),
    );
  });

  test('has rows and columns', () => {
    const piece = coproduct(two, 1);
    expect(listed(backOf(piece, 'b'))).toEqual(listed(discontinuity(two, 'b')));
    expect(backOf(piece, 'd').terms).toBe(0);
    expect(backOf(piece, 'bd').terms).toBe(0);
    expect(listed(frontOf(coproduct(two, 3), 'd'))).toEqual(listed(derivative(two, 'd')));
    expect(frontOf(piece, 'd').terms).toBe(0);
  });

  test('is coassociative', () => {
    fc.assert(
      fc.property(arbitrarySymbol(3), (symbol) => {
        const words = (at: number, side: 'front' | 'back'): string[] => {
          const found: string[] = [];
          const piece = coproduct(symbol, at);
          const rows = [
            ...new PolylogSymbol(symbol.alphabet, at, piece.fronts, new Int32Array(piece.fronts.length)).words(),
          ];
          for (const [front] of rows) {
            const back = backOf(piece, front);
            for (const [word, coefficient] of back.words()) {
              const whole = side === 'front' ? front : word;
              const part = PolylogSymbol.from(symbol.alphabet, [[whole, coefficient]]);
              const inner = coproduct(part, 1);
              const [first] = [...new PolylogSymbol(symbol.alphabet, 1, inner.fronts, inner.coefficients).words()];
              const second = [...backOf(inner, first[0]).words()];
              const pieces = side === 'front' ? [first[0], second[0][0], word] : [front, first[0], second[0][0]];
              found.push(`${pieces.join('|')}:${coefficient}`);
            }
          }
          return found.sort();
        };
        expect(words(2, 'front')).toEqual(words(1, 'back'));
      }),
    );
  });

  test('refuses a place outside of the words', () => {
    for (const at of [-1, 5, 1.5]) {
      expect(() => coproduct(two, at)).toThrow(expect.objectContaining({ code: 'out-of-range' }));
    }
  });
});
