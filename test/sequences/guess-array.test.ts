import { describe, expect, test } from 'vitest';
import { guessArray } from '../../src/index.ts';

const table = (height: number, width: number, at: (n: number, k: number) => bigint): bigint[][] =>
  Array.from({ length: height }, (_, n) => Array.from({ length: width }, (_, k) => at(n, k)));

function delannoy(n: number, k: number): bigint {
  return n === 0 || k === 0 ? 1n : delannoy(n - 1, k) + delannoy(n, k - 1) + delannoy(n - 1, k - 1);
}

describe('laws of arrays', () => {
  test.each<[string, (n: number, k: number) => bigint, string]>([
    ['Delannoy', delannoy, 'u(n,k) = u(n-1,k) + u(n,k-1) + u(n-1,k-1)'],
    ['a polynomial', (n, k) => BigInt(n * n + 3 * n * k - k + 2), 'u(n,k) = 2 - k + n^2 + 3*n*k'],
    ['powers', (n, k) => BigInt(n + 1) ** BigInt(k), 'u(n,k) = u(n,k-1) + n*u(n,k-1)'],
  ])('%s', async (_name, at, formula) => {
    const { status, candidates } = await guessArray(table(6, 6, at));
    expect(status).toBe('found');
    expect(candidates.map((one) => one.formula)).toContain(formula);
    const rows = await candidates[0].nextRows(2);
    expect(rows.map((row) => row.map(({ num }) => num))).toEqual(table(8, 6, at).slice(6));
  });

  test('halves come back as halves', async () => {
    const { candidates } = await guessArray([
      ['1/2', '1', '3/2', '2'],
      ['1', '3/2', '2', '5/2'],
      ['3/2', '2', '5/2', '3'],
      ['2', '5/2', '3', '7/2'],
    ]);
    expect(candidates[0].formula).toBe('u(n,k) = (1 + n + k)/2');
    expect((await candidates[0].nextRows(1))[0][0]).toEqual({ num: 5n, den: 2n });
  });

  test('random entries have no law', async () => {
    let state = 1n;
    const random = (): bigint => {
      state = (state * 16807n) % 2147483647n;
      return state % 1000n;
    };
    expect((await guessArray(table(5, 5, random))).status).toBe('none');
  });

  test.each<[string, bigint[][]]>([
    ['nothing', []],
    ['one row', [[1n, 2n, 3n]]],
    [
      'rows of different lengths',
      [
        [1n, 2n, 3n],
        [1n, 2n],
        [1n, 2n, 3n],
      ],
    ],
  ])('%s is refused', async (_name, rows) => {
    await expect(guessArray(rows)).rejects.toMatchObject({ code: 'shape' });
  });
});
