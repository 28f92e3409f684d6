import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { generate } from '../../benchmarks/recovery/generate.ts';
import { createJudge } from '../../benchmarks/recovery/judge.ts';
import { lawOf } from '../../benchmarks/recovery/law.ts';
import type { Problem, ProblemInput } from '../../benchmarks/recovery/problem.ts';
import { readSuite } from '../../benchmarks/recovery/problem.ts';
import { constantsOf, withConstants } from '../../src/expressions/index.ts';

const input = (name: string, low: number, high: number, rest: Partial<ProblemInput> = {}): ProblemInput => ({
  name,
  low,
  high,
  sampling: 'log',
  sign: 'positive',
  ...rest,
});
const angle = input('x', -3, 3, { sampling: 'linear' });

function problem(law: string, inputs: readonly ProblemInput[], rest: Partial<Problem> = {}): Problem {
  return { name: law, law, target: { name: 'target' }, inputs, source: 'made up', ...rest };
}

function judgeOf(one: Problem, noise = 0, noiseKind: 'additive' | 'multiplicative' = 'additive') {
  return createJudge(one, generate(one, { seed: 1, noise, noiseKind, testRows: 10 }));
}

const x = input('x', 0.1, 10);
const y = input('y', 0.1, 10);
const velocity = input('v', 1e6, 1e8);
const C = { c: 299792458 };

/** A law, its inputs, and the same written otherwise. */
const SAME: readonly [string, Problem, string][] = [
  ['rearranged', problem('3.7 * x^2 / (1 + y)', [x, y]), 'x * x / (y + 1) * 3.7'],
  ['constants merged', problem('3.7 * x^2 / (1 + y)', [x, y]), 'x^2 / (0.27027027027027 + 0.27027027027027 * y)'],
  ['constants split', problem('3.7 * x + y', [x, y]), '1.85 * (x + 0.54054054054054 * y) + 1.85 * x'],
  ['expanded', problem('(x - 1.5 * y)^2', [x, y]), 'x^2 - 3 * x * y + 2.25 * y^2'],
  ['a sum in an exponential', problem('exp(0.3 * x + y)', [x, y]), 'exp(y) * exp(x)^0.3'],
  ['a hyperbolic function', problem('tanh(1.3 * x)', [x]), '1 - 2 / (exp(2.6 * x) + 1)'],
  ['exponentials', problem('x / (exp(y) + exp(-y))', [x, y]), 'x / cosh(y) / 2'],
  ['the sign in an even function', problem('x * cos(2.5 * x)', [angle]), 'x * cos(-2.5 * x)'],
  ['a phase', problem('cos(2.5 * x)', [angle]), 'sin(2.5 * x + 1.570796326794897)'],
  ['a phase split', problem('sin(x + 0.4)', [angle]), '0.921060994002885 * sin(x) + 0.38941834230865 * cos(x)'],
  ['half angles', problem('sin(x / 2)^2', [angle]), '0.5 - 0.5 * cos(x)'],
  ['a root as a power', problem('sqrt(x^3 * y)', [x, y]), 'x^1.5 * y^0.5'],
  ['a logarithm of a product', problem('log(x^2 * y / 3)', [x, y]), '2 * log(x) + log(y) - 1.09861228866811'],
  [
    'a factor c',
    problem('x / sqrt(1 - v^2 / c^2)', [x, velocity], { constants: C }),
    'x * c / sqrt((c - v) * (c + v))',
  ],
  ['exponents that rounding left', problem('3.7 * x^2 * y', [x, y]), '3.7 * x^1.99999999 * y^1.00000001'],
  ['a term that rounding left', problem('3.7 * x^2 * y', [x, y]), '3.7 * x^2 * y + 1e-14'],
  ['constants that rounding left', problem('(x - y) / (x + y)', [x, y]), '(x - 1.0000000001 * y) / (x + y)'],
];

