import { describe, expect, test } from 'vitest';
import { generate } from '../../benchmarks/recovery/generate.ts';
import { halfOf } from '../../benchmarks/recovery/half.ts';
import { lawOf } from '../../benchmarks/recovery/law.ts';
import { type Problem, readSuite } from '../../benchmarks/recovery/problem.ts';
import { drawPoint } from '../../benchmarks/recovery/sampling.ts';
import { RandomStream } from '../../src/core/index.ts';
import { dimensionOf, type Expression, evaluate, parse, STANDARD_OPERATORS } from '../../src/expressions/index.ts';
import { equalDimensions, parseUnit } from '../../src/units/index.ts';

const COUNTS = { feynman: 120, nguyen: 34 } as const;
/** Laws of the Feynman set whose units the source has wrong. */
const WRONG_UNITS = ['I.43.16'];
/** Laws that FastSRB states as the sine or cosine of an angle, and the Feynman set as the angle. */
const SOLVED_OTHERWISE = ['I.26.2', 'I.30.5', 'test_10'];
/** Relative difference of one law written in two ways. */
const ROUNDING = 1e-9;

const names = Object.keys(COUNTS) as (keyof typeof COUNTS)[];
const feynman = readSuite('feynman').problems;
const problem = (suite: keyof typeof COUNTS, name: string): Problem =>
  readSuite(suite).problems.find((one) => one.name === name)!;

function operatorsOf(tree: Expression, out = new Set<string>()): Set<string> {
  if (tree.kind !== 'call') return out;
  out.add(tree.operator.name);
  for (const argument of tree.arguments) operatorsOf(argument, out);
  return out;
}

describe.each(names)('suite %s', (name) => {
  const suite = readSuite(name);

  test('has its laws, each finite on the data that are made of it', () => {
    expect(suite.problems).toHaveLength(COUNTS[name]);
    for (const one of suite.problems) {
      const { train, held } = generate(one, { seed: 1, testRows: 100 });
      expect([one.name, train.rows, held!.rows]).toEqual([one.name, 200, 100]);
      expect(train.numbers(one.target.name).every(Number.isFinite)).toBe(true);
    }
  });

  test('is finite on nearly the whole of its ranges', () => {
    for (const one of suite.problems) {
      const random = new RandomStream(5);
      const law = lawOf(one);
      const values = Array.from({ length: 500 }, () => evaluate(law, drawPoint(one, one.inputs, random)));
      expect([one.name, values.filter(Number.isFinite).length]).toEqual([one.name, 500]);
      expect(new Set(values).size).toBeGreaterThan(400);
    }
  });

  test('needs no operator that is not offered', () => {
    const offered = [...suite.operators.unary, ...suite.operators.binary].map((o) => STANDARD_OPERATORS.get(o).name);
    for (const one of suite.problems) {
      for (const used of operatorsOf(lawOf(one))) expect([...offered, 'neg']).toContain(used);
    }
  });

  test('has a development and a test half of similar size', () => {
    const share = suite.problems.filter((one) => halfOf(one.name) === 'test').length / suite.problems.length;
    expect(share).toBeGreaterThan(0.35);
    expect(share).toBeLessThan(0.65);
  });
});

