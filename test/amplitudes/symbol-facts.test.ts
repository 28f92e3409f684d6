import { describe, expect, test } from 'vitest';
import {
  admissibleWords,
  FORM_FACTOR,
  FORM_FACTOR_LOOPS,
  HEXAGON,
  isAdmissible,
  PolylogSymbol,
  symbolFacts,
  wordLetters,
} from '../../src/amplitudes/index.ts';

describe('the facts of a symbol', () => {
  const [one, two] = FORM_FACTOR_LOOPS;

  test('at one and two loops', () => {
    expect(symbolFacts(one)).toEqual({
      weight: 2,
      terms: 6,
      distinct: 1,
      largest: 2,
      largestWord: 'ae',
      divisor: 2,
      positive: 0,
      negative: 6,
    });
    expect(symbolFacts(two)).toEqual({
      weight: 4,
      terms: 12,
      distinct: 2,
      largest: 16,
      largestWord: 'aaae',
      divisor: 8,
      positive: 12,
      negative: 0,
    });
  });

  test('follow the law of the largest coefficient', () => {
    // 2^(3L - 2) (2L - 3)!!, on the word a^(2L - 1) f among others.
    expect(one.coefficient('af')).toBe(-2n);
    expect(two.coefficient('aaaf')).toBe(16n);
  });

  test('of no terms, and of mixed signs', () => {
    const zero = new PolylogSymbol(FORM_FACTOR, 4, new Float64Array(0), new Int32Array(0));
    expect(symbolFacts(zero)).toMatchObject({ terms: 0, distinct: 0, largest: 0, largestWord: '', divisor: 0 });
    const mixed = PolylogSymbol.from(FORM_FACTOR, [
      ['ad', 6],
      ['bd', -9],
      ['cd', 6],
    ]);
    expect(symbolFacts(mixed)).toMatchObject({ distinct: 2, largest: 9, largestWord: 'bd', divisor: 3, negative: 1 });
  });
});

describe('admissible words', () => {
  test('of the form factor', () => {
    const counts = [2, 4, 6, 8, 10, 12].map((weight) => admissibleWords(FORM_FACTOR, weight));
    expect(counts).toEqual([6n, 102n, 1830n, 32_838n, 589_254n, 10_573_734n]);
  });

  test.each([FORM_FACTOR, HEXAGON])('are those that pass one by one: $name', (alphabet) => {
    for (const weight of [1, 2, 3, 4]) {
      const letters = new Uint8Array(weight);
      let count = 0n;
      for (let key = 0; key < alphabet.size ** weight; key++) {
        wordLetters(alphabet.size, weight, key, letters);
        if (isAdmissible(alphabet, letters)) count++;
      }
      expect(admissibleWords(alphabet, weight)).toBe(count);
    }
    expect(admissibleWords(alphabet, 0)).toBe(1n);
    expect(isAdmissible(alphabet, [])).toBe(true);
  });

  test('are not counted for lengths that make no sense', () => {
    for (const weight of [-1, 2.5, 1e9, Number.NaN]) {
      expect(() => admissibleWords(FORM_FACTOR, weight)).toThrow(expect.objectContaining({ code: 'out-of-range' }));
    }
  });

  test('hold the published symbols', () => {
    for (const symbol of FORM_FACTOR_LOOPS) {
      for (const [word] of symbol.words()) {
        expect(
          isAdmissible(
            FORM_FACTOR,
            [...word].map((name) => FORM_FACTOR.letter(name)),
          ),
        ).toBe(true);
      }
    }
  });
});
