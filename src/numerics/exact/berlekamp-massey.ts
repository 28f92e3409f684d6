import { inverseMod } from './prime-field.ts';

/**
 * The shortest linear recurrence with constant coefficients mod p, by Berlekamp and Massey.
 *
 * sum_{j=0}^{L} c_j s_{i-j} = 0 with c_0 = 1, for i = L .. n - 1. The answer is unique when 2 L <= n.
 *
 * @param terms s: residues 0 <= s < p < 2^26
 * @returns the length L and c_0 .. c_L
 * @see Massey 1969, "Shift-register synthesis and BCH decoding"
 */
export function berlekampMassey(terms: ArrayLike<number>, p: number): { length: number; connection: number[] } {
  let current = [1];
  let previous = [1];
  let length = 0;
  let gap = 1;
  let last = 1;
  for (let i = 0; i < terms.length; i++) {
    let discrepancy = terms[i];
    for (let j = 1; j <= length; j++) {
      if (j < current.length) discrepancy = (discrepancy + current[j] * terms[i - j]) % p;
    }
    if (discrepancy === 0) {
      gap++;
      continue;
    }
    const factor = (discrepancy * inverseMod(last, p)) % p;
    const kept = current;
    const updated = new Array<number>(Math.max(current.length, previous.length + gap)).fill(0);
    for (let j = 0; j < current.length; j++) updated[j] = current[j];
    for (let j = 0; j < previous.length; j++) {
      updated[j + gap] = (updated[j + gap] + (p - factor) * previous[j]) % p;
    }
    current = updated;
    if (2 * length <= i) {
      length = i + 1 - length;
      previous = kept;
      last = discrepancy;
      gap = 1;
    } else {
      gap++;
    }
  }
  const connection = Array.from({ length: length + 1 }, (_, j) => current[j] ?? 0);
  return { length, connection };
}
