import { describe, expect, it } from 'vitest';
import { RandomStream } from '../../src/core/index.ts';
import { createWasmEvaluator } from '../../src/evaluation/index.ts';
import { constantsOf, parse, STANDARD_OPERATORS } from '../../src/expressions/index.ts';
import { withCommonFactor } from '../../src/search/common-factor.ts';
import { descriptionLength } from '../../src/search/description-length.ts';
import { Objective } from '../../src/search/objective.ts';
import { snap } from '../../src/search/polish.ts';
import { createSyntax } from '../../src/search/syntax.ts';

const ROWS = 200;
const inputs = ['a', 'b', 't'];
const { forms } = createSyntax({
  unary: ['cos', 'sqrt'].map((name) => STANDARD_OPERATORS.get(name)),
  binary: ['add', 'sub', 'mul', 'div', 'pow'].map((name) => STANDARD_OPERATORS.get(name)),
  maxSize: 30,
  maxDepth: 30,
});

/** A law with noise of 1 % of its size, and an objective for it. */
function noisy(law: (a: number, b: number, t: number) => number): Objective {
  const random = new RandomStream(3);
  const columns = inputs.map(() => Float64Array.from({ length: ROWS }, () => 1 + 4 * random.uniform()));
  const [a, b, t] = columns;
  const target = a.map((value, i) => law(value, b[i], t[i]));
  const size = Math.sqrt(target.reduce((sum, y) => sum + y * y, 0) / ROWS);
  const problem = {
    inputs,
    columns,
    target: target.map((y) => y + 0.01 * size * random.normal()),
    weights: undefined,
    loss: { name: 'L2' } as const,
  };
  const evaluator = createWasmEvaluator({ precision: 64 });
  evaluator.setData(problem);
  return new Objective(problem, evaluator);
}

describe('a common factor', () => {
  it.each([
    ['a sum', '7.9 * a + 15.7 * b', (a: number, b: number) => 7.854 * (a + 2 * b), [2]],
    ['a number among the terms', '7.9 * a / b + 7.8', (a: number, b: number) => 7.854 * (a / b + 1), [1]],
    [
      'a root of three terms that only fit together',
      'sqrt(157 * a^2 + 160 * b^2 - 316 * a * b * cos(t))',
      (a: number, b: number, t: number) => Math.sqrt(157.9 * (a * a + b * b - 2 * a * b * Math.cos(t))),
      [-2],
    ],
    [
      'what stands in a square',
      '(0.35 * a)^2 + 0.12 * b / t',
      (a: number, b: number, t: number) => 0.12 * (a * a + b / t),
      [],
    ],
  ] as const)('is taken out of %s', (_, found, law, ratios) => {
    const objective = noisy(law);
    const start = snap(objective.full(parse(found)), objective);
    const factored = withCommonFactor(start, objective, forms)!;
    const length = ({ tree, loss }: typeof start): number => descriptionLength(tree, loss, objective);
    expect(length(factored)).toBeLessThan(length(start) - 2);
    const fitted = constantsOf(factored.tree).filter((value) => !Number.isInteger(value));
    expect(fitted).toHaveLength(1);
    for (const ratio of ratios) expect(constantsOf(factored.tree)).toContain(ratio);
  });

  it('stays where the ratio is no simple number', () => {
    const objective = noisy((a, b) => 7.854 * a + 11.13 * b);
    expect(withCommonFactor(objective.full(parse('7.9 * a + 11 * b')), objective, forms)).toBeUndefined();
  });

  it('is not sought where a coefficient is a small rational already', () => {
    const objective = noisy((a, b) => 7.854 * a + 2 * b);
    expect(withCommonFactor({ tree: parse('7.854 * a + 2 * b'), loss: 1 }, objective, forms)).toBeUndefined();
  });
});
