import { describe, expect, test } from 'vitest';
import { identifyConstant } from '../../../src/sequences/index.ts';

/** All that the search knows, however likely by chance. */
const EVERYTHING = { maxChance: 1e6, maxCandidates: 1000, timeLimit: 60 };

/** A table of constants from the literature: digits, the formula given for them, and what its value is. */
const ROWS: readonly { digits: string; formula: string; value: number; within: boolean }[] = [
  // (3 + exp(-6))^-1 = 0.33306 is printed for 0.33333 to 1e-5: it is 2.7e-4 off.
  { digits: '0.33333', formula: '1 / (3 + exp(-6))', value: 1 / (3 + Math.exp(-6)), within: false },
  { digits: '0.333333', formula: '1 / 3', value: 1 / 3, within: true },
  { digits: '3.1415', formula: '2 * atan(exp(10))', value: 2 * Math.atan(Math.exp(10)), within: true },
  { digits: '3.14159', formula: 'pi', value: Math.PI, within: true },
  // 1 / arctan(exp(4)) = 0.64413 is printed for 1.6449: a 1 is missing, and with it 1.64413 is still 7.7e-4 off.
  { digits: '1.6449', formula: '1 / atan(exp(4))', value: 1 / Math.atan(Math.exp(4)), within: false },
  { digits: '1.64493', formula: 'pi^2 / 6', value: Math.PI ** 2 / 6, within: true },
  // 10/81 = 0.12345679012: the ninth digit is not 9 but 0 after a carry, 1.1 units of it away.
  { digits: '0.123456789', formula: '10 / 81', value: 10 / 81, within: false },
  { digits: '0.987654321', formula: '80 / 81', value: 1 - 1 / 81, within: true },
];

const halfUnit = (digits: string): number => 0.5 * 10 ** -(digits.length - digits.indexOf('.') - 1);

describe('the table of constants', () => {
  test.each(ROWS)('$digits -> $formula: within its error is $within', async ({ digits, formula, value, within }) => {
    expect(Math.abs(value - Number(digits)) <= halfUnit(digits)).toBe(within);
    const { candidates } = await identifyConstant(digits, EVERYTHING);
    expect(candidates.map((candidate) => candidate.formula).includes(formula)).toBe(within);
    for (const candidate of candidates) {
      expect(Math.abs(Number(candidate.value) - Number(digits))).toBeLessThanOrEqual(halfUnit(digits) * 1.000001);
    }
  });

  test.each([
    ['0.33306', '1 / (3 + exp(-6))'],
    ['0.6441', '1 / atan(exp(4))'],
    ['0.123456789(2)', '10 / 81'],
  ])('the formulas that miss their row are known to their own digits: %s -> %s', async (digits, formula) => {
    const { candidates } = await identifyConstant(digits, EVERYTHING);
    expect(candidates.map((candidate) => candidate.formula)).toContain(formula);
  });

  test.each([
    ['0.333333', 'found', '1 / 3'],
    ['3.14159', 'found', 'pi'],
    ['1.64493', 'found', 'pi^2 / 6'],
    ['0.987654321', 'found', '80 / 81'],
    ['1.6449', 'weak', 'pi^2 / 6'],
  ])('%s is %s by default: %s', async (digits, status, formula) => {
    const report = await identifyConstant(digits);
    expect([report.status, report.candidates[0].formula]).toEqual([status, formula]);
  });

  test('digits that carry nothing get no answer, and what lies just outside is named', async () => {
    expect(await identifyConstant('3.1415')).toMatchObject({ status: 'none', candidates: [] });
    const report = await identifyConstant('0.123456789');
    expect(report).toMatchObject({
      status: 'none',
      candidates: [],
      near: [{ formula: '10 / 81', label: 'conjecture' }],
    });
  });
});
