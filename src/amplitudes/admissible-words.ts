import { DomainError } from '../core/index.ts';
import type { Alphabet } from './alphabet.ts';

/** Counts grow by a digit a letter; nobody counts longer words. */
const LONGEST = 10_000;

/**
 * How many words the first, last and adjacent letters of an alphabet allow, by powers of its transfer matrix.
 *
 * @param weight letters of a word, up to 10000
 * @throws DomainError "out-of-range"
 * @example admissibleWords(FORM_FACTOR, 4) // 102n
 */
export function admissibleWords({ size, mayBegin, mayEnd, mayFollow }: Alphabet, weight: number): bigint {
  if (!(Number.isInteger(weight) && weight >= 0 && weight <= LONGEST)) {
    throw new DomainError('out-of-range', `words of ${weight} letters`, `give 0 to ${LONGEST}`, { weight });
  }
  if (weight === 0) return 1n;
  let counts = Array.from(mayBegin, BigInt);
  for (let length = 1; length < weight; length++) {
    const next = new Array<bigint>(size).fill(0n);
    for (let x = 0; x < size; x++) {
      for (let y = 0; y < size; y++) if (mayFollow[x * size + y]) next[y] += counts[x];
    }
    counts = next;
  }
  return counts.reduce((sum, count, letter) => (mayEnd[letter] ? sum + count : sum), 0n);
}

/** Whether the first, last and adjacent letters of an alphabet allow a word. @param letters shape [weight] */
export function isAdmissible({ size, mayBegin, mayEnd, mayFollow }: Alphabet, letters: ArrayLike<number>): boolean {
  const weight = letters.length;
  if (weight === 0) return true;
  if (!mayBegin[letters[0]] || !mayEnd[letters[weight - 1]]) return false;
  for (let i = 1; i < weight; i++) if (!mayFollow[letters[i - 1] * size + letters[i]]) return false;
  return true;
}
