import { Decimal } from 'decimal.js';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { DomainError, OptionError } from '../../../src/core/index.ts';
import {
  fixedAsin,
  fixedAtan,
  fixedDivide,
  fixedExp,
  fixedGamma,
  fixedLog,
  fixedMultiply,
  fixedPower,
  fixedSinCos,
  fixedSqrt,
  fixedToDecimal,
  fixedToNumber,
  Integer,
  logTwoBits,
  piBits,
  zetaBits,
} from '../../../src/numerics/index.ts';

const ONE = 1n << 200n;
const numbers = fc.bigInt({ min: -30n * ONE, max: 30n * ONE });
/** A few units in the last of 200 bits, grown by the value. */
const near = (a: bigint, b: bigint, units = 64n): boolean =>
  (a > b ? a - b : b - a) <= units * (1n + (a < 0n ? -a : a) / ONE);
/** To so many decimals as a decimal of another library. */
const decimal = (x: bigint): Decimal => new Decimal(x.toString()).div(new Decimal(2).pow(200));

describe('fixed-point numbers', () => {
  test('roots and lengths of integers', () => {
    fc.assert(
      fc.property(fc.bigInt({ min: 0n, max: 10n ** 80n }), (x) => {
        const root = Integer.sqrt(x);
        expect(root * root <= x && (root + 1n) * (root + 1n) > x).toBe(true);
        expect(Integer.bitLength(x)).toBe(x === 0n ? 0 : x.toString(2).length);
      }),
      { seed: 1 },
    );
  });

  test('functions and their inverses, and the laws between them', () => {
    fc.assert(
      fc.property(numbers, numbers, (x, y) => {
        expect(near(fixedLog(fixedExp(x, 200), 200), x, 1n << 50n)).toBe(true);
        const positive = x < 0n ? -x + 1n : x + 1n;
        expect(near(fixedMultiply(fixedSqrt(positive, 200), fixedSqrt(positive, 200), 200), positive)).toBe(true);
        const [sin, cos] = fixedSinCos(x, 200);
        expect(near(fixedMultiply(sin, sin, 200) + fixedMultiply(cos, cos, 200), ONE)).toBe(true);
        const [sinY, cosY] = fixedSinCos(y, 200);
        const sum = fixedMultiply(sin, cosY, 200) + fixedMultiply(cos, sinY, 200);
        expect(near(fixedSinCos(x + y, 200)[0], sum)).toBe(true);
        const angle = fixedAtan(x, 200);
        const [s, c] = fixedSinCos(angle, 200);
        expect(near(fixedMultiply(x, c, 200), s, 1n << 12n)).toBe(true);
        expect(near(fixedSinCos(fixedAsin(sin, 200), 200)[0], sin)).toBe(true);
      }),
      { seed: 2, numRuns: 40 },
    );
  });

  test('Gamma(x + 1) = x Gamma(x)', () => {
    fc.assert(
      fc.property(fc.bigInt({ min: ONE / 8n, max: 12n * ONE }), (x) => {
        expect(near(fixedGamma(x + ONE, 200), fixedMultiply(x, fixedGamma(x, 200), 200), 1n << 12n)).toBe(true);
      }),
      { seed: 3, numRuns: 20 },
    );
  });

  test('agree with decimal.js', () => {
    Decimal.set({ precision: 80 });
    fc.assert(
      fc.property(fc.bigInt({ min: ONE / 16n, max: 9n * ONE }), (x) => {
        const compare = (ours: bigint, theirs: Decimal): void => {
          expect(decimal(ours).minus(theirs).abs().toNumber()).toBeLessThan(1e-54);
        };
        compare(fixedExp(x, 200), decimal(x).exp());
        compare(fixedLog(x, 200), decimal(x).ln());
        compare(fixedSinCos(x, 200)[0], decimal(x).sin());
        compare(fixedAtan(x, 200), decimal(x).atan());
        compare(fixedPower(x, ONE / 3n, 200), decimal(x).pow(decimal(ONE / 3n)));
      }),
      { seed: 4, numRuns: 15 },
    );
  });

  test('a constant is the same whatever was asked before', () => {
    for (const constant of [piBits, logTwoBits, (bits: number) => zetaBits(5, bits)]) {
      const short = constant(90);
      const long = constant(1200);
      expect(constant(90)).toBe(short);
      expect(long >> 1110n).toBe(short);
    }
  });

  test('decimals and doubles', () => {
    expect(fixedToDecimal(-(1n << 70n) / 3n, 70, 8)).toBe('-0.33333333');
    expect(fixedToDecimal(99999n << 10n, 10, 3)).toBe('1.00e5');
    expect(fixedToDecimal(1n, 40, 4)).toBe('9.095e-13');
    expect(fixedToDecimal(0n, 40, 4)).toBe('0');
    fc.assert(
      fc.property(fc.double({ min: 1e-30, max: 1e30, noNaN: true }), (value) => {
        const text = fixedToDecimal(
          BigInt(Math.round((value / 2 ** Math.floor(Math.log2(value))) * 2 ** 52)) << 60n,
          112,
          17,
        );
        expect(Number(text)).toBeCloseTo(value / 2 ** Math.floor(Math.log2(value)), 14);
      }),
      { seed: 5 },
    );
    expect(fixedToNumber(-(5n << 1200n), 1200)).toBe(-5);
    expect(fixedToNumber(1n, 1070)).toBe(2 ** -1070);
    expect(fixedToNumber(1n << 3000n, 100)).toBe(Number.POSITIVE_INFINITY);
  });

  test('refuse what has no value', () => {
    for (const wrong of [
      () => fixedDivide(1n, 0n, 8),
      () => fixedLog(0n, 8),
      () => fixedSqrt(-1n, 8),
      () => fixedAsin(3n << 8n, 8),
      () => fixedGamma(-1n, 8),
      () => fixedExp(1n << 40n, 8),
    ]) {
      expect(wrong).toThrow(DomainError);
    }
    expect(() => piBits(-1)).toThrow(OptionError);
    expect(() => zetaBits(1, 8)).toThrow(OptionError);
  });
});
