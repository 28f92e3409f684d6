import { describe, expect, it, test } from 'vitest';
import { RandomStream, Table } from '../../../src/core/index.ts';
import { equivalent, evaluate, parse } from '../../../src/expressions/index.ts';
import { type FitOptions, fit, type Model } from '../../../src/search/index.ts';
import { constantProducts } from '../../../src/search/units/constant-products.ts';
import { readConstants } from '../../../src/search/units/named-constants.ts';
import { knownConstant, parseUnit } from '../../../src/units/index.ts';

const ROWS = 80;
/** Relative distance of a number in its shortest form from the fitted one. */
const SAME = 1e-9;

const value = (name: string): number => knownConstant(name)!.value;
const [C, H, HBAR, K, G, M_E, E, EPS0] = ['c', 'h', 'hbar', 'k_B', 'G', 'm_e', 'e', 'eps0'].map(value);

type Row = Readonly<Record<string, number>>;

interface Case {
  readonly inputs: Readonly<Record<string, readonly [low: number, high: number, unit: string]>>;
  readonly unit: string;
  readonly constants: FitOptions['knownConstants'];
  readonly of: (row: Row) => number;
  readonly named: string;
}

const CASES: Readonly<Record<string, Case>> = {
  'energy of a mass': {
    inputs: { m: [1, 5, 'kg'] },
    unit: 'J',
    constants: ['c', 'hbar', 'G'],
    of: ({ m }) => m * C ** 2,
    named: 'm * c^2',
  },
  'energy of a photon, its constant under an alias': {
    inputs: { lambda: [1e-7, 1e-6, 'm'] },
    unit: 'J',
    constants: ['h', 'c0'],
    of: ({ lambda }) => (H * C) / lambda,
    named: 'h * c0 / lambda',
  },
  'a sum under a root': {
    inputs: { m: [1e-27, 1e-26, 'kg'], p: [1e-19, 1e-18, 'kg m/s'] },
    unit: 'J',
    constants: ['c', 'k_B'],
    of: ({ m, p }) => Math.sqrt((p * C) ** 2 + (m * C ** 2) ** 2),
    named: 'sqrt(p^2 * c^2 + m^2 * c^4)',
  },
  'a length of Debye, with roots of constants': {
    inputs: { T: [1e3, 1e5, 'K'], n: [1e15, 1e17, '1/m^3'] },
    unit: 'm',
    constants: ['eps0', 'k_B', 'e', 'c'],
    of: ({ T, n }) => Math.sqrt((EPS0 * K * T) / (n * E ** 2)),
    named: 'sqrt(eps0 * k_B * T / n) / e',
  },
  'a number of pi and a fraction': {
    inputs: { M: [1e29, 1e31, 'kg'], a: [1e10, 1e12, 'm'] },
    unit: 's^2',
    constants: ['G', 'c'],
    of: ({ M, a }) => (4 * Math.PI ** 2 * a ** 3) / (G * M),
    named: '4 * pi^2 * a^3 / (G * M)',
  },
  'a constant of the user': {
    inputs: { x: [1, 9, 'km'] },
    unit: 's',
    constants: { v0: { value: 3.7, unit: 'km/s' }, c: true },
    of: ({ x }) => (2 * x) / 3.7,
    named: '2 * x / v0',
  },
};

function tableOf({ inputs, of }: Pick<Case, 'inputs' | 'of'>, noise = 0): Table {
  const random = new RandomStream(8);
  const columns = Object.fromEntries(
    Object.entries(inputs).map(([name, [low, high]]) => [
      name,
      Array.from({ length: ROWS }, () => low * (high / low) ** random.uniform()),
    ]),
  );
  const target = Array.from({ length: ROWS }, (_, i) => {
    const row = Object.fromEntries(Object.entries(columns).map(([name, values]) => [name, values[i]]));
    return of(row) * (1 + noise * random.normal());
  });
  return Table.from({ ...columns, target });
}

function search(
  table: Table,
  { inputs, unit, constants }: Omit<Case, 'of' | 'named'>,
  phases: FitOptions['phases'] = ['monomials', 'enumerate', 'groups'],
): Promise<Model> {
  return fit(table, {
    target: 'target',
    phases,
    threads: 1,
    xUnits: Object.fromEntries(Object.entries(inputs).map(([name, [, , text]]) => [name, text])),
    yUnits: unit,
    knownConstants: constants,
  });
}

