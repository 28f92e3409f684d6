import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  DIMENSION_RULES,
  type DimensionRule,
  dimensionOf,
  dimensionRuleOf,
  type Expression,
  evaluate,
  parse,
  print,
  STANDARD_OPERATORS,
} from '../../src/expressions/index.ts';
import { type Dimension, formatDimension, parseUnit, type Rational } from '../../src/units/index.ts';
import { arbitraryExpression } from '../laws/arbitrary-expression.ts';

const dims = (units: Record<string, string>): Map<string, Dimension> =>
  new Map(Object.entries(units).map(([name, unit]) => [name, parseUnit(unit).dimension]));

function shown(formula: string, units: Record<string, string>, freeConstants = false): string {
  const result = dimensionOf(parse(formula), dims(units), { freeConstants });
  if (result.kind === 'dimension') return formatDimension(result.dimension);
  return result.kind === 'any' ? 'any' : `! ${result.message}`;
}

const MECHANICS = { m: 'kg', x: 'm', y: 'm', t: 's', v: 'm/s', g: 'm/s^2', F: 'N', E: 'J', q: 'C', angle: 'rad' };

describe('dimensionOf', () => {
  it.each([
    ['m * v^2 / 2', 'kg m^2/s^2'],
    ['sqrt(2 * g * x)', 'm/s'],
    ['x + v * t + g * t^2 / 2', 'm'],
    ['atan2(y, x) + sin(v * t / x)', '1'],
    ['cbrt(x * y * y)', 'm'],
    ['x^1.5', 'm^1.5'],
    ['x^(1/3)', 'm^(1/3)'],
    ['min(x, y) + mod(x, y) + max(x, -y) + relu(x) + abs(y)', 'm'],
    ['sign(x) * step(t) * m', 'kg'],
    ['(x / y)^(v * t / x)', '1'],
    ['inv(square(x)) * cube(y)', 'm'],
    ['(x - x)^0', '1'],
    ['E / (F * x) + exp(angle)', '1'],
    ['nobody + 3', '1'],
    ['x + t', '! add of m and s in x + t'],
    ['sin(x)', '! sin needs a pure number, not m, in sin(x)'],
    ['floor(t)', '! floor needs a pure number, not s, in floor(t)'],
    ['x + 1', '! add of m and 1 in x + 1'],
    ['x^(y/x)', '! m to a power that varies in x^(y / x)'],
    ['2^x', '! an exponent of m in 2^x'],
    ['x^1.4998', '! x^1.4998 has no exact dimension'],
    ['atan2(x, t)', '! atan2 of m and s in atan2(x, t)'],
    ['m * exp(-x / t) * q', '! exp needs a pure number, not m/s, in exp(-x / t)'],
  ])('%s is %s', (formula, expected) => {
    expect(shown(formula, MECHANICS)).toBe(expected);
  });

  it.each([
    ['3 * x', 'any'],
    ['x + 1', 'm'],
    ['3 * x + t', 's'],
    ['3 * x + 2 * t', 'any'],
    ['sin(3 * x)', '1'],
    ['2 * x^1.4998', 'any'],
    ['2 * (x^1.4998 + 1)', 'any'],
    ['x^1.4998 + t', '! add of no exact dimension and s in x^1.4998 + t'],
    ['x^1.4998', '! x^1.4998 has no exact dimension'],
    ['(2 * x)^(y / x)', '1'],
    ['atan2(2, 3)', '1'],
    ['exp(x^0.7 * 2)', '1'],
    ['sqrt(2 * t)', 'any'],
    ['(x + 1) * (t - 2)', 'm s'],
    ['x + t', '! add of m and s in x + t'],
    ['log(x)', '! log needs a pure number, not m, in log(x)'],
  ])('%s is %s when constants are free', (formula, expected) => {
    expect(shown(formula, MECHANICS, true)).toBe(expected);
  });

  it('works in natural units', () => {
    const variables = new Map([['s', parseUnit('GeV^2', 'natural').dimension]]);
    const result = dimensionOf(parse('1 / s'), variables);
    expect(result.kind === 'dimension' && formatDimension(result.dimension)).toBe('1/GeV^2');
  });

  it('names the node at fault', () => {
    const result = dimensionOf(parse('m * (v + sin(x))'), dims(MECHANICS));
    expect(result.kind === 'violation' && print(result.node)).toBe('sin(x)');
  });
});

/** f(scaled arguments) = scale f(arguments) for every choice of units, at places of the domain. */
function homogeneous(rule: DimensionRule, apply: (a: number, b: number) => number, arity: number): boolean {
  const places = [
    [0.3, 0.7],
    [1.7, 0.4],
    [0.6, 2.3],
    [2.9, 1.1],
  ];
  const scales = [
    [4, 9],
    [0.25, 3],
  ];
  return places.every(([a, b]) =>
    scales.every(([l, m]) => {
      const power = ([n, d]: Rational, base: number): number => base ** (n / d);
      let [first, second, factor] = [l, m, 1];
      if (rule.kind === 'tied') {
        second = power(rule.ratio, l);
        factor = power(rule.power, l);
      } else if (rule.kind === 'product') {
        const [p, q] = rule.powers;
        first = p === null ? 1 : l;
        second = arity === 1 || q === null ? 1 : m;
        factor = power(p ?? [0, 1], first) * (arity === 1 ? 1 : power(q ?? [0, 1], second));
      }
      const [value, scaled] = [apply(a, b), apply(first * a, second * b)];
      if (Number.isNaN(value) || Number.isNaN(scaled)) return Number.isNaN(value) && Number.isNaN(scaled);
      return Math.abs(scaled - factor * value) <= 1e-9 * Math.abs(scaled);
    }),
  );
}

