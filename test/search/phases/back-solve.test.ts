import { afterEach, describe, expect, it, vi } from 'vitest';
import { RandomStream, Table } from '../../../src/core/index.ts';
import { variablesOf } from '../../../src/expressions/index.ts';
import { type FitOptions, fit, type Model } from '../../../src/search/index.ts';

afterEach(() => vi.restoreAllMocks());

/** Relative root-mean-square error of an exact law: rounding alone. */
const EXACT = 1e-12;
const ROWS = 200;
const ALONE: Partial<FitOptions> = { phases: ['backSolve'], threads: 1 };

type Range = readonly [low: number, high: number, scale?: 'log'];
type Row = Readonly<Record<string, number>>;

/** A table of inputs drawn from ranges, with the target `t`. */
function tableOf(ranges: Readonly<Record<string, Range>>, law: (row: Row) => number, seed = 1, rows = ROWS): Table {
  const random = new RandomStream(seed);
  const columns: Record<string, Float64Array> = {};
  for (const [name, [low, high, scale]] of Object.entries(ranges)) {
    columns[name] = Float64Array.from({ length: rows }, () =>
      scale ? low * (high / low) ** random.uniform() : low + (high - low) * random.uniform(),
    );
  }
  const t = Float64Array.from({ length: rows }, (_, i) =>
    law(Object.fromEntries(Object.entries(columns).map(([name, values]) => [name, values[i]]))),
  );
  return Table.from({ ...columns, t });
}

function relativeError(model: Model, table: Table): number {
  const t = table.numbers('t');
  const residuals = model.predict(table).map((value, i) => (value - t[i]) ** 2);
  return Math.sqrt(residuals.reduce((a, b) => a + b) / t.reduce((sum, value) => sum + value * value, 0));
}

interface Case {
  readonly ranges: Readonly<Record<string, Range>>;
  readonly law: (row: Row) => number;
  readonly options?: Partial<FitOptions>;
}

const TRIGONOMETRIC = ['sqrt', 'exp', 'log', 'sin', 'cos', 'asin'];

const cases: Readonly<Record<string, Case>> = {
  'one input: a power of a sum': { ranges: { x: [0.1, 4] }, law: ({ x }) => x / (1.7 * x * x + 1) ** 2 },
  'one input: a stretched exponential': { ranges: { x: [0.2, 3] }, law: ({ x }) => Math.exp(-0.43 * x ** 1.7) },
  'an occupation number': {
    ranges: { g: [1, 3], e: [1, 4], k: [1, 5] },
    law: ({ g, e, k }) => g / (1 + Math.exp((0.7 * e) / k - 1.3)),
  },
  'a spectrum': { ranges: { v: [1, 4], k: [1, 5] }, law: ({ v, k }) => v ** 3 / Math.expm1((1.3 * v) / k) },
  'a saturation of unknown order': {
    ranges: { s: [1, 3], c: [1, 4] },
    law: ({ s, c }) => s / (1 + 4.1 * c ** -2.37),
  },
  'a root of a quadratic equation': {
    ranges: { b: [1, 4], c: [1, 5] },
    law: ({ b, c }) => b + Math.sqrt(b * b + 3.7 * c),
  },
  'a shift of frequency': {
    ranges: { f: [1, 4], b: [0.1, 0.9] },
    law: ({ f, b }) => f * Math.sqrt((1 + b) / (1 - b)),
  },
  'a Moebius law under products and quotients alone': {
    ranges: { a: [1, 4], b: [1, 3], c: [0.1, 2] },
    law: ({ a, b, c }) => (a * b * (1 - 0.31 * c)) / (1 + 0.77 * c),
    options: { unaryOperators: [], binaryOperators: ['+', '-', '*', '/'] },
  },
  'an exponent that depends on an input': {
    ranges: { x: [1.2, 3], n: [0.2, 1.7] },
    law: ({ x, n }) => x ** (2.1 * n + 0.3),
  },
  'an angle': {
    ranges: { i: [0.1, 1.2], n: [1.5, 2.5] },
    law: ({ i, n }) => Math.asin((1.2 * Math.sin(i)) / n - 0.1),
    options: { unaryOperators: TRIGONOMETRIC },
  },
  'negative values': { ranges: { a: [1, 4], x: [1, 3] }, law: ({ a, x }) => -a * Math.sqrt(1 + 2.2 * x ** 3) },
  'three terms below a negative root': {
    ranges: { a: [1, 4], b: [1, 3], c: [1, 3] },
    law: ({ a, b, c }) => -Math.sqrt(a * b + 1.9 * c * c + 0.37),
  },
  'inputs over decades': {
    ranges: { a: [0.1, 100, 'log'], b: [0.01, 100, 'log'], x: [0.1, 1000, 'log'] },
    law: ({ a, b, x }) => (a * x * x) / (b + 3.1 * Math.sqrt(x)) ** 2,
  },
  'six inputs': {
    ranges: { a: [1, 4], b: [1, 5], c: [1, 3], d: [1, 3], e: [1, 4], f: [1, 2] },
    law: ({ a, b, c, d, e, f }) => ((a * b) / c) * Math.sqrt(1 + (0.7 * d * e) / f),
  },
};

describe('backSolve finds', () => {
  it.each(Object.entries(cases))('%s', async (_name, { ranges, law, options }) => {
    const table = tableOf(ranges, law);
    const model = await fit(table, { target: 't', ...ALONE, ...options });
    expect(relativeError(model, table)).toBeLessThan(EXACT);
    // The law and not a look-alike: it holds outside the rows too.
    const fresh = tableOf(ranges, law, 2);
    expect(relativeError(model, fresh)).toBeLessThan(EXACT * 100);
  });
});