/** A law, its inputs, and another function that is near it. */
const OTHER: readonly [string, Problem, string][] = [
  ['a series', problem('x / sqrt(1 - v^2 / c^2)', [x, velocity], { constants: C }), 'x * (1 + v^2 / (2 * c^2))'],
  ['a longer series', problem('exp(y * x)', [x, input('y', 1e-8, 1e-6)]), '1 + x * y + (x * y)^2 / 2'],
  ['a function of a small product', problem('x / (1 - y)', [x, input('y', 1e-9, 1e-7)]), 'x * exp(y)'],
  ['a small input left out', problem('x * (1 + y)', [x, input('y', 1e-18, 1e-16)]), 'x'],
  ['a term too small to see', problem('sqrt(x + y)', [x, input('y', 1e-30, 1e-28)]), 'sqrt(x + 1e-40 * y)'],
  ['a small term more', problem('3.7 * x^2 * y', [x, y]), '3.7 * x^2 * y + 0.0001 * x'],
  ['a saturating function', problem('tanh(x)', [x]), 'x / (1 + x)'],
  ['an exponent', problem('3.7 * x^2 * y', [x, y]), '3.7 * x^1.98 * y'],
  ['a factor', problem('3.7 * x^2 * y', [x, y]), '3.704 * x^2 * y'],
  ['a constant inside', problem('sin(2.5 * x)', [angle]), 'sin(2.501 * x)'],
  [
    'an approximation by terms that cancel',
    problem('x^2 - sin(y)^2', [x, input('y', 0.5, 3)]),
    '(0.001 * x^2 + 0.9995 - cos(0.0447213595 * cos(y))) * 1000 - 0.5',
  ],
  ['a sign', problem('x - y', [x, y]), 'y - x'],
  ['a constant', problem('x - y', [x, y]), '3'],
];

describe('without noise', () => {
  test.each(SAME)('%s is the same law', (_, one, candidate) => {
    const verdict = judgeOf(one)(candidate);
    expect([verdict.same, verdict.reason]).toEqual([true, expect.any(String)]);
    expect(verdict.how).not.toBe('no');
  });

  test.each(OTHER)('%s tells another law', (_, one, candidate) => {
    const verdict = judgeOf(one)(candidate);
    expect([verdict.same, verdict.how]).toEqual([false, 'no']);
    expect(verdict.reason).not.toBe('');
  });

  test('functions that the data cannot tell apart are look-alikes, others are not', () => {
    const judge = judgeOf(problem('x * (1 + y)', [x, input('y', 1e-18, 1e-16)]));
    expect(judge('x').lookAlike).toBe(true);
    expect(judge('1.001 * x').lookAlike).toBe(false);
    expect(judge('x * (1 + y)')).toMatchObject({ same: true, lookAlike: false });
  });

  test('a name that is no input is no law, and names of constants are read', () => {
    const judge = judgeOf(problem('2 * c * x', [x], { constants: C }));
    expect(judge('2 * x * c').same).toBe(true);
    expect(judge('2 * x * q')).toMatchObject({ same: false, reason: '"q" is no input of the problem' });
  });

  test('names that the search was told are read', () => {
    const one = problem('299792458 * x', [x]);
    expect(createJudge(one, generate(one, { seed: 1 }), C)('c * x').same).toBe(true);
  });

  test('property: the law with its constants off by rounding is the law, off by a thousandth it is not', () => {
    const constant = fc.double({ min: 0.2, max: 9, noNaN: true }).filter((value) => !Number.isInteger(value));
    fc.assert(
      fc.property(
        constant,
        constant,
        fc.constantFrom('a * x^2 + b * y', 'x / (a + b * y)', 'a * exp(-x / b)'),
        (a, b, law) => {
          const one = problem(law, [x, y], { constants: { a, b } });
          const judge = judgeOf(one);
          const shifted = (by: number) =>
            withConstants(
              lawOf(one),
              constantsOf(lawOf(one)).map((v) => v * (1 + by)),
            );
          const values = (by: number) => law.replace('a', String(a * (1 + by))).replace('b', String(b * (1 - by)));
          expect(judge(shifted(0)).same).toBe(true);
          expect(judge(values(1e-10)).same).toBe(true);
          expect(judge(values(1e-3)).same).toBe(false);
        },
      ),
      { numRuns: 12 },
    );
  });
});

