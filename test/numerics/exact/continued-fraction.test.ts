import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { DomainError, OptionError } from '../../../src/core/index.ts';
import {
  bestApproximation,
  continuedFraction,
  convergents,
  type Fraction,
  sharedQuotients,
  simplestBetween,
} from '../../../src/numerics/index.ts';
import { PARI } from './pari-rows.ts';

const fractions = fc
  .tuple(fc.bigInt({ min: -(10n ** 9n), max: 10n ** 9n }), fc.bigInt({ min: 1n, max: 10n ** 6n }))
  .map(([numerator, denominator]): Fraction => ({ numerator, denominator }));
const less = (a: Fraction, b: Fraction): boolean => a.numerator * b.denominator < b.numerator * a.denominator;
const text = ({ numerator, denominator }: Fraction): string => `${numerator}/${denominator}`;

describe('continued fractions', () => {
  test('the last convergent is the fraction, in lowest terms', () => {
    fc.assert(
      fc.property(fractions, ({ numerator, denominator }) => {
        const quotients = continuedFraction(numerator, denominator);
        const last = convergents(quotients).at(-1)!;
        expect(last.numerator * denominator).toBe(numerator * last.denominator);
        expect(continuedFraction(last.numerator, last.denominator)).toEqual(quotients);
        if (quotients.length > 1) expect(quotients.at(-1)! > 1n).toBe(true);
      }),
      { seed: 1 },
    );
  });

  test('what an interval shares belongs to all that lies in it', () => {
    fc.assert(
      fc.property(fractions, fractions, ({ numerator: p, denominator: q }, width) => {
        const step = { numerator: 1n, denominator: width.denominator };
        const low = { numerator: p, denominator: q };
        const high = { numerator: p * step.denominator + q, denominator: q * step.denominator };
        const middle = { numerator: 2n * p * step.denominator + q, denominator: 2n * q * step.denominator };
        const shared = sharedQuotients(low, high);
        expect(continuedFraction(middle.numerator, middle.denominator).slice(0, shared.length)).toEqual(shared);
      }),
      { seed: 2 },
    );
  });

  test('the simplest fraction of an interval has the least denominator', () => {
    const small = fc
      .tuple(fc.integer({ min: -300, max: 300 }), fc.integer({ min: 1, max: 60 }))
      .map(([p, q]): Fraction => ({ numerator: BigInt(p), denominator: BigInt(q) }));
    fc.assert(
      fc.property(small, small, (a, b) => {
        const [low, high] = less(b, a) ? [b, a] : [a, b];
        const best = simplestBetween(low, high);
        expect(!less(best, low) && !less(high, best)).toBe(true);
        for (let q = 1n; q < best.denominator; q++) {
          const p = -((-low.numerator * q) / low.denominator);
          for (const numerator of [p - 1n, p, p + 1n]) {
            const other = { numerator, denominator: q };
            expect(!less(other, low) && !less(high, other)).toBe(false);
          }
        }
      }),
      { seed: 3 },
    );
  });

  test.each(PARI.approximated)('bestappr($number, $bound)', ({ digits, bound, best }) => {
    const [whole, fraction] = digits.split('.');
    const [p, q] = [BigInt(whole + fraction), 10n ** BigInt(fraction.length)];
    // PARI's is the best of the second kind, the last convergent; the nearest fraction may lie between two of them.
    const below = convergents(continuedFraction(p, q)).filter(({ denominator }) => denominator <= BigInt(bound));
    expect(text(below.at(-1)!)).toBe(best.join('/'));
    const nearest = bestApproximation(p, q, BigInt(bound));
    const off = ({ numerator, denominator }: Fraction): bigint => {
      const difference = p * denominator - q * numerator;
      return difference < 0n ? -difference : difference;
    };
    expect(nearest.denominator <= BigInt(bound)).toBe(true);
    expect(off(nearest) * below.at(-1)!.denominator <= off(below.at(-1)!) * nearest.denominator).toBe(true);
  });

  test('decimals carry as many quotients as their digits allow', () => {
    const ends = (middle: bigint, scale: bigint): [Fraction, Fraction] => [
      { numerator: 2n * middle - 1n, denominator: 2n * scale },
      { numerator: 2n * middle + 1n, denominator: 2n * scale },
    ];
    expect(sharedQuotients(...ends(314159265n, 10n ** 8n))).toEqual([3n, 7n, 15n, 1n]);
    expect(text(simplestBetween(...ends(33333n, 10n ** 5n)))).toBe('1/3');
    expect(text(simplestBetween({ numerator: -7n, denominator: 2n }, { numerator: 5n, denominator: 2n }))).toBe('0/1');
    expect(text(simplestBetween({ numerator: -5n, denominator: 1n }, { numerator: -2n, denominator: 1n }))).toBe(
      '-2/1',
    );
  });

  test('refuse what is no fraction', () => {
    expect(() => continuedFraction(1n, 0n)).toThrow(DomainError);
    expect(() => bestApproximation(1n, 2n, 0n)).toThrow(OptionError);
    const [one, two] = [1n, 2n].map((numerator) => ({ numerator, denominator: 1n }));
    expect(() => simplestBetween(two, one)).toThrow(DomainError);
    expect(text(simplestBetween(one, one))).toBe('1/1');
  });
});
