import { describe, expect, it } from 'vitest';
import { dimensionOf, parse } from '../../../src/expressions/index.ts';
import { parseUnit } from '../../../src/units/index.ts';
import { madeUp, shortFit, traceOf } from './problems.ts';

const ENERGY = madeUp(
  { m: [1, 5], v: [1, 5], g: [9, 10], h: [1, 6] },
  ({ m, v, g, h }) => 0.5 * m * v ** 2 + m * g * h,
);
const NOISY = madeUp(
  { m: [1, 5], v: [1, 5], g: [9, 10], h: [1, 6] },
  ({ m, v, g, h }, random) => (0.5 * m * v ** 2 + m * g * h) * (1 + 0.1 * random.normal()),
);
const UNITS = { xUnits: { m: 'kg', v: 'm/s', g: 'm/s^2', h: 'm' }, yUnits: 'J' };
const EVOLVE = { phases: ['evolve' as const], patience: 99, ncyclesPerIteration: 20 };

const isJoule = (formula: string, freeConstants: boolean): boolean => {
  const variables = new Map(Object.entries(UNITS.xUnits).map(([name, unit]) => [name, parseUnit(unit).dimension]));
  const found = dimensionOf(parse(formula), variables, { freeConstants });
  if (found.kind === 'any') return freeConstants;
  return found.kind === 'dimension' && String(found.dimension) === String(parseUnit('J').dimension);
};

describe('xUnits and yUnits', () => {
  it('every law of the front has the dimension of the target', async () => {
    for (const dimensionlessConstantsOnly of [false, true]) {
      const model = await shortFit(NOISY, { ...EVOLVE, ...UNITS, dimensionlessConstantsOnly });
      expect(model.front.length).toBeGreaterThan(2);
      for (const { expression } of model.front)
        expect([expression, isJoule(expression, !dimensionlessConstantsOnly)]).toEqual([expression, true]);
    }
    const free = await shortFit(NOISY, EVOLVE);
    expect(free.front.some(({ expression }) => !isJoule(expression, false))).toBe(true);
  });

  it('make the search shorter', async () => {
    // Mutations that look at the data find this law either way.
    const blind = { mutationWeights: { backSolve: 0 } };
    const options = { ...EVOLVE, ...blind, maxEvals: 20_000, dimensionlessConstantsOnly: true };
    const model = await shortFit(ENERGY, { ...options, ...UNITS });
    expect(model.best.loss).toBeLessThan(1e-20);
    expect((await shortFit(ENERGY, { ...options })).best.loss).toBeGreaterThan(1e-6);
  });

  it('dimensionlessConstantsOnly decides what a constant may mend', async () => {
    const heights = { inputs: ['h'], xUnits: { h: 'm' }, yUnits: 'J' };
    const model = await shortFit(ENERGY, heights);
    expect(model.front.some((entry) => entry.constantUnits?.includes('J/m'))).toBe(true);
    await expect(shortFit(ENERGY, { ...heights, dimensionlessConstantsOnly: true })).rejects.toThrow(
      /no law of a few operators/,
    );
  });

  it('unitSystem natural counts powers of GeV', async () => {
    const table = madeUp({ E: [5, 9], m: [1, 4] }, ({ E, m }) => Math.sqrt(E * E - m * m));
    const options = { xUnits: { E: 'GeV', m: 'GeV' }, dimensionlessConstantsOnly: true };
    const model = await shortFit(table, { ...options, unitSystem: 'natural', yUnits: 'GeV' });
    expect(model.best.expression).toBe('sqrt(E^2 - m^2)');
    // In SI a mass is no energy, so that the sum below the root cannot be made of kg and J.
    const si = await shortFit(table, { xUnits: { E: 'J', m: 'kg' }, dimensionlessConstantsOnly: true, yUnits: 'J' });
    expect(si.best.expression).not.toContain('m^2');
  });

  it('dimensionMode penalty adds dimensionalConstraintPenalty to what is wrong', async () => {
    const options = {
      ...UNITS,
      dimensionMode: 'penalty' as const,
      dimensionlessConstantsOnly: true,
      phases: ['monomials' as const],
      noise: 'additive' as const,
    };
    const dear = await shortFit(NOISY, { ...options, dimensionalConstraintPenalty: 5e6 });
    const cheap = await shortFit(NOISY, { ...options, dimensionalConstraintPenalty: 7 });
    const wrong = dear.front.find(({ expression }) => !isJoule(expression, false))!;
    const same = cheap.front.find(({ complexity }) => complexity === wrong.complexity)!;
    expect(same.expression).toBe(wrong.expression);
    expect(wrong.loss - same.loss).toBeCloseTo(5e6 - 7, 3);
  });

  it('hold in worker threads, and through a saved state', async () => {
    const states: Uint8Array[] = [];
    const options = { ...UNITS, unaryOperators: ['sin', 'sqrt'], patience: 99, maxEvals: 15_000 };
    const one = await shortFit(NOISY, { ...options, threads: 1, onCheckpoint: (state) => states.push(state) });
    expect(traceOf(await shortFit(NOISY, { ...options, threads: 2 }))).toBe(traceOf(one));
    expect(states.length).toBeGreaterThan(0);
    const again = await shortFit(NOISY, { ...options, threads: 1, resume: states.at(-1) });
    expect(traceOf(again)).toBe(traceOf(one));
  });

  it('errors name the column and the mend', async () => {
    await expect(shortFit(ENERGY, { xUnits: { m: 'kgg' } })).rejects.toThrow(/"m".*did you mean "kg"/);
    await expect(shortFit(ENERGY, { xUnits: { q: 'kg' } })).rejects.toThrow(/no input "q"/);
    await expect(shortFit(ENERGY, { yUnits: 'm^' })).rejects.toThrow(/yUnits/);
    await expect(shortFit(ENERGY, { ...UNITS, template: 'f(m, v)' })).rejects.toThrow(/penalty/);
  });
});

