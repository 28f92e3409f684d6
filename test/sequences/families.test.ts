import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { guessSequence } from '../../src/index.ts';
import { FAMILIES } from '../../src/sequences/families/index.ts';
import { misprintsOf } from '../../src/sequences/misprints.ts';

const small = fc.bigInt({ min: -6n, max: 6n });
const forever = (): boolean => false;
const ASKED = 10;

async function continues(all: readonly bigint[], given: number, start = 0): Promise<void> {
  const { candidates } = await guessSequence(all.slice(0, given), { start, explain: false });
  const answers = candidates.map(({ next }) => next(ASKED).map(({ num, den }) => (den === 1n ? num : undefined)));
  expect(answers).toContainEqual(all.slice(given, given + ASKED));
}

describe('what a generator makes is guessed', () => {
  test('polynomials', async () => {
    await fc.assert(
      fc.asyncProperty(fc.array(small, { minLength: 1, maxLength: 5 }), fc.integer({ min: -3, max: 3 }), (c, start) => {
        const at = (n: bigint): bigint => c.reduceRight((sum, value) => sum * n + value, 0n);
        return continues(
          Array.from({ length: 24 }, (_, i) => at(BigInt(start + i))),
          12,
          start,
        );
      }),
      { numRuns: 40 },
    );
  });

  test('recurrences with constant coefficients', async () => {
    await fc.assert(
      fc.asyncProperty(fc.array(fc.tuple(small, small), { minLength: 1, maxLength: 4 }), (pairs) => {
        const terms = pairs.map(([first]) => first);
        while (terms.length < 30)
          terms.push(pairs.reduce((sum, [, c], j) => sum + c * terms[terms.length - 1 - j], 0n));
        return continues(terms, 16);
      }),
      { numRuns: 40 },
    );
  });

  test('recurrences with linear coefficients', async () => {
    await fc.assert(
      fc.asyncProperty(fc.tuple(small, small, small, small), ([a, b, c, d]) => {
        const terms = [1n, 2n];
        for (let n = 2n; terms.length < 30; n++) {
          terms.push((a * n + b) * terms[terms.length - 1] + (c * n + d) * terms[terms.length - 2]);
        }
        return continues(terms, 18);
      }),
      { numRuns: 30 },
    );
  });

  test('every law of every family meets the given terms when it is built on fewer', () => {
    // What a law says of later terms must not depend on how many were given.
    const sequences: bigint[][] = [
      Array.from({ length: 30 }, (_, n) => BigInt(n) ** 2n),
      Array.from({ length: 30 }, (_, n) => BigInt([...n.toString(2)].filter((bit) => bit === '1').length)),
      Array.from({ length: 30 }, (_, n) => BigInt(Math.floor((n + 1) * Math.SQRT2))),
      Array.from({ length: 30 }, (_, n) => BigInt((n * n) % 13)),
    ];
    for (const all of sequences) {
      for (const family of FAMILIES) {
        for (const law of family.propose({ values: all.slice(0, 20), start: 0, isOver: forever })) {
          expect(law.bits).toBeGreaterThanOrEqual(0);
          expect(law.surplus).toBeGreaterThanOrEqual(1);
          const ahead = law.extend(3);
          if (ahead) expect(ahead.every(({ den }) => den > 0n)).toBe(true);
        }
      }
    }
  });
});

describe('a misprint', () => {
  test.each<[string, (n: bigint) => bigint]>([
    ['squares', (n) => n * n],
    ['cubes', (n) => n ** 3n],
    ['powers of two', (n) => 2n ** n],
  ])('in %s is found wherever it stands', (_name, at) => {
    const values = Array.from({ length: 15 }, (_, n) => at(BigInt(n)));
    fc.assert(
      fc.property(fc.integer({ min: 0, max: 14 }), fc.bigInt({ min: 1n, max: 9n }), (place, change) => {
        const printed = values.with(place, values[place] + change);
        const found = misprintsOf({ values: printed, start: 0, isOver: forever });
        expect(found.map((one) => [one.place, one.expected])).toContainEqual([place, values[place]]);
      }),
    );
  });

  test('never makes a confident wrong law of squares, Fibonacci numbers or factorials', async () => {
    const fibonacci = [0n, 1n];
    const factorials = [1n];
    while (fibonacci.length < 25) fibonacci.push(fibonacci[fibonacci.length - 1] + fibonacci[fibonacci.length - 2]);
    while (factorials.length < 25) factorials.push(factorials[factorials.length - 1] * BigInt(factorials.length));
    const squares = Array.from({ length: 25 }, (_, n) => BigInt(n * n));
    for (const all of [squares, fibonacci, factorials]) {
      for (let place = 0; place < 15; place++) {
        for (const change of [-2n, 1n, 7n]) {
          const printed = all.with(place, all[place] + change).slice(0, 15);
          const { status, candidates } = await guessSequence(printed, { explain: false });
          const [first] = candidates;
          const isRight = first?.next(5).every(({ num }, i) => num === all[15 + i]);
          const isNamed = first?.exceptions.some(({ index }) => index === place);
          expect(status === 'found' && !isRight, `${printed}`).toBe(false);
          // A first term that is odd may be left out without a word.
          expect(isNamed || place < 4 || place > 12, `${printed}: ${first?.formula}`).toBe(true);
        }
      }
    }
  });
});
