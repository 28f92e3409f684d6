import { afterEach, describe, expect, test, vi } from 'vitest';
import { Table } from '../../../src/core/index.ts';
import { type FitOptions, fit } from '../../../src/search/index.ts';
import { type MadeUpLaw, outcome, rounded, tableOf } from './made-up-law.ts';

afterEach(() => vi.restoreAllMocks());

const base: FitOptions = {
  target: 'y',
  phases: ['products'],
  threads: 1,
  noise: 'additive',
  unaryOperators: ['sqrt', 'exp', 'log'],
};

const laws: Readonly<Record<string, MadeUpLaw & { readonly found: string }>> = {
  'a rate with a barrier': {
    ranges: [
      ['T', 1, 5],
      ['E', 1, 5],
      ['n', 1, 10],
      ['V', 1, 3],
    ],
    law: ({ T, E, n, V }) => ((2 * n) / V) * T ** 1.5 * Math.exp((-1.7 * E) / T),
    found: '2 * T^1.5 * n * exp(-1.7 * E / T) / V',
  },
  'two factors, the input of one of both signs': {
    ranges: [
      ['a', -2, 2],
      ['b', 1, 3],
      ['c', 1, 4],
    ],
    law: ({ a, b, c }) => (2.5 * a ** 3 * Math.sqrt(b + c)) / (1 + a * a),
    found: '2.5 * a^3 * sqrt(b + c) / (a^2 + 1)',
  },
  'a bell times a line': {
    ranges: [
      ['x', -2, 2],
      ['s', 0.5, 2],
      ['t', 1, 2],
      ['k', 1, 3],
    ],
    law: ({ x, s, t, k }) => ((0.4 * Math.exp(-(x ** 2) / (2 * s ** 2))) / (s * t)) * (1 + k * t),
    found: '0.4 * (k * t + 1) * exp(-0.5 * x^2 / s^2) / (s * t)',
  },
  'a power over decades': {
    ranges: [
      ['a', 1e-3, 1e3, 'log'],
      ['b', 1e-2, 1e2, 'log'],
      ['c', 1e-4, 10, 'log'],
    ],
    law: ({ a, b, c }) => (4e-7 * a ** 2 * b) / (a + c) ** 1.37,
    found: '4e-7 * a^2 * b / (a + c)^1.37',
  },
  'three factors': {
    ranges: [
      ['x', 0.1, 2],
      ['u', 0.1, 0.9],
      ['z', 1, 4],
      ['w', 0.1, 3],
    ],
    law: ({ x, u, z, w }) => (0.7 * (x + z) ** 2 * Math.sqrt(1 - u * u)) / (w + x * u),
    found: '0.7 * (x + z)^2 * sqrt(1 - u^2) / (w * (u * x / w + 1))',
  },
  'six inputs': {
    ranges: [
      ['a', -3, 3],
      ['b', 1, 2],
      ['c', 1, 5],
      ['d', 0.1, 2],
      ['e', 0.1, 0.9],
      ['f', 1, 100, 'log'],
    ],
    law: ({ a, b, c, d, e, f }) => (((a * b) / c ** 2) * (1 + d * e) * Math.sqrt(f)) / (1 + e),
    found: 'a * b * sqrt(f) * (d * e + 1) / (c^2 * (e + 1))',
  },
  'a resonance': {
    ranges: [
      ['g', 0.1, 2],
      ['w', 1, 5],
      ['v', 1, 5],
      ['A', -2, 2],
    ],
    law: ({ g, w, v, A }) => (A * g) / ((w - v) ** 2 + g ** 2),
    found: 'A * g / ((v - w)^2 + g^2)',
  },
  'a product after 1': {
    ranges: [
      ['n', 0.2, 3],
      ['T', 0.5, 2],
      ['q', 1, 2],
    ],
    law: ({ n, T, q }) => 1 + (3 * q * q) / (Math.exp(n / T) - 1),
    found: '3 * q^2 / (exp(n / T) - 1) + 1',
  },
};