describe('the rules of operators', () => {
  it('has a row for every standard operator', () => {
    expect(STANDARD_OPERATORS.names.filter((name) => !Object.hasOwn(DIMENSION_RULES, name))).toEqual([]);
  });

  it.each([...STANDARD_OPERATORS].map((operator) => [operator.name, operator] as const))(
    '%s is homogeneous as its rule says, and not in any freer way',
    (name, operator) => {
      const rule = dimensionRuleOf(operator);
      if (rule.kind === 'power') {
        expect(name).toBe('pow');
        return;
      }
      expect(homogeneous(rule, operator.apply, operator.arity)).toBe(true);
      // A pure argument must be needed: no power of its scale comes out of the function instead.
      if (rule.kind === 'product' && rule.powers[0] === null) {
        for (const power of [-2, -1, -0.5, 0, 0.5, 1, 2]) {
          const freer: DimensionRule = { kind: 'product', powers: [power === 0 ? [0, 1] : [power * 2, 2]] };
          expect(homogeneous(freer, operator.apply, 1)).toBe(false);
        }
      }
    },
  );

  it.each([
    ['1 / (1 + x^2)', { kind: 'product', powers: [null] }],
    [
      'x^3 * sqrt(y)',
      {
        kind: 'product',
        powers: [
          [3, 1],
          [1, 2],
        ],
      },
    ],
    ['sqrt(x^2 + y^2)', { kind: 'tied', ratio: [1, 1], power: [1, 1] }],
    ['x / (x + y)', { kind: 'tied', ratio: [1, 1], power: [0, 1] }],
    ['x^2 + y', { kind: 'tied', ratio: [2, 1], power: [2, 1] }],
    ['x + 1 / y', { kind: 'tied', ratio: [-1, 1], power: [1, 1] }],
    ['x * sin(y)', { kind: 'product', powers: [[1, 1], null] }],
    ['x^y', { kind: 'product', powers: [null, null] }],
    ['exp(x) * y^2', { kind: 'product', powers: [null, [2, 1]] }],
    ['x^(2/3)', { kind: 'product', powers: [[2, 3]] }],
    ['x + sin(x)', { kind: 'product', powers: [null] }],
    ['sign(x)', { kind: 'product', powers: [[0, 1]] }],
  ] as const)('reads the rule of %s from the definition', (formula, rule) => {
    const operator = STANDARD_OPERATORS.with({ name: 'mine', formula }).get('mine');
    expect(dimensionRuleOf(operator)).toEqual(rule);
    const again = STANDARD_OPERATORS.with({ name: 'mine', formula }).with({
      name: 'outer',
      formula: 'mine(x, y)'.slice(0, operator.arity === 2 ? 10 : 6) + (operator.arity === 2 ? '' : ')'),
    });
    expect(dimensionRuleOf(again.get('outer'))).toEqual(rule);
  });

  it('asks pure numbers of a row without a rule', () => {
    const row = { ...STANDARD_OPERATORS.get('sin'), name: 'airy' };
    expect(dimensionRuleOf(row)).toEqual({ kind: 'product', powers: [null] });
  });
});

describe('formulas with a dimension', () => {
  const units = { x: 'm', y: 'm', z: 's' };
  const scale = { m: 3.7, s: 0.41 };

  it('scale as it says when the units change', () => {
    let found = 0;
    const law = (tree: Expression): void => {
      const result = dimensionOf(tree, dims(units));
      if (result.kind !== 'dimension') return;
      const at = { x: 1.31, y: 0.77, z: 2.19 };
      const value = evaluate(tree, at);
      const scaled = evaluate(tree, { x: at.x * scale.m, y: at.y * scale.m, z: at.z * scale.s });
      if (!Number.isFinite(value) || !Number.isFinite(scaled) || Math.abs(value) > 1e12) return;
      const [, m, s] = result.dimension;
      const expected = value * scale.m ** (m[0] / m[1]) * scale.s ** (s[0] / s[1]);
      // Differences of nearly equal numbers and their roots keep few digits.
      if (Math.abs(scaled - expected) > 1e-6 * Math.max(Math.abs(expected), 1e-6)) {
        expect({ formula: print(tree), scaled }).toEqual({ formula: print(tree), scaled: expected });
      }
      if (tree.kind === 'call') found++;
    };
    const operators = [
      'add',
      'sub',
      'mul',
      'div',
      'square',
      'sqrt',
      'cbrt',
      'sin',
      'min',
      'pow',
      'atan2',
      'mod',
      'abs',
    ];
    const tree = arbitraryExpression({ operators: operators.map((name) => STANDARD_OPERATORS.get(name)), depth: 4 });
    fc.assert(fc.property(tree, law), { numRuns: 6000, seed: 7 });
    expect(found).toBeGreaterThan(100);
  });
});