describe('backSolve', () => {
  const doppler = cases['a shift of frequency'];

  it('finds a law under the simplest of its forms', async () => {
    const table = tableOf({ m: [4, 6], p: [1, 3], q: [1, 2] }, ({ m, p, q }) => Math.sqrt(m * m - p * p - 1.3 * q));
    const { best } = await fit(table, { target: 't', ...ALONE });
    expect(best.expression).toMatch(/^sqrt\(m\^2 - p\^2 - 1\.(3|29{9,}\d+|30{9,}\d+) \* q\)$/);
  });

  it('proposes nothing that the operators cannot express', async () => {
    const table = tableOf(doppler.ranges, doppler.law);
    const options: Partial<FitOptions> = { unaryOperators: [], binaryOperators: ['+', '*'] };
    const { front } = await fit(table, { target: 't', ...ALONE, ...options });
    for (const { expression } of front) expect(expression).not.toMatch(/sqrt|\/|\^/);
  });

  it('is silent where there is noise', async () => {
    const random = new RandomStream(5);
    const table = tableOf(doppler.ranges, (row) => doppler.law(row) * (1 + 0.01 * random.normal()));
    const { front } = await fit(table, { target: 't', ...ALONE });
    expect(front).toHaveLength(1);
    expect(variablesOf(front[0].tree)).toEqual([]);
  });

  it.each([
    ['in single precision', Math.fround, 1e-7],
    ['of eight digits', (x: number) => Number(x.toPrecision(8)), 1e-7],
  ])('finds laws of values %s', async (_name, round, error) => {
    const { ranges, law } = cases['an occupation number'];
    const exact = tableOf(ranges, law);
    const columns = Object.fromEntries(
      ['g', 'e', 'k', 't'].map((name) => [name, Float64Array.from(exact.numbers(name), round)]),
    );
    const model = await fit(Table.from(columns), { target: 't', ...ALONE });
    expect(relativeError(model, exact)).toBeLessThan(error);
    expect(relativeError(model, tableOf(ranges, law, 2))).toBeLessThan(error);
  });

  it('looks only at rows that have weight', async () => {
    const random = new RandomStream(6);
    const table = tableOf(doppler.ranges, doppler.law);
    const t = table.numbers('t');
    const w = t.map((_, i) => (i % 3 === 0 ? 0 : 1 + random.uniform()));
    const spoilt = t.map((value, i) => (w[i] === 0 ? value + 5 * random.uniform() : value));
    const { f, b } = { f: table.numbers('f'), b: table.numbers('b') };
    const model = await fit(Table.from({ f, b, t: spoilt, w }), { target: 't', weights: 'w', ...ALONE });
    expect(relativeError(model, table)).toBeLessThan(EXACT);
  });

  it('keeps to units', async () => {
    const law = ({ m, p, c }: Row): number => Math.sqrt(m * m * c ** 4 + 2.5 * p * p * c * c);
    const table = tableOf({ m: [1, 3], p: [1, 3], c: [1, 2] }, law);
    const units: Partial<FitOptions> = { xUnits: { m: 'kg', p: 'kg m/s', c: 'm/s' }, yUnits: 'kg m^2/s^2' };
    const model = await fit(table, { target: 't', ...ALONE, ...units, dimensionlessConstantsOnly: true });
    expect(relativeError(model, table)).toBeLessThan(EXACT);
  });

  it.each([
    ['few rows', 5],
    ['as many rows as it needs', 8],
  ])('stands %s', async (_name, rows) => {
    const table = tableOf(doppler.ranges, doppler.law, 1, rows);
    const { front } = await fit(table, { target: 't', ...ALONE });
    expect(front.length).toBeGreaterThan(0);
  });

  it('stands inputs of two values and targets over hundreds of decades', async () => {
    const binary = tableOf({ x: [0, 2], u: [1, 2] }, ({ x, u }) => u * Math.sqrt(1 + Math.floor(x)));
    const steps = Table.from({
      x: binary.numbers('x').map(Math.floor),
      u: binary.numbers('u'),
      t: binary.numbers('t'),
    });
    expect((await fit(steps, { target: 't', ...ALONE })).front.length).toBeGreaterThan(0);
    const steep = tableOf({ x: [1, 6], u: [1, 2] }, ({ x, u }) => Math.exp(-x * x * x) * u);
    expect((await fit(steep, { target: 't', ...ALONE })).front.length).toBeGreaterThan(0);
  });

  it('gives the same front when it is taken up again', async () => {
    const table = tableOf(doppler.ranges, doppler.law);
    const options: FitOptions = { target: 't', ...ALONE, phases: ['monomials', 'backSolve'], snapConstants: false };
    const outcome = ({ front, evaluations }: Model): unknown => [
      evaluations,
      front.map(({ expression, loss }) => [expression, loss]),
    ];
    const whole = outcome(await fit(table, options));
    const states: Uint8Array[] = [];
    let time = 0;
    vi.spyOn(performance, 'now').mockImplementation(() => {
      time += 450;
      return time;
    });
    const patient = { ...options, timeLimit: 1e9 };
    await fit(table, { ...patient, onCheckpoint: (state) => states.push(state) });
    vi.restoreAllMocks();
    expect(states.length).toBeGreaterThan(3);
    for (const resume of states) expect(outcome(await fit(table, { ...patient, resume }))).toEqual(whole);
  });
});
