import fc from 'fast-check';
import { expect, test } from 'vitest';
import { AnsatzError } from '../../src/core/index.ts';
import { parse, print } from '../../src/expressions/index.ts';
import { ANY_CONSTANTS, arbitraryExpression } from '../laws/arbitrary-expression.ts';

const RUNS = 20_000;
/** Milliseconds; a single run may also wait for the machine, so that a slow text gets a second try. */
const SLOWEST = 100;

const VALID = arbitraryExpression({ constants: ANY_CONSTANTS }).map((tree) => print(tree));
const SOUP = fc.string({ unit: fc.constantFrom(...'+-*/^(),.`0123456789eExy_ \t\n$%&[]{}'), maxLength: 60 });
const NESTED = fc
  .tuple(fc.constantFrom('(', 'sin(', '-(', 'x^(', '-', 'max(x,', '`'), fc.integer({ min: 1, max: 2000 }), fc.nat(2000))
  .map(([open, n, closes]) => `${open.repeat(n)}x${')'.repeat(closes)}`);
const MUTATED = fc.tuple(VALID, fc.nat(), fc.nat(3), SOUP).map(([text, at, drop, insert]) => {
  const place = at % (text.length + 1);
  return text.slice(0, place) + insert.slice(0, 3) + text.slice(place + drop);
});
const TEXTS = fc.oneof(
  { weight: 3, arbitrary: SOUP },
  { weight: 2, arbitrary: fc.string({ unit: 'binary' }) },
  { weight: 1, arbitrary: fc.string({ unit: 'grapheme' }) },
  { weight: 1, arbitrary: NESTED },
  { weight: 4, arbitrary: MUTATED },
);

test(`${RUNS} random texts are read or refused with a typed error, at once`, () => {
  let read = 0;
  fc.assert(
    fc.property(TEXTS, (text) => {
      const start = performance.now();
      attempt(text);
      if (performance.now() - start < SLOWEST) return;
      const again = performance.now();
      attempt(text);
      expect(performance.now() - again).toBeLessThan(SLOWEST);
    }),
    { numRuns: RUNS, seed: 7 },
  );
  // Both answers must occur, or the texts test nothing.
  expect(read).toBeGreaterThan(RUNS / 20);
  expect(read).toBeLessThan(RUNS / 1.1);

  function attempt(text: string): void {
    try {
      parse(text);
      read++;
    } catch (error) {
      if (!(error instanceof AnsatzError)) throw error;
    }
  }
});
