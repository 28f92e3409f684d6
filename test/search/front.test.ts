import { describe, expect, it } from 'vitest';
import { RandomStream, Table } from '../../src/core/index.ts';
import { fit } from '../../src/search/index.ts';

const rows = 60;
const random = new RandomStream(2);
const x = Float64Array.from({ length: rows }, () => 0.5 + 3 * random.uniform());
const y = x.map((value) => 2.3 * value ** 2 + 0.7 + 0.2 * random.normal());
const OPTIONS = { target: 'y', threads: 1, maxSize: 12, phases: ['monomials', 'enumerate'] } as const;
/** Nats within which a simpler step is preferred. */
const EVIDENCE = 0.5;

describe('what a step of the front buys', () => {
  it('is the fall of the data term, from the best constant on', async () => {
    const { front } = await fit(Table.from({ x, y }), { ...OPTIONS, phases: [...OPTIONS.phases], noise: 'additive' });
    const mean = y.reduce((sum, value) => sum + value / rows, 0);
    let before = y.reduce((sum, value) => sum + (value - mean) ** 2 / rows, 0);
    for (const { loss, evidence, description } of front) {
      expect(evidence).toBeCloseTo((rows / 2) * Math.log(before / loss), 6);
      expect(Number.isFinite(description)).toBe(true);
      before = loss;
    }
    // Counted from the residuals of the best constant, a constant costs its own description.
    expect(front[0].evidence).toBeCloseTo(0, 6);
    expect(front[0].description).toBeGreaterThan(0);
  });

  it('with known errors is half the fall of chi2, whatever the unit of the target', async () => {
    const dy = x.map(() => 0.2);
    const options = { ...OPTIONS, phases: [...OPTIONS.phases], sigma: 'dy' };
    const { front } = await fit(Table.from({ x, y, dy }), options);
    const scaled = { x, y: y.map((value) => 1000 * value), dy: dy.map((value) => 1000 * value) };
    const thousandfold = await fit(Table.from(scaled), options);
    front.slice(1).forEach(({ loss, evidence }, i) => {
      expect(evidence).toBeCloseTo((front[i].loss - loss) / 2, 6);
    });
    expect(thousandfold.best.description).toBeCloseTo(
      front.find((e) => e.complexity === thousandfold.best.complexity)!.description!,
      3,
    );
  });

  it('shows why best was chosen: its description is the shortest, or a simpler one nearly as short', async () => {
    const { front, best } = await fit(Table.from({ x, y }), { ...OPTIONS, phases: [...OPTIONS.phases] });
    const shortest = Math.min(...front.map(({ description }) => description!));
    expect(best.description).toBeLessThanOrEqual(shortest + EVIDENCE);
    for (const { complexity, description } of front) {
      if (complexity < best.complexity) expect(description).toBeGreaterThan(shortest + EVIDENCE);
    }
  });
});
