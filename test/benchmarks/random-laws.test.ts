import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { generate } from '../../benchmarks/recovery/generate.ts';
import { halfOf } from '../../benchmarks/recovery/half.ts';
import { lawOf } from '../../benchmarks/recovery/law.ts';
import { randomFormula } from '../../benchmarks/recovery/law-grammar.ts';
import { type Problem, type ProblemInput, parseSuite } from '../../benchmarks/recovery/problem.ts';
import {
  FEWEST_NODES,
  keysOf,
  MOST_NODES,
  randomLaws,
  randomSuite,
  rejection,
} from '../../benchmarks/recovery/random-laws.ts';
import { isSuite, knownSuites, suiteOf } from '../../benchmarks/recovery/suites.ts';
import { RandomStream } from '../../src/core/index.ts';
import {
  canonicalKey,
  constantsOf,
  type Expression,
  parse,
  print,
  simplify,
  size,
  variablesOf,
} from '../../src/expressions/index.ts';

const COUNT = 120;
const laws = randomLaws(COUNT, 1);
const FUNCTIONS = ['sqrt', 'exp', 'log', 'sin', 'cos', 'tanh'];

/** How many functions stand inside one another at most: the root of a lone variable is one of its powers, as x^2 is. */
function nesting(tree: Expression): number {
  if (tree.kind !== 'call') return 0;
  const below = Math.max(...tree.arguments.map(nesting));
  if (tree.operator.name === 'sqrt' && tree.arguments[0].kind === 'variable') return below;
  return FUNCTIONS.includes(tree.operator.name) ? below + 1 : below;
}

function problemOf(law: string, ranges: Partial<ProblemInput> = {}): Problem {
  const inputs = variablesOf(parse(law)).map(
    (name): ProblemInput => ({ name, low: 1, high: 5, sampling: 'linear', sign: 'positive', ...ranges }),
  );
  return { name: 'example', law, target: { name: 'f' }, inputs, source: '' };
}

function verdict(law: string, ranges: Partial<ProblemInput> = {}): string | undefined {
  return rejection(parse(law), problemOf(law, ranges), new RandomStream(1));
}

describe('random laws', () => {
  test('equal seeds give equal laws, and a longer list begins with a shorter one', () => {
    expect(randomLaws(25, 1)).toEqual(laws.slice(0, 25));
    const other = randomLaws(25, 2);
    expect(other.map(({ law }) => law)).not.toEqual(laws.slice(0, 25).map(({ law }) => law));
    expect(other[24].name).toBe('random-2-25');
  });

  test.each(laws.map((one) => [one.law, one] as const))('%s', (law, one) => {
    const tree = parse(law);
    expect(size(tree)).toBeGreaterThanOrEqual(FEWEST_NODES);
    expect(size(tree)).toBeLessThanOrEqual(MOST_NODES);
    expect(size(simplify(tree))).toBeGreaterThanOrEqual(size(tree));
    expect(nesting(tree)).toBeLessThanOrEqual(2);
    for (const value of constantsOf(tree)) expect(Number(value.toPrecision(4))).toBe(value);
    expect(one.inputs.map(({ name }) => name)).toEqual(['x', 'y', 'z', 'u', 'v'].slice(0, one.inputs.length));
    for (const { low, high } of one.inputs) {
      expect(low).toBeGreaterThanOrEqual(0.1);
      expect(high).toBeLessThanOrEqual(5);
    }
    // Other points than those on which the law was judged.
    const { train } = generate(one, { seed: 9, testRows: 10 });
    expect(train.rows).toBe(200);
    expect(train.numbers('f').every(Number.isFinite)).toBe(true);
  });

  test('every number of nodes and of variables occurs', () => {
    const nodes = new Set(laws.map(({ law }) => size(parse(law))));
    expect([...nodes].sort((a, b) => a - b)).toEqual([7, 8, 9, 10, 11, 12, 13, 14, 15]);
    const counts = new Set(laws.map(({ inputs }) => inputs.length));
    for (const count of [1, 2, 3, 4]) expect(counts).toContain(count);
  });

  test('every function and sums, differences, quotients occur', () => {
    const text = laws.map(({ law }) => law).join('\n');
    for (const part of [...FUNCTIONS.map((name) => `${name}(`), ' + ', ' - ', ' / ', '^2', '^3']) {
      expect(text).toContain(part);
    }
  });

  test('no law occurs twice', () => {
    expect(new Set(laws.map((one) => canonicalKey(lawOf(one)))).size).toBe(COUNT);
  });

  test('both halves are there', () => {
    const share = laws.filter(({ name }) => halfOf(name) === 'test').length / COUNT;
    expect(share).toBeGreaterThan(0.4);
    expect(share).toBeLessThan(0.6);
  });

  test('as a suite they pass the reader of suites', () => {
    const suite = randomSuite(10, 1);
    expect(parseSuite(JSON.stringify(suite), 'random').problems).toEqual(laws.slice(0, 10));
  });

  test('what the grammar writes reads back as it was', () => {
    fc.assert(
      fc.property(fc.nat(), (seed) => {
        const tree = randomFormula(new RandomStream(seed));
        expect(size(parse(print(tree)))).toBe(size(tree));
        expect(nesting(tree)).toBeLessThanOrEqual(2);
      }),
      { numRuns: 300, examples: [[1363253141]] },
    );
  });
});

