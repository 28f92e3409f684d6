import { describe, expect, it } from 'vitest';
import { FixedPoint, Integer, Rational, rationalKernel, solveRational } from '../../../src/numerics/index.ts';

const BITS = 400n;

describe('FixedPoint', () => {
  it('has known constants to 100 digits', () => {
    expect(FixedPoint.print(FixedPoint.exp(1n << BITS, BITS), BITS, 100)).toBe(
      '2.718281828459045235360287471352662497757247093699959574966967627724076630353547594571382178525166427',
    );
    expect(FixedPoint.print(FixedPoint.ln(10n, 1n, BITS), BITS, 100)).toBe(
      '2.302585092994045684017991454684364207601101488628772976033327900967572609677352480235997205089598298',
    );
  });

  it.each([1, 2, 3, 7, 1000, 1e-9, 123456.789])('inverts ln by exp at %d', (x) => {
    const value = Rational.parse(String(x));
    const ln = FixedPoint.ln(value.num, value.den, BITS);
    expect(Math.abs(Number(ln) / 2 ** Number(BITS) - Math.log(x))).toBeLessThan(1e-12);
    const back = FixedPoint.exp(ln, BITS);
    const error = Integer.abs(back * value.den - (value.num << BITS));
    expect(Integer.bitLength(error)).toBeLessThan(Number(BITS) - 330);
  });

  it.each([
    ['1/3', 5, '0.33333'],
    ['2/3', 3, '0.667'],
    ['999999/1000000', 3, '1.00'],
    ['-1/1024', 4, '-0.0009766'],
    ['123456789', 4, '123500000'],
    ['1e-30', 3, '1.00e-30'],
    ['0', 3, '0'],
  ])('prints %s to %i digits', (text, digits, printed) => {
    const { num, den } = Rational.parse(text);
    expect(FixedPoint.print((num << BITS) / den, BITS, digits)).toBe(printed);
  });

  it('has no logarithm of zero', () => {
    expect(() => FixedPoint.ln(0n, 1n, BITS)).toThrow(expect.objectContaining({ code: 'logarithm' }));
  });
});

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