describe('knownConstants', () => {
  const UNITS_OF_ENERGY = { ...UNITS, phases: ['monomials' as const], noise: 'additive' as const };
  const refused = (knownConstants: unknown, more: object = {}) =>
    shortFit(ENERGY, { ...UNITS_OF_ENERGY, knownConstants: knownConstants as never, ...more }).then(
      () => undefined,
      (error) => `${error.code} ${error.message}`,
    );

  it('are names of the table, or numbers of the user', async () => {
    expect(await refused(['c', 'kB', 'ε0', 'sigma_SB'])).toBeUndefined();
    expect(await refused({ c: true, v0: { value: 3, unit: 'km/s' }, a: { value: 2 } })).toBeUndefined();
    expect(await refused(['c', 'k_BB'])).toMatch(/unknown-constant knownConstants: no constant "k_BB".*"k_B"/);
    expect(await refused(['c', 'c'])).toMatch(/invalid-option.*given twice/);
    expect(await refused(['k_B', 'kB'])).toMatch(/invalid-option.*given twice/);
    expect(await refused(['a b'])).toMatch(/invalid-option.*no name of a constant/);
    expect(await refused({ v0: { value: -3 } })).toMatch(/invalid-option/);
    expect(await refused({ v0: { value: 3, unit: 'kmm' } })).toMatch(/unknown-unit.*"v0"/);
  });

  it('contradict columns of their name, and options that leave them no unit', async () => {
    expect(await refused(['g'])).toMatch(/contradictory-options.*"g" is an input/);
    expect(await refused({ t: { value: 1 } })).toMatch(/contradictory-options.*"t" is the target/);
    const bare = { xUnits: {}, yUnits: undefined };
    expect(await refused({ v0: { value: 3, unit: 'm/s' } }, bare)).toMatch(/contradictory-options.*needs those/);
    expect(await refused({ v0: { value: 3 } }, bare)).toBeUndefined();
    expect(await refused(['c'], bare)).toBeUndefined();
    expect(await refused(['c'], { dimensionlessConstantsOnly: true })).toMatch(
      /contradictory-options dimensionlessConstantsOnly: "c" is in m\/s/,
    );
    expect(await refused(['alpha'], { dimensionlessConstantsOnly: true })).toBeUndefined();
  });
});
