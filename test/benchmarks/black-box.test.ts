import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { compare, isClose, rowsOf, summaryOf } from '../../benchmarks/suites/black-box/comparison.ts';
import { at, crossValidate, foldsOf, otherRows, rSquared } from '../../benchmarks/suites/black-box/cross-validation.ts';
import { formulas, geneticProgramming, MAX_SIZE, trivial } from '../../benchmarks/suites/black-box/methods.ts';
import { plainGp, run } from '../../benchmarks/suites/black-box/plain-gp.ts';
import { boost, findScikitLearn } from '../../benchmarks/suites/black-box/scikit-learn.ts';
import { readSettings } from '../../benchmarks/suites/black-box/settings.ts';
import { type RealTable, scikitLearnTables, shippedTables } from '../../benchmarks/suites/black-box/tables.ts';
import { RandomStream } from '../../src/core/index.ts';
import { hasTool } from '../tools.ts';

const SMALL = { population: 150, generations: 8 };
const BUDGET = { seconds: 60, maxEvals: 600, seed: 1, gp: SMALL };
const shipped = await shippedTables();
const shippedNamed = (name: string): RealTable => shipped.find((table) => table.name === name)!;

describe('cross-validation', () => {
  test('folds hold every row once, sizes differ by one at most, equal seeds give equal folds', () => {
    fc.assert(
      fc.property(fc.integer({ min: 5, max: 200 }), fc.nat(), (rows, seed) => {
        const folds = foldsOf(rows, 5, seed);
        const all = folds.flatMap((fold) => [...fold]).sort((a, b) => a - b);
        expect(all).toEqual(Array.from({ length: rows }, (_, i) => i));
        const sizes = folds.map((fold) => fold.length);
        expect(Math.max(...sizes) - Math.min(...sizes)).toBeLessThanOrEqual(1);
        expect(foldsOf(rows, 5, seed)).toEqual(folds);
      }),
      { numRuns: 50 },
    );
    expect(foldsOf(100, 5, 1)).not.toEqual(foldsOf(100, 5, 2));
  });

  test('a model never sees the rows that it predicts', async () => {
    const target = Float64Array.from({ length: 23 }, (_, i) => i);
    const seen: number[][] = [];
    const { sizes } = await crossValidate(target, foldsOf(23, 5, 3), (train, held, fold) => {
      expect([...train, ...held].sort((a, b) => a - b)).toEqual([...target]);
      seen.push([...held]);
      return { predicted: at(target, held), size: fold };
    });
    expect(sizes).toEqual([0, 1, 2, 3, 4]);
    expect(seen.flat()).toHaveLength(23);
    expect([...otherRows(4, Int32Array.of(1, 2))]).toEqual([0, 3]);
  });

  test('a value that is not finite becomes the mean of the other rows', async () => {
    const target = Float64Array.of(1, 2, 3, 6);
    const folds = [Int32Array.of(0, 1), Int32Array.of(2, 3)];
    const fit = (_: Int32Array, held: Int32Array) => ({ predicted: new Float64Array(held.length).fill(NaN), size: 1 });
    expect([...(await crossValidate(target, folds, fit)).values]).toEqual([4.5, 4.5, 1.5, 1.5]);
  });

  test('R2 is 1 of the target, 0 of its mean, and lower the worse the values are', () => {
    const target = Float64Array.of(1, 2, 3, 4);
    expect(rSquared(target, target)).toBe(1);
    expect(rSquared(target, new Float64Array(4).fill(2.5))).toBe(0);
    // Residuals 1, 1, 1, 1 over deviations 1.5, .5, .5, 1.5.
    expect(
      rSquared(
        target,
        target.map((value) => value + 1),
      ),
    ).toBeCloseTo(1 - 4 / 5, 12);
  });
});

describe('plain genetic programming', () => {
  const x = Float64Array.of(1, 2, 3);
  const y = Float64Array.of(4, 0, 5);

  test('runs a program in prefix order, with protected division', () => {
    const [first, second] = [{ input: 0 }, { input: 1 }];
    expect([...run(['-', first, second], [x, y], 3)]).toEqual([-3, 2, -2]);
    expect([...run(['/', first, second], [x, y], 3)]).toEqual([0.25, 1, 0.6]);
    expect([...run(['+', '*', first, second, { constant: 0.5 }], [x, y], 3)]).toEqual([4.5, 0.5, 15.5]);
    expect([...run([{ constant: 2 }], [x, y], 3)]).toEqual([2, 2, 2]);
  });

  test('finds x*y + x, equal seeds giving equal programs', () => {
    const random = new RandomStream(4);
    const draw = () => Float64Array.from({ length: 50 }, () => 2 * random.uniform() - 1);
    const columns = [draw(), draw()];
    const target = columns[0].map((value, i) => value * columns[1][i] + value);
    const program = plainGp(columns, target, new RandomStream(1), { population: 400, generations: 15 });
    expect(rSquared(target, run(program, columns, 50))).toBeGreaterThan(1 - 1e-9);
    expect(plainGp(columns, target, new RandomStream(1), SMALL)).toEqual(
      plainGp(columns, target, new RandomStream(1), SMALL),
    );
  });

  test('what it breeds are whole programs', () => {
    const columns = [x, y];
    for (let seed = 0; seed < 20; seed++) {
      const program = plainGp(columns, x, new RandomStream(seed), { population: 60, generations: 6 });
      const operators = program.filter((node) => typeof node === 'string').length;
      expect(program.length).toBe(2 * operators + 1);
    }
  });

  test('does not depend on the units of a table', async () => {
    const table = shippedNamed('leavitt-1912');
    const { period, magnitude } = table.columns;
    const rescaled = { ...table, columns: { period: period.map((p) => p * 1024), magnitude } };
    const folds = foldsOf(25, 5, 1);
    const [one, other] = [
      await geneticProgramming(table, folds, BUDGET),
      await geneticProgramming(rescaled, folds, BUDGET),
    ];
    expect(other).toEqual(one);
  });
});

