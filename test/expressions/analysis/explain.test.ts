import { describe, expect, test } from 'vitest';
import {
  conditionsOf,
  exchangesOf,
  explain,
  nerdamerSimplify,
  parityOf,
  parse,
  STANDARD_OPERATORS,
} from '../../../src/expressions/index.ts';

const MILLISECONDS = 3000;

test.each([
  ['x^2 + y', 'x', 'even', 'canonical-form'],
  ['x * cos(x)', 'x', 'odd', 'canonical-form'],
  ['x^2 + x', 'x', 'neither', 'numeric-identity'],
  ['log(x + sqrt(x^2 + 1))', 'x', 'odd', 'numeric-identity'],
  ['log(x)', 'x', 'unknown', null],
  ['exp(log(x))', 'x', 'unknown', null],
])('parity of %s in %s is %s', (formula, name, parity, decidedBy) => {
  expect(parityOf(parse(formula), name)).toEqual({ parity, decidedBy });
});

test.each([
  ['m1 * m2 / (m1 + m2)', [['m1', 'm2', 'symmetric']]],
  ['sin(x - y)', [['x', 'y', 'antisymmetric']]],
  [
    'x + y + z',
    [
      ['x', 'y', 'symmetric'],
      ['x', 'z', 'symmetric'],
      ['y', 'z', 'symmetric'],
    ],
  ],
  ['x / y', []],
])('exchanges of %s', (formula, expected) => {
  expect(exchangesOf(parse(formula)).map(({ variables, symmetry }) => [...variables, symmetry])).toEqual(expected);
});

describe('conditions', () => {
  test.each<[string, [number, number], [string, string][]]>([
    ['log(x - 1)', [0, 3], [['x - 1 > 0', 'sometimes']]],
    ['log(x - 1)', [2, 3], [['x - 1 > 0', 'always']]],
    ['log(x - 1)', [-2, 0], [['x - 1 > 0', 'never']]],
    ['1 / (x - 1)', [-3, 4], [['x - 1 != 0', 'sometimes']]],
    [
      'x^0.5 + x^-2 + x^3',
      [1, 2],
      [
        ['x >= 0', 'always'],
        ['x != 0', 'always'],
      ],
    ],
    ['asin(x)', [-1, 1], [['-1 <= x <= 1', 'always']]],
    ['x^2 + exp(x) / 3', [0, 1], []],
  ])('of %s on %j', (formula, side, expected) => {
    const found = conditionsOf(parse(formula), { x: side });
    expect(found.map(({ condition, holds }) => [condition, holds])).toEqual(expected);
    for (const { holds, fails } of found) expect(fails !== undefined).toBe(holds === 'sometimes');
  });
});

describe('explain', () => {
  test('gathers what is known', async () => {
    const record = await explain(parse('x * exp(-x / a)'), { x: [0, 10], a: [1, Infinity] }, { order: 3 });
    expect(record).toMatchObject({
      defined: 'everywhere',
      range: { low: 0 },
      sign: { sign: 'non-negative' },
      algebra: null,
    });
    const [x, a] = record.variables;
    expect(x).toMatchObject({ name: 'x', monotonicity: { trend: 'neither' }, zeros: { zeros: [{ low: 0, high: 0 }] } });
    expect(x.limits.map(({ at, value }) => [at, value])).toEqual([
      ['0+', '0'],
      ['inf', '0'],
    ]);
    const everywhere = await explain(parse('x * exp(-x)'));
    expect(everywhere.variables[0].limits.map(({ at }) => at)).toEqual(['0+', '0-', 'inf', '-inf']);
    expect(x.series[0].text).toBe('x - x^2 / a + x^3 / (2 * a^2) + O(x^4)');
    expect(a).toMatchObject({ monotonicity: { trend: 'increasing' }, asymptoticPower: 0 });
    expect(JSON.parse(JSON.stringify(record)).variables).toHaveLength(2);
  });

  test('asks a computer algebra system only when it is handed one', async () => {
    const formula = parse('tan(x) * cos(x)');
    expect((await explain(formula)).simplified).toBe('cos(x) * tan(x)');
    const record = await explain(formula, {}, { algebra: nerdamerSimplify });
    expect(record).toMatchObject({ simplified: 'sin(x)', algebra: { accepted: true } });
  });

  test('a number, a name that is awkward, and a name of an operator of one’s own', async () => {
    expect(await explain(parse('2'))).toMatchObject({
      variables: [],
      sign: { sign: 'positive' },
      range: { low: 2, high: 2 },
    });
    expect((await explain(parse('`__proto__`^2'))).variables[0]).toMatchObject({
      name: '__proto__',
      parity: { parity: 'even' },
    });
    const operators = STANDARD_OPERATORS.with({ name: 'lorentz', formula: '1 / (1 + x^2)' });
    const record = await explain(parse('lorentz(2 * y)', { operators }), { y: [0, 3] });
    expect(record.sign.sign).toBe('positive');
    expect(record.variables[0]).toMatchObject({ monotonicity: { trend: 'decreasing' }, asymptoticPower: -2 });
    expect(record.variables[0].series[0].text).toBe('1 - 4 * y^2 + 16 * y^4 + O(y^6)');
  });

  test.each([
    'q^2 / (4 * pi * eps * r^2) * exp(-r / l)',
    'a * sin(b * x + c) + d',
    'x^2 / (exp(x) - 1)',
    'sqrt(x^2 + y^2 + z^2) - x',
    'gamma(x) / gamma(y)',
    'min(x, y) + floor(z) * mod(x, 3)',
    'sin(1 / x) * tan(x)',
    'x^y^z',
    'erf(x / sqrt(2)) * atan2(y, x)',
    'exp(exp(exp(x)))',
  ])('%s in time', async (formula) => {
    const started = performance.now();
    const record = await explain(parse(formula));
    expect(performance.now() - started).toBeLessThan(MILLISECONDS);
    expect(record.variables.length).toBeGreaterThan(0);
  });

  test('bad input', async () => {
    await expect(explain(parse('x'), { x: [1, 0] })).rejects.toThrow(/lower end first/);
    await expect(explain(parse('x'), {}, { order: 99 })).rejects.toThrow(/from 0 to 20/);
  });
});
