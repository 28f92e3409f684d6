import { greatestCommonDivisor } from './rational-symbol.ts';
import type { PolylogSymbol } from './symbol.ts';
import { wordText } from './word.ts';

/** What a symbol looks like at a glance. */
export interface SymbolFacts {
  readonly weight: number;
  /** Words with a coefficient. */
  readonly terms: number;
  /** Different coefficients. */
  readonly distinct: number;
  /** The size of the largest coefficient; 0 for the symbol 0. */
  readonly largest: number;
  /** The first word, in alphabetical order, with a coefficient of that size; empty for the symbol 0. */
  readonly largestWord: string;
  /** The greatest common divisor of the coefficients; 0 for the symbol 0. */
  readonly divisor: number;
  readonly positive: number;
  readonly negative: number;
}

/**
 * Counts and sizes of the terms of a symbol.
 *
 * @example symbolFacts(PolylogSymbol.from(FORM_FACTOR, [['bd', -4], ['ce', 6], ['cd', 6]])).divisor // 2
 */
export function symbolFacts({ alphabet, weight, keys, coefficients }: PolylogSymbol): SymbolFacts {
  const values = new Set<number>();
  let largest = 0;
  let at = -1;
  let positive = 0;
  for (let i = 0; i < coefficients.length; i++) {
    const coefficient = coefficients[i];
    values.add(coefficient);
    if (coefficient > 0) positive++;
    if (Math.abs(coefficient) <= largest) continue;
    largest = Math.abs(coefficient);
    at = i;
  }
  return {
    weight,
    terms: keys.length,
    distinct: values.size,
    largest,
    largestWord: at < 0 ? '' : wordText(alphabet, weight, keys[at]),
    divisor: greatestCommonDivisor(coefficients),
    positive,
    negative: keys.length - positive,
  };
}