describe('with noise', () => {
  const line = problem('3.7 * x + 1.9 * y', [x, y]);
  const power = problem('3.7 * x^2 / y', [x, y]);

  test('constants within their errors are those of the law', () => {
    expect(judgeOf(line, 0.01)('3.71 * x + 1.91 * y').same).toBe(true);
    expect(judgeOf(power, 0.05, 'multiplicative')('3.72 * x^2.001 / y').same).toBe(true);
  });

  test('constants beyond their errors are not', () => {
    expect(judgeOf(line, 0.01)('3.9 * x + 1.9 * y')).toMatchObject({
      same: false,
      reason: expect.stringContaining('beyond their errors'),
    });
    expect(judgeOf(power, 0.01, 'multiplicative')('3.7 * x^1.8 / y').same).toBe(false);
  });

  test('a term more is another law, however small', () => {
    expect(judgeOf(line, 0.01)('3.7 * x + 1.9 * y + 0.003').same).toBe(false);
    expect(judgeOf(power, 0.05, 'multiplicative')('3.7 * x^2 / y + 0.001 * x').same).toBe(false);
  });

  test('a term that drowns in the noise must be there', () => {
    const one = problem('x / (1 + 1e-9 * y)', [x, y]);
    expect(judgeOf(one, 0.01)('x / (1 + 2e-9 * y)').same).toBe(true);
    expect(judgeOf(one, 0.01)('x / (1 + 1e-15 * y)').same).toBe(false);
    expect(judgeOf(one, 0.01)('x')).toMatchObject({ same: false, reason: 'it does not depend on y' });
  });

  test('constants that change places are those of the law', () => {
    const one = problem('x / (exp(0.01 * y) + exp(-0.01 * y))', [x, input('y', 0.1, 10, { sampling: 'linear' })]);
    expect(judgeOf(one, 0.01)('x / (exp(-0.0101 * y) + exp(0.0099 * y))').same).toBe(true);
    expect(judgeOf(one, 0.01)('x / cosh(0.01 * y) / 2').same).toBe(true);
  });

  test('measured rows judge by the fit of the law to them', () => {
    const kepler = readSuite('empirical').problems.find(({ name }) => name === 'kepler')!;
    const judge = createJudge(kepler, generate(kepler, { seed: 1 }));
    expect(judge('365.3 * a * sqrt(a)').same).toBe(true);
    expect(judge('365.3 * a^1.6').same).toBe(false);
    expect(judge('365.3 * a^1.5 + 2').same).toBe(false);
  });
});

test('every law of FastSRB is itself, but no law with one of its constants off', () => {
  const small = (value: number) => Number.isInteger(value) && Math.abs(value) <= 12;
  for (const one of readSuite('fastsrb').problems.filter((_, i) => i % 6 === 0)) {
    const law = lawOf(one);
    const judge = judgeOf(one);
    expect([one.name, judge(law).same]).toEqual([one.name, true]);
    const rounded = withConstants(
      law,
      constantsOf(law).map((v) => (small(v) ? v : v * (1 + 1e-13))),
    );
    expect([one.name, judge(rounded).same]).toEqual([one.name, true]);
    const doubled = withConstants(
      law,
      constantsOf(law).map((v, i, all) => (i === all.findIndex((c) => !small(c)) ? 2 * v : v)),
    );
    if (!constantsOf(law).every(small)) expect([one.name, judge(doubled).same]).toEqual([one.name, false]);
  }
});
