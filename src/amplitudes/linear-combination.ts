import { DomainError, ShapeError } from '../core/index.ts';
import { mergeTerms } from './merge-terms.ts';
import type { PolylogSymbol } from './symbol.ts';
import { TermBuffer } from './term-buffer.ts';

/**
 * A sum of symbols with integer factors; all of one alphabet and weight.
 *
 * @throws ShapeError when alphabets or weights differ, or nothing is given
 * @throws DomainError "not-an-integer" for factors; "coefficient-range"
 * @example
 * const symbol = PolylogSymbol.from(FORM_FACTOR, [['bd', 2], ['ce', 1]]);
 * [...linearCombination([[symbol, 3], [PolylogSymbol.from(FORM_FACTOR, [['ce', 3]]), -1]]).words()] // [['bd', 6n]]
 */
export function linearCombination(parts: readonly (readonly [PolylogSymbol, number])[]): PolylogSymbol {
  if (parts.length === 0) throw new ShapeError('parts', 'a symbol or more', 'none', 'a sum needs to know its weight');
  const [{ alphabet, weight }] = parts[0];
  for (const [symbol, factor] of parts) {
    checkSameKind(parts[0][0], symbol);
    if (!Number.isSafeInteger(factor)) {
      throw new DomainError('not-an-integer', `the factor ${factor}`, 'factors are whole numbers', { factor });
    }
  }
  const out = new TermBuffer(Math.max(...parts.map(([symbol]) => symbol.terms)));
  const runs = parts.map(([{ keys, coefficients: values }, factor]) => {
    return { keys, values, from: 0, to: keys.length, shift: 0, factor };
  });
  mergeTerms(runs, out);
  return out.toSymbol(alphabet, weight);
}

/** The sum of symbols of one alphabet and weight. @throws ShapeError; DomainError "coefficient-range" */
export function sumOfSymbols(...symbols: readonly PolylogSymbol[]): PolylogSymbol {
  return linearCombination(symbols.map((symbol) => [symbol, 1] as const));
}

/** A symbol times an integer. @throws DomainError "not-an-integer" | "coefficient-range" */
export function scaledSymbol(symbol: PolylogSymbol, factor: number): PolylogSymbol {
  return linearCombination([[symbol, factor]]);
}

/** Whether two symbols have the same alphabet, weight, words and coefficients. */
export function sameSymbol(one: PolylogSymbol, other: PolylogSymbol): boolean {
  if (one.alphabet !== other.alphabet || one.weight !== other.weight || one.terms !== other.terms) return false;
  for (let i = 0; i < one.terms; i++) {
    if (one.keys[i] !== other.keys[i] || one.coefficients[i] !== other.coefficients[i]) return false;
  }
  return true;
}

/** @throws ShapeError for symbols that cannot be added */
export function checkSameKind(one: PolylogSymbol, other: PolylogSymbol): void {
  checkSameAlphabet(one, other);
  if (one.weight !== other.weight) {
    throw new ShapeError('symbols', `weight ${one.weight}`, `weight ${other.weight}`, 'only equal weights add up');
  }
}

/** @throws ShapeError for symbols of different alphabets */
export function checkSameAlphabet(one: PolylogSymbol, other: PolylogSymbol): void {
  if (one.alphabet !== other.alphabet) {
    throw new ShapeError('symbols', `letters of ${one.alphabet.name}`, `letters of ${other.alphabet.name}`);
  }
}
