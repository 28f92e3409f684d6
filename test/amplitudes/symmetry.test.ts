import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import {
  FORM_FACTOR,
  FORM_FACTOR_LOOPS,
  isSymmetric,
  orbitOf,
  orbitRepresentative,
  orbitRepresentatives,
  orbits,
  PolylogSymbol,
  reversedSymbol,
  sameSymbol,
  sortedOrder,
  sumOfSymbols,
  symbolOfTerms,
  symmetryImage,
} from '../../src/amplitudes/index.ts';
import { anySymbol, LETTERS } from './arbitrary-symbol.ts';

const element = fc.constantFrom(...LETTERS.group);

describe('the symmetry group', () => {
  test('acts on symbols', () => {
    fc.assert(
      fc.property(anySymbol, element, element, (symbol, g, h) => {
        const product = g.map((letter) => h[letter]);
        const twice = symmetryImage(symmetryImage(symbol, g), h);
        expect(sameSymbol(twice, symmetryImage(symbol, product))).toBe(true);
        expect(sameSymbol(symmetryImage(symbol, LETTERS.group[0]), symbol)).toBe(true);
      }),
    );
  });

  test('leaves the sum over its images alone', () => {
    fc.assert(
      fc.property(anySymbol, (symbol) => {
        const sum = sumOfSymbols(...LETTERS.group.map((g) => symmetryImage(symbol, g)));
        expect(isSymmetric(sum)).toBe(true);
      }),
    );
    expect(isSymmetric(PolylogSymbol.from(LETTERS, [['ab', 1]]))).toBe(false);
    for (const symbol of FORM_FACTOR_LOOPS) expect(isSymmetric(symbol)).toBe(true);
  });

  test('acts letter by letter', () => {
    const symbol = PolylogSymbol.from(FORM_FACTOR, [['abcdeffedcba', 7]]);
    const cycled = symmetryImage(symbol, FORM_FACTOR.group[1]);
    expect([...cycled.words()]).toEqual([['bcaefddfeacb', 7n]]);
  });

  test('refuses what does not permute the letters', () => {
    const [one] = FORM_FACTOR_LOOPS;
    for (const bad of [
      [0, 1, 2],
      [0, 0, 1, 2, 3, 4],
      [0, 1, 2, 3, 4, 9],
    ]) {
      expect(() => symmetryImage(one, bad)).toThrow(expect.objectContaining({ code: 'alphabet' }));
    }
  });
});

describe('orbits', () => {
  test('of a word', () => {
    expect(orbitOf(FORM_FACTOR, 'bd')).toEqual(['ae', 'af', 'bd', 'bf', 'cd', 'ce']);
    expect(orbitOf(LETTERS, 'abc')).toEqual(['abc', 'acb', 'bac', 'bca', 'cab', 'cba']);
    expect(orbitOf(LETTERS, 'aa')).toEqual(['aa', 'bb', 'cc']);
    expect(orbitRepresentative(FORM_FACTOR, 'cd')).toBe('ae');
    expect(() => orbitOf(FORM_FACTOR, 'xy')).toThrow(expect.objectContaining({ code: 'unknown-letter' }));
  });

  test('split a symbol', () => {
    const [one, two] = FORM_FACTOR_LOOPS;
    expect(orbits(one).sizes).toEqual(Int32Array.of(6));
    expect(orbits(two).sizes).toEqual(Int32Array.of(6, 6));
    expect([...orbitRepresentatives(two).words()]).toEqual([
      ['aaae', 16n],
      ['aeee', 8n],
    ]);
  });

  test('agree with the orbit of every word', () => {
    fc.assert(
      fc.property(anySymbol, (symbol) => {
        const { representatives, orbitOfTerm, sizes } = orbits(symbol);
        const words = [...symbol.words()].map(([word]) => word);
        const stands = new PolylogSymbol(
          LETTERS,
          symbol.weight,
          representatives,
          new Int32Array(representatives.length).fill(1),
        );
        const names = [...stands.words()].map(([word]) => word);
        expect(words.map((_, i) => names[orbitOfTerm[i]])).toEqual(
          words.map((word) => orbitRepresentative(LETTERS, word)),
        );
        expect(Array.from(sizes)).toEqual(names.map((_, orbit) => orbitOfTerm.filter((o) => o === orbit).length));
      }),
    );
  });
});

describe('reversal', () => {
  test('turns words around, and twice is nothing', () => {
    fc.assert(
      fc.property(anySymbol, (symbol) => {
        const turned = reversedSymbol(symbol);
        expect(sameSymbol(reversedSymbol(turned), symbol)).toBe(true);
        for (const [word, coefficient] of symbol.words()) {
          expect(turned.coefficient([...word].reverse().join(''))).toBe(coefficient);
        }
      }),
    );
  });
});

test('many terms are sorted by their digits', () => {
  const count = 20_000;
  const all = Float64Array.from({ length: count }, (_, i) => (i * 7919) % count);
  const wide = all.map((key) => key * 101_559);
  for (const keys of [all, wide]) {
    const sorted = Float64Array.from(sortedOrder(6, 12, keys), (i) => keys[i]);
    expect(sorted).toEqual(keys.slice().sort());
  }
  const symbol = symbolOfTerms(
    FORM_FACTOR,
    12,
    wide,
    Int32Array.from(all, (key) => key + 1),
  );
  expect(symbol.at(101_559 * 777)).toBe(778);
});
