import { describe, expect, test } from 'vitest';
import { generate } from '../../benchmarks/recovery/generate.ts';
import { lawOf } from '../../benchmarks/recovery/law.ts';
import { type Problem, parseSuite, readSuite, suiteNames } from '../../benchmarks/recovery/problem.ts';
import { FormatError } from '../../src/core/index.ts';
import { dimensionOf, evaluate, parse } from '../../src/expressions/index.ts';
import { equalDimensions, parseUnit } from '../../src/units/index.ts';

const COUNTS: Readonly<Record<string, number>> = { fastsrb: 120, empirical: 9 };

/** Whether the units of inputs, constants and target fit the law. */
function unitsFit(problem: Problem): boolean {
  const dimensions = new Map(problem.inputs.map(({ name, unit }) => [name, parseUnit(unit ?? '1').dimension]));
  for (const name of Object.keys(problem.constants ?? {})) {
    dimensions.set(name, parseUnit(problem.constantUnits?.[name] ?? '1').dimension);
  }
  const found = dimensionOf(parse(problem.law), dimensions);
  return (
    found.kind === 'dimension' && equalDimensions(found.dimension, parseUnit(problem.target.unit ?? '1').dimension)
  );
}

describe.each(Object.keys(COUNTS))('suite %s', (name) => {
  const suite = readSuite(name);

  test('has its laws, with their source', () => {
    expect(suite.problems).toHaveLength(COUNTS[name]);
    expect(suite.source).not.toBe('');
  });

  test('has units that fit its laws, but where the source has them wrong', () => {
    const wrong = suite.problems.filter((problem) => !unitsFit(problem)).map((problem) => problem.name);
    expect(wrong).toEqual(suite.problems.flatMap((problem) => (problem.unitFault === undefined ? [] : problem.name)));
  });

  test('has laws that are finite on their data, and vary', () => {
    for (const problem of suite.problems) {
      const { train, held } = generate(problem, { seed: 1, testRows: 50 });
      const law = lawOf(problem);
      const columns = problem.inputs.map((input) => [input.name, train.numbers(input.name)] as const);
      const values = Array.from({ length: train.rows }, (_, i) => {
        return evaluate(law, Object.fromEntries(columns.map(([input, column]) => [input, column[i]])));
      });
      expect([problem.name, values.every(Number.isFinite), new Set(values).size > 5]).toEqual([
        problem.name,
        true,
        true,
      ]);
      expect(held?.rows).toBe(problem.data === undefined ? 50 : undefined);
    }
  });
});

test('every file of problems reads', () => {
  expect(suiteNames()).toEqual(expect.arrayContaining(Object.keys(COUNTS)));
  for (const name of suiteNames()) expect(readSuite(name).suite).toBe(name);
});

describe('faults', () => {
  const good = {
    suite: 'made',
    about: 'made up',
    source: 'nowhere',
    operators: { unary: ['sin'], binary: ['+'] },
    problems: [
      {
        name: 'one',
        law: 'a * x',
        target: { name: 'y', unit: 'm' },
        inputs: [{ name: 'x', unit: 'm', low: 1, high: 2, sampling: 'linear' }],
        constants: { a: 2 },
      },
    ],
  };
  const faults: readonly [string, Record<string, unknown>, RegExp][] = [
    ['a law that does not parse', { law: 'a *' }, /problem "one": law: /],
    ['a law with another name', { law: 'a * z' }, /unknown variable "z"/],
    ['a name for two things', { constants: { a: 2, x: 1 } }, /"x" stands for two things/],
    ['a target among the inputs', { target: { name: 'x' } }, /"x" stands for two things/],
    ['a unit that is none', { target: { name: 'y', unit: 'metre per' } }, /unit of y/],
    ['a unit of no constant', { constantUnits: { b: 'm' } }, /a unit of "b", which is no constant/],
    ['a condition without a comparison', { where: ['x'] }, /not one comparison/],
    ['a field that is not known', { lore: 1 }, /problem "one"/],
    ['no inputs', { inputs: [] }, /problem "one": inputs/],
    ['an empty range', { inputs: [{ name: 'x', low: 2, high: 2, sampling: 'linear' }] }, /low must be below high/],
    ['a logarithm of 0', { inputs: [{ name: 'x', low: 0, high: 2, sampling: 'log' }] }, /lies above 0/],
    ['a count of halves', { inputs: [{ name: 'x', low: 0.5, high: 2, sampling: 'integer' }] }, /whole limits/],
  ];

  test('the good file reads, with defaults', () => {
    const [problem] = parseSuite(JSON.stringify(good), 'made.json').problems;
    expect(problem.inputs[0].sign).toBe('positive');
    expect(problem.source).toBe('nowhere');
  });

  test.each(faults)('%s', (_, change, message) => {
    const text = JSON.stringify({ ...good, problems: [{ ...good.problems[0], ...change }] });
    expect(() => parseSuite(text, 'made.json')).toThrow(message);
    expect(() => parseSuite(text, 'made.json')).toThrow(/^made\.json: /);
  });

  test('files that are none', () => {
    const code = (act: () => unknown): string => {
      try {
        act();
      } catch (reason) {
        return reason instanceof FormatError ? reason.code : 'other';
      }
      return 'none';
    };
    expect(code(() => parseSuite('{', 'made.json'))).toBe('bad-json');
    expect(code(() => parseSuite('[]', 'made.json'))).toBe('bad-problem');
    expect(code(() => parseSuite('{"problems":[null]}', 'made.json'))).toBe('bad-problem');
    expect(code(() => readSuite('nowhere'))).toBe('no-suite');
    const twice = { ...good, problems: [good.problems[0], good.problems[0]] };
    expect(code(() => parseSuite(JSON.stringify(twice), 'made.json'))).toBe('bad-problem');
  });
});
