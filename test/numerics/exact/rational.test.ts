import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { DomainError, ParseError } from '../../../src/core/index.ts';
import { Rational } from '../../../src/numerics/index.ts';

const rational = fc
  .tuple(fc.bigInt({ min: -(10n ** 30n), max: 10n ** 30n }), fc.bigInt({ min: 1n, max: 10n ** 20n }))
  .map(([num, den]) => Rational.of(num, den));

describe('Rational', () => {
  it('is a field', () => {
    fc.assert(
      fc.property(rational, rational, rational, (a, b, c) => {
        const { add, multiply, subtract, divide, negate } = Rational;
        expect(add(a, add(b, c))).toEqual(add(add(a, b), c));
        expect(multiply(a, multiply(b, c))).toEqual(multiply(multiply(a, b), c));
        expect(multiply(a, add(b, c))).toEqual(add(multiply(a, b), multiply(a, c)));
        expect(add(a, b)).toEqual(add(b, a));
        expect(add(a, negate(a))).toEqual(Rational.ZERO);
        expect(add(subtract(a, b), b)).toEqual(a);
        if (b.num !== 0n) expect(multiply(divide(a, b), b)).toEqual(a);
      }),
      { seed: 1 },
    );
  });

  it('keeps lowest terms, a positive denominator, and its order', () => {
    fc.assert(
      fc.property(rational, rational, (a, b) => {
        expect(a.den > 0n).toBe(true);
        expect(Rational.of(a.num * -6n, a.den * -6n)).toEqual(a);
        expect(Rational.compare(a, b)).toBe(Math.sign(Number(a.num * b.den - b.num * a.den)));
        expect(Rational.parse(Rational.print(a))).toEqual(a);
      }),
      { seed: 2 },
    );
  });

  it.each([
    ['3', '3'],
    ['-3/4', '-3/4'],
    ['0.125', '1/8'],
    ['+.5', '1/2'],
    ['6/-4', null],
    ['1.5e3', '1500'],
    ['-25e-2', '-1/4'],
    [' 10/4 ', '5/2'],
    ['', null],
    ['1/2/3', null],
    ['.', null],
    ['NaN', null],
    ['1e999999999', null],
  ])('reads %j', (text, value) => {
    if (value === null) expect(() => Rational.parse(text)).toThrow(ParseError);
    else expect(Rational.print(Rational.parse(text))).toBe(value);
  });

  it('refuses zero denominators and numbers that are no safe integers', () => {
    expect(() => Rational.of(1, 0)).toThrow(DomainError);
    expect(() => Rational.divide(Rational.ONE, Rational.ZERO)).toThrow(DomainError);
    expect(() => Rational.power(Rational.ZERO, -1)).toThrow(DomainError);
    for (const value of [0.5, Number.NaN, 2 ** 53, Number.POSITIVE_INFINITY]) {
      expect(() => Rational.of(value)).toThrow(expect.objectContaining({ code: 'unsafe-integer' }));
    }
  });

  it('gives the nearest double, for quotients beyond its range too', () => {
    expect(Rational.toNumber(Rational.of(1, 3))).toBe(1 / 3);
    expect(Rational.toNumber(Rational.of(-(10n ** 400n), 3n * 10n ** 400n))).toBe(-1 / 3);
    expect(Rational.toNumber(Rational.of(10n ** 400n))).toBe(Number.POSITIVE_INFINITY);
    expect(Rational.toNumber(Rational.of(1n, 10n ** 300n))).toBeCloseTo(1e-300, 310);
  });
});
