import { lettersPerLookup } from './letter-reader.ts';

/**
 * A function of keys that gives every letter an image, by tables of several letters at once.
 *
 * @param count keys that will be mapped
 * @param image the image of a letter; shape [size]
 * @param backwards whether the word is read from its end
 */
export function keyImages(
  size: number,
  weight: number,
  count: number,
  image: ArrayLike<number>,
  backwards = false,
): (key: number) => number {
  const letters = lettersPerLookup(size, weight, count);
  const chunk = size ** letters;
  const parts = Math.ceil(weight / letters);
  // Table k serves the letters k * letters .. from the end of the word; the last one may have fewer.
  const tables = Array.from({ length: parts }, (_, part) => {
    const length = Math.min(letters, weight - part * letters);
    const table = new Float64Array(size ** length);
    for (let key = 0; key < table.length; key++) {
      let rest = key;
      let value = 0;
      for (let i = 0; i < length; i++) {
        const letter = rest % size;
        const place = part * letters + i;
        value += image[letter] * size ** (backwards ? weight - 1 - place : place);
        rest = (rest - letter) / size;
      }
      table[key] = value;
    }
    return table;
  });
  return (key) => {
    let value = 0;
    let rest = key;
    for (let part = 0; part < parts; part++) {
      const low = rest % chunk;
      value += tables[part][low];
      rest = (rest - low) / chunk;
    }
    return value;
  };
}
