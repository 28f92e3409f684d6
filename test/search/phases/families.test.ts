import { afterEach, describe, expect, test, vi } from 'vitest';
import { RandomStream, Table } from '../../../src/core/index.ts';
import { constantsOf, type Expression, evaluate, STANDARD_OPERATORS } from '../../../src/expressions/index.ts';
import { type FitOptions, fit, type Model } from '../../../src/search/index.ts';

afterEach(() => vi.restoreAllMocks());

/** Root-mean-square error of an exact law, relative to the target's, after the polish. */
const EXACT = 1e-10;
/** Largest distance of a law from the truth, in units of the noise. */
const WITHIN_NOISE = 0.6;
const ROWS = 200;

type Row = Readonly<Record<string, number>>;
interface Law {
  readonly ranges: Readonly<Record<string, readonly [number, number]>>;
  readonly law: (row: Row) => number;
  readonly unary?: readonly string[];
  readonly options?: Partial<FitOptions>;
}

const PLAIN = ['sqrt', 'exp', 'log'];
const WAVES = [...PLAIN, 'sin', 'cos', 'tanh'];
const base = { target: 'y', phases: ['families'], noise: 'additive', threads: 1, timeLimit: 1e9 } as const;

function rowsOf(
  { ranges, law }: Law,
  noise = 0,
): { readonly table: Table; readonly rows: Row[]; readonly rms: number } {
  const random = new RandomStream(23);
  const rows = Array.from({ length: ROWS }, (): Row => {
    const entries = Object.entries(ranges).map(([name, [low, high]]): [string, number] => [
      name,
      low + (high - low) * random.uniform(),
    ]);
    return Object.fromEntries(entries);
  });
  const exact = rows.map(law);
  const rms = Math.sqrt(exact.reduce((sum, y) => sum + y * y, 0) / ROWS);
  const columns = Object.fromEntries(Object.keys(ranges).map((name) => [name, rows.map((row) => row[name])]));
  return { table: Table.from({ ...columns, y: exact.map((y) => y + noise * rms * random.normal()) }), rows, rms };
}

/** Distance of a tree from the law, relative to the target. */
function distance(tree: Expression, { law }: Law, rows: readonly Row[], rms: number): number {
  return Math.sqrt(rows.reduce((sum, row) => sum + (evaluate(tree, row) - law(row)) ** 2, 0) / ROWS) / rms;
}

function optionsOf({ unary = PLAIN, options }: Law): FitOptions {
  const binaryOperators = ['+', '-', '*', '/', '^'];
  return { ...base, unaryOperators: [...unary], binaryOperators, ...options } as FitOptions;
}

const LAWS: Readonly<Record<string, Law>> = {
  'a decay beside an offset': { ranges: { t: [0, 5] }, law: ({ t }) => 3.1 * Math.exp(-0.83 * t) + 1.7 },
  'a wave of some phase times a factor': {
    ranges: { t: [0, 8], A: [1, 4] },
    law: ({ t, A }) => A * (1.3 * Math.sin(5.31 * t + 0.4) + 2.2),
    unary: WAVES,
  },
  'a damped wave': {
    ranges: { t: [0, 10] },
    law: ({ t }) => 3.3 * Math.exp(-0.31 * t) * Math.cos(4.2 * t + 0.5),
    unary: WAVES,
  },
  'a Bose factor with any prefactor': {
    ranges: { f: [0.2, 8], T: [1, 5] },
    law: ({ f, T }) => (2.3 * f ** 3) / Math.expm1((1.37 * f) / T),
  },
  'one minus an exponential of three inputs': {
    ranges: { t: [0.1, 8], R: [1, 3], C: [1, 3], V: [1, 5] },
    law: ({ t, R, C, V }) => 2 * V * -Math.expm1((-1.3 * t) / (R * C)),
  },
  'an exponential of five inputs': {
    ranges: { m: [1, 3], g: [1, 3], h: [1, 3], k: [1, 3], T: [1, 3], n: [1, 5] },
    law: ({ m, g, h, k, T, n }) => n * Math.exp((-0.4 * m * g * h) / (k * T)),
  },
  'a hyperbolic tangent': {
    ranges: { H: [0.1, 5], T: [1, 4], M: [1, 3] },
    law: ({ H, T, M }) => 1.9 * M * Math.tanh((1.4 * H) / T),
    unary: WAVES,
  },
  'a logarithm of a sum': {
    ranges: { v: [1, 50], w: [1, 3] },
    law: ({ v, w }) => 2.2 * w * Math.log(1 + 0.23 * v),
  },
  saturation: { ranges: { s: [0.1, 20], e: [1, 5] }, law: ({ s, e }) => (3.3 * e * s) / (s + 2.7) },
  'a power beside an offset': { ranges: { r: [1, 9] }, law: ({ r }) => 2.2 * r ** -1.37 + 0.8 },
  'a power of a sum': { ranges: { v: [1, 9], m: [1, 4] }, law: ({ v, m }) => 2.2 * m * (v + 3.3) ** 1.5 },
  'a root of a sum of squares': {
    ranges: { B: [-4, 4], q: [1, 3] },
    law: ({ B, q }) => 1.1 * q * Math.sqrt(B * B + 2.9),
  },
  'a peak beside an offset': {
    ranges: { v: [-3, 5] },
    law: ({ v }) => 2.7 * Math.exp(-((v - 1.2) ** 2) / 0.98) + 0.6,
  },
  'a resonance': {
    ranges: { v: [-3, 5], a: [1, 3] },
    law: ({ v, a }) => a * (1 / ((v - 0.8) ** 2 + 0.3) + 0.5),
  },
  'a decay beside another term': {
    ranges: { t: [0, 8], v: [1, 5] },
    law: ({ t, v }) => 2.1 * Math.exp(-0.9 * t) + 0.6 * v + 1,
  },
  'relaxation from one input to another': {
    ranges: { t: [0, 9], Ta: [10, 30], T0: [60, 90] },
    law: ({ t, Ta, T0 }) => Ta + (T0 - Ta) * Math.exp(-0.37 * t),
  },
  'levels filled up to one of them': {
    ranges: { E: [0, 6], T: [0.4, 2] },
    law: ({ E, T }) => 1 / (Math.exp((E - 2.3) / T) + 1),
  },
  'logistic growth': { ranges: { t: [0, 10] }, law: ({ t }) => 8 / (1 + 30 * Math.exp(-1.1 * t)) },
  'an orbit': {
    ranges: { theta: [0, 6.28], p: [1, 4] },
    law: ({ theta, p }) => (1.3 * p) / (1 + 0.37 * Math.cos(theta)),
    unary: WAVES,
  },
};