describe('products finds', () => {
  test.each(Object.entries(laws))('%s, exactly', async (_name, law) => {
    const model = await fit(tableOf(law), base);
    expect(rounded(model.best.expression)).toBe(law.found);
    expect(model.stoppedBy).toBe('floor');
  });

  test.each(['a rate with a barrier', 'two factors, the input of one of both signs'])(
    '%s under noise of a hundredth',
    async (name) => {
      const law = laws[name];
      const model = await fit(tableOf(law, { noise: 0.01 }), base);
      // The same form: what differs are the numbers.
      const shape = (text: string): string => text.replace(/\d+\.\d+/g, '#').replaceAll(/(?<=^|[(])[#\d]+ \* /g, '');
      expect(shape(model.best.expression)).toBe(shape(law.found));
    },
  );
});

describe('products keeps to what is asked for', () => {
  const law = laws['two factors, the input of one of both signs'];

  test('the operators', async () => {
    const model = await fit(tableOf(law, { noise: 0.05 }), {
      ...base,
      unaryOperators: [],
      binaryOperators: ['+', '*', '/'],
    });
    expect(model.front.length).toBeGreaterThan(2);
    for (const { expression } of model.front) expect(expression).not.toMatch(/[a-z]\w+\(|-[a-z(]|\^(?!\d+(?!\.))/);
  });

  test('the largest size', async () => {
    const model = await fit(tableOf(law, { noise: 0.1 }), { ...base, maxSize: 9 });
    expect(model.front.length).toBeGreaterThan(2);
    for (const { complexity } of model.front) expect(complexity).toBeLessThanOrEqual(9);
  });

  test('the weights of the rows', async () => {
    const table = tableOf(law);
    const spoilt = Table.from({
      ...Object.fromEntries(['a', 'b', 'c'].map((name) => [name, table.numbers(name)])),
      w: table.numbers('y').map((_, i) => (i % 3 === 0 ? 0 : 1)),
      y: table.numbers('y').map((y, i) => (i % 3 === 0 ? 3 - y : y)),
    });
    const model = await fit(spoilt, { ...base, weights: 'w' });
    expect(rounded(model.best.expression)).toBe(law.found);
  });

  test('the dimensions', async () => {
    const decay: MadeUpLaw = {
      ranges: [
        ['m', 1, 5],
        ['v', -3, 3],
        ['t', 1, 4],
        ['s', 1, 3],
      ],
      law: ({ m, v, t, s }) => ((m * v) / t) * Math.exp(-t / s),
    };
    const options = {
      xUnits: { m: 'kg', v: 'm/s', t: 's', s: 's' },
      yUnits: 'N',
      dimensionMode: 'construct' as const,
      dimensionlessConstantsOnly: true,
    };
    const model = await fit(tableOf(decay), { ...base, ...options });
    expect(model.stoppedBy).toBe('floor');
    for (const { expression } of model.front) expect(expression).not.toMatch(/exp\((t|s|m|v)\)/);
  });
});

describe('a run of products that is interrupted', () => {
  test.each([0, 0.05])('ends with the same front, noise %s', async (noise) => {
    const table = tableOf(laws['a product after 1'], { noise, rows: 60 });
    const options: FitOptions = { ...base, unaryOperators: ['exp'] };
    const whole = await fit(table, options);
    let time = 0;
    vi.spyOn(performance, 'now').mockImplementation(() => {
      time += 450;
      return time;
    });
    const states: Uint8Array[] = [];
    await fit(table, { ...options, timeLimit: 1e9, onCheckpoint: (state) => states.push(state) });
    vi.restoreAllMocks();
    expect(states.length).toBeGreaterThan(4);
    for (const resume of states.filter((_, i) => i % 4 === 1)) {
      expect(outcome(await fit(table, { ...options, timeLimit: 1e9, resume }))).toEqual(outcome(whole));
    }
  });
});
