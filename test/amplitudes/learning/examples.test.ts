import { beforeAll, describe, expect, test } from 'vitest';
import {
  admissibleExamples,
  bootstrapSymbol,
  FORM_FACTOR,
  FORM_FACTOR_LOOPS,
  isAdmissible,
  leakedWords,
  orbitOf,
  orbitSplit,
  PolylogSymbol,
  randomSplit,
  strikeOutExamples,
  valueExamples,
  wordText,
  zeroExamples,
} from '../../../src/amplitudes/index.ts';
import { RandomStream } from '../../../src/core/index.ts';

let [three, four]: PolylogSymbol[] = [];
beforeAll(async () => {
  three = (await bootstrapSymbol(3)).symbol;
  four = (await bootstrapSymbol(4)).symbol;
});

describe('examples of words', () => {
  test('zeroExamples has as many zeros as coefficients, all admissible and none twice', () => {
    const { keys, targets, weight } = zeroExamples(three, new RandomStream(1));
    expect(keys).toHaveLength(2 * 636);
    expect(targets.reduce((sum, target) => sum + target, 0)).toBe(636);
    keys.forEach((key, i) => {
      if (i > 0) expect(key).toBeGreaterThan(keys[i - 1]);
      const word = wordText(FORM_FACTOR, weight, key);
      expect(targets[i]).toBe(three.coefficient(word) === 0n ? 0 : 1);
      expect(
        isAdmissible(
          FORM_FACTOR,
          Array.from(word, (name) => FORM_FACTOR.letter(name)),
        ),
      ).toBe(true);
    });
  });

  test('zeros are drawn evenly, and differ with the seed', () => {
    // 1194 zeros, of which 636 are taken: over 200 draws each is taken 106.5 times, with a standard deviation of 7.05.
    const taken = new Map<number, number>();
    for (let seed = 0; seed < 200; seed++) {
      const { keys, targets } = zeroExamples(three, new RandomStream(seed));
      keys.forEach((key, i) => {
        if (targets[i] === 0) taken.set(key, (taken.get(key) ?? 0) + 1);
      });
    }
    expect(taken.size).toBe(1830 - 636);
    const counts = [...taken.values()];
    expect(Math.min(...counts)).toBeGreaterThan(106.5 - 5 * 7.05);
    expect(Math.max(...counts)).toBeLessThan(106.5 + 5 * 7.05);
  });

  test('takes what zeros there are where they are fewer, and all admissible words where they are asked for', () => {
    const oneLoop = zeroExamples(FORM_FACTOR_LOOPS[0], new RandomStream(1));
    expect(Array.from(oneLoop.targets)).toEqual([1, 1, 1, 1, 1, 1]);
    expect(admissibleExamples(four).keys).toHaveLength(32_838);
    expect(admissibleExamples(four).targets.reduce((sum, target) => sum + target, 0)).toBe(11_208);
  });
});

describe('splits', () => {
  test('an orbit split keeps all images of a word on one side, and its share of the orbits', () => {
    const examples = valueExamples(three);
    const isTest = orbitSplit(examples, 0.1, new RandomStream(1));
    const side = new Map(Array.from(examples.keys, (key, i) => [wordText(FORM_FACTOR, 6, key), isTest[i]]));
    for (const [word, where] of side)
      for (const image of orbitOf(FORM_FACTOR, word)) expect(side.get(image)).toBe(where);
    expect(isTest.reduce((sum, one) => sum + one, 0)).toBe(6 * Math.round(0.1 * 106));
    expect(leakedWords(examples, isTest)).toBe(0);
    expect(orbitSplit(examples, 0.1, new RandomStream(1))).toEqual(isTest);
    expect(orbitSplit(examples, 0.1, new RandomStream(2))).not.toEqual(isTest);
  });

  test('a split by words leaks nearly all of them', () => {
    const examples = valueExamples(four);
    const isTest = randomSplit(examples.keys.length, 0.1, new RandomStream(1));
    const kept = isTest.reduce((sum, one) => sum + one, 0);
    expect(kept).toBe(1121);
    // A word does not leak when its five images are in the test as well: one of 10^5 does not.
    expect(leakedWords(examples, isTest)).toBe(kept);
  });

  test('one leaked word is counted', () => {
    const examples = valueExamples(three);
    const isTest = orbitSplit(examples, 0.1, new RandomStream(1));
    isTest[isTest.indexOf(1)] = 0;
    expect(leakedWords(examples, isTest)).toBe(5);
  });

  test('refuses shares and symbols that leave a side empty', () => {
    const random = new RandomStream(1);
    for (const share of [0, 1, -0.1, 1.5, Number.NaN]) {
      expect(() => orbitSplit(valueExamples(three), share, random)).toThrow('share');
    }
    expect(() => orbitSplit(valueExamples(FORM_FACTOR_LOOPS[0]), 0.1, random)).toThrow('one orbit cannot be split');
    expect(() => randomSplit(3, 0.9, random)).toThrow('3 orbits cannot be split');
  });
});

describe('strikeOutExamples', () => {
  test('has the coefficients of the words without two letters, by the definition', () => {
    const examples = strikeOutExamples(three, FORM_FACTOR_LOOPS[1]);
    expect(examples.parents).toBe(15);
    const rows = new Set<string>();
    for (let i = 0; i < examples.count; i++) {
      const word = wordText(FORM_FACTOR, 6, examples.keys[i]);
      const parents: number[] = [];
      for (let j = 0; j < 6; j++) {
        for (let k = j + 1; k < 6; k++) {
          const parent = word.slice(0, j) + word.slice(j + 1, k) + word.slice(k + 1);
          parents.push(Number(FORM_FACTOR_LOOPS[1].coefficient(parent)));
        }
      }
      expect(Array.from(examples.inputs.subarray(15 * i, 15 * i + 15))).toEqual(parents);
      expect(BigInt(examples.targets[i])).toBe(three.coefficient(word));
      rows.add(`${parents}:${examples.targets[i]}`);
    }
    expect(rows.size).toBe(examples.count);
    expect(examples.words.reduce((sum, one) => sum + one, 0)).toBe(636);
  });

  test('refuses what are no neighbouring loop orders, and symbols that are not symmetric', () => {
    expect(() => strikeOutExamples(four, FORM_FACTOR_LOOPS[1])).toThrow('weight 6');
    const lopsided = PolylogSymbol.from(FORM_FACTOR, [['bddd', 8]]);
    expect(() => strikeOutExamples(three, lopsided)).toThrow('weight 4 that symmetries change');
    const changed = three.coefficients.slice();
    changed[0]++;
    const spoiled = new PolylogSymbol(FORM_FACTOR, 6, three.keys, changed);
    expect(() => strikeOutExamples(spoiled, FORM_FACTOR_LOOPS[1])).toThrow('weight 6 that symmetries change');
  });
});
