import { describe, expect, it } from 'vitest';
import { RandomStream, Table } from '../../../src/core/index.ts';
import { equivalent, evaluate, parse } from '../../../src/expressions/index.ts';
import { type FitOptions, fit, Model } from '../../../src/search/index.ts';
import { RIVAL_NATS } from '../../../src/search/rivals/rivals.ts';

const CHEAP = {
  target: 'y',
  threads: 1,
  maxSize: 12,
  phases: ['monomials', 'enumerate'],
} satisfies FitOptions;
const random = new RandomStream(3);
const x = Float64Array.from({ length: 14 }, (_, i) => 1.25 + 0.5 * i);
const noisy = Table.from({ x, y: x.map((value) => 1.7 * Math.log(value) + 3 + 0.12 * random.normal()) });
/** Half the width of the data on either side. */
const BOX = [0.625, 11];

describe('rivals', () => {
  it('are other laws as good as the chosen one, each with the point that tells', async () => {
    const { best, rivals } = await fit(noisy, CHEAP);
    expect(rivals.length).toBeGreaterThan(0);
    const residuals = noisy.numbers('y').map((y, i) => y - evaluate(best.tree, { x: x[i] }));
    const freedom = x.length - best.constants.length;
    const sigma = Math.sqrt(residuals.reduce((sum, r) => sum + r * r, 0) / freedom);
    for (const rival of rivals) {
      const tree = parse(rival.expression);
      expect(Math.abs(rival.nats)).toBeLessThanOrEqual(RIVAL_NATS);
      expect(equivalent(tree, best.tree, { domain: { x: [1, 8] } }).equivalent).toBe(false);
      const where = rival.where as { x: number };
      expect(where['x']).toBeGreaterThanOrEqual(BOX[0]);
      expect(where['x']).toBeLessThanOrEqual(BOX[1]);
      expect(rival.predictions).toEqual([evaluate(best.tree, where), evaluate(tree, where)]);
      const gap = (at: number): number => Math.abs(evaluate(best.tree, { x: at }) - evaluate(tree, { x: at })) / sigma;
      expect(rival.unit).toBe('sigma');
      expect(rival.separation).toBeCloseTo(gap(where['x']), 6);
      // Nowhere in the box is the difference clearly wider.
      for (let at = BOX[0]; at <= BOX[1]; at += 0.01) {
        if (Number.isFinite(gap(at))) expect(gap(at)).toBeLessThan(1.01 * rival.separation + 1e-9);
      }
      expect(rival.tolerance).toBeUndefined();
    }
    const nats = rivals.map((rival) => rival.nats);
    expect(nats).toEqual([...nats].sort((a, b) => a - b));
  });

  it('are the same in a second run, and survive a trip through JSON', async () => {
    const [one, two] = [await fit(noisy, CHEAP), await fit(noisy, CHEAP)];
    expect(two.rivals).toEqual(one.rivals);
    const back = Model.fromRecord(JSON.parse(JSON.stringify(one)));
    expect(back.rivals).toEqual(one.rivals);
    const { rivals: _, ...older } = one.toJSON();
    expect(Model.fromRecord(older).rivals).toEqual([]);
  });

  it('are none of the forms of one law', async () => {
    const exact = Table.from({ x, y: x.map((value) => 2 * value * value) });
    expect((await fit(exact, CHEAP)).rivals).toEqual([]);
  });

  it('name the simpler law that agrees to a millionth on exact data', async () => {
    const lookalike = Table.from({ x, y: x.map((value) => 2.5 * value * value + 1e-6 * value) });
    const { best, rivals } = await fit(lookalike, CHEAP);
    expect(equivalent(best.tree, parse('2.5 * x^2 + x / 1000000'), { tolerance: 1e-12 }).equivalent).toBe(true);
    const simple = rivals.find(({ tolerance }) => tolerance === 1e-6)!;
    expect(simple.complexity).toBeLessThan(best.complexity);
    expect(simple).toMatchObject({ unit: 'relative' });
    expect(simple.nats).toBeGreaterThan(RIVAL_NATS);
    // The small term counts most where x is smallest.
    expect(simple.where['x']).toBeCloseTo(BOX[0], 9);
    expect(simple.separation).toBeGreaterThan(1e-7);
  });

  it('call a category by its label', async () => {
    const kinds = ['cold', 'hot'];
    const kind = Array.from(x, (_, i) => kinds[i % 2]);
    // Over so narrow a range a line, a root and a logarithm are alike.
    const near = x.map((_, i) => 4 + 0.1 * i);
    const y = near.map((value, i) => 2 * Math.sqrt(value) * (1 + (i % 2)) + 0.6 * random.normal());
    const table = Table.from({ x: near, kind, y: Array.from(y) });
    const { rivals } = await fit(table, {
      target: 'y',
      template: 'p[kind] * f(x)',
      phases: ['evolve'],
      threads: 1,
      maxSize: 6,
      maxEvals: 3000,
    });
    expect(rivals.length).toBeGreaterThan(0);
    for (const { where } of rivals) if ('kind' in where) expect(kinds).toContain(where['kind']);
    expect(rivals.some(({ where }) => 'kind' in where)).toBe(true);
  });
});