describe('fitted constants are written with known ones', () => {
  test.each(Object.entries(CASES))('%s', async (_, given) => {
    const table = tableOf(given);
    const { best } = await search(table, given);
    expect(best.named).toBeDefined();
    const { expression, constants } = best.named!;
    expect([expression, equivalent(parse(expression), parse(given.named)).equivalent]).toEqual([expression, true]);
    const values = Object.fromEntries(Object.entries(constants).map(([name, each]) => [name, each.value]));
    for (let i = 0; i < 5; i++) {
      const row = Object.fromEntries(Object.keys(given.inputs).map((name) => [name, table.numbers(name)[i]]));
      const exact = given.of(row);
      expect(Math.abs(evaluate(parse(expression), { ...row, ...values }) / exact - 1)).toBeLessThan(SAME);
    }
  });

  it('also when they were fitted to noise, within their errors', async () => {
    const given = CASES['energy of a photon, its constant under an alias'];
    const { best } = await search(tableOf(given, 0.01), given, ['monomials']);
    expect(equivalent(parse(best.named!.expression), parse(given.named)).equivalent).toBe(true);
    expect(best.constants[0]).not.toBe(H * C);
  });

  it('and the front is what it is without names', async () => {
    const given = CASES['energy of a photon, its constant under an alias'];
    const table = tableOf({ ...given, of: ({ lambda }) => 1.1 * lambda });
    const options = { ...given, unit: 'm' };
    const [named, plain] = [await search(table, options), await search(table, { ...options, constants: undefined })];
    expect(named.best.expression).toBe(plain.best.expression);
    expect(named.best.named).toBeUndefined();
  });

  it('but not by chance', async () => {
    const random = new RandomStream(4);
    let named = 0;
    const trials = 40;
    for (let trial = 0; trial < trials; trial++) {
      const slope = 10 ** (4 + 8 * random.uniform());
      const table = tableOf({ inputs: { t: [1, 9, 's'] }, of: ({ t }) => slope * t });
      const model = await fit(table, {
        target: 'target',
        phases: ['monomials'],
        noise: 'additive',
        threads: 1,
        xUnits: { t: 's' },
        yUnits: 'm',
        knownConstants: ['c', 'hbar', 'G'],
      });
      if (model.best.named) named++;
    }
    expect(named).toBeLessThanOrEqual(2);
  });

  it('without units by the number alone', async () => {
    const table = tableOf({ inputs: { m: [1, 5, ''] }, of: ({ m }) => m * C });
    const model = await fit(table, {
      target: 'target',
      phases: ['monomials'],
      threads: 1,
      noise: 'additive',
      knownConstants: ['c', 'h'],
    });
    expect(model.best.named?.expression).toBe('c * m');
  });

  it('and travel through JSON', async () => {
    const given = CASES['energy of a mass'];
    const model = await search(tableOf(given), given);
    const record = JSON.parse(JSON.stringify(model)) as ReturnType<Model['toJSON']>;
    expect(record.best.named).toEqual({
      expression: model.best.named!.expression,
      constants: { c: { value: C, unit: 'm/s' } },
    });
  });
});

describe('products of constants', () => {
  const asked = { knownConstants: ['h', 'c', 'hbar', 'G', 'alpha', 'm_e', 'e', 'eps0'], xUnits: { x: 'm' } } as const;
  const known = readConstants(
    {
      ...asked,
      knownConstants: [...asked.knownConstants],
      unitSystem: 'SI',
      yUnits: undefined,
      dimensionlessConstantsOnly: false,
      dimensionMode: 'construct',
      target: 'y',
    },
    ['x'],
  );
  const plain = (unit: string): number[] => parseUnit(unit).dimension.map(([n, d]) => n / d);
  const lengths = constantProducts(known, plain('m')).map(({ factors, value: size }) => [
    factors.map(({ constant, exponent }) => `${constant.name}^${exponent}`).join(' '),
    size,
  ]);

  it('of a length are those of Compton, Planck and Bohr', () => {
    const of = (text: string): unknown => lengths.find(([name]) => name === text)?.[1];
    expect(of('c^-1 hbar^1 m_e^-1')).toBeCloseTo(HBAR / (M_E * C), 20);
    expect((of('c^-1.5 hbar^0.5 G^0.5') as number) / 1.616255e-35).toBeCloseTo(1, 5);
    expect((of('c^-1 hbar^1 alpha^-1 m_e^-1') as number) / value('a_0')).toBeCloseTo(1, 9);
    expect(lengths.some(([name]) => (name as string).includes('h^') && (name as string).includes('hbar'))).toBe(false);
  });
});
