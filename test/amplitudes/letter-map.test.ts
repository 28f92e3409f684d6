import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import {
  contractFirst,
  createAlphabet,
  dividedPower,
  FORM_FACTOR,
  FORM_FACTOR_LOOPS,
  HEXAGON,
  integerSymbol,
  LIMITS,
  letterMap,
  limitOfSymbol,
  PolylogSymbol,
  projection,
  rationalSymbol,
  renaming,
  reversedSymbol,
  sameRationalSymbol,
  sameSymbol,
  shuffleProduct,
  substituteLetters,
  symmetryImage,
} from '../../src/amplitudes/index.ts';
import { anySymbol, arbitrarySymbol, LETTERS, listed } from './arbitrary-symbol.ts';

const TARGET = createAlphabet({
  name: 'target',
  variables: ['x', 'y'],
  letters: ['p', 'q', 'r', 's'].map((name) => ({ name, argument: 'x' })),
});

const image = fc.dictionary(fc.constantFrom(...'pqrs'), fc.constantFrom(-1, -1 / 2, 1 / 3, 2), { maxKeys: 3 });
const arbitraryMap = fc.record({ a: image, b: image, c: image });

/** The definition: multiply out every word. */
function expanded(symbol: PolylogSymbol, images: Record<string, Record<string, number>>): [string, number][] {
  const sums = new Map<string, number>();
  const walk = (rest: string, word: string, value: number): void => {
    if (rest === '') sums.set(word, (sums.get(word) ?? 0) + value);
    else
      for (const [letter, factor] of Object.entries(images[rest[0]]))
        walk(rest.slice(1), word + letter, value * factor);
  };
  for (const [word, coefficient] of symbol.words()) walk(word, '', Number(coefficient));
  return [...sums].filter(([, sum]) => Math.abs(sum) > 1e-9).sort();
}

describe('a substitution of letters', () => {
  test('multiplies out every word', () => {
    fc.assert(
      fc.property(anySymbol, arbitraryMap, (symbol, images) => {
        const { symbol: result, denominator } = substituteLetters(symbol, letterMap(LETTERS, TARGET, images));
        const expected = expanded(symbol, images);
        expect(listed(result).map(([word]) => word)).toEqual(expected.map(([word]) => word));
        listed(result).forEach(([, coefficient], i) => {
          expect(coefficient / denominator).toBeCloseTo(expected[i][1], 9);
        });
      }),
    );
  });

  test('commutes with the shuffle product and with reversal', () => {
    fc.assert(
      fc.property(anySymbol, anySymbol, arbitraryMap, (x, y, images) => {
        const map = letterMap(LETTERS, TARGET, images);
        const [fx, fy] = [substituteLetters(x, map), substituteLetters(y, map)];
        const product = rationalSymbol(shuffleProduct(fx.symbol, fy.symbol), fx.denominator * fy.denominator);
        expect(sameRationalSymbol(substituteLetters(shuffleProduct(x, y), map), product)).toBe(true);
        const turned = substituteLetters(reversedSymbol(x), map);
        expect(sameRationalSymbol(turned, { ...fx, symbol: reversedSymbol(fx.symbol) })).toBe(true);
      }),
    );
  });

  test('by new names is undone by the old ones', () => {
    fc.assert(
      fc.property(arbitrarySymbol(3), (symbol) => {
        const there = integerSymbol(substituteLetters(symbol, renaming(LETTERS, TARGET, 'srp')));
        const back = integerSymbol(substituteLetters(there, renaming(TARGET, LETTERS, 'c ba')));
        expect(sameSymbol(back, symbol)).toBe(true);
      }),
    );
  });

  test('by a symmetry is its image', () => {
    const [, two] = FORM_FACTOR_LOOPS;
    for (const element of FORM_FACTOR.group) {
      const names = Array.from(element, (letter) => FORM_FACTOR.names[letter]).join('');
      const renamed = integerSymbol(substituteLetters(two, renaming(FORM_FACTOR, FORM_FACTOR, names)));
      expect(sameSymbol(renamed, symmetryImage(two, element))).toBe(true);
    }
  });

  test('drops letters that the target lacks', () => {
    const symbol = PolylogSymbol.from(HEXAGON, [
      ['ae', 5],
      ['ax', 3],
      ['bf', -1],
      ['yz', 7],
    ]);
    const kept = integerSymbol(substituteLetters(symbol, projection(HEXAGON, FORM_FACTOR)));
    expect(kept.alphabet).toBe(FORM_FACTOR);
    expect(listed(kept)).toEqual([
      ['ae', 5],
      ['bf', -1],
    ]);
  });

  test('refuses maps and results that do not fit', () => {
    const [one] = FORM_FACTOR_LOOPS;
    const map = letterMap(LETTERS, TARGET, {});
    expect(() => substituteLetters(one, map)).toThrow(expect.objectContaining({ code: 'alphabet' }));
    expect(() => renaming(LETTERS, TARGET, 'pq')).toThrow(expect.objectContaining({ code: 'alphabet' }));
    expect(() => letterMap(LETTERS, TARGET, { a: { z: 1 } })).toThrow(
      expect.objectContaining({ code: 'unknown-letter' }),
    );
    expect(() => letterMap(LETTERS, TARGET, { a: { p: Math.PI } })).toThrow(
      expect.objectContaining({ code: 'not-a-fraction' }),
    );
    expect(() => letterMap(LETTERS, TARGET, { a: { p: Number.NaN } })).toThrow(
      expect.objectContaining({ code: 'not-a-fraction' }),
    );
    const long = PolylogSymbol.from(LETTERS, [['abc'.repeat(10), 1]]);
    expect(() => substituteLetters(long, map)).toThrow(expect.objectContaining({ code: 'word-too-long' }));
    const large = letterMap(LETTERS, TARGET, { a: { p: 2_000_000 }, b: { p: 1 } });
    for (const weight of [3, 8]) {
      const power = PolylogSymbol.from(LETTERS, [['a'.repeat(weight), 1]]);
      expect(() => substituteLetters(power, large)).toThrow(expect.objectContaining({ code: 'coefficient-range' }));
    }
    expect(() => integerSymbol({ symbol: one, denominator: 2 })).toThrow(
      expect.objectContaining({ code: 'not-an-integer' }),
    );
  });
});

