import { describe, expect, test } from 'vitest';
import {
  derivative,
  LADDER,
  ladderSymbol,
  ladderValue,
  MOST_LADDER_LOOPS,
  sameSymbol,
  scaledSymbol,
  sumOfSymbols,
  symbolFacts,
  symmetryImage,
} from '../../src/amplitudes/index.ts';
import fixture from '../fixtures/mpmath/polylogarithms.json' with { type: 'json' };
import { listed } from './arbitrary-symbol.ts';

const LOOPS = Array.from({ length: MOST_LADDER_LOOPS }, (_, i) => i + 1);
/** Relative to the value, and to the largest term of the sum, which cancels where the function is nearly zero. */
const ROUNDING = 1e-13;
const CANCELLED = 4e-15;

describe('the symbol of a ladder', () => {
  test('is the one of the box at one loop', () => {
    // 2 (Li2(z) - Li2(y)) + log(z y) log((1 - z) / (1 - y)), word by word.
    expect(listed(ladderSymbol(1)).map(([word, sign]) => (sign > 0 ? '+' : '-') + word)).toEqual([
      '+zp',
      '-zq',
      '+yp',
      '-yq',
      '-pz',
      '+py',
      '-qz',
      '+qy',
    ]);
  });

  test.each(LOOPS)('has 2^(2L + 1) words with coefficients 1 and -1: L = %i', (loops) => {
    const facts = symbolFacts(ladderSymbol(loops));
    expect(facts).toMatchObject({ weight: 2 * loops, terms: 2 ** (2 * loops + 1), distinct: 2, largest: 1 });
    expect(facts.positive).toBe(facts.negative);
  });

  test.each(LOOPS)('changes its sign under conjugation: L = %i', (loops) => {
    const symbol = ladderSymbol(loops);
    expect(sumOfSymbols(symbol, symmetryImage(symbol, LADDER.group[1])).terms).toBe(0);
  });

  test.each(LOOPS.slice(1))('obeys the differential equation of the ladder: L = %i', (loops) => {
    // z y d^2 f_L / dz dy = -f_(L-1): a rung is taken off by a derivative of each kind.
    const symbol = ladderSymbol(loops);
    const [byZ, byY] = [derivative(symbol, 'z'), derivative(symbol, 'y')];
    const less = scaledSymbol(ladderSymbol(loops - 1), -1);
    expect(sameSymbol(derivative(byZ, 'y'), less)).toBe(true);
    expect(sameSymbol(derivative(byY, 'z'), less)).toBe(true);
    expect(derivative(byZ, 'q').terms).toBe(0);
    expect(derivative(byY, 'p').terms).toBe(0);
    expect(derivative(symbol, 'p').terms + derivative(symbol, 'q').terms).toBe(0);
  });

  test('is refused for loops out of range', () => {
    for (const loops of [0, 9, 1.5, Number.NaN]) {
      expect(() => ladderSymbol(loops)).toThrow(expect.objectContaining({ code: 'out-of-range' }));
    }
  });
});

describe('the value of a ladder', () => {
  test('agrees with mpmath', () => {
    for (const [loops, z, zbar, value] of fixture.ladders as [number, number[], number[], number[]][]) {
      const found = ladderValue(loops, { re: z[0], im: z[1] }, { re: zbar[0], im: zbar[1] });
      const error = Math.hypot(found.re - value[0], found.im - value[1]);
      let largest = 1;
      for (let i = 1; i <= loops; i++) largest = (largest * (loops + i)) / i;
      const allowed = ROUNDING * Math.hypot(value[0], value[1]) + CANCELLED * largest;
      expect(error, `L = ${loops}, z = ${z}, zbar = ${zbar}`).toBeLessThan(allowed);
    }
  });

  test('is 4 i times the Bloch-Wigner dilogarithm at one loop', () => {
    // D(exp(i pi / 3)) = 1.01494160640965362502..., the volume of the ideal regular tetrahedron.
    const z = { re: 0.5, im: Math.sqrt(0.75) };
    expect(ladderValue(1, z, { re: z.re, im: -z.im }).im).toBeCloseTo(4 * 1.0149416064096537, 13);
  });

  test('is single-valued around 0 and 1', () => {
    for (let loops = 1; loops <= 8; loops++) {
      for (const centre of [0, 1]) {
        const at = (angle: number) => {
          const [re, im] = [centre + 0.5 * Math.cos(angle), 0.5 * Math.sin(angle)];
          return ladderValue(loops, { re, im }, { re, im: -im }).im;
        };
        for (const angle of [0, Math.PI]) expect(Math.abs(at(angle + 1e-10) + at(angle - 1e-10))).toBeLessThan(1e-5);
        for (const angle of [0, Math.PI]) expect(Math.abs(at(angle + 1e-10))).toBeLessThan(1e-5);
      }
    }
  });

  test('is refused on branch cuts', () => {
    const real = (re: number) => ({ re, im: 0 });
    for (const [z, zbar] of [
      [real(2), real(0.5)],
      [real(-0.5), real(0.5)],
      [real(0), real(0.5)],
      [real(1), real(1)],
      [real(Number.NaN), real(0.5)],
      [
        { re: 0.3, im: 0.4 },
        { re: 0.3, im: 0.4 },
      ],
      [
        { re: Number.POSITIVE_INFINITY, im: 1 },
        { re: Number.POSITIVE_INFINITY, im: -1 },
      ],
    ]) {
      expect(() => ladderValue(2, z, zbar)).toThrow(expect.objectContaining({ code: 'branch-cut' }));
    }
    expect(() => ladderValue(9, real(0.2), real(0.3))).toThrow(expect.objectContaining({ code: 'out-of-range' }));
  });
});
