import { AnsatzError, DomainError } from '../core/index.ts';
import type { Alphabet } from './alphabet.ts';
import { wordKey, wordText } from './word.ts';

/** Coefficients are kept as 32-bit integers. */
const LARGEST = 2 ** 31 - 1;

/**
 * The symbol of a polylogarithm: a sum of words with integer coefficients.
 *
 * Words are keys in rising order, so that a look-up is a binary search and equal symbols have equal arrays.
 */
export class PolylogSymbol {
  /**
   * @param alphabet what the words are made of
   * @param weight letters a word
   * @param keys strictly rising, see `wordKey`; shape [terms]
   * @param coefficients not zero; shape [terms]
   */
  constructor(
    readonly alphabet: Alphabet,
    readonly weight: number,
    readonly keys: Float64Array,
    readonly coefficients: Int32Array,
  ) {}

  /**
   * A symbol from words; coefficients of a word given twice are added.
   *
   * @throws AnsatzError "unknown-letter" | "word-length"
   * @throws DomainError "coefficient-range" for coefficients that 32 bits do not hold
   */
  static from(alphabet: Alphabet, words: Iterable<readonly [string, number | bigint]>): PolylogSymbol {
    let weight = -1;
    const terms = new Map<number, number>();
    for (const [word, coefficient] of words) {
      if (weight < 0) weight = word.length;
      if (word.length !== weight) {
        throw new AnsatzError(
          'word-length',
          `"${word}" has ${word.length} letters`,
          `give words of ${weight} letters`,
          {
            word,
          },
        );
      }
      const key = wordKey(alphabet, word);
      terms.set(key, (terms.get(key) ?? 0) + Number(coefficient));
    }
    return PolylogSymbol.fromTerms(alphabet, Math.max(weight, 0), terms);
  }

  /** A symbol from keys in any order. @throws DomainError "coefficient-range" */
  static fromTerms(alphabet: Alphabet, weight: number, terms: ReadonlyMap<number, number>): PolylogSymbol {
    const keys = new Float64Array(terms.size);
    let count = 0;
    for (const [key, coefficient] of terms) if (coefficient !== 0) keys[count++] = key;
    const sorted = keys.slice(0, count).sort();
    const coefficients = new Int32Array(count);
    for (let i = 0; i < count; i++) {
      const coefficient = terms.get(sorted[i])!;
      if (!Number.isInteger(coefficient) || Math.abs(coefficient) > LARGEST) {
        throw new DomainError(
          'coefficient-range',
          `the coefficient ${coefficient} of ${wordText(alphabet, weight, sorted[i])}`,
          'coefficients are integers up to 2^31 - 1 in size',
        );
      }
      coefficients[i] = coefficient;
    }
    return new PolylogSymbol(alphabet, weight, sorted, coefficients);
  }

  /** Number of words with a coefficient. */
  get terms(): number {
    return this.keys.length;
  }

  /** Where a key stands in `keys`; -1 when its coefficient is zero. */
  indexOf(key: number): number {
    const { keys } = this;
    let low = 0;
    let high = keys.length;
    while (low < high) {
      const middle = (low + high) >>> 1;
      if (keys[middle] < key) low = middle + 1;
      else high = middle;
    }
    return keys[low] === key ? low : -1;
  }

  /** The coefficient of a key; 0 for words that are not there. */
  at(key: number): number {
    const index = this.indexOf(key);
    return index < 0 ? 0 : this.coefficients[index];
  }

  /**
   * The coefficient of a word.
   *
   * @throws AnsatzError "unknown-letter" | "word-length"
   */
  coefficient(word: string): bigint {
    if (word.length !== this.weight) {
      throw new AnsatzError('word-length', `"${word}" has ${word.length} letters`, `give ${this.weight} letters`, {
        word,
      });
    }
    return BigInt(this.at(wordKey(this.alphabet, word)));
  }

  /** The words in alphabetical order, with their coefficients. */
  *words(): Generator<[string, bigint]> {
    for (let i = 0; i < this.terms; i++) {
      yield [wordText(this.alphabet, this.weight, this.keys[i]), BigInt(this.coefficients[i])];
    }
  }
}
