import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import {
  contractFirst,
  contractLast,
  coproduct,
  derivative,
  dividedPower,
  FORM_FACTOR,
  FORM_FACTOR_LOOPS,
  HEXAGON,
  linearCombination,
  PolylogSymbol,
  rationalCombination,
  reversedSymbol,
  sameSymbol,
  scaledSymbol,
  shufflePower,
  shuffleProduct,
  sumOfSymbols,
  symmetryImage,
  unitSymbol,
} from '../../src/amplitudes/index.ts';
import { anySymbol, arbitrarySymbol, LETTERS, listed } from './arbitrary-symbol.ts';

/** The definition: every interleaving of every pair of words, one by one. */
function interleavings(one: PolylogSymbol, other: PolylogSymbol): [string, number][] {
  const sums = new Map<string, number>();
  const walk = (x: string, y: string, word: string, coefficient: number): void => {
    if (x === '' && y === '') sums.set(word, (sums.get(word) ?? 0) + coefficient);
    if (x !== '') walk(x.slice(1), y, word + x[0], coefficient);
    if (y !== '') walk(x, y.slice(1), word + y[0], coefficient);
  };
  for (const [x, c] of one.words()) for (const [y, d] of other.words()) walk(x, y, '', Number(c * d));
  return [...sums].filter(([, sum]) => sum !== 0).sort();
}

describe('the shuffle product', () => {
  test('of two words, by hand', () => {
    const one = PolylogSymbol.from(FORM_FACTOR, [['ab', 1]]);
    const other = PolylogSymbol.from(FORM_FACTOR, [['cd', 1]]);
    expect(listed(shuffleProduct(one, other)).map(([word]) => word)).toEqual([
      'abcd',
      'acbd',
      'acdb',
      'cabd',
      'cadb',
      'cdab',
    ]);
  });

  test('is the sum over all interleavings', () => {
    fc.assert(
      fc.property(anySymbol, anySymbol, (one, other) => {
        expect(listed(shuffleProduct(one, other))).toEqual(interleavings(one, other));
      }),
    );
  });

  test('of published symbols is the sum over all interleavings', () => {
    const [one, two] = FORM_FACTOR_LOOPS;
    expect(listed(shuffleProduct(one, two))).toEqual(interleavings(one, two));
    expect(listed(shuffleProduct(two, two))).toEqual(interleavings(two, two));
  });

  test('is commutative, associative, linear, and has a unit', () => {
    fc.assert(
      fc.property(anySymbol, anySymbol, anySymbol, (x, y, z) => {
        expect(sameSymbol(shuffleProduct(x, y), shuffleProduct(y, x))).toBe(true);
        expect(sameSymbol(shuffleProduct(shuffleProduct(x, y), z), shuffleProduct(x, shuffleProduct(y, z)))).toBe(true);
        expect(sameSymbol(shuffleProduct(unitSymbol(LETTERS), x), x)).toBe(true);
        expect(sameSymbol(shuffleProduct(scaledSymbol(x, 3), y), scaledSymbol(shuffleProduct(x, y), 3))).toBe(true);
      }),
    );
    fc.assert(
      fc.property(arbitrarySymbol(2), arbitrarySymbol(2), anySymbol, (x, y, z) => {
        const sum = sumOfSymbols(shuffleProduct(x, z), shuffleProduct(y, z));
        expect(sameSymbol(shuffleProduct(sumOfSymbols(x, y), z), sum)).toBe(true);
      }),
    );
  });

  test('commutes with reversal and with the symmetry group', () => {
    fc.assert(
      fc.property(anySymbol, anySymbol, fc.constantFrom(...LETTERS.group), (x, y, element) => {
        const product = shuffleProduct(x, y);
        expect(sameSymbol(reversedSymbol(product), shuffleProduct(reversedSymbol(x), reversedSymbol(y)))).toBe(true);
        expect(
          sameSymbol(
            symmetryImage(product, element),
            shuffleProduct(symmetryImage(x, element), symmetryImage(y, element)),
          ),
        ).toBe(true);
      }),
    );
  });

  test('has first-letter discontinuities and last-letter derivatives as derivations', () => {
    const weight = fc.constantFrom(-2, -1 / 2, 0, 1 / 3, 1);
    const positive = fc.integer({ min: 1, max: 3 }).chain((n) => arbitrarySymbol(n));
    fc.assert(
      fc.property(positive, positive, fc.record({ a: weight, b: weight, c: weight }), (x, y, weights) => {
        for (const contract of [contractFirst, contractLast]) {
          const whole = contract(shuffleProduct(x, y), weights);
          const [dx, dy] = [contract(x, weights), contract(y, weights)];
          const leibniz = rationalCombination([
            [{ ...dx, symbol: shuffleProduct(dx.symbol, y) }, 1],
            [{ ...dy, symbol: shuffleProduct(x, dy.symbol) }, 1],
          ]);
          expect(whole.denominator).toBe(leibniz.denominator);
          expect(listed(whole.symbol)).toEqual(listed(leibniz.symbol));
        }
      }),
    );
  });

  test('is compatible with the coproduct', () => {
    type Tensor = Map<string, number>;
    const split = (symbol: PolylogSymbol, at: number): [string, string, number][] =>
      listed(symbol).map(([word, coefficient]) => [word.slice(0, at), word.slice(at), coefficient]);
    const word = (text: string): PolylogSymbol =>
      text === '' ? unitSymbol(LETTERS) : PolylogSymbol.from(LETTERS, [[text, 1]]);
    fc.assert(
      fc.property(arbitrarySymbol(2), arbitrarySymbol(2), fc.integer({ min: 0, max: 4 }), (x, y, at) => {
        const left: Tensor = new Map();
        const piece = coproduct(shuffleProduct(x, y), at);
        for (let row = 0; row < piece.fronts.length; row++) {
          for (let i = piece.starts[row]; i < piece.starts[row + 1]; i++) {
            left.set(`${piece.fronts[row]} ${piece.backs[i]}`, piece.coefficients[i]);
          }
        }
        const right: Tensor = new Map();
        for (let i = Math.max(0, at - 2); i <= Math.min(2, at); i++) {
          for (const [xFront, xBack, c] of split(x, i)) {
            for (const [yFront, yBack, d] of split(y, at - i)) {
              const [front, back] = [
                shuffleProduct(word(xFront), word(yFront)),
                shuffleProduct(word(xBack), word(yBack)),
              ];
              front.keys.forEach((f, m) => {
                back.keys.forEach((b, n) => {
                  const value = c * d * front.coefficients[m] * back.coefficients[n];
                  right.set(`${f} ${b}`, (right.get(`${f} ${b}`) ?? 0) + value);
                });
              });
            }
          }
        }
        for (const [key, value] of right) if (value === 0) right.delete(key);
        expect(Object.fromEntries(left)).toEqual(Object.fromEntries(right));
      }),
      { numRuns: 60 },
    );
  });

  test('has powers and divided powers', () => {
    fc.assert(
      fc.property(
        fc.integer({ min: 1, max: 2 }).chain((n) => arbitrarySymbol(n)),
        fc.integer({ min: 0, max: 3 }),
        (x, n) => {
          const factorial = [1, 1, 2, 6][n];
          expect(sameSymbol(shufflePower(x, n), scaledSymbol(dividedPower(x, n), factorial))).toBe(true);
        },
      ),
    );
    const letter = PolylogSymbol.from(FORM_FACTOR, [['a', 2]]);
    expect(listed(dividedPower(letter, 20))).toEqual([['a'.repeat(20), 2 ** 20]]);
  });

  test('obeys the rule of the total differential', () => {
    const [one, two] = FORM_FACTOR_LOOPS;
    const product = shuffleProduct(one, two);
    for (const letter of 'abcdef') {
      const leibniz = sumOfSymbols(
        shuffleProduct(derivative(one, letter), two),
        shuffleProduct(one, derivative(two, letter)),
      );
      expect(sameSymbol(derivative(product, letter), leibniz)).toBe(true);
    }
  });

  test('refuses other alphabets, long words, large coefficients and odd exponents', () => {
    const [one] = FORM_FACTOR_LOOPS;
    expect(() => shuffleProduct(one, unitSymbol(HEXAGON))).toThrow(expect.objectContaining({ code: 'shape' }));
    const long = PolylogSymbol.from(FORM_FACTOR, [['a'.repeat(15), 1]]);
    expect(() => shuffleProduct(long, long)).toThrow(expect.objectContaining({ code: 'word-too-long' }));
    const large = PolylogSymbol.from(FORM_FACTOR, [['ab', 100_000]]);
    expect(() => shuffleProduct(large, large)).toThrow(expect.objectContaining({ code: 'coefficient-range' }));
    const largest = PolylogSymbol.from(FORM_FACTOR, [['ab', 2 ** 31 - 1]]);
    expect(() => shuffleProduct(largest, largest)).toThrow(expect.objectContaining({ code: 'coefficient-range' }));
    expect(() => shufflePower(one, -1)).toThrow(expect.objectContaining({ code: 'out-of-range' }));
    expect(() => shufflePower(one, 0.5)).toThrow(expect.objectContaining({ code: 'out-of-range' }));
    expect(() => dividedPower(unitSymbol(FORM_FACTOR), 2)).toThrow(expect.objectContaining({ code: 'out-of-range' }));
  });
});

