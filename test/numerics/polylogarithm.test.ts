import { describe, expect, test } from 'vitest';
import { polylogarithm, zetaAtInteger } from '../../src/numerics/index.ts';
import fixture from '../fixtures/mpmath/polylogarithms.json' with { type: 'json' };

/** Relative error of the modulus. */
const ROUNDING = 4e-15;

describe('polylogarithms', () => {
  test('agree with mpmath', () => {
    for (const [n, re, im, a, b] of fixture.polylogarithms) {
      const value = polylogarithm(n, { re, im });
      const error = Math.hypot(value.re - a, value.im - b) / Math.hypot(a, b);
      expect(error, `Li_${n}(${re} + ${im} i)`).toBeLessThan(ROUNDING);
    }
  });

  test('obey the duplication formula on all sides of the unit circle', () => {
    for (let n = 2; n <= 16; n++) {
      for (const size of [0.1, 0.6, 0.95, 1, 1.3, 1.9, 7]) {
        for (const angle of [0.2, 1.1, -0.7, -1.5]) {
          const [re, im] = [size * Math.cos(angle), size * Math.sin(angle)];
          const squared = polylogarithm(n, { re: re * re - im * im, im: 2 * re * im });
          const [one, other] = [polylogarithm(n, { re, im }), polylogarithm(n, { re: -re, im: -im })];
          const [a, b] = [2 ** (n - 1) * (one.re + other.re), 2 ** (n - 1) * (one.im + other.im)];
          const scale = 2 ** (n - 1) * Math.hypot(one.re, one.im);
          expect(Math.hypot(squared.re - a, squared.im - b) / scale).toBeLessThan(ROUNDING);
        }
      }
    }
  });

  test('are real below the cut and join on the circle', () => {
    for (const x of [-30, -1.5, -0.7, -0.1, 0, 0.2, 0.9]) expect(polylogarithm(3, { re: x, im: 0 }).im).toBe(0);
    expect(polylogarithm(2, { re: 1, im: 0 }).re).toBeCloseTo(Math.PI ** 2 / 6, 14);
    expect(polylogarithm(2, { re: 0, im: 0 })).toEqual({ re: 0, im: 0 });
    expect(polylogarithm(2, { re: 2, im: 0 }).im).toBeCloseTo(-Math.PI * Math.LN2, 14);
  });

  test('refuse what has no value', () => {
    for (const n of [0, 65, 1.5, Number.NaN]) {
      expect(() => polylogarithm(n, { re: 0.5, im: 0 })).toThrow(expect.objectContaining({ code: 'out-of-range' }));
    }
    expect(() => polylogarithm(1, { re: 1, im: 0 })).toThrow(expect.objectContaining({ code: 'not-finite' }));
    expect(() => polylogarithm(2, { re: Number.NaN, im: 0 })).toThrow(expect.objectContaining({ code: 'not-finite' }));
    expect(() => polylogarithm(2, { re: 0, im: Number.POSITIVE_INFINITY })).toThrow(
      expect.objectContaining({ code: 'not-finite' }),
    );
  });
});

describe('zeta at integers', () => {
  test('has its known values', () => {
    expect(zetaAtInteger(2)).toBeCloseTo(Math.PI ** 2 / 6, 15);
    expect(zetaAtInteger(4)).toBeCloseTo(Math.PI ** 4 / 90, 15);
    expect(zetaAtInteger(3)).toBeCloseTo(1.2020569031595942, 15);
    expect(zetaAtInteger(0)).toBe(-0.5);
    expect(zetaAtInteger(-1)).toBeCloseTo(-1 / 12, 16);
    expect(zetaAtInteger(-2)).toBe(0);
    // By the functional equation, from zeta(26) = 1315862 pi^26 / 11094481976030578125.
    expect(zetaAtInteger(-25)).toBeCloseTo(-657_931 / 12, 9);
  });

  test('has a pole', () => {
    expect(() => zetaAtInteger(1)).toThrow(expect.objectContaining({ code: 'out-of-range' }));
    expect(() => zetaAtInteger(0.5)).toThrow(expect.objectContaining({ code: 'out-of-range' }));
  });
});
