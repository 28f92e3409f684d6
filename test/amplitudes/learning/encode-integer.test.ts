import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { decodeInteger, encodeInteger } from '../../../src/amplitudes/index.ts';

describe('encodeInteger', () => {
  test.each([
    [2022, ['+', '2', '22']],
    [-864, ['-', '864']],
    [0, ['+', '0']],
    [1000, ['+', '1', '0']],
    [-61_931_520, ['-', '61', '931', '520']],
    [10n ** 12n, ['+', '1', '0', '0', '0', '0']],
  ])('%s', (value, tokens) => {
    expect(encodeInteger(value)).toEqual(tokens);
    expect(decodeInteger(tokens)).toBe(BigInt(value));
  });

  test('is undone by decodeInteger, in any base', () => {
    fc.assert(
      fc.property(fc.bigInt(), fc.integer({ min: 2, max: 5000 }), (value, base) => {
        const tokens = encodeInteger(value, base);
        expect(decodeInteger(tokens, base)).toBe(value);
        expect(tokens.slice(1).every((digit) => Number(digit) < base)).toBe(true);
      }),
    );
  });

  test('refuses what is no whole number, and what is no encoding', () => {
    for (const value of [0.5, Number.NaN, Number.POSITIVE_INFINITY, 2 ** 53]) {
      expect(() => encodeInteger(value)).toThrow('not a whole number');
    }
    expect(() => encodeInteger(1, 1)).toThrow('base');
    expect(() => encodeInteger(1, Number.NaN)).toThrow('base');
    expect(() => decodeInteger([])).toThrow('is no sign');
    expect(() => decodeInteger(['2', '22'])).toThrow('token "2"');
    expect(() => decodeInteger(['+'])).toThrow('no digits');
    expect(() => decodeInteger(['+', '1', '1000'])).toThrow('token "1000" at position 3');
    expect(() => decodeInteger(['+', '1', '-2'])).toThrow('token "-2"');
  });
});