describe('sums of symbols', () => {
  test('form a module over the integers', () => {
    fc.assert(
      fc.property(arbitrarySymbol(3), arbitrarySymbol(3), fc.integer({ min: -99, max: 99 }), (x, y, n) => {
        expect(sameSymbol(sumOfSymbols(x, y), sumOfSymbols(y, x))).toBe(true);
        expect(
          linearCombination([
            [x, n],
            [x, -n],
          ]).terms,
        ).toBe(0);
        expect(
          sameSymbol(
            scaledSymbol(sumOfSymbols(x, y), n),
            linearCombination([
              [x, n],
              [y, n],
            ]),
          ),
        ).toBe(true);
        expect(
          sameSymbol(
            linearCombination([
              [x, 1],
              [y, 1],
              [y, -1],
            ]),
            x,
          ),
        ).toBe(true);
        for (const word of ['aaa', 'abc', 'cba', 'bbc']) {
          expect(sumOfSymbols(x, y).coefficient(word)).toBe(x.coefficient(word) + y.coefficient(word));
        }
      }),
    );
  });

  test('refuse what does not add up', () => {
    const [one, two] = FORM_FACTOR_LOOPS;
    expect(() => sumOfSymbols(one, two)).toThrow(expect.objectContaining({ code: 'shape' }));
    expect(() => sumOfSymbols()).toThrow(expect.objectContaining({ code: 'shape' }));
    expect(() => scaledSymbol(one, 0.5)).toThrow(expect.objectContaining({ code: 'not-an-integer' }));
    expect(() => scaledSymbol(one, 2 ** 31)).toThrow(expect.objectContaining({ code: 'coefficient-range' }));
    expect(() => scaledSymbol(one, 2 ** 53 - 1)).toThrow(expect.objectContaining({ code: 'coefficient-range' }));
  });
});