describe('the limits of the form factor', () => {
  const [one, two] = FORM_FACTOR_LOOPS;

  test.each(LIMITS.map(({ name }) => name))('exponentiate one loop to two: %s', (name) => {
    const small = limitOfSymbol(one, name);
    const exponential = rationalSymbol(dividedPower(small.symbol, 2), small.denominator ** 2);
    expect(exponential.symbol.terms).toBeGreaterThan(0);
    expect(sameRationalSymbol(limitOfSymbol(two, name), exponential)).toBe(true);
  });

  test('are not met by one loop squared, or by half of two loops', () => {
    const small = limitOfSymbol(one, 'soft');
    expect(sameRationalSymbol(rationalSymbol(dividedPower(small.symbol, 2)), limitOfSymbol(two, 'collinear'))).toBe(
      false,
    );
    const broken = PolylogSymbol.from(FORM_FACTOR, [...two.words()].slice(1));
    const exponential = rationalSymbol(dividedPower(small.symbol, 2), small.denominator ** 2);
    expect(sameRationalSymbol(limitOfSymbol(broken, 'soft'), exponential)).toBe(false);
  });

  test('have letters that approach their images', () => {
    // A letter and the product of powers it goes to may differ by a factor that goes to 1.
    const points = {
      collinear: { u: 0.3, v: 1e-9, w: 0.7 - 1e-9, s: Number.NaN },
      soft: { u: 2e-9, v: 1 - 5e-9, w: 3e-9, s: 5e-9 },
    };
    const letters: Record<string, (u: number, v: number, w: number) => number> = {
      a: (u, v, w) => Math.log(u / (v * w)) / 2,
      b: (u, v, w) => Math.log(v / (w * u)) / 2,
      c: (u, v, w) => Math.log(w / (u * v)) / 2,
      d: (u) => Math.log((1 - u) / u),
      e: (_, v, w) => Math.log((1 - v) / v + 0 * w),
      f: (_, v, w) => Math.log((1 - w) / w + 0 * v),
    };
    for (const { name, map } of LIMITS) {
      const point = points[name as keyof typeof points];
      for (const letter of FORM_FACTOR.names) {
        const from = FORM_FACTOR.letter(letter);
        let sum = 0;
        for (let j = 0; j < map.to.size; j++) {
          const factor = map.matrix[from * map.to.size + j] / map.denominator;
          if (factor !== 0) sum += factor * Math.log(point[map.to.names[j] as keyof typeof point]);
        }
        expect(sum).toBeCloseTo(letters[letter](point.u, point.v, point.w), 6);
      }
    }
  });

  test('refuse an unknown name', () => {
    expect(() => limitOfSymbol(one, 'regge')).toThrow(expect.objectContaining({ code: 'unknown-limit' }));
  });
});

test('the second discontinuity of the second order of the exponential vanishes', () => {
  // exp(-kappa e^2 / 2) with kappa = -2: its first order is e^2, the symbol 2 ee.
  const weights = { a: -1 / 2, b: 1 / 2, c: -1 / 2, e: -1 };
  const square = PolylogSymbol.from(FORM_FACTOR, [['ee', 2]]);
  const [one, two] = FORM_FACTOR_LOOPS;
  const parts = [two, shuffleProduct(one, square), dividedPower(square, 2)];
  const total = parts.map((part) => contractFirst(part, weights, 2));
  expect(total.map(({ symbol }) => symbol.terms)).not.toEqual([0, 0, 0]);
  const sum = new Map<string, number>();
  for (const { symbol, denominator } of total) {
    for (const [word, c] of listed(symbol)) sum.set(word, (sum.get(word) ?? 0) + c / denominator);
  }
  expect([...sum.values()].every((value) => value === 0)).toBe(true);
});
