import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { DomainError, OptionError, ShapeError } from '../../../src/core/index.ts';
import { reduceLattice } from '../../../src/numerics/index.ts';

type Matrix = readonly (readonly bigint[])[];

const dot = (a: readonly bigint[], b: readonly bigint[]): bigint => a.reduce((sum, x, i) => sum + x * b[i], 0n);
const product = (a: Matrix, b: Matrix): bigint[][] =>
  a.map((row) =>
    b[0].map((_, j) =>
      dot(
        row,
        b.map((r) => r[j]),
      ),
    ),
  );
const gram = (rows: Matrix): bigint[][] => rows.map((a) => rows.map((b) => dot(a, b)));

/** Bareiss: fractions never appear. */
function determinant(matrix: Matrix): bigint {
  const rows = matrix.map((row) => [...row]);
  let [sign, before] = [1n, 1n];
  for (let k = 0; k < rows.length - 1; k++) {
    const pivot = rows.findIndex((row, i) => i >= k && row[k] !== 0n);
    if (pivot < 0) return 0n;
    if (pivot !== k) {
      [rows[k], rows[pivot]] = [rows[pivot], rows[k]];
      sign = -sign;
    }
    for (let i = k + 1; i < rows.length; i++) {
      for (let j = k + 1; j < rows.length; j++) {
        rows[i][j] = (rows[i][j] * rows[k][k] - rows[i][k] * rows[k][j]) / before;
      }
    }
    before = rows[k][k];
  }
  return sign * rows[rows.length - 1][rows.length - 1];
}

/** Determinants of the leading Gram matrices: d_k = prod_{i < k} |b*_i|^2. */
const leading = (rows: Matrix): bigint[] => [
  1n,
  ...rows.map((_, k) => determinant(gram(rows.slice(0, k + 1)).map((row) => row.slice(0, k + 1)))),
];

/** d_{l+1} mu_kl, the determinant of the Gram matrix with its last row exchanged. */
function scaledMu(rows: Matrix, k: number, l: number): bigint {
  const chosen = [...rows.slice(0, l), rows[k]];
  return determinant(chosen.map((a) => rows.slice(0, l + 1).map((b) => dot(a, b))));
}

const lattices = fc
  .integer({ min: 1, max: 5 })
  .chain((n) =>
    fc.array(fc.array(fc.bigInt({ min: -(10n ** 12n), max: 10n ** 12n }), { minLength: n + 1, maxLength: n + 1 }), {
      minLength: n,
      maxLength: n,
    }),
  )
  .filter((rows) => determinant(gram(rows)) !== 0n);

describe('reduceLattice', () => {
  test('keeps the lattice: the transform is unimodular and gives the basis', () => {
    fc.assert(
      fc.property(lattices, (rows) => {
        const { basis, transform } = reduceLattice(rows);
        expect(product(transform, rows)).toEqual(basis);
        expect([1n, -1n]).toContain(determinant(transform));
      }),
      { seed: 1, numRuns: 60 },
    );
  });

  test('reduces: sizes, the condition of Lovasz, and the bound of the first vector', () => {
    const delta = [3n, 4n] as const;
    fc.assert(
      fc.property(lattices, (rows) => {
        const { basis, reduced } = reduceLattice(rows, { delta });
        expect(reduced).toBe(true);
        const d = leading(basis);
        const n = basis.length;
        for (let k = 1; k < n; k++) {
          for (let l = 0; l < k; l++) {
            const mu = scaledMu(basis, k, l);
            expect(2n * (mu < 0n ? -mu : mu) <= d[l + 1]).toBe(true);
          }
          const mu = scaledMu(basis, k, k - 1);
          expect(4n * (d[k + 1] * d[k - 1] + mu * mu) >= 3n * d[k] * d[k]).toBe(true);
        }
        // |b_1|^(2n) <= 2^(n (n - 1) / 2) det^2
        expect(dot(basis[0], basis[0]) ** BigInt(n) <= 2n ** BigInt((n * (n - 1)) / 2) * d[n]).toBe(true);
      }),
      { seed: 2, numRuns: 60 },
    );
  });

  test('a reduced basis stays as it is', () => {
    fc.assert(
      fc.property(lattices, (rows) => {
        const once = reduceLattice(rows).basis;
        expect(reduceLattice(once).basis).toEqual(once);
      }),
      { seed: 3, numRuns: 30 },
    );
  });

  test('finds the relation that was hidden', () => {
    // 100 a + 5 b - 3 c = 0 among numbers of 40 digits.
    const [a, b] = [31415926535897932384626433832795028841971n, 27182818284590452353602874713526624977572n];
    const c = (100n * a + 5n * b) / 3n;
    const rows = [a, b, c].map((x, i) => [...[0, 1, 2].map((j) => BigInt(i === j)), x]);
    expect([
      [100n, 5n, -3n],
      [-100n, -5n, 3n],
    ]).toContainEqual(reduceLattice(rows).basis[0].slice(0, 3));
  });

  test('stops when told to, with a basis of the lattice', () => {
    const rows = [
      [1n, 0n, 12345n],
      [0n, 1n, 6789n],
    ];
    expect(reduceLattice(rows, { shouldStop: () => true })).toMatchObject({ basis: rows, reduced: false });
  });

  test('refuses what is no basis', () => {
    expect(() => reduceLattice([])).toThrow(ShapeError);
    expect(() => reduceLattice([[1n, 2n], [3n]])).toThrow(ShapeError);
    expect(() =>
      reduceLattice([
        [1n, 2n],
        [2n, 4n],
      ]),
    ).toThrow(DomainError);
    expect(() => reduceLattice([[1n]], { delta: [1n, 4n] })).toThrow(OptionError);
  });
});
