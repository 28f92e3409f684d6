import { describe, expect, it } from 'vitest';
import { RandomStream } from '../../../src/core/index.ts';
import { parse, print, STANDARD_OPERATORS } from '../../../src/expressions/index.ts';
import { type FitOptions, fit } from '../../../src/search/index.ts';
import type { LibraryEntry } from '../../../src/search/library.ts';
import { createSyntax } from '../../../src/search/syntax.ts';
import { divided, reduced } from '../../../src/search/tasks/derived.ts';
import { factorGuesses } from '../../../src/search/tasks/factor-guesses.ts';
import type { Task } from '../../../src/search/tasks/task.ts';
import { type MadeUpLaw, outcome, tableOf } from './made-up-law.ts';

const { forms } = createSyntax({
  unary: ['exp', 'sqrt'].map((name) => STANDARD_OPERATORS.get(name)),
  binary: ['add', 'sub', 'mul', 'div', 'pow'].map((name) => STANDARD_OPERATORS.get(name)),
  maxSize: 30,
  maxDepth: 30,
});
const x = Float64Array.from({ length: 40 }, (_, i) => 0.5 + i / 10);
const q = Float64Array.from({ length: 40 }, (_, i) => 1 + ((i * 7) % 13));
const task = (target: Float64Array): Task => ({
  name: '',
  leaves: [
    { tree: parse('x'), values: x },
    { tree: parse('q'), values: q },
  ],
  target,
  weights: new Float64Array(40).fill(1),
  wrap: (z) => z,
});

describe('what is left of a task', () => {
  const factor = { tree: parse('x * q'), values: x.map((value, i) => value * q[i]) };

  it('is its target over a factor, with weights that count the same errors of the target', () => {
    const rest = divided(task(x.map((value, i) => value * q[i] * (2 + value))), factor, forms, 'a')!;
    rest.target.forEach((z, i) => {
      expect(z).toBeCloseTo(2 + x[i], 12);
    });
    expect(rest.weights[3]).toBeCloseTo(factor.values[3] ** 2, 12);
    expect(rest.wrap(parse('2 + x'))).toEqual(parse('x * q * (2 + x)'));
  });

  it('is its target less a term', () => {
    const rest = reduced(task(x.map((value, i) => value * q[i] + Math.exp(value))), factor, forms, 'a')!;
    expect(rest.target[5]).toBeCloseTo(Math.exp(x[5]), 10);
    expect(rest.wrap(parse('exp(x)'))).toEqual(parse('x * q + exp(x)'));
  });

  it('is nothing where nothing varies or a factor vanishes', () => {
    expect(divided(task(factor.values.slice()), factor, forms, 'a')).toBeUndefined();
    const zero = { tree: factor.tree, values: factor.values.map((value, i) => (i === 7 ? 0 : value)) };
    expect(divided(task(x), zero, forms, 'a')).toBeUndefined();
  });
});

describe('factorGuesses', () => {
  it('reads the powers of a power law, and a further factor that stands beside them', () => {
    const f = { tree: parse('exp(x)'), complexity: 2, values: x.map(Math.exp) };
    const guesses = factorGuesses(task(x.map((value, i) => (3 * q[i] ** 2 * Math.exp(value)) / value)), [f], forms);
    // The slope of log y against log x alone takes part of the exponential for a power.
    expect(guesses.some(({ tree }) => JSON.stringify(tree) === JSON.stringify(parse('q^2 * exp(x) / x')))).toBe(true);
  });

  it('sees a function of one leaf behind what the other leaves do', () => {
    const random = new RandomStream(4);
    const columns = [10, 1, 1].map((size) => Float64Array.from({ length: 128 }, () => size * 10 ** random.uniform()));
    const angle = Float64Array.from({ length: 128 }, () => Math.PI * random.uniform());
    const [e, r, d] = columns;
    const target = e.map((value, i) => value * Math.cos(angle[i]) * (d[i] ** 3 / r[i] ** 2 - 0.7 * r[i]));
    const leaves = ['e', 'r', 'd', 'angle'].map((name, i) => ({ tree: parse(name), values: [...columns, angle][i] }));
    const function_ = (text: string, values: Float64Array): LibraryEntry => ({
      tree: parse(text),
      complexity: 2,
      values,
    });
    const functions = [
      function_('sin(angle)', angle.map(Math.sin)),
      function_('cos(angle)', angle.map(Math.cos)),
      {
        ...function_(
          'r - d',
          r.map((value, i) => value - d[i]),
        ),
        complexity: 3,
      },
      {
        ...function_(
          'r + d',
          r.map((value, i) => value + d[i]),
        ),
        complexity: 3,
      },
    ];
    const guesses = factorGuesses({ ...task(target), leaves, weights: target.map(() => 1) }, functions, forms);
    expect(guesses.map(({ tree }) => print(tree))).toContain('e * cos(angle)');
  });

  it('is silent where the target vanishes', () => {
    expect(factorGuesses(task(x.map((value) => value - x[3])), [], forms)).toEqual([]);
  });
});

describe('peel', () => {
  const options: FitOptions = { target: 'y', phases: ['sums', 'peel'], threads: 1, timeLimit: 60, maxSize: 24 };
  const laws: Readonly<Record<string, MadeUpLaw>> = {
    'a factor that neither scan sees whole': {
      ranges: [
        ['m', 1, 5],
        ['v', 0.1, 2],
        ['g', 1, 3],
        ['h', 0.5, 4],
      ],
      law: ({ m, v, g, h }) => ((m * m * v) / g) * (1 + 0.5 * Math.exp(-v) + 0.2 * h * h),
    },
  };

  it.each(Object.entries(laws))(
    '%s',
    async (_, law) => {
      const alone = await fit(tableOf(law), { ...options, phases: ['sums'] });
      expect(alone.stoppedBy).not.toBe('floor');
      const model = await fit(tableOf(law), options);
      expect(model.stoppedBy).toBe('floor');
    },
    240_000,
  );

  it('takes a factor and a bare term away', async () => {
    const law: MadeUpLaw = {
      ranges: [
        ['e', 10, 1000, 'log'],
        ['t', 0, 3.1],
        ['r', 0.1, 1, 'log'],
        ['d', 0.1, 1, 'log'],
        ['a', 0.1, 10, 'log'],
      ],
      law: ({ e, t, r, d, a }) => e * Math.cos(t) * ((d ** 3 / r ** 2) * ((a - 1) / (a + 2)) - r),
    };
    const operators = { unaryOperators: ['exp', 'cos'], maxSize: 30 };
    const model = await fit(tableOf(law), { ...options, ...operators, phases: ['backSolve', 'products', 'peel'] });
    expect(model.stoppedBy).toBe('floor');
  }, 240_000);

  it('gives the same front when it is broken off and taken up again', async () => {
    const law: MadeUpLaw = { ...laws['a factor that neither scan sees whole'] };
    const table = tableOf(law, { rows: 40, noise: 0.01 });
    const states: Uint8Array[] = [];
    const short: FitOptions = { ...options, inputs: ['m', 'v'] };
    const whole = await fit(table, { ...short, onCheckpoint: (state) => states.push(state) });
    const resumed = await fit(table, { ...short, resume: states[Math.floor(states.length / 2)] });
    expect(outcome(resumed)).toEqual(outcome(whole));
  }, 240_000);
});
