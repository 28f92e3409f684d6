import { describe, expect, test } from 'vitest';
import { holds, parseCondition } from '../../benchmarks/recovery/condition.ts';
import { generate } from '../../benchmarks/recovery/generate.ts';
import { lawOf } from '../../benchmarks/recovery/law.ts';
import { type Problem, readSuite } from '../../benchmarks/recovery/problem.ts';
import { inside } from '../../benchmarks/recovery/sampling.ts';
import { DataError, type Table } from '../../src/core/index.ts';
import { evaluate } from '../../src/expressions/index.ts';

const PROBLEM: Problem = {
  name: 'made up',
  law: 'k * x * y / n',
  target: { name: 'z' },
  inputs: [
    { name: 'x', low: 1, high: 100, sampling: 'log', sign: 'either' },
    { name: 'y', low: 2, high: 4, sampling: 'linear', sign: 'positive' },
    { name: 'n', low: 1, high: 5, sampling: 'integer', sign: 'positive' },
  ],
  constants: { k: 3 },
  where: ['n != 3', 'x * k > -30'],
  source: 'made up',
};

type Row = Readonly<Record<string, number>>;
const rowsOf = (table: Table): Row[] => {
  return Array.from({ length: table.rows }, (_, i) => {
    return Object.fromEntries(table.names.map((name) => [name, table.numbers(name)[i]]));
  });
};
const law = (row: Row): number => evaluate(lawOf(PROBLEM), row);

describe('data of a law', () => {
  const data = generate(PROBLEM, { seed: 1 });

  test('are the law on rows of its ranges that obey its conditions', () => {
    expect(data.train.rows).toBe(200);
    expect(data.held!.rows).toBe(1000);
    for (const row of [...rowsOf(data.train), ...rowsOf(data.held!)]) {
      expect(inside(PROBLEM, row)).toBe(true);
      expect(Number.isInteger(row.n) && row.n !== 3).toBe(true);
      expect(3 * row.x).toBeGreaterThan(-30);
      expect(row.z).toBe(law(row));
    }
    const values = rowsOf(data.held!);
    expect(new Set(values.map(({ n }) => n))).toEqual(new Set([1, 2, 4, 5]));
    // Half of a logarithmic range lies below its geometric mean.
    const low = values.filter(({ x }) => x > 0 && x < 10).length / values.filter(({ x }) => x > 0).length;
    expect(low).toBeGreaterThan(0.4);
    expect(low).toBeLessThan(0.6);
    expect(values.filter(({ x }) => x < 0).length).toBeGreaterThan(100);
  });

  test('reach beyond the ranges by half their width, and no further', () => {
    const rows = rowsOf(data.outside!);
    expect(rows.length).toBe(1000);
    for (const row of rows) {
      expect(inside(PROBLEM, row)).toBe(false);
      expect(Math.abs(row.x)).toBeGreaterThanOrEqual(0.1 * (1 - 1e-12));
      expect(Math.abs(row.x)).toBeLessThanOrEqual(1000 * (1 + 1e-12));
      expect(row.y).toBeGreaterThanOrEqual(1);
      expect(row.y).toBeLessThanOrEqual(5);
      expect(row.z).toBe(law(row));
    }
  });

  test('depend on seed and name alone, and the rows come first', () => {
    const again = generate(PROBLEM, { seed: 1, testRows: 10 });
    expect(rowsOf(again.train)).toEqual(rowsOf(data.train));
    const other = generate(PROBLEM, { seed: 2 });
    expect(rowsOf(other.train)).not.toEqual(rowsOf(data.train));
    const renamed = generate({ ...PROBLEM, name: 'another' }, { seed: 1 });
    expect(rowsOf(renamed.train)).not.toEqual(rowsOf(data.train));
  });

  test('have as many rows as the run, else the problem, asks for', () => {
    expect(generate({ ...PROBLEM, rows: 30 }, { seed: 1 }).train.rows).toBe(30);
    expect(generate({ ...PROBLEM, rows: 30 }, { seed: 1, rows: 12 }).train.rows).toBe(12);
  });
});

describe('noise', () => {
  const spread = (values: readonly number[]): number => {
    return Math.sqrt(values.reduce((sum, value) => sum + value * value, 0) / values.length);
  };
  const errors = (problem: Problem, options: Parameters<typeof generate>[1], relative: boolean): number => {
    const { train } = generate(problem, { rows: 4000, testRows: 3, ...options });
    return spread(rowsOf(train).map((row) => (row.z - law(row)) / (relative ? law(row) : 1)));
  };
  const rms = spread(rowsOf(generate(PROBLEM, { seed: 1, rows: 4000 }).train).map(({ z }) => z));

  test('is a fraction of the rms, or of each value', () => {
    expect(errors(PROBLEM, { seed: 1, noise: 0.1 }, false) / (0.1 * rms)).toBeCloseTo(1, 1);
    expect(errors(PROBLEM, { seed: 1, noise: 0.1, noiseKind: 'multiplicative' }, true)).toBeCloseTo(0.1, 2);
  });

  test('of the problem counts unless another is asked for', () => {
    expect(errors({ ...PROBLEM, noise: 0.2 }, { seed: 1 }, true)).toBeCloseTo(0.2, 1);
    expect(errors({ ...PROBLEM, noise: 5, noiseKind: 'absolute' }, { seed: 1 }, false)).toBeCloseTo(5, 0);
    expect(errors({ ...PROBLEM, noise: 0.2 }, { seed: 1, noise: 0 }, true)).toBe(0);
  });

  test('is told to the judge', () => {
    expect(generate(PROBLEM, { seed: 1 })).toMatchObject({ relativeNoise: 0 });
    expect(generate({ ...PROBLEM, noise: 0.2 }, { seed: 1 })).toMatchObject({
      relativeNoise: 0.2,
      noiseModel: 'relative',
    });
    const absolute = generate({ ...PROBLEM, noise: 0.1 * rms, noiseKind: 'absolute' }, { seed: 1, rows: 4000 });
    expect(absolute.relativeNoise).toBeCloseTo(0.1, 6);
  });
});

test('rows that underflow are dropped, and a set may come out smaller', () => {
  const planck = readSuite('empirical').problems.find(({ name }) => name === 'planck')!;
  const { train } = generate(planck, { seed: 1 });
  expect(train.rows).toBeLessThan(100);
  expect(train.rows).toBeGreaterThan(60);
  expect(Math.min(...train.numbers('B').map(Math.abs))).toBeGreaterThan(0);
});

test('measured rows are taken as they are', () => {
  const bode = readSuite('empirical').problems.find(({ name }) => name === 'bode')!;
  const { train, held, noiseModel } = generate(bode, { seed: 1, noise: 0.1 });
  expect([...train.numbers('a')]).toEqual([0.39, 0.72, 1, 1.52, 2.77, 5.2, 9.58, 19.22]);
  expect([held, noiseModel]).toEqual([undefined, undefined]);
});

test('a law that is nowhere finite is an error', () => {
  expect(() => generate({ ...PROBLEM, law: 'k * log(-y) * x * n' }, { seed: 1 })).toThrow(DataError);
});

test('a condition is one comparison, false where a side is not finite', () => {
  const condition = parseCondition('log(x) >= 0', ['x']);
  expect([1, 2, 0.5, 0, -1].map((x) => holds(condition, { x }))).toEqual([true, true, false, false, false]);
  expect(() => parseCondition('1 < x < 2', ['x'])).toThrow(/not one comparison/);
});
