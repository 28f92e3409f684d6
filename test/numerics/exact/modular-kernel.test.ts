import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import {
  multiplyMatrices,
  nullVectors,
  primeAt,
  reducedRows,
  reduceRows,
  SparseRows,
  sparseNullspace,
} from '../../../src/numerics/index.ts';

const p = primeAt(0);

/** A matrix of residues, many of them zero or close to p. */
const matrix = (rows: number, columns: number) =>
  fc.array(
    fc.oneof(
      { weight: 3, arbitrary: fc.constant(0) },
      fc.integer({ min: 1, max: 3 }),
      fc.integer({ min: 1, max: 3 }).map((n) => p - n),
      fc.integer({ min: 1, max: p - 1 }),
    ),
    { minLength: rows * columns, maxLength: rows * columns },
  );

function sparse(entries: ArrayLike<number>, rows: number, columns: number): SparseRows {
  const out = new SparseRows();
  for (let i = 0; i < rows; i++) {
    for (let j = 0; j < columns; j++) if (entries[i * columns + j]) out.add(j, entries[i * columns + j]);
    out.close();
  }
  return out;
}

describe('multiplyMatrices', () => {
  test('is the product by big integers, for any shape', () => {
    const shapes = fc.tuple(
      fc.integer({ min: 1, max: 6 }),
      fc.integer({ min: 1, max: 9 }),
      fc.integer({ min: 1, max: 7 }),
    );
    const cases = shapes.chain(([n, k, m]) => fc.tuple(fc.constant([n, k, m]), matrix(n, k), matrix(k, m)));
    fc.assert(
      fc.property(cases, ([[n, k, m], a, b]) => {
        const product = multiplyMatrices(
          { rows: n, columns: k, entries: Uint32Array.from(a) },
          { rows: k, columns: m, entries: Uint32Array.from(b) },
          p,
        );
        const expected = Array.from({ length: n * m }, (_, at) => {
          let sum = 0n;
          for (let t = 0; t < k; t++) sum += BigInt(a[Math.floor(at / m) * k + t]) * BigInt(b[t * m + (at % m)]);
          return Number(sum % BigInt(p));
        });
        expect(Array.from(product.entries)).toEqual(expected);
      }),
    );
  });

  test('takes remainders in time for inner lengths beyond what 64 bits hold', () => {
    const k = 9001;
    const row = new Uint32Array(k).fill(p - 1);
    const product = multiplyMatrices({ rows: 1, columns: k, entries: row }, { rows: k, columns: 1, entries: row }, p);
    expect(product.entries[0]).toBe(k % p);
  });
});

describe('sparseNullspace', () => {
  const cases = fc
    .tuple(fc.integer({ min: 1, max: 8 }), fc.integer({ min: 1, max: 10 }))
    .chain(([rows, columns]) => fc.tuple(fc.constant([rows, columns]), matrix(rows, columns)));

  test('finds the vectors of dense elimination', () => {
    fc.assert(
      fc.property(cases, ([[rows, columns], entries]) => {
        const { basis, free } = sparseNullspace(sparse(entries, rows, columns), columns, p);
        const dense = nullVectors({ rows, columns, entries: Float64Array.from(entries) }, p);
        expect(Array.from(free)).toEqual(dense.map((vector) => vector.free));
        const vectors = dense.map(({ vector }) => Array.from(vector));
        for (let i = 0; i < basis.rows; i++) {
          expect(Array.from(basis.entries.subarray(i * columns, (i + 1) * columns))).toEqual(vectors[i]);
        }
      }),
    );
  });

  test('its rows in reduced form are those of dense elimination', () => {
    fc.assert(
      fc.property(cases, ([[rows, columns], entries]) => {
        const { entries: ours, pivots } = reducedRows(sparseNullspace(sparse(entries, rows, columns), columns, p), p);
        const dense = reduceRows({ rows, columns, entries: Float64Array.from(entries) }, p);
        expect(Array.from(pivots)).toEqual(dense.pivots);
        expect(Array.from(ours)).toEqual(Array.from(dense.entries.subarray(0, ours.length)));
      }),
    );
  });

  test('names rows that are independent: they have the same null vectors by themselves', () => {
    fc.assert(
      fc.property(cases, ([[rows, columns], entries]) => {
        const kept = Array.from({ length: rows }, (_, i) => entries.slice(i * columns, (i + 1) * columns)).filter(
          (row) => row.some((value) => value !== 0),
        );
        const all = sparseNullspace(sparse(kept.flat(), kept.length, columns), columns, p);
        const few = Array.from(all.independent, (row) => kept[row]);
        expect(few.length).toBe(columns - all.free.length);
        const alone = sparseNullspace(sparse(few.flat(), few.length, columns), columns, p);
        expect(Array.from(alone.basis.entries)).toEqual(Array.from(all.basis.entries));
      }),
    );
  });

  test('of no rows is everything', () => {
    const { basis, free } = sparseNullspace(new SparseRows(), 3, p);
    expect(Array.from(free)).toEqual([0, 1, 2]);
    expect(Array.from(basis.entries)).toEqual([1, 0, 0, 0, 1, 0, 0, 0, 1]);
  });

  test('adds up entries of one column', () => {
    const rows = new SparseRows();
    rows.add(0, 1);
    rows.add(0, p - 1);
    rows.add(1, 5);
    rows.close();
    expect(Array.from(sparseNullspace(rows, 2, p).free)).toEqual([0]);
  });
});
