import { Integer } from '../numerics/index.ts';

/**
 * Bits of an integer in a code that knows nothing: its binary digits, their number, and a sign.
 *
 * log2(|k| + 1) + 2 log2(1 + log2(|k| + 1)) + 1, as Elias's delta code without rounding.
 *
 * @see Elias 1975, "Universal codeword sets and representations of the integers"
 */
export function integerBits(k: bigint): number {
  const size = logOf(k);
  return size + 2 * Math.log2(1 + size) + 1;
}

/** log2(|k| + 1). */
function logOf(k: bigint): number {
  const size = Integer.abs(k) + 1n;
  if (size < 1n << 53n) return Math.log2(Number(size));
  const length = Integer.bitLength(size);
  return length - 53 + Math.log2(Number(size >> BigInt(length - 53)));
}

/** Bits of integers one by one. */
export function bitsOf(values: Iterable<bigint>): number {
  let sum = 0;
  for (const value of values) sum += integerBits(value);
  return sum;
}