describe('the step finds, alone and without evolution,', () => {
  test.each(Object.entries(LAWS))('%s', async (_name, law) => {
    const { table, rows, rms } = rowsOf(law);
    const { best } = await fit(table, optionsOf(law));
    expect(distance(best.tree, law, rows, rms)).toBeLessThan(EXACT);
  });

  const noisy = ['a decay beside an offset', 'a Bose factor with any prefactor', 'saturation', 'a damped wave'];
  test.each(noisy)('under noise of one part in a hundred, %s', async (name) => {
    const { table, rows, rms } = rowsOf(LAWS[name], 0.01);
    const { best } = await fit(table, optionsOf(LAWS[name]));
    expect(distance(best.tree, LAWS[name], rows, rms)).toBeLessThan(WITHIN_NOISE * 0.01);
    expect(constantsOf(best.tree).length).toBeLessThanOrEqual(6);
  });
});

describe('the step', () => {
  test('tells functions of arguments that are small in all rows from power laws and from each other', async () => {
    const law: Law = {
      ranges: { H: [0.1, 5], T: [1, 4], M: [1, 3] },
      law: ({ H, T, M }) => 1.9 * M * Math.tanh((0.0014 * H) / T),
      unary: WAVES,
    };
    const { table } = rowsOf(law);
    const { best } = await fit(table, optionsOf(law));
    expect(best.expression).toMatch(/^1\.9\d* \* M \* tanh\(0\.001\d+ \* H \/ T\)$/);
  });

  test("scales the argument of an operator of the user's own", async () => {
    const lorentz = STANDARD_OPERATORS.with({ name: 'lorentz', formula: '1 / (1 + x^2)' }).get('lorentz');
    const law: Law = { ranges: { v: [0.1, 6], a: [1, 3] }, law: ({ v, a }) => (1.7 * a) / (1 + (0.63 * v) ** 2) };
    const { table, rows, rms } = rowsOf(law);
    const { best } = await fit(table, { ...optionsOf(law), unaryOperators: [lorentz], binaryOperators: ['*'] });
    expect(best.expression).toContain('lorentz');
    expect(distance(best.tree, law, rows, rms)).toBeLessThan(EXACT);
  });

  test('uses no operator but those allowed', async () => {
    const { table } = rowsOf(LAWS['a damped wave']);
    const { front } = await fit(table, {
      ...optionsOf(LAWS['a damped wave']),
      unaryOperators: [],
      binaryOperators: ['+', '*'],
    });
    const names = new Set<string>();
    const visit = (node: Expression): void => {
      if (node.kind !== 'call') return;
      names.add(node.operator.name);
      node.arguments.forEach(visit);
    };
    for (const { tree } of front) visit(tree);
    for (const name of names) expect(['add', 'mul']).toContain(name);
  });

  test('looks past rows of no weight', async () => {
    const law = LAWS['a decay beside an offset'];
    const { table, rows, rms } = rowsOf(law);
    const y = Array.from(table.numbers('y'), (value, i) => (i % 3 === 0 ? 40 * Math.cos(i) : value));
    const weights = y.map((_, i) => (i % 3 === 0 ? 0 : 1));
    const spoiled = Table.from({ t: table.numbers('t'), y, weights });
    const { best } = await fit(spoiled, { ...optionsOf(law), weights: 'weights' } as FitOptions);
    expect(distance(best.tree, law, rows, rms)).toBeLessThan(EXACT);
  });

  test('goes on as if nothing had happened from every state', async () => {
    const law: Law = {
      ranges: { v: [0.5, 3], w: [0.5, 2] },
      law: ({ v, w }) => Math.sin(2.2 * v) * w + 0.4 * Math.exp(-1.3 * w),
      unary: WAVES,
    };
    const { table } = rowsOf(law, 0.02);
    const options = optionsOf(law);
    const outcome = ({ front, best, evaluations, stoppedBy }: Model): unknown => ({
      front: front.map(({ tree: _, ...rest }) => rest),
      best: best.expression,
      evaluations,
      stoppedBy,
    });
    const whole = outcome(await fit(table, options));
    const states: Uint8Array[] = [];
    let time = 0;
    vi.spyOn(performance, 'now').mockImplementation(() => {
      time += 450;
      return time;
    });
    const watched = await fit(table, { ...options, onCheckpoint: (state) => states.push(state) });
    vi.restoreAllMocks();
    expect(outcome(watched)).toEqual(whole);
    const early = states.filter((_, i) => i % 2 === 1).slice(0, 5);
    expect(early.length).toBe(5);
    for (const [i, resume] of early.entries()) {
      expect({ i, state: outcome(await fit(table, { ...options, resume })) }).toEqual({ i, state: whole });
    }
  });
});
