import { describe, expect, test } from 'vitest';
import { Table } from '../../../src/core/index.ts';
import { type FitOptions, fit } from '../../../src/search/index.ts';
import { type MadeUpLaw, rounded, tableOf } from './made-up-law.ts';

const base: FitOptions = { target: 'y', phases: ['monomials'], threads: 1 };
const ranges = [
  ['a', -2, 2],
  ['b', 1, 3],
  ['c', -4, 1],
  ['n', -5, -2],
] as const;

const laws: readonly [found: string, law: MadeUpLaw['law']][] = [
  ['2.5 * a * c / b', ({ a, b, c }) => (2.5 * a * c) / b],
  ['-0.8 * a^3 * b^1.37', ({ a, b }) => -0.8 * a ** 3 * b ** 1.37],
  ['3 * b * sqrt(-1 * n)', ({ b, n }) => 3 * b * Math.sqrt(-n)],
  ['0.3 * a * b / n^2 + 1', ({ a, b, n }) => 1 + (0.3 * a * b) / n ** 2],
  ['2.7 * a * b - 1', ({ a, b }) => 2.7 * a * b - 1],
  ['sqrt(0.4 * b^3 / n^2 + 1)', ({ b, n }) => Math.sqrt(1 + (0.4 * b ** 3) / n ** 2)],
  ['log(0.3 * b^1.5 * n^2)', ({ b, n }) => Math.log(0.3 * b ** 1.5 * n ** 2)],
];

describe('monomials finds', () => {
  test.each(laws)('%s', async (found, law) => {
    const model = await fit(tableOf({ ranges, law }), base);
    expect(rounded(model.best.expression)).toBe(found);
    expect(model.stoppedBy).toBe('floor');
  });

  test('a product of signed inputs under noise', async () => {
    const law: MadeUpLaw = { ranges, law: ({ a, b, c }) => (2 * a * c) / b };
    const model = await fit(tableOf(law, { noise: 0.02 }), { ...base, noise: 'additive' });
    expect(model.best.expression).toMatch(/^(2(\.0\d*)?|1\.9\d+) \* a \* c \/ b$/);
  });
});

test('monomials begins every front with a constant, where the target is one sign, none or both', async () => {
  for (const offset of [5, 0, -5]) {
    const x = [-2, -1, 0, 1, 2, 3];
    const model = await fit(Table.from({ x, y: x.map((v, i) => v + offset + (i % 2)) }), base);
    expect(model.front[0].complexity).toBe(1);
    for (const { loss } of model.front) expect(loss).not.toBeNaN();
  }
});
