/** Tables with this many words stay in the cache of a core. */
const LARGEST_TABLE = 65_536;

/**
 * Letters that a look-up table of words should cover.
 *
 * @param count keys that will be looked up: a table far larger than that would cost more than it saves
 */
export function lettersPerLookup(size: number, weight: number, count: number): number {
  const words = Math.min(LARGEST_TABLE, Math.max(count, 1));
  const letters = Math.floor(Math.log(words) / Math.log(Math.max(size, 2)) + 1e-9);
  return Math.max(1, Math.min(weight, letters));
}

/**
 * A quick `wordLetters` for many keys of one weight: several letters a look-up, instead of a division a letter.
 *
 * @param count keys that will be read
 * @returns writes the letters of a key to `out`, first letter first; `out` has shape [weight] or longer
 */
export function letterReader(size: number, weight: number, count: number): (key: number, out: Uint8Array) => void {
  const letters = lettersPerLookup(size, weight, count);
  const chunk = size ** letters;
  const table = new Uint8Array(chunk * letters);
  for (let key = 0; key < chunk; key++) {
    let rest = key;
    for (let i = letters - 1; i >= 0; i--) {
      table[key * letters + i] = rest % size;
      rest = Math.floor(rest / size);
    }
  }
  return (key, out) => {
    let rest = key;
    for (let end = weight; end > 0; end -= letters) {
      const above = Math.floor(rest / chunk);
      const at = (rest - above * chunk) * letters;
      const count = Math.min(letters, end);
      for (let i = 1; i <= count; i++) out[end - i] = table[at + letters - i];
      rest = above;
    }
  };
}
