import type { Recurrence } from '../../src/sequences/recurrence.ts';

/** A recurrence of machine numbers, for short tables. */
export function recurrence(coefficients: readonly (readonly number[])[], constant: readonly number[] = []): Recurrence {
  return { coefficients: coefficients.map((p) => p.map(BigInt)), constant: constant.map(BigInt) };
}

/** Sequences with their recurrences, as in the OEIS; all start at n = 0. */
export const KNOWN = {
  fibonacci: { law: recurrence([[-1], [-1], [1]]), terms: [0n, 1n] },
  motzkin: {
    law: recurrence([
      [-3, -3],
      [-5, -2],
      [4, 1],
    ]),
    terms: [1n, 1n],
  },
  catalan: {
    law: recurrence([
      [-2, -4],
      [2, 1],
    ]),
    terms: [1n],
  },
  apery: {
    law: recurrence([
      [1, 3, 3, 1],
      [-117, -231, -153, -34],
      [8, 12, 6, 1],
    ]),
    terms: [1n, 5n],
  },
  involutions: { law: recurrence([[-1, -1], [-1], [1]]), terms: [1n, 1n] },
  derangements: { law: recurrence([[-1, -1], [-1, -1], [1]]), terms: [1n, 0n] },
} as const satisfies Record<string, { law: Recurrence; terms: readonly bigint[] }>;