describe('a formula is turned down', () => {
  const rows: readonly (readonly [law: string, reason: string | undefined, ranges?: Partial<ProblemInput>])[] = [
    ['x * sqrt(1 - (y / z)^2)', 'not finite'],
    ['x * sqrt(1 + (y / z)^2)', undefined],
    ['x * y * z', 'size'],
    ['x + y * z - sqrt(x * y) / (z + x^2)', 'size'],
    ['x * y * z / (x * u)', 'reducible'],
    ['2 * x + 3 * x + y * z', 'reducible'],
    ['1 + 0.0001 * sin(x * y)', 'constant'],
    ['tanh(8 * x * y * z)', 'constant'],
    ['x * y / (z - u)', 'pole'],
    ['x * y / (z + u)', undefined],
    ['x * y * sin(z^3)', 'aliased'],
    ['x * y * sin(z^2)', undefined],
    ['x * y + 0.001 * z', 'dominated'],
    ['x * y + 0.1 * z', 'dominated', { low: 4, high: 5 }],
    ['x^3 / y + exp(-z^2)', 'dominated'],
    ['x * sqrt(1 + 0.001 * y)', 'dominated'],
    ['x * y * tanh(9 * z)', 'dominated'],
    ['exp(x^3 * y)', 'size'],
    ['exp(x^3 * y^2)', 'not finite', { high: 20 }],
  ];
  const cases = rows.map(([law, reason, ranges = {}]) => [law, reason, ranges] as const);
  test.each(cases)('%s: %s', (law, reason, ranges) => expect(verdict(law, ranges)).toBe(reason));

  const twins: readonly (readonly [law: string, reason: string | undefined])[] = [
    ['x^2 + 2 * y / z', 'duplicate'],
    ['2 * y / z + x^2', 'duplicate'],
    ['z^2 + 5 * x / y', 'duplicate'],
    ['x^3 + 2 * y / z', undefined],
    ['x^2 + 2 * y * z', undefined],
    ['x^2 - 2 * y / z', 'duplicate'],
    ['x^2 + y / z', undefined],
  ];
  test.each(twins)('%s beside x^2 + 2*y/z: %s', (law, reason) => {
    const known = new Set(keysOf(parse('x^2 + 2 * y / z')));
    expect(rejection(parse(law), problemOf(law), new RandomStream(1), known)).toBe(reason);
  });
});

describe('the suite of random laws', () => {
  test('is found by name, with the seed behind it', () => {
    expect(suiteOf('random').problems.slice(0, 10)).toEqual(laws.slice(0, 10));
    expect(suiteOf('random').problems).toHaveLength(100);
    expect(suiteOf('random-2').problems[0]).toEqual(randomLaws(1, 2)[0]);
    expect(suiteOf('nguyen').problems).toHaveLength(34);
  });

  test.each([
    ['random', true],
    ['random-12', true],
    ['feynman', true],
    ['random-', false],
    ['random-x', false],
    ['../random', false],
  ])('%s: %s', (name, known) => expect(isSuite(name)).toBe(known));

  test('it stands beside the files of problems', () => {
    expect(knownSuites()).toEqual(expect.arrayContaining(['fastsrb', 'feynman', 'nguyen', 'random']));
    expect(() => suiteOf('no-such')).toThrow(expect.objectContaining({ code: 'no-suite' }));
  });
});
