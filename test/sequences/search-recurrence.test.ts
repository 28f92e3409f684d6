import { describe, expect, test } from 'vitest';
import { complexity, equivalent, guessSequence, parse, searchRecurrence } from '../../src/index.ts';
import { evaluateExactly } from '../../src/sequences/exact-evaluation.ts';

const decimals = (at: (n: number) => number, from: number, digits = 10): string[] =>
  Array.from({ length: 20 }, (_, i) => at(from + i).toFixed(digits));

describe('formulas by search', () => {
  test.each<[string, (number | string)[], string]>([
    ['factorials', [1, 2, 6, 24, 120, 720, 5040, 40320], 'n * u1'],
    ['Catalan, as in the published table', [1, 1, 2, 5, 14, 42, 132, 429, 1430, 4862, 16796], 'u1 * (4 - 6 / n)'],
    ['Sylvester', [2, 3, 7, 43, 1807, 3263443, '10650056950807'], 'u1^2 - u1 + 1'],
  ])('%s', async (_name, terms, formula) => {
    const found = await searchRecurrence(terms, { timeLimit: 20 });
    // u1^2 - u1 + 1 and u1 * (u1 - 1) + 1 are one law of one length: which is met first is up to the phases.
    const law = parse(found?.formula ?? '0');
    expect(equivalent(law, parse(formula)).equivalent).toBe(true);
    expect(complexity(law)).toBeLessThanOrEqual(complexity(parse(formula)));
    expect(found?.exact).toBe(true);
  });

  test.each<[string, (n: number) => number, number, number]>([
    ['arcsinh n without arcsinh, as log(n + sqrt(n^2 + 1))', Math.asinh, 1, 21],
    ['arctanh(1/n) without arctanh, a logarithm', (n) => Math.atanh(1 / n), 2, 22],
  ])('%s', async (_name, at, start, next) => {
    const found = await searchRecurrence(decimals(at, start), { start, lags: 0, timeLimit: 30 });
    expect(found?.exact).toBe(false);
    expect(found?.formula).toContain('log');
    expect(found?.next(1)[0]).toBeCloseTo(at(next), 9);
  });

  test('the guesser asks the search where no family has the law', async () => {
    const terms = [3, 10, 101, 10202, 104080805];
    const exact = await guessSequence([2, ...terms]);
    expect(exact.tried).not.toContain('search');
    const { candidates, tried } = await guessSequence(
      decimals((n) => Math.sqrt(n) * Math.log(n + 1), 1),
      { start: 1 },
    );
    expect(tried).toContain('search');
    expect(candidates[0].kind).toBe('search');
    expect(candidates[0].formula).toContain('log');
  });

  test('bad options and too few terms are refused', async () => {
    await expect(searchRecurrence([1, 2, 3])).rejects.toMatchObject({ code: 'too-few-terms' });
    await expect(searchRecurrence([1, 2, 3, 4, 5, 6, 7], { lags: 7 })).rejects.toMatchObject({ code: 'bad-option' });
  });
});

describe('exact values', () => {
  const at = (text: string, x: string): string | undefined => {
    const [num, den = '1'] = x.split('/');
    const value = evaluateExactly(parse(text), { x: { num: BigInt(num), den: BigInt(den) } });
    return value && `${value.num}/${value.den}`;
  };

  test.each([
    ['x/3 - x^2', '1/2', '-1/12'],
    ['floor(x)', '-7/2', '-4/1'],
    ['ceil(x)', '-7/2', '-3/1'],
    ['abs(x) + 1', '-1/3', '4/3'],
    ['x^(-2)', '3', '1/9'],
    ['0.1*x', '10', '1/1'],
  ])('%s at %s is %s', (text, x, value) => {
    expect(at(text, x)).toBe(value);
  });

  test('what leaves the fractions has none', () => {
    expect(at('sqrt(x)', '2')).toBeUndefined();
    expect(at('1/x', '0')).toBeUndefined();
    expect(at('x^x', '1/2')).toBeUndefined();
  });
});