describe('the Feynman set', () => {
  test.each(feynman.map((one) => [one.name, one] as const))('%s has consistent units', (name, one) => {
    const unit = (text: string | undefined) => parseUnit(text === '1' ? '' : text!);
    const dimensions = new Map(one.inputs.map((input) => [input.name, unit(input.unit).dimension]));
    const found = dimensionOf(lawOf(one), dimensions);
    const consistent = found.kind === 'dimension' && equalDimensions(found.dimension, unit(one.target.unit).dimension);
    expect(consistent).toBe(!WRONG_UNITS.includes(name));
    expect(one.unitFault !== undefined).toBe(WRONG_UNITS.includes(name));
    // Numbers are those of the source: no unit may scale them.
    for (const { unit: text } of [one.target, ...one.inputs]) expect(unit(text).scale).toBe(1);
  });

  test('a volt is kg m^2 s^-3 A^-1', () => {
    const field = problem('feynman', 'I.12.5').inputs.find(({ name }) => name === 'Ef')!;
    const written = parseUnit('kg m s^-3 A^-1').dimension;
    expect(equalDimensions(parseUnit(field.unit!).dimension, written)).toBe(true);
  });

  test('20 bonus laws say where they come from', () => {
    const bonus = feynman.filter(({ name }) => name.startsWith('test_'));
    expect(bonus).toHaveLength(20);
    for (const { source } of bonus) expect(source).toContain('BonusEquations');
  });

  // FastSRB transcribed the same laws on its own, with constants of nature by name.
  const fastsrb = new Map(readSuite('fastsrb').problems.map((one) => [one.name.replace(/^B/, 'test_'), one]));
  test.each(feynman.map((one) => [one.name, one] as const))('%s agrees with FastSRB', (name, one) => {
    const other = fastsrb.get(name)!;
    const tree = parse(other.law);
    const random = new RandomStream(11);
    let same = true;
    for (let i = 0; i < 5; i++) {
      const point: Record<string, number> = { ...drawPoint(one, one.inputs, random) };
      const { epsilon, kb, h, mom, m, hbar = h / (2 * Math.PI), lambd } = point;
      const aliased = { eps0: epsilon, k_B: kb, hbar, mu_B: mom, m_e: m, lambda: lambd, ...point };
      const value = evaluate(lawOf(one), point);
      if (SOLVED_OTHERWISE.includes(name)) {
        const angle = { ...aliased, [one.target.name]: value };
        const sought = { 'I.26.2': point['n'], 'I.30.5': point['d'], test_10: Math.cos(value) }[name]!;
        same &&= Math.abs(evaluate(tree, angle) - sought) <= ROUNDING * Math.abs(sought);
      } else {
        same &&= Math.abs(evaluate(tree, aliased) - value) <= ROUNDING * Math.abs(value);
      }
    }
    expect(same).toBe(true);
  });
});

describe('Nguyen and Livermore', () => {
  const { sin, cos, exp, log, sqrt, PI } = Math;
  const polynomial = (x: number, degree: number): number => {
    let sum = 0;
    for (let k = 1; k <= degree; k++) sum += x ** k;
    return sum;
  };
  const rows: readonly (readonly [name: string, x: number, y: number, value: number])[] = [
    ['Nguyen-4', 0.7, 0, polynomial(0.7, 6)],
    ['Nguyen-5', 0.7, 0, sin(0.49) * cos(0.7) - 1],
    ['Nguyen-7', 0.7, 0, log(1.7) + log(1.49)],
    ['Nguyen-10', PI / 2, PI / 3, 1],
    ['Nguyen-11', 0.25, 0.5, 0.5],
    ['Nguyen-12', 0.5, 1, 1 / 16 - 1 / 8 - 1 / 2],
    ['Livermore-1', 0.7, 0, 1 / 3 + 0.7 + sin(0.49)],
    ['Livermore-4', 1, 0, 2 * log(2)],
    ['Livermore-7', 0.7, 0, Math.sinh(0.7)],
    ['Livermore-8', 0.7, 0, Math.cosh(0.7)],
    ['Livermore-9', 0.7, 0, polynomial(0.7, 9)],
    ['Livermore-11', 1, 1, 0.5],
    ['Livermore-12', 2, 2, 4],
    ['Livermore-13', 8, 0, 2],
    ['Livermore-15', 32, 0, 2],
    ['Livermore-16', 8, 0, 4],
    ['Livermore-19', 1, 0, 2 * log(2)],
    ['Livermore-21', 0.7, 0, exp(-0.49)],
    ['Livermore-22', 0.7, 0, polynomial(0.7, 8)],
    ['Nguyen-8', 0.7, 0, sqrt(0.7)],
  ];
  test.each(rows)('%s', (name, x, y, value) => {
    expect(evaluate(lawOf(problem('nguyen', name)), { x, y })).toBeCloseTo(value, 12);
  });

  test('are 12 and 22, in one or two variables', () => {
    const all = readSuite('nguyen').problems;
    const expected = [
      ...Array.from({ length: 12 }, (_, i) => `Nguyen-${i + 1}`),
      ...Array.from({ length: 22 }, (_, i) => `Livermore-${i + 1}`),
    ];
    expect(all.map(({ name }) => name)).toEqual(expected);
    for (const { inputs } of all) expect(['x', 'x,y']).toContain(inputs.map(({ name }) => name).join());
  });
});
