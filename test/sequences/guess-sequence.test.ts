import { describe, expect, test } from 'vitest';
import { guessSequence, type Term } from '../../src/index.ts';

const next = async (terms: readonly Term[], count: number, start = 0): Promise<string[]> => {
  const [first] = (await guessSequence(terms, { start })).candidates;
  return first.next(count).map(({ num, den }) => (den === 1n ? `${num}` : `${num}/${den}`));
};

describe('laws of sequences', () => {
  test('1, 2, 4, 7, 11, 16 in both forms of the published table', async () => {
    const { candidates } = await guessSequence([1, 2, 4, 7, 11, 16]);
    expect(candidates[0].formula).toBe('(n^2 + n + 2)/2');
    expect(candidates[0].next(3).map(({ num }) => num)).toEqual([22n, 29n, 37n]);
    expect(candidates[0].label).toBe('conjecture');
  });

  test.each<[string, Term[], string[], string]>([
    ['Fibonacci', [0, 1, 1, 2, 3, 5, 8, 13, 21, 34], ['55', '89'], 'c-finite'],
    ['Catalan', [1, 1, 2, 5, 14, 42, 132, 429, 1430, 4862], ['16796', '58786'], 'p-recursive'],
    ['factorials', [1, 1, 2, 6, 24, 120, 720, 5040], ['40320', '362880'], 'p-recursive'],
    ['quarter-squares', [0, 0, 1, 2, 4, 6, 9, 12, 16, 20], ['25', '30'], 'quasi-polynomial'],
    ['partitions', [1, 1, 2, 3, 5, 7, 11, 15, 22, 30, 42, 56], ['77', '101'], 'inverse Euler: polynomial'],
    ['Bell', [1, 1, 2, 5, 15, 52, 203, 877, 4140, 21147], ['115975'], 'exponential: polynomial'],
    ['binary weight', [0, 1, 1, 2, 1, 2, 2, 3, 1, 2, 2, 3, 2, 3, 3], ['4', '1'], '2-regular'],
    ['Somos-4', [1, 1, 1, 1, 2, 3, 7, 23, 59, 314, 1529, 8209], ['83313', '620297'], 'nonlinear'],
    ['Euler zigzag', [1, 1, 1, 2, 5, 16, 61, 272, 1385, 7936], ['50521', '353792'], 'differential'],
  ])('%s', async (_name, terms, following, kind) => {
    const guess = await guessSequence(terms);
    expect(guess.candidates[0].kind).toBe(kind);
    expect(await next(terms, following.length)).toEqual(following);
  });

  test('harmonic numbers, as fractions', async () => {
    const terms = ['1', '3/2', '11/6', '25/12', '137/60', '49/20', '363/140', '761/280', '7129/2520', '7381/2520'];
    expect(await next(terms, 2, 1)).toEqual(['83711/27720', '86021/27720']);
  });

  test('1, 2, 4, 8, 16, 31 is not sure', async () => {
    expect((await guessSequence([1, 2, 4, 8, 16, 31])).status).not.toBe('found');
  });

  test('the first terms may lie outside the law', async () => {
    expect(await next([7, 5, 1, 4, 9, 16, 25, 36, 49, 64, 81], 2)).toEqual(['100', '121']);
  });
});

describe('bad terms', () => {
  test.each<[string, readonly unknown[], string]>([
    ['none', [], 'too-few-terms'],
    ['one', [1], 'too-few-terms'],
    ['not a number', [1, 2, Number.NaN, 4], 'unsafe-term'],
    ['too large for a float', [1, 2, 3, 2 ** 60], 'unsafe-term'],
    ['text', ['1', '2', 'x', '4'], 'bad-number'],
    ['nothing', [1, 2, undefined, 3], 'bad-term'],
  ])('%s', async (_name, terms, code) => {
    await expect(guessSequence(terms as Term[])).rejects.toMatchObject({ code });
  });

  test('an option that is none', async () => {
    await expect(guessSequence([1, 2, 3, 4], { start: 0.5 })).rejects.toMatchObject({ code: 'bad-option' });
  });
});
