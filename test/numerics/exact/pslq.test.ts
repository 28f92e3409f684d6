import { describe, expect, test } from 'vitest';
import { DomainError, OptionError, ShapeError } from '../../../src/core/index.ts';
import {
  eulerBits,
  fixedSqrt,
  logTwoBits,
  type PslqResult,
  piBits,
  pslq,
  reduceLattice,
} from '../../../src/numerics/index.ts';
import { algebraicRows, linearRows } from './pari-rows.ts';

const BITS = 128;
const norm = (relation: readonly bigint[]): number => Math.sqrt(relation.reduce((sum, m) => sum + Number(m * m), 0));
const upToSign = (relation: readonly bigint[]): bigint[] => {
  const first = relation.find((m) => m !== 0n) ?? 1n;
  return relation.map((m) => (first < 0n ? -m : m));
};

/** The relation of the smallest vector of the lattice of LLL, for comparison. */
function byLattice(values: readonly bigint[], drop: number): bigint[] {
  const rows = values.map((x, i) => [...values.map((_, j) => BigInt(i === j)), x >> BigInt(drop)]);
  return reduceLattice(rows).basis[0].slice(0, -1);
}

describe('pslq', () => {
  test.each(linearRows(BITS))('agrees with lindep and with LLL: $name', ({ values, expected }) => {
    const { relation, reason } = pslq(values, BITS, { accuracy: BITS - 4 });
    expect(reason).toBe('relation');
    expect(upToSign(relation!)).toEqual(upToSign(expected));
    expect(upToSign(byLattice(values, 16))).toEqual(upToSign(expected));
  });

  test.each(algebraicRows(192))('agrees with algdep and with LLL: $name', ({ values, expected }) => {
    const { relation } = pslq(values, 192, { accuracy: 180 });
    expect(upToSign(relation!)).toEqual(upToSign(expected));
    expect(upToSign(byLattice(values, 16))).toEqual(upToSign(expected));
  });

  test('bounds the norm from below where there is no relation', () => {
    const values = [1n << 256n, piBits(256), eulerBits(256), logTwoBits(256)];
    const { relation, normBound, reason } = pslq(values, 256);
    expect({ relation, reason }).toEqual({ relation: undefined, reason: 'precision' });
    expect(normBound).toBeGreaterThan(1e15);
    expect(normBound).toBeLessThan(2 ** (256 / 3));
    expect(pslq(values, 256, { maxNorm: 1e6 })).toMatchObject({ reason: 'norm' });
  });

  test('the bound never passes the norm of a relation that is there', () => {
    const values = [1n << 128n, fixedSqrt(2n << 128n, 128), (3n << 128n) - 7n * fixedSqrt(2n << 128n, 128)];
    const { relation, normBound } = pslq(values, 128);
    expect(upToSign(relation!)).toEqual([3n, -7n, -1n]);
    expect(normBound).toBeLessThanOrEqual(norm(relation!));
  });

  test('stops when told to', () => {
    const values = [1n << 256n, piBits(256), eulerBits(256)];
    expect(pslq(values, 256, { maxIterations: 3 })).toMatchObject({ iterations: 3, reason: 'stopped' });
    const stopped: PslqResult = pslq(values, 256, { shouldStop: () => true });
    expect(stopped.reason).toBe('stopped');
  });

  test('refuses what has no relations to look for', () => {
    expect(() => pslq([1n], 64)).toThrow(ShapeError);
    expect(() => pslq([0n, 1n], 64)).toThrow(DomainError);
    expect(() => pslq([1n, 2n], 3)).toThrow(OptionError);
  });
});
