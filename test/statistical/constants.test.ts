import { describe, expect, it } from 'vitest';
import { RandomStream } from '../../src/core/index.ts';
import { fixedToDecimal } from '../../src/numerics/index.ts';
import { readBasis } from '../../src/sequences/constants/constant-basis.ts';
import { evaluateFormula } from '../../src/sequences/constants/evaluate-formula.ts';
import { identifyConstant } from '../../src/sequences/index.ts';

const quick = process.env['ANSATZ_QUICK'] === '1';
const NOISE = quick ? 100 : 1000;
const CALIBRATION = quick ? 12 : 60;
const SEED = 20261122;

/** So many random digits, with a point somewhere near the front. */
function randomDecimal(random: RandomStream, digits: number): string {
  let text = String(1 + random.integer(9));
  for (let i = 1; i < digits; i++) text += String(random.integer(10));
  const point = random.integer(4);
  return point === 0 ? `0.${text}` : `${text.slice(0, point)}.${text.slice(point)}`;
}

const share = (part: number, whole: number): string => `${part}/${whole} (${((100 * part) / whole).toFixed(1)} %)`;
const quantile = (sorted: readonly number[], q: number): number => sorted[Math.floor(q * (sorted.length - 1))];

describe('identifyConstant on numbers without a law', () => {
  it('finds a formula for at most 1 % of random decimals of 6 to 30 digits', async () => {
    const random = new RandomStream(SEED);
    const count = { found: 0, weak: 0, none: 0 };
    const near = { any: 0 };
    const milliseconds: number[] = [];
    for (let i = 0; i < NOISE; i++) {
      const digits = 6 + random.integer(25);
      const text = randomDecimal(random, digits);
      const start = performance.now();
      const report = await identifyConstant(text);
      if (digits <= 20) milliseconds.push(performance.now() - start);
      count[report.status]++;
      if (report.near.length > 0) near.any++;
      if (report.status === 'found') console.log(`${text}: ${report.candidates[0].formula}`);
    }
    milliseconds.sort((a, b) => a - b);
    console.log(
      `random decimals: found ${share(count.found, NOISE)}, weak ${share(count.weak, NOISE)}, near ${share(near.any, NOISE)}; ` +
        `to 20 digits median ${quantile(milliseconds, 0.5).toFixed(0)} ms, 95 % ${quantile(milliseconds, 0.95).toFixed(0)} ms`,
    );
    expect(count.found / NOISE).toBeLessThanOrEqual(0.01);
    // Candidates of a chance up to 1/16 are shown.
    expect(count.weak / NOISE).toBeLessThanOrEqual(0.14);
  });

  it.each([5, 7, 9])('expects as many formulas by chance as there are: %i digits', async (digits) => {
    const random = new RandomStream(SEED, digits);
    const limit = 16;
    const counts = new Map<number, number>([
      [limit / 16, 0],
      [limit / 4, 0],
      [limit, 0],
    ]);
    for (let i = 0; i < CALIBRATION; i++) {
      const text = randomDecimal(random, digits);
      const { candidates } = await identifyConstant(text, { maxChance: limit, maxCandidates: 1000, timeLimit: 60 });
      for (const { chance } of candidates) {
        for (const [bound, count] of counts) if (chance <= bound) counts.set(bound, count + 1);
      }
    }
    const ratios = [...counts].map(([bound, count]) => count / CALIBRATION / bound);
    console.log(`${digits} digits: met / expected ${ratios.map((ratio) => ratio.toFixed(2)).join(', ')}`);
    for (const ratio of ratios) {
      expect(ratio).toBeGreaterThan(0.2);
      expect(ratio).toBeLessThan(quick ? 4 : 2);
    }
  });
});

/** Formulas of many kinds, with places for small integers. */
const SHAPES: readonly string[] = [
  'A/B',
  'sqrt(A)/B',
  '(A + sqrt(B))/C',
  'A*pi/B',
  'pi^2/A',
  'A*log(2)/B',
  'zeta3*A/B',
  'catalan + A/B',
  'pi + log(A + 1)',
  'sqrt(A + 1) + pi',
  'exp(A/B)',
  'exp(pi*A/B)',
  'exp(pi*sqrt(A))',
  'log(A + 1)/log(B + 2)',
  'sin(A/(B + 3))',
  'atan(A/B)',
  'A^(1/3) + B',
  'sqrt(pi)*A/B',
  'sqrt(2*pi/A)',
  '2^sqrt(A + 1)',
  'exp(-A) + B',
  'sqrt(A + sqrt(B))',
  'gamma(1/A)*B',
  'gamma(1/4)^2/sqrt(A*pi)',
  'log(pi) + A',
  'sin(exp(1 / (A + 5)))',
  'tanh(A/B)',
  '(A*pi + B)/C',
  '(A*zeta3 + pi^2)/B',
  'pi^A/B',
  'e^(A + 1) - pi',
  'sqrt(A)*log(B + 1)',
];

describe('identifyConstant on formulas', () => {
  it.each([
    [10, 0.6],
    [16, 0.9],
    [24, 0.9],
  ])('finds them again from %i digits', async (digits, least) => {
    const random = new RandomStream(SEED, digits);
    const missed: string[] = [];
    const milliseconds: number[] = [];
    let tried = 0;
    for (const shape of SHAPES) {
      for (let round = 0; round < (quick ? 1 : 3); round++) {
        const text = shape.replace(/[ABC]/g, () => String(1 + random.integer(9)));
        const [{ formula }] = readBasis([text], 'basis');
        const value = fixedToDecimal(evaluateFormula(formula, 200)!, 200, digits);
        const more = fixedToDecimal(evaluateFormula(formula, 200)!, 200, digits + 8);
        const start = performance.now();
        const { status, candidates } = await identifyConstant(value);
        milliseconds.push(performance.now() - start);
        tried++;
        const right = candidates.some((candidate) => candidate.value.startsWith(more.slice(0, digits + 4)));
        if (status !== 'found' || !right) missed.push(`${text} = ${value} ${status} ${candidates[0]?.formula ?? ''}`);
      }
    }
    milliseconds.sort((a, b) => a - b);
    console.log(
      `${digits} digits: ${share(tried - missed.length, tried)} found, median ${quantile(milliseconds, 0.5).toFixed(0)} ms, ` +
        `95 % ${quantile(milliseconds, 0.95).toFixed(0)} ms\n${missed.join('\n')}`,
    );
    expect((tried - missed.length) / tried).toBeGreaterThanOrEqual(least);
  });
});
