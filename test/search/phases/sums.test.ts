import { afterEach, describe, expect, test, vi } from 'vitest';
import { Table } from '../../../src/core/index.ts';
import { type FitOptions, fit } from '../../../src/search/index.ts';
import { columnsOf, expectLaw, interrupt, type MadeUpLaw, outcome, tableOf } from './made-up-law.ts';

afterEach(() => vi.restoreAllMocks());

const base: FitOptions = { target: 'y', phases: ['sums'], threads: 1, unaryOperators: ['sqrt', 'exp', 'log', 'sin'] };

const laws: Readonly<Record<string, MadeUpLaw & { readonly found: string }>> = {
  'a damped motion': {
    ranges: [['t', 0, 5]],
    law: ({ t }) => 2 * t * Math.sin(t) + 0.5 * t * t - 1.5 * Math.exp(-t),
    found: '2 * t * sin(t) + t^2 / 2 - 1.5 * exp(-1 * t)',
  },
  'forces of three ranges': {
    ranges: [
      ['v', 1, 30],
      ['r', 0.1, 2],
      ['h', 1, 9],
    ],
    law: ({ v, r, h }) => 0.3 * v * r + 0.04 * (v * r) ** 2 + (1.7 * h) / r,
    found: '0.04 * (r * v)^2 + 0.3 * r * v + 1.7 * h / r',
  },
  'four terms of six inputs': {
    ranges: ['a', 'b', 'c', 'd', 'e', 'f'].map((name) => [name, 1, 5] as const),
    law: ({ a, b, c, d, e, f }) => a * b + (2 * c * d) / e + 0.4 * f * f - (1.2 * a) / f,
    found: 'a * b + 0.4 * f^2 + 2 * c * d / e - 1.2 * a / f',
  },
  'terms that span decades': {
    ranges: [
      ['x', 1e-3, 1e3, 'log'],
      ['q', 1e-2, 1e2, 'log'],
    ],
    law: ({ x, q }) => 3 * x * x * q + 0.2 * x + (5 * q) / x,
    found: '3 * q * x^2 + 0.2 * x + 5 * q / x',
  },
  'resistors side by side': {
    ranges: [
      ['p', 1, 9],
      ['q', 1, 9],
      ['r', 2, 5],
    ],
    law: ({ p, q, r }) => 1 / (1 / p + 2 / q + 3 / r),
    found: '1 / (1 / p + 2 / q + 3 / r)',
  },
  'a root of a sum': {
    ranges: [
      ['a', 0.1, 10, 'log'],
      ['b', 1, 5],
      ['c', 0.5, 2],
      ['d', 1, 3],
    ],
    law: ({ a, b, c, d }) => Math.sqrt(a * a + b * b * c + 2 * a * d),
    found: 'sqrt(b^2 * c + 2 * a * d + a^2)',
  },
  'an exponential of a sum': {
    ranges: [
      ['x', 0, 2],
      ['q', 0.5, 2],
    ],
    law: ({ x, q }) => Math.exp(0.3 * x * q + 0.7 * x - 0.2 * q * q - 1),
    found: 'exp(0.3 * q * x - 0.2 * q^2 + 0.7 * x - 1)',
  },
  'a damped wave about a level': {
    ranges: [
      ['t', 0, 4],
      ['q', 0.5, 2],
    ],
    law: ({ t, q }) => 2 * Math.exp(-t) * Math.sin(q * t) - 3,
    found: '2 * exp(-1 * t) * sin(q * t) - 3',
  },
};

describe('sums finds', () => {
  test.each(Object.entries(laws))('%s, exactly', async (_name, law) => {
    const model = await fit(tableOf(law), base);
    expectLaw(model, law.found, law.ranges);
    expect(model.stoppedBy).toBe('floor');
  });

  // The same form: what differs are the numbers.
  test.each([
    ['forces of three ranges', /^0\.0[34]\d* \* \(r \* v\)\^2 \+ 0\.[23]\d* \* r \* v \+ 1\.[67]\d* \* h \/ r$/],
    ['resistors side by side', /^1 \/ \([\d.]+ \/ p \+ [\d.]+ \/ q \+ [\d.]+ \/ r\)$/],
  ])('%s under noise of a hundredth', async (name, form) => {
    const model = await fit(tableOf(laws[name], { noise: 0.01 }), base);
    expect(model.best.expression).toMatch(form);
  });
});

describe('sums keeps to what is asked for', () => {
  const polynomial: MadeUpLaw = {
    ranges: [
      ['x', -2, 3],
      ['z', 1, 2],
    ],
    law: ({ x, z }) => 0.7 * x * x * z + 1.3 * x + 2.1 * z + 0.4,
  };

  test('the operators', async () => {
    const model = await fit(tableOf(polynomial), { ...base, unaryOperators: [], binaryOperators: ['+', '*'] });
    expect(model.stoppedBy).toBe('floor');
    expect(model.front.length).toBeGreaterThan(0);
    for (const { expression } of model.front) expect(expression).not.toMatch(/[a-z]\w+\(|\/|\*\*|sqrt/);
    const alone = await fit(tableOf(polynomial), { ...base, unaryOperators: ['sin'], binaryOperators: ['*'] });
    for (const { expression } of alone.front) expect(expression).not.toMatch(/[+/]/);
  });

  test('the largest size', async () => {
    const model = await fit(tableOf(polynomial, { noise: 0.1 }), { ...base, maxSize: 9 });
    expect(model.front.length).toBeGreaterThan(2);
    for (const { complexity } of model.front) expect(complexity).toBeLessThanOrEqual(9);
  });

  test('the weights of the rows', async () => {
    const columns = columnsOf(polynomial);
    const isSpoilt = (i: number): boolean => i % 3 === 0;
    const spoilt = Table.from({
      ...columns,
      w: columns.y.map((_, i) => (isSpoilt(i) ? 0 : 1)),
      y: columns.y.map((y, i) => (isSpoilt(i) ? y + 5 * Math.sin(i) : y)),
    });
    const model = await fit(spoilt, { ...base, weights: 'w' });
    expect(model.stoppedBy).toBe('floor');
    expectLaw(model, '0.7 * x^2 * z + 1.3 * x + 2.1 * z + 0.4', polynomial.ranges);
  });

  test('the dimensions', async () => {
    const law: MadeUpLaw = {
      ranges: [
        ['x', 1, 5],
        ['t', 1, 3],
        ['u', 1, 4],
        ['a', 1, 2],
      ],
      law: ({ t, u, a, x }) => x + u * t + 0.5 * a * t * t,
    };
    const options = { xUnits: { x: 'm', t: 's', u: 'm/s', a: 'm/s^2' }, yUnits: 'm', dimensionlessConstantsOnly: true };
    const model = await fit(tableOf(law), { ...base, ...options });
    expect(model.stoppedBy).toBe('floor');
    expect(model.best.complexity).toBeLessThan(15);
  });
});

describe('a run of sums that is interrupted', () => {
  test.each([0, 0.05])('ends with the same front, noise %s', async (noise) => {
    const table = tableOf(laws['resistors side by side'], { noise, rows: 40 });
    const options: FitOptions = { ...base, unaryOperators: [], binaryOperators: ['+', '*', '/'], timeLimit: 1e9 };
    const whole = outcome(await fit(table, options));
    const states = await interrupt(table, options);
    expect(states.length).toBeGreaterThan(4);
    for (const resume of states.filter((_, i) => i % Math.ceil(states.length / 4) === 1)) {
      expect(outcome(await fit(table, { ...options, resume }))).toEqual(whole);
    }
  });
});
