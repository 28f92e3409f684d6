import { describe, expect, it } from 'vitest';
import { Integer, Rational, rationalKernel, solveRational } from '../../../src/numerics/index.ts';

describe('rational systems', () => {
  const row = (...values: number[]) => values.map((value) => Rational.of(value));

  it('are solved, told unsolvable, and have a kernel', () => {
    expect(solveRational([row(2, 1), row(1, -1)], row(5, 1))!.map(Rational.print)).toEqual(['2', '1']);
    expect(solveRational([row(1, 1), row(2, 2)], row(1, 3))).toBeUndefined();
    expect(rationalKernel([row(1, 2, 3), row(2, 4, 6)]).map((v) => v.map(Rational.print))).toEqual([
      ['-2', '1', '0'],
      ['-3', '0', '1'],
    ]);
    expect(rationalKernel([], 2).length).toBe(2);
  });
});

describe('Integer', () => {
  it('has roots, inverses and square parts', () => {
    expect(Integer.sqrt(10n ** 60n - 1n)).toBe(10n ** 30n - 1n);
    expect(Integer.sqrt(10n ** 60n)).toBe(10n ** 30n);
    expect(Integer.inverse(2n, 4n)).toBeUndefined();
    expect(Integer.squarePart(-72n)).toEqual({ root: 6n, rest: -2n });
    expect(Integer.lcm(0n, 5n)).toBe(0n);
    expect([0n, 1n, 255n, 256n, -(2n ** 100n)].map(Integer.bitLength)).toEqual([0, 1, 8, 9, 101]);
    expect(() => Integer.sqrt(-1n)).toThrow(expect.objectContaining({ code: 'negative-root' }));
  });
});
