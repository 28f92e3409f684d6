import { describe, expect, it } from 'vitest';
import { RandomStream } from '../../../src/core/index.ts';
import { evaluate, STANDARD_OPERATORS, variable } from '../../../src/expressions/index.ts';
import { fitCurve, fitPower } from '../../../src/search/back-solve/curves.ts';
import { Forms } from '../../../src/search/forms.ts';

const forms = new Forms({
  unary: [],
  binary: ['add', 'sub', 'mul', 'div', 'pow'].map((name) => STANDARD_OPERATORS.get(name)),
  maxSize: 30,
  maxDepth: 30,
});
const random = new RandomStream(2);
const g = Float64Array.from({ length: 50 }, () => 0.5 + 4 * random.uniform());
const errors = g.map(() => 1e-6);
/** Square of a misfit of a thousandth of the errors. */
const MOST = 1e-6;

const laws: Readonly<Record<string, (g: number) => number>> = {
  g: (x) => x,
  'a g': (x) => -3.2 * x,
  'g + b': (x) => x + 0.7,
  'b - g': (x) => 0.7 - x,
  'a g + b': (x) => 2.3 * x - 0.7,
  'a / (g + c)': (x) => 1.7 / (x + 0.3),
  'a g / (g + c)': (x) => (4.1 * x) / (x + 2.2),
  'a + b / (g + c)': (x) => 4.1 + 0.3 / (x - 6.1),
};

describe('fitCurve', () => {
  it.each(Object.entries(laws))('knows %s', (name, law) => {
    const w = g.map(law);
    const fit = fitCurve({ w, errors }, g, variable('g'), forms, MOST);
    expect(fit?.curve).toBe(name);
    for (const x of [0.6, 2, 4.4]) expect(evaluate(fit!.tree!, { g: x })).toBeCloseTo(law(x), 8);
  });

  it('passes over rows that do not count, and refuses what misses one that does', () => {
    const w = g.map((x) => 2 * x + 1);
    w[7] += 1e-3;
    expect(fitCurve({ w, errors }, g, variable('g'), forms, MOST)).toBeUndefined();
    const counted = errors.map((error, i) => (i === 7 ? Infinity : error));
    expect(fitCurve({ w, errors: counted }, g, variable('g'), forms, MOST)?.curve).toBe('a g + b');
  });
});

describe('fitPower', () => {
  it('knows a power from its logarithm, and rounds its exponent where it is rational', () => {
    const tree = (p: number) => {
      const w = g.map((x) => Math.log(3.1 * x ** p));
      return fitPower({ w, errors }, g.map(Math.log), variable('g'), forms, MOST)?.tree;
    };
    expect(evaluate(tree(1.37)!, { g: 2 })).toBeCloseTo(3.1 * 2 ** 1.37, 8);
    expect(evaluate(tree(-2 / 3)!, { g: 2 })).toBeCloseTo(3.1 * 2 ** (-2 / 3), 8);
    const w = g.map((x) => Math.log(1 + x));
    expect(fitPower({ w, errors }, g.map(Math.log), variable('g'), forms, MOST)).toBeUndefined();
  });
});
