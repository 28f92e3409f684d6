import type { Expression } from './expression.ts';
import { normalize } from './simplify/normalize.ts';
import { simplify } from './simplify/simplify.ts';

/** Products of sums are multiplied out up to this many terms, so that (x + 1)^2 and x^2 + 2x + 1 meet. */
const EXPANSION_LIMIT = 256;

/**
 * Text that equal formulas share wherever algebra finds them equal. Constants enter with all digits.
 *
 * @example canonicalKey(parse('(x + 1)^2')) === canonicalKey(parse('1 + x*(x + 2)')) // true
 */
export function canonicalKey(expression: Expression): string {
  // Simplified first: a quotient cancels as it stands, not after its sums are multiplied out.
  return normalize({ limit: EXPANSION_LIMIT, blocked: false }, simplify(expression)).key;
}

/**
 * 64 bits of the canonical key, as 16 hexadecimal digits (FNV-1a).
 *
 * @example canonicalHash(parse('x + y')) === canonicalHash(parse('y + x')) // true
 */
export function canonicalHash(expression: Expression): string {
  let hash = 0xcbf29ce484222325n;
  for (const byte of new TextEncoder().encode(canonicalKey(expression))) {
    hash = BigInt.asUintN(64, (hash ^ BigInt(byte)) * 0x100000001b3n);
  }
  return hash.toString(16).padStart(16, '0');
}