describe('the tables of the project', () => {
  test('are read with their targets', () => {
    const rows = shipped.map(({ name, target, columns }) => [name, columns[target].length]);
    expect(rows).toEqual([
      ['hubble-1929', 24],
      ['hydrogen-lines', 30],
      ['leavitt-1912', 25],
      ['planets', 8],
      ['regge', 15],
    ]);
    for (const { target, inputs, columns } of shipped) {
      expect(inputs).not.toContain(target);
      for (const values of Object.values(columns)) expect(values.every(Number.isFinite)).toBe(true);
    }
  });

  test("Kepler's law predicts planets that it has not seen; the mean does not", async () => {
    const table = shippedNamed('planets');
    const folds = foldsOf(8, 5, 1);
    const { best, accurate, expressions } = await formulas(table, folds, BUDGET);
    expect(rSquared(table.columns['period'], best.values)).toBeGreaterThan(0.999);
    expect(best.sizes.every((size) => size <= MAX_SIZE)).toBe(true);
    expect(accurate.sizes.every((size) => size <= MAX_SIZE)).toBe(true);
    expect(expressions).toHaveLength(5);
    expect(rSquared(table.columns['period'], (await trivial(table, folds)).values)).toBeLessThan(0);
  });

  test('without scikit-learn a comparison has no boosting and judges none', async () => {
    const comparison = await compare(shippedNamed('planets'), undefined, BUDGET);
    expect(comparison.boosting).toBeUndefined();
    expect(isClose(comparison)).toBeUndefined();
    expect(comparison.expressions).toHaveLength(5);
    expect(summaryOf([comparison])).toEqual([]);
    const rows = rowsOf(comparison);
    expect(rows.map(({ name }) => name)).toEqual([
      'planets: formula',
      'planets: formula, size',
      'planets: formula of least loss',
      'planets: formula of least loss, size',
      'planets: plain genetic programming',
      'planets: plain genetic programming, size',
      'planets: mean',
    ]);
    for (const { value, reference } of rows) expect([Number.isFinite(value), reference]).toEqual([true, null]);
  });
});

describe('the judgement against boosting', () => {
  const target = Float64Array.of(0, 1, 2, 3);
  const off = (by: number, size: number) => ({ values: target.map((value) => value + by), sizes: [size] });
  const comparison = (by: number, size: number) => {
    const mean = off(0, 1);
    const others = { boosting: off(0, 1000), accurate: mean, gp: mean, mean };
    return { table: '', target, formula: off(by, size), expressions: [''], ...others };
  };
  // R2 of an offset d is 1 - 4 d^2 / 5: .02 is lost at d = .158.
  const rows = [
    [0.15, 30, true],
    [0.17, 30, false],
    [0.15, 31, false],
  ] as const;
  test.each(rows)('an offset of %f at size %i: %s', (by, size, close) => {
    expect(isClose(comparison(by, size))).toBe(close);
  });

  test('is counted over tables, beside half of them', () => {
    const [row] = summaryOf(rows.map(([by, size]) => comparison(by, size)));
    expect(row).toMatchObject({ value: 1, unit: 'of 3 tables', reference: 1.5 });
  });
});

describe('the flags', () => {
  test('have defaults, and smaller ones for a quick run', () => {
    expect(readSettings([])).toEqual({ budget: { seconds: 10, seed: 1 }, quick: false });
    expect(readSettings(['--quick']).budget.seconds).toBeLessThan(1);
    const { budget, tables } = readSettings(['--seconds', '2', '--seed', '7', '--tables', 'wine, planets']);
    expect([budget.seconds, budget.seed, tables]).toEqual([2, 7, ['wine', 'planets']]);
  });

  test.each([[['--seconds', '0']], [['--seconds', 'x']], [['--seed', '1.5']], [['--second', '1']]])('%j', (args) => {
    expect(() => readSettings(args)).toThrow(expect.objectContaining({ code: 'bad-flag' }));
  });
});

const scikitLearn = findScikitLearn();
describe.runIf(hasTool('sklearn') && scikitLearn !== undefined)('scikit-learn', () => {
  test('its tables have the published shapes', () => {
    const tables = scikitLearnTables(scikitLearn!);
    expect(tables.map(({ name, target, inputs, columns }) => [name, columns[target].length, inputs.length])).toEqual([
      ['diabetes', 442, 10],
      ['wine', 178, 12],
      ['breast-cancer', 569, 30],
    ]);
    for (const { inputs } of tables) for (const name of inputs) expect(name).toMatch(/^\w+$/);
    const [diabetes, , cancer] = tables;
    // 357 benign of 569; ages in years, not the standardised ones.
    expect(cancer.columns['benign'].reduce((a, b) => a + b)).toBe(357);
    expect(Math.max(...diabetes.columns['age'])).toBe(79);
  });

  test('boosting predicts held-out rows of a step and gives equal answers for equal seeds', () => {
    const x = Float64Array.from({ length: 60 }, (_, i) => i % 20);
    const step = x.map((value) => (value < 10 ? 1 : 5));
    const folds = foldsOf(60, 5, 1);
    const answer = boost(scikitLearn!, [x], step, folds, 1);
    expect(rSquared(step, answer.values)).toBeGreaterThan(0.99);
    expect(answer.sizes).toHaveLength(5);
    expect(boost(scikitLearn!, [x], step, folds, 1)).toEqual(answer);
  });
});
