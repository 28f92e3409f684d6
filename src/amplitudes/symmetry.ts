import { DomainError } from '../core/index.ts';
import type { Alphabet } from './alphabet.ts';
import { keyImages } from './key-images.ts';
import { sameSymbol } from './linear-combination.ts';
import { sortedOrder, symbolOfTerms } from './sort-terms.ts';
import { PolylogSymbol } from './symbol.ts';
import { wordKey, wordText } from './word.ts';

/**
 * The symbol with every letter replaced by its image under an element of the symmetry group.
 *
 * @param element a permutation of the letters, such as `alphabet.group[1]`; shape [size]
 * @throws DomainError "alphabet" for what is no permutation of the letters
 */
export function symmetryImage(symbol: PolylogSymbol, element: ArrayLike<number>): PolylogSymbol {
  const { alphabet, weight, keys, coefficients } = symbol;
  const { size } = alphabet;
  if (element.length !== size || new Set(Array.from(element).filter((x) => x >= 0 && x < size)).size !== size) {
    throw new DomainError(
      'alphabet',
      'an element that does not permute the letters',
      `give ${size} letters, each once`,
    );
  }
  return symbolOfTerms(alphabet, weight, keys.map(keyImages(size, weight, keys.length, element)), coefficients);
}

/**
 * The symbol with every word read from its end, as in antipodal duality.
 *
 * @example [...reversedSymbol(PolylogSymbol.from(FORM_FACTOR, [['abd', 2]])).words()] // [['dba', 2n]]
 */
export function reversedSymbol(symbol: PolylogSymbol): PolylogSymbol {
  const { alphabet, weight, keys, coefficients } = symbol;
  const identity = Array.from({ length: alphabet.size }, (_, letter) => letter);
  return symbolOfTerms(
    alphabet,
    weight,
    keys.map(keyImages(alphabet.size, weight, keys.length, identity, true)),
    coefficients,
  );
}

/** Whether no element of the symmetry group changes a symbol. */
export function isSymmetric(symbol: PolylogSymbol): boolean {
  return symbol.alphabet.group.every((element) => sameSymbol(symbol, symmetryImage(symbol, element)));
}

/**
 * The images of a word under the symmetry group, each once, in alphabetical order.
 *
 * @throws AnsatzError "unknown-letter" | "word-too-long"
 * @example orbitOf(FORM_FACTOR, 'bd') // ['af', 'ae', 'bd', 'bf', 'cd', 'ce'].sort()
 */
export function orbitOf(alphabet: Alphabet, word: string): string[] {
  const key = wordKey(alphabet, word);
  const { size, group } = alphabet;
  const images = Float64Array.from(group, (element) => keyImages(size, word.length, 1, element)(key)).sort();
  return [...new Set(images)].map((image) => wordText(alphabet, word.length, image));
}

/**
 * The first word of an orbit, which stands for it.
 *
 * @throws AnsatzError "unknown-letter" | "word-too-long"
 * @example orbitRepresentative(FORM_FACTOR, 'cd') // 'ae'
 */
export function orbitRepresentative(alphabet: Alphabet, word: string): string {
  return orbitOf(alphabet, word)[0];
}

/** The words of a symbol by orbits of the symmetry group. */
export interface Orbits {
  /** Keys of the first words of the orbits, rising; they need not be words of the symbol. Shape [orbits]. */
  readonly representatives: Float64Array;
  /** The orbit of every term: a place in `representatives`. Shape [terms]. */
  readonly orbitOfTerm: Int32Array;
  /** Terms of the symbol in every orbit; shape [orbits]. */
  readonly sizes: Int32Array;
}

/** Splits the words of a symbol into orbits of the symmetry group of its alphabet. */
export function orbits({ alphabet, weight, keys }: PolylogSymbol): Orbits {
  const images = alphabet.group.map((element) => keyImages(alphabet.size, weight, keys.length, element));
  const least = keys.slice();
  for (const image of images) {
    for (let i = 0; i < keys.length; i++) {
      const key = image(keys[i]);
      if (key < least[i]) least[i] = key;
    }
  }
  const order = sortedOrder(alphabet.size, weight, least);
  const orbitOfTerm = new Int32Array(keys.length);
  const representatives = new Float64Array(keys.length);
  const sizes = new Int32Array(keys.length);
  let count = 0;
  for (const i of order) {
    if (count === 0 || representatives[count - 1] !== least[i]) representatives[count++] = least[i];
    orbitOfTerm[i] = count - 1;
    sizes[count - 1]++;
  }
  return { representatives: representatives.slice(0, count), orbitOfTerm, sizes: sizes.slice(0, count) };
}

/** One term of every orbit, with the number of terms it stands for: a symmetric symbol is known from these. */
export function orbitRepresentatives(symbol: PolylogSymbol): PolylogSymbol {
  const { representatives } = orbits(symbol);
  const kept = representatives.filter((key) => symbol.indexOf(key) >= 0);
  const coefficients = Int32Array.from(kept, (key) => symbol.at(key));
  return new PolylogSymbol(symbol.alphabet, symbol.weight, kept, coefficients);
}
