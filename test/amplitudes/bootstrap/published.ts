/** Milliseconds for a test that generates five loops on a busy machine. */
export const LIMIT = 120_000;

/**
 * What is on record of the symbols: words published by Dixon, Gurdogan, McLeod, Wilhelm, arXiv:2204.11901; hashes of
 * the sorted lines "word, tab, coefficient" and parameters left free from an independent program.
 */
export const PUBLISHED: readonly {
  readonly loops: number;
  readonly terms: number;
  readonly distinct: number;
  readonly largest: number;
  readonly divisor: number;
  readonly hash?: string;
  readonly orbitCount: number;
  /** Free after seam, dihedral; then with each of collinear, soft, discontinuity, mirror alone. */
  readonly alone: readonly number[];
  /** Free after seam, dihedral, collinear, soft, discontinuity, mirror, OPE, one after the other. */
  readonly together: readonly number[];
}[] = [
  { loops: 1, terms: 6, distinct: 1, largest: 2, divisor: 2, orbitCount: 1, alone: [], together: [] },
  {
    loops: 2,
    terms: 12,
    distinct: 2,
    largest: 16,
    divisor: 8,
    orbitCount: 2,
    alone: [12, 4, 0, 1, 1, 0],
    together: [12, 4, 0, 0, 0, 0, 0],
  },
  {
    loops: 3,
    terms: 636,
    distinct: 12,
    largest: 384,
    divisor: 4,
    hash: 'b8c27feb185aaa60058c67b3e7324103b17864dd61d1bd8c1e9c103e4697de21',
    orbitCount: 106,
    alone: [27, 9, 4, 2, 2, 3],
    together: [27, 9, 4, 1, 1, 1, 0],
  },
  {
    loops: 4,
    terms: 11_208,
    distinct: 59,
    largest: 15_360,
    divisor: 8,
    hash: '922583131e4491a75eff0ce4a38af63c9b25b22a9f77dccf22cbc669b98b8b64',
    orbitCount: 1868,
    alone: [73, 22, 16, 4, 8, 12],
    together: [73, 22, 16, 3, 2, 1, 0],
  },
  {
    loops: 5,
    terms: 263_880,
    distinct: 648,
    largest: 860_160,
    divisor: 4,
    hash: '1c0ed08d19edaee36fb3a714aa1e28a3393b8e9d47f67f4b89aebe832b3b31ef',
    orbitCount: 43_980,
    alone: [199, 55, 48, 7, 31, 35],
    together: [199, 55, 48, 6, 4, 1, 0],
  },
  {
    loops: 6,
    terms: 4_916_466,
    distinct: 4875,
    largest: 61_931_520,
    divisor: 8,
    orbitCount: 819_411,
    alone: [341, 105, 90, 19, 59, 68],
    together: [341, 105, 90, 11, 4, 1, 0],
  },
];
