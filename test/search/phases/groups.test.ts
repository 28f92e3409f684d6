import { afterEach, describe, expect, it, test, vi } from 'vitest';
import { RandomStream, Table } from '../../../src/core/index.ts';
import { equivalent, parse } from '../../../src/expressions/index.ts';
import { type FitOptions, fit, type Model } from '../../../src/search/index.ts';

afterEach(() => vi.restoreAllMocks());

const ROWS = 120;
/** Relative error of an exact law, rounding in products of tiny and huge constants included. */
const EXACT = 1e-12;

type Row = Readonly<Record<string, number>>;

interface Law {
  /** Range and unit by input; ranges of decades are drawn evenly in the logarithm. */
  readonly inputs: Readonly<Record<string, readonly [low: number, high: number, unit: string]>>;
  readonly unit: string;
  readonly constants?: readonly string[];
  readonly of: (row: Row) => number;
}

const C = 299792458;
const H = 6.62607015e-34;
const K = 1.380649e-23;
const M_E = 9.1093837139e-31;
const G = 6.6743e-11;

const LAWS: Readonly<Record<string, Law>> = {
  'the period of a pendulum': {
    inputs: { L: [0.1, 3, 'm'], g: [1, 20, 'm/s^2'], m: [1, 5, 'kg'], angle: [0.1, 1, 'rad'] },
    unit: 's',
    of: ({ L, g, angle }) => 2 * Math.PI * Math.sqrt(L / g) * (1 + angle ** 2 / 16),
  },
  'the drag of Stokes': {
    inputs: { mu: [1e-3, 1, 'Pa s'], r: [1e-4, 1e-2, 'm'], v: [0.01, 1, 'm/s'] },
    unit: 'N',
    of: ({ mu, r, v }) => 6 * Math.PI * mu * r * v,
  },
  'the spectrum of Planck': {
    inputs: { f: [1e13, 1e15, 'Hz'], T: [1000, 9000, 'K'] },
    unit: 'W s/m^2',
    constants: ['h', 'c', 'k_B'],
    of: ({ f, T }) => (2 * H * f ** 3) / C ** 2 / Math.expm1((H * f) / (K * T)),
  },
  'the shift of Compton': {
    inputs: { angle: [0.1, 3, 'rad'] },
    unit: 'm',
    constants: ['h', 'c', 'm_e'],
    of: ({ angle }) => (H / (M_E * C)) * (1 - Math.cos(angle)),
  },
  'kinetic energy near the speed of light': {
    inputs: { m: [1e-30, 1e-26, 'kg'], v: [1e7, 2.8e8, 'm/s'] },
    unit: 'J',
    constants: ['c'],
    of: ({ m, v }) => m * C ** 2 * (1 / Math.sqrt(1 - (v / C) ** 2) - 1),
  },
  'a clock in the field of a mass': {
    inputs: { M: [1e30, 1e31, 'kg'], r: [5e4, 1e6, 'm'], t: [1, 10, 's'] },
    unit: 's',
    constants: ['G', 'c'],
    of: ({ M, r, t }) => t * Math.sqrt(1 - (2 * G * M) / (r * C ** 2)),
  },
  'columns in units of other sizes': {
    inputs: { m: [1, 80, 'u'], v: [1e3, 2.8e5, 'km/s'] },
    unit: 'MeV',
    constants: ['c'],
    of: ({ m, v }) => (m * 1.66053906892e-27 * C ** 2) / Math.sqrt(1 - ((v * 1e3) / C) ** 2) / 1.602176634e-13,
  },
};

function tableOf({ inputs, of }: Law, noise = 0): Table {
  const random = new RandomStream(5);
  const columns = Object.fromEntries(
    Object.entries(inputs).map(([name, [low, high]]) => {
      const draw = (u: number): number => (high / low > 30 ? low * (high / low) ** u : low + (high - low) * u);
      return [name, Array.from({ length: ROWS }, () => draw(random.uniform()))];
    }),
  );
  const target = Array.from({ length: ROWS }, (_, i) => {
    const row = Object.fromEntries(Object.entries(columns).map(([name, values]) => [name, values[i]]));
    return of(row) * (1 + noise * random.normal());
  });
  return Table.from({ ...columns, target });
}

