import type { Alphabet } from './alphabet.ts';
import { PolylogSymbol } from './symbol.ts';

const LARGEST_BUCKETS = 65_536;
/** Below this many terms a comparison sort is quicker than filling the buckets. */
const FEW = 4096;

/**
 * The order that makes keys rise: by their digits in the base of the alphabet, several letters a pass.
 *
 * @param weight letters of a key
 * @returns places in `keys`, equal keys in the order given; shape [keys]
 */
export function sortedOrder(size: number, weight: number, keys: Float64Array): Uint32Array {
  const count = keys.length;
  let order = Uint32Array.from({ length: count }, (_, i) => i);
  if (count < FEW || size < 2) return order.sort((i, j) => keys[i] - keys[j] || i - j);
  const letters = Math.floor(Math.log(LARGEST_BUCKETS) / Math.log(size) + 1e-9);
  const buckets = size ** letters;
  const ends = new Uint32Array(buckets + 1);
  const digits = new Uint32Array(count);
  let spare = new Uint32Array(count);
  for (let done = 0, unit = 1; done < weight; done += letters, unit *= buckets) {
    ends.fill(0);
    for (let i = 0; i < count; i++) {
      digits[i] = Math.floor(keys[i] / unit) % buckets;
      ends[digits[i] + 1]++;
    }
    for (let b = 1; b <= buckets; b++) ends[b] += ends[b - 1];
    for (let i = 0; i < count; i++) spare[ends[digits[order[i]]]++] = order[i];
    [order, spare] = [spare, order];
  }
  return order;
}

/** The symbol of terms in any order, every key at most once. */
export function symbolOfTerms(
  alphabet: Alphabet,
  weight: number,
  keys: Float64Array,
  coefficients: Int32Array,
): PolylogSymbol {
  const order = sortedOrder(alphabet.size, weight, keys);
  const [sorted, values] = [new Float64Array(keys.length), new Int32Array(keys.length)];
  for (let i = 0; i < order.length; i++) {
    sorted[i] = keys[order[i]];
    values[i] = coefficients[order[i]];
  }
  return new PolylogSymbol(alphabet, weight, sorted, values);
}
