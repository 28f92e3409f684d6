import { AnsatzError } from '../core/index.ts';
import { type Alphabet, longestWord } from './alphabet.ts';

/**
 * The key of a word: its letters as digits, the first letter the highest, in the base of the alphabet's size.
 *
 * @throws AnsatzError "unknown-letter" | "word-too-long"
 * @example wordKey(FORM_FACTOR, 'bd') // 9
 */
export function wordKey(alphabet: Alphabet, word: string): number {
  const longest = longestWord(alphabet);
  if (word.length > longest) {
    throw new AnsatzError(
      'word-too-long',
      `a word of ${word.length} letters of ${alphabet.name}`,
      `keys hold ${longest} letters of this alphabet`,
      { length: word.length, longest },
    );
  }
  let key = 0;
  for (const name of word) key = key * alphabet.size + alphabet.letter(name);
  return key;
}

/** The word of a key. @param weight the number of letters */
export function wordText({ size, names }: Alphabet, weight: number, key: number): string {
  let word = '';
  let rest = key;
  for (let i = 0; i < weight; i++) {
    const letter = rest % size;
    word = names[letter] + word;
    rest = (rest - letter) / size;
  }
  return word;
}

/** Writes the letters of a key to `out`, first letter first. @param out shape [weight] or longer */
export function wordLetters(size: number, weight: number, key: number, out: Uint8Array): void {
  let rest = key;
  for (let i = weight - 1; i >= 0; i--) {
    const letter = rest % size;
    out[i] = letter;
    rest = (rest - letter) / size;
  }
}

/** The key of letters. @param letters the first `weight` of them count */
export function lettersKey(size: number, weight: number, letters: ArrayLike<number>): number {
  let key = 0;
  for (let i = 0; i < weight; i++) key = key * size + letters[i];
  return key;
}
