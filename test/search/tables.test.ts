import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { type Expression, equivalent, evaluate, parse } from '../../src/expressions/index.ts';
import { parseTable } from '../../src/io/index.ts';
import { fit } from '../../src/search/index.ts';

/** `best` of a shipped table under the default command; how long it takes is measured in test/statistical. */
async function bestOf(
  set: string,
  target: string,
  seed: number,
): Promise<{ tree: Expression; constants: readonly number[] }> {
  const file = `data/${set}/${set}.csv`;
  const model = await fit(parseTable(readFileSync(file, 'utf8'), file), { target, seed });
  return model.best;
}

function same(tree: Expression, formula: string, domain: Record<string, [number, number]>): boolean {
  return equivalent(tree, parse(formula), { domain, tolerance: 1e-9 }).equivalent;
}

describe.each([0, 1])('the shipped tables give their laws by default, seed %d', (seed) => {
  it("planets: Kepler's third law", async () => {
    const { tree, constants } = await bestOf('planets', 'period', seed);
    const k = Math.max(...constants);
    expect(k).toBeCloseTo(365.2, 1);
    expect(same(tree, `${k} * semi_major_axis^1.5`, { semi_major_axis: [0.3, 40] })).toBe(true);
  });

  it('hydrogen lines: the Rydberg formula', async () => {
    const { tree, constants } = await bestOf('hydrogen-lines', 'wavelength', seed);
    const k = Math.max(...constants);
    expect(Math.abs(k / 91.1763 - 1)).toBeLessThan(2e-5);
    expect(same(tree, `${k} / (1 / n_lower^2 - 1 / n_upper^2)`, { n_lower: [1, 3], n_upper: [4, 9] })).toBe(true);
  });

  it('regge: spin is linear in the squared mass', async () => {
    const { tree } = await bestOf('regge', 'spin', seed);
    // Three values give the three coefficients of the Chew-Frautschi form; the rest must follow from them.
    const at = (mass: number, strange: number): number => evaluate(tree, { mass, strange_quarks: strange });
    const slope = at(1000, 0) - at(0, 0);
    expect(slope).toBeGreaterThan(0.8);
    expect(slope).toBeLessThan(1);
    const form = `${at(0, 0)} + ${slope} * mass^2 / 1000000 + ${at(0, 1) - at(0, 0)} * strange_quarks`;
    expect(same(tree, form, { mass: [500, 2500], strange_quarks: [0, 2] })).toBe(true);
  });

  it('hubble: velocity in proportion to distance', async () => {
    const { tree, constants } = await bestOf('hubble-1929', 'velocity', seed);
    expect(constants).toHaveLength(1);
    expect(constants[0]).toBeCloseTo(423.9, 0);
    expect(same(tree, `${constants[0]} * distance`, { distance: [0, 2] })).toBe(true);
  });

  it('leavitt: magnitude is linear in the logarithm of the period', async () => {
    const { tree } = await bestOf('leavitt-1912', 'magnitude', seed);
    const offset = evaluate(tree, { period: 1 });
    const slope = evaluate(tree, { period: 10 }) - offset;
    expect(slope).toBeCloseTo(-2.03, 1);
    expect(same(tree, `${offset} + ${slope} * log10(period)`, { period: [1, 130] })).toBe(true);
  });
});
