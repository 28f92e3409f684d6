/** Tables with this many words stay in the cache of a core. */
const LARGEST_TABLE = 65_536;

/**
 * A quick `wordLetters` for many keys of one weight: several letters a look-up, instead of a division a letter.
 *
 * @returns writes the letters of a key to `out`, first letter first; `out` has shape [weight] or longer
 */
export function letterReader(size: number, weight: number): (key: number, out: Uint8Array) => void {
  const most = Math.floor(Math.log(LARGEST_TABLE) / Math.log(Math.max(size, 2)) + 1e-9);
  const letters = Math.max(1, Math.min(weight, most));
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
