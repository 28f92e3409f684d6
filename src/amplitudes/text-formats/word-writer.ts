import type { Alphabet } from '../alphabet.ts';
import { lettersPerLookup } from '../letter-reader.ts';
import { wordText } from '../word.ts';

/**
 * A quick `wordText` for many keys of one weight: several letters a look-up.
 *
 * @param count keys that will be written
 * @param separator what stands between letters
 */
export function wordWriter(alphabet: Alphabet, weight: number, count: number, separator = ''): (key: number) => string {
  const { size } = alphabet;
  const letters = lettersPerLookup(size, weight, count);
  const chunk = size ** letters;
  const text = (length: number, key: number): string => [...wordText(alphabet, length, key)].join(separator);
  const table = Array.from({ length: chunk }, (_, key) => text(letters, key));
  return (key) => {
    let word = '';
    let rest = key;
    let left = weight;
    for (; left >= letters && left > 0; left -= letters) {
      const above = Math.floor(rest / chunk);
      const part = table[rest - above * chunk];
      word = word === '' ? part : part + separator + word;
      rest = above;
    }
    if (left === 0) return word;
    return word === '' ? text(left, rest) : text(left, rest) + separator + word;
  };
}
