import { describe, expect, test } from 'vitest';
import { DataError, OptionError, Table } from '../../src/core/index.ts';
import { fit, fitTargets, withoutOtherTargets } from '../../src/search/index.ts';

const x = [0.5, 1, 1.5, 2, 2.5, 3];
const table = Table.from({
  x,
  p: x.map((v) => 2 * v * v),
  q: x.map((v) => 3 * v + 1),
  p_error: x.map(() => 0.1),
  name: x.map((_, i) => `n${i}`),
});
const limits = { threads: 1, maxEvals: 3000 };

describe('fitTargets', () => {
  test('finds what fit finds for each target in the other columns', async () => {
    const models = await fitTargets(table, { targets: ['p', 'q'], ...limits });
    expect(Object.keys(models)).toEqual(['p', 'q']);
    for (const target of ['p', 'q']) {
      const alone = await fit(Table.from({ x, [target]: table.numbers(target) }), { target, ...limits });
      expect(models[target].front).toEqual(alone.front);
      expect(models[target].inputs).toEqual(['x']);
    }
    expect(models.p.best.expression).toBe('2 * x^2');
  });

  test('tells which target is at work, and goes on from states by target', async () => {
    const seen = new Set<string>();
    const states: Record<string, Uint8Array> = {};
    const watched = await fitTargets(table, {
      targets: ['q', 'p'],
      ...limits,
      phases: ['evolve'],
      onProgress: ({ target }) => seen.add(`progress ${target}`),
      onIteration: ({ target }) => seen.add(`iteration ${target}`),
      onCheckpoint: (state, target) => {
        states[target] ??= state;
      },
    });
    expect([...seen].filter((each) => each.startsWith('iteration'))).toEqual(['iteration q', 'iteration p']);
    expect(Object.keys(states)).toEqual(['q', 'p']);
    const resumed = await fitTargets(table, { targets: ['q', 'p'], ...limits, phases: ['evolve'], resume: states });
    for (const target of ['p', 'q']) expect(resumed[target].front).toEqual(watched[target].front);
  });

  test('a signal leaves out the searches after the one that runs', async () => {
    const controller = new AbortController();
    const models = await fitTargets(table, {
      targets: ['p', 'q'],
      ...limits,
      signal: controller.signal,
      onCheckpoint: () => controller.abort(),
    });
    expect(Object.keys(models)).toEqual(['p']);
  });

  test.each([
    [{ targets: [] }, OptionError],
    [{ targets: ['p', 'p'] }, OptionError],
    [{ targets: ['p', 'q'], inputs: ['x', 'q'] }, OptionError],
    [{ targets: ['p', 'nothing'] }, DataError],
    [{ targets: ['p', 'name'] }, DataError],
  ])('%j is refused', async (options, kind) => {
    await expect(fitTargets(table, { ...limits, ...options })).rejects.toBeInstanceOf(kind);
  });
});

test('the errors of another target go with it', () => {
  expect(withoutOtherTargets(table, ['p', 'q'], 'q').names).toEqual(['x', 'q', 'name']);
  expect(withoutOtherTargets(table, ['p', 'q'], 'p').names).toEqual(['x', 'p', 'p_error', 'name']);
  expect(withoutOtherTargets(table, ['p'], 'p')).toBe(table);
});
