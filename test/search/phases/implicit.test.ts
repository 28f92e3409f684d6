import { afterEach, describe, expect, test, vi } from 'vitest';
import { Table } from '../../../src/core/index.ts';
import { type FitOptions, fit } from '../../../src/search/index.ts';
import { columnsOf, expectLaw, interrupt, type MadeUpLaw, outcome, tableOf } from './made-up-law.ts';

afterEach(() => vi.restoreAllMocks());

const base: FitOptions = { target: 'y', phases: ['implicit'], threads: 1, unaryOperators: ['sqrt', 'exp', 'sin'] };

const laws: Readonly<Record<string, MadeUpLaw & { readonly found: string }>> = {
  'a saturation': {
    ranges: [
      ['s', 0.1, 9],
      ['k', 1, 4],
    ],
    law: ({ s, k }) => (2.3 * s) / (1.7 * k + s),
    found: '2.3 / (1.7 * k / s + 1)',
  },
  'velocities that add up to less': {
    ranges: [
      ['u', 0.1, 2],
      ['v', 0.1, 2],
      ['c', 3, 5],
    ],
    law: ({ u, v, c }) => (u + v) / (1 + (u * v) / (c * c)),
    found: '(u + v) / (u * v / c^2 + 1)',
  },
  'an oscillation divided by a sum': {
    ranges: [
      ['t', 0.1, 3],
      ['g', 0.5, 2],
    ],
    law: ({ t, g }) => Math.sin(t) / (1 + 0.4 * g * g + 0.2 * t),
    found: '5 * sin(t) / (2 * g^2 + t + 5)',
  },
  'two terms over two': {
    ranges: [
      ['x', 0, 3],
      ['q', 1, 2],
    ],
    law: ({ x, q }) => (1 + 2 * x * q) / (1 + 0.5 * x + 0.3 * q * q),
    found: '(q * x + 0.5) / (0.15 * q^2 + x / 4 + 0.5)',
  },
  'a quotient that is simple beside a y': {
    ranges: ['a', 'b', 'c', 'd'].map((name) => [name, 1, 3] as const),
    law: ({ a, b, c, d }) => (a * b + 0.6 * c) / (a + 1.4 * b * d),
    found: '(a * b + 0.6 * c) / (1.4 * b * d + a)',
  },
  'a root of a quadratic equation': {
    ranges: [
      ['b', 1, 3],
      ['c', 1, 5],
    ],
    law: ({ b, c }) => (-1.3 * b + Math.sqrt(1.69 * b * b + 3.2 * c)) / 2,
    found: 'sqrt(0.4225 * b^2 + 0.8 * c) - 0.65 * b',
  },
};

describe('implicit finds', () => {
  test.each(Object.entries(laws))('%s, exactly', async (_name, law) => {
    const model = await fit(tableOf(law), base);
    expectLaw(model, law.found, law.ranges);
    expect(model.stoppedBy).toBe('floor');
  });

  test('velocities that add up to less under noise of a hundredth', async () => {
    const law = laws['velocities that add up to less'];
    const model = await fit(tableOf(law, { noise: 0.01 }), base);
    expectLaw(model, law.found, law.ranges);
  });
});

describe('implicit keeps to what is asked for', () => {
  const law = laws['two terms over two'];

  test('the operators', async () => {
    const without = await fit(tableOf(law), { ...base, unaryOperators: [], binaryOperators: ['+', '*'] });
    for (const { expression } of without.front) expect(expression).not.toMatch(/[/^(]\D*\(|sqrt|exp|sin|\//);
    const division = await fit(tableOf(law), { ...base, unaryOperators: [], binaryOperators: ['+', '*', '/'] });
    expect(division.stoppedBy).toBe('floor');
    for (const { expression } of division.front) expect(expression).not.toMatch(/sqrt|exp|sin/);
  });

  test('the weights of the rows', async () => {
    const columns = columnsOf(law);
    const isSpoilt = (i: number): boolean => i % 3 === 0;
    const spoilt = Table.from({
      ...columns,
      w: columns.y.map((_, i) => (isSpoilt(i) ? 0 : 1)),
      y: columns.y.map((y, i) => (isSpoilt(i) ? y + 5 + Math.sin(i) : y)),
    });
    const model = await fit(spoilt, { ...base, weights: 'w' });
    expectLaw(model, law.found, law.ranges);
  });
});

describe('a run of implicit that is interrupted', () => {
  test.each([0, 0.05])('ends with the same front, noise %s', async (noise) => {
    const table = tableOf(laws['a root of a quadratic equation'], { noise, rows: 40 });
    const options: FitOptions = { ...base, unaryOperators: ['sqrt'], timeLimit: 1e9 };
    const whole = outcome(await fit(table, options));
    const states = await interrupt(table, options);
    expect(states.length).toBeGreaterThan(2);
    for (const resume of states.filter((_, i) => i % Math.ceil(states.length / 4) === 1)) {
      expect(outcome(await fit(table, { ...options, resume }))).toEqual(whole);
    }
  });
});
