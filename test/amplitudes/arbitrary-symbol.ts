import fc from 'fast-check';
import { createAlphabet, type PolylogSymbol, symbolOfTerms } from '../../src/amplitudes/index.ts';

/** Three letters without rules: short words meet often, so that sums, merges and cancellations all happen. */
export const LETTERS = createAlphabet({
  name: 'three letters',
  variables: ['x', 'y'],
  letters: [
    { name: 'a', argument: 'x' },
    { name: 'b', argument: 'y' },
    { name: 'c', argument: 'x + y' },
  ],
  symmetries: { cycle: 'bca', flip: 'bac' },
});

/** Symbols of one weight in three letters, zero among them, with small coefficients. */
export function arbitrarySymbol(weight: number, alphabet = LETTERS): fc.Arbitrary<PolylogSymbol> {
  const words = alphabet.size ** weight;
  return fc
    .uniqueArray(
      fc.tuple(
        fc.nat(words - 1),
        fc.integer({ min: -9, max: 9 }).filter((c) => c !== 0),
      ),
      {
        maxLength: 12,
        selector: ([key]) => key,
      },
    )
    .map((terms) =>
      symbolOfTerms(
        alphabet,
        weight,
        Float64Array.from(terms, ([key]) => key),
        Int32Array.from(terms, ([, coefficient]) => coefficient),
      ),
    );
}

/** A symbol of weight 0 to 3. */
export const anySymbol = fc.integer({ min: 0, max: 3 }).chain((weight) => arbitrarySymbol(weight));

/** Words and coefficients, for comparisons that name what differs. */
export function listed(symbol: PolylogSymbol): [string, number][] {
  return [...symbol.words()].map(([word, coefficient]) => [word, Number(coefficient)]);
}