function optionsOf({ inputs, unit, constants }: Law, more: Partial<FitOptions> = {}): FitOptions {
  return {
    target: 'target',
    phases: ['groups'],
    threads: 1,
    timeLimit: 1e6,
    unaryOperators: ['sqrt', 'exp', 'log', 'sin', 'cos'],
    xUnits: Object.fromEntries(Object.entries(inputs).map(([name, [, , text]]) => [name, text])),
    yUnits: unit,
    ...(constants ? { knownConstants: [...constants] } : {}),
    ...more,
  };
}

function relativeError(model: Model, table: Table): number {
  const target = table.numbers('target');
  const square = target.reduce((sum, value) => sum + value * value, 0) / ROWS;
  return Math.sqrt(model.best.loss / square);
}

describe('groups finds', () => {
  test.each(Object.entries(LAWS))('%s', async (_, law) => {
    const table = tableOf(law);
    const model = await fit(table, optionsOf(law));
    expect(relativeError(model, table)).toBeLessThan(EXACT);
    const predictions = model.predict(table);
    table.numbers('target').forEach((value, i) => {
      expect(Math.abs(predictions[i] / value - 1)).toBeLessThan(1e3 * EXACT);
    });
  });

  it('a law under noise of a percent', async () => {
    const law = LAWS['the spectrum of Planck'];
    const model = await fit(tableOf(law, 0.01), optionsOf(law));
    expect(equivalent(shape(model.best.expression), parse('f^3 / (exp(f / T) - 1)')).equivalent).toBe(true);
  });
});

/** The law in units in which its constants are 1. */
function shape(expression: string): ReturnType<typeof parse> {
  return parse(expression.replace(/\d+(\.\d+)?e-\d+ \* ?/g, ''));
}

describe('groups', () => {
  it('is nothing without units, or without that of the target', async () => {
    const law = LAWS['the drag of Stokes'];
    const table = tableOf(law);
    for (const units of [{ xUnits: {}, yUnits: undefined }, { yUnits: undefined }]) {
      const model = await fit(table, optionsOf(law, units));
      expect(model.front.map(({ complexity }) => complexity)).toEqual([1]);
    }
  });

  it('uses only the operators that are allowed', async () => {
    const law = LAWS['kinetic energy near the speed of light'];
    const model = await fit(tableOf(law), optionsOf(law, { unaryOperators: [], binaryOperators: ['*', '/', '+'] }));
    expect(model.front.length).toBeGreaterThan(2);
    for (const { expression } of model.front) expect(expression).toMatch(/^[\d\sa-z.e+*/()^-]*$/);
    for (const { expression } of model.front) expect(expression).not.toMatch(/\^|sqrt|exp|log/);
  });

  it('keeps to the dimension of the target', async () => {
    const law = LAWS['the period of a pendulum'];
    const model = await fit(tableOf(law, 0.02), optionsOf(law));
    for (const { constantUnits } of model.front) expect(constantUnits).toBeDefined();
  });

  it('is taken up again from every state with the same front', async () => {
    const law: Law = { ...LAWS['the period of a pendulum'], constants: ['c'] };
    const table = tableOf(law, 0.02);
    const options = optionsOf(law, { noise: 'additive', phases: ['groups'] });
    const whole = outcome(await fit(table, options));
    const states: Uint8Array[] = [];
    let time = 0;
    vi.spyOn(performance, 'now').mockImplementation(() => {
      time += 450;
      return time;
    });
    await fit(table, { ...options, timeLimit: 1e9, onCheckpoint: (state) => states.push(state) });
    vi.restoreAllMocks();
    expect(states.length).toBeGreaterThan(5);
    const step = Math.max(1, Math.floor(states.length / 4));
    for (const resume of states.filter((_, i) => i % step === 0)) {
      expect(outcome(await fit(table, { ...options, resume }))).toEqual(whole);
    }
  });
});

function outcome({ front, evaluations, stoppedBy }: Model): unknown {
  return { front: front.map(({ expression, loss }) => [expression, loss]), evaluations, stoppedBy };
}
