import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import {
  berlekampMassey,
  hasNullVector,
  Integer,
  inverseMod,
  liftBy,
  primeAt,
  primitive,
  type ResidueMatrix,
  rationalNullspace,
  reconstructRational,
  residue,
} from '../../../src/numerics/index.ts';

function matrixOf(entries: readonly (readonly bigint[])[]): ResidueMatrix {
  const [rows, columns] = [entries.length, entries[0].length];
  return {
    rows,
    columns,
    fill(target, p) {
      entries.forEach((row, r) => {
        row.forEach((value, c) => {
          target[r * columns + c] = residue(value, p);
        });
      });
      return true;
    },
  };
}

const times = (rows: readonly (readonly bigint[])[], vector: readonly bigint[]): bigint[] =>
  rows.map((row) => row.reduce((sum, value, c) => sum + value * vector[c], 0n));

describe('null vectors over the rationals', () => {
  test('of a matrix by hand', () => {
    expect(
      rationalNullspace(
        matrixOf([
          [1n, 2n, 3n],
          [4n, 5n, 6n],
        ]),
      ),
    ).toEqual([[1n, -2n, 1n]]);
    expect(
      rationalNullspace(
        matrixOf([
          [1n, 0n],
          [0n, 1n],
        ]),
      ),
    ).toEqual([]);
    expect(rationalNullspace(matrixOf([[0n, 0n]]))).toEqual([
      [1n, 0n],
      [0n, 1n],
    ]);
  });

  test('a column made of the others is found, whatever its size', () => {
    const entry = fc.bigInt({ min: -(10n ** 30n), max: 10n ** 30n });
    fc.assert(
      fc.property(
        fc.array(fc.tuple(entry, entry, entry), { minLength: 4, maxLength: 7 }),
        fc.tuple(entry, entry, entry),
        fc.bigInt({ min: 1n, max: 10n ** 12n }),
        (rows, factors, denominator) => {
          // The last column, times the denominator, is the sum: so scale the others up.
          const full = rows.map((row) => [
            ...row.map((v) => v * denominator),
            row.reduce((s, v, i) => s + v * factors[i], 0n),
          ]);
          const found = rationalNullspace(matrixOf(full));
          expect(found.length).toBeGreaterThan(0);
          for (const vector of found) {
            expect(times(full, vector).every((value) => value === 0n)).toBe(true);
            expect(primitive(vector)).toEqual(vector);
          }
        },
      ),
    );
  });

  test('a prime that divides a pivot is passed over', () => {
    // The first prime sees rank 1, the rationals rank 2.
    const p = BigInt(primeAt(0));
    expect(
      rationalNullspace(
        matrixOf([
          [1n, 1n, 2n],
          [1n, 1n + p, 5n],
        ]),
      ),
    ).toEqual([primitive([2n * p - 3n, 3n, -p])]);
    expect(
      rationalNullspace(
        matrixOf([
          [1n, 0n],
          [0n, p],
        ]),
      ),
    ).toEqual([]);
    expect(
      hasNullVector(
        matrixOf([
          [1n, 2n],
          [2n, 4n],
        ]),
      ),
    ).toBe(true);
    expect(
      hasNullVector(
        matrixOf([
          [1n, 2n],
          [2n, 5n],
        ]),
      ),
    ).toBe(false);
  });
});

describe('residues', () => {
  test('the primes are prime, fall, and leave room for a product', () => {
    const primes = Array.from({ length: 12 }, (_, i) => primeAt(i));
    expect(primes[0]).toBe(67108859);
    for (const [i, p] of primes.entries()) {
      expect(p).toBeLessThan(primes[i - 1] ?? 2 ** 26);
      expect(Number.isSafeInteger((p - 1) ** 2 + p)).toBe(true);
      expect(Array.from({ length: 8200 }, (_, d) => d + 2).some((d) => p % d === 0)).toBe(false);
    }
  });

  test('the inverse is one', () => {
    fc.assert(
      fc.property(fc.integer({ min: 1, max: primeAt(3) - 1 }), (a) => {
        expect((a * inverseMod(a, primeAt(3))) % primeAt(3)).toBe(1);
      }),
    );
  });

  test('fractions come back from their residues', () => {
    const size = 10n ** 15n;
    fc.assert(
      fc.property(fc.bigInt({ min: -size, max: size }), fc.bigInt({ min: 1n, max: size }), (num, den) => {
        let lift = { modulus: 1n, residues: [0n] as readonly bigint[] };
        for (let i = 0; i < 5; i++) {
          const p = primeAt(i);
          lift = liftBy(lift, p, [(residue(num, p) * inverseMod(residue(den, p), p)) % p]);
        }
        const common = Integer.gcd(num, den);
        expect(reconstructRational(lift.residues[0], lift.modulus)).toEqual({ num: num / common, den: den / common });
      }),
    );
  });

  test('Berlekamp and Massey find the shortest recurrence', () => {
    const p = primeAt(0);
    expect(berlekampMassey([0, 1, 1, 2, 3, 5, 8, 13], p)).toEqual({ length: 2, connection: [1, p - 1, p - 1] });
    expect(berlekampMassey([0, 0, 0], p).length).toBe(0);
    const coefficient = fc.integer({ min: 0, max: p - 1 });
    fc.assert(
      fc.property(fc.array(fc.tuple(coefficient, coefficient), { minLength: 1, maxLength: 6 }), (pairs) => {
        const terms = pairs.map(([first]) => first);
        for (let n = terms.length; n < 4 * pairs.length; n++) {
          terms.push(pairs.reduce((sum, [, c], j) => (sum + c * terms[n - 1 - j]) % p, 0));
        }
        const { length, connection } = berlekampMassey(terms, p);
        expect(length).toBeLessThanOrEqual(pairs.length);
        for (let n = length; n < terms.length; n++) {
          expect(connection.reduce((sum, c, j) => (sum + c * terms[n - j]) % p, 0)).toBe(0);
        }
      }),
    );
  });
});
