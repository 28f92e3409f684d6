import { describe, expect, test } from 'vitest';
import { backTower, frontTower } from '../../../src/amplitudes/bootstrap/form-factor-spaces.ts';
import { pivotWord, type Tower, valuesAt } from '../../../src/amplitudes/bootstrap/tower.ts';
import { functionCounts, HEXAGON, HEXAGON_FREE, heptagonAlphabet } from '../../../src/amplitudes/index.ts';
import { primeAt } from '../../../src/numerics/index.ts';

describe('spaces of symbols', () => {
  test('of six particles with the first-entry condition have the published dimensions', () => {
    // Dixon, Drummond, Henn, arXiv:1108.4461 and later work: 3, 9, 26, 75, 218, 643.
    expect(functionCounts(HEXAGON_FREE, 6)).toEqual([3, 9, 26, 75, 218, 643]);
  });

  test('with the extended Steinmann relations', () => {
    expect(functionCounts(HEXAGON, 8)).toEqual([3, 6, 13, 26, 51, 98, 184, 340]);
  });

  test('of seven particles have the published dimensions', () => {
    // Drummond, Papathanasiou, Spradlin, arXiv:1412.3763: 7, 42, 237, 1288.
    expect(functionCounts(heptagonAlphabet(), 3)).toEqual([7, 42, 237]);
  }, 120_000);

  test('at the front and at the back of the form factor', () => {
    for (const p of [primeAt(0), primeAt(1)]) {
      expect(frontTower(6, p).dims).toEqual([1, 3, 9, 21, 54, 132, 318]);
      expect(backTower(8, p).dims).toEqual([1, 3, 6, 12, 24, 45, 85, 155, 282]);
    }
  });

  test.each([0, 1.5, 99, Number.NaN])('refuse weight %s', (weight) => {
    expect(() => functionCounts(HEXAGON, weight)).toThrow(expect.objectContaining({ code: 'weight' }));
  });
});

describe('a tower', () => {
  const towers: [string, Tower][] = [
    ['front', frontTower(4, primeAt(0))],
    ['back', backTower(5, primeAt(0))],
  ];
  test.each(towers)('%s: element i is 1 at pivot word i and 0 at the others', (_, tower) => {
    tower.dims.forEach((dim, weight) => {
      for (let i = 0; i < dim; i++) {
        const values = Array.from(valuesAt(tower, pivotWord(tower, weight, i)));
        expect(values).toEqual(Array.from({ length: dim }, (_unused, k) => (k === i ? 1 : 0)));
      }
    });
  });
});
