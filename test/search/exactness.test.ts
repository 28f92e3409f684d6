import { describe, expect, it } from 'vitest';
import { Table } from '../../src/core/index.ts';
import { createWasmEvaluator } from '../../src/evaluation/index.ts';
import { evaluate, parse } from '../../src/expressions/index.ts';
import { isExact } from '../../src/search/exactness.ts';
import { fit } from '../../src/search/index.ts';
import { Objective } from '../../src/search/objective.ts';
import type { ProblemData } from '../../src/search/problem.ts';

function objectiveOf(law: string, x: Float64Array): Objective {
  const tree = parse(law);
  const target = x.map((value) => evaluate(tree, { x: value }));
  const problem = { inputs: ['x'], columns: [x], target, weights: undefined, loss: { name: 'L2' } } as ProblemData;
  const evaluator = createWasmEvaluator({ precision: 64 });
  evaluator.setData(problem);
  return new Objective(problem, evaluator);
}

function exact(objective: Objective, law: string): boolean {
  const tree = parse(law);
  return isExact({ tree, loss: objective.lossOf(tree) }, objective);
}

describe('isExact', () => {
  const even = Float64Array.from({ length: 60 }, (_, i) => 0.5 + i / 30);

  it('is true of a law that was computed in another order, and of one whose terms cancel', () => {
    const objective = objectiveOf('(x + 1)^2 / 3', even);
    expect(exact(objective, 'x^2 / 3 + 2 * x / 3 + 0.3333333333333333')).toBe(true);
    // exp(x) - 1 loses digits where x is small; that much is rounding.
    const small = even.map((x) => x * 1e-5);
    const planck = objectiveOf('x / (exp(x) - 1)', small);
    expect(exact(planck, 'x / (exp(x) - 1)')).toBe(true);
    expect(exact(planck, '1 / ((exp(x) - 1) / x)')).toBe(true);
  });

  it('is false of a look-alike that is off by more than rounding, however little', () => {
    const small = even.map((x) => x * 4e-4);
    // 1 / sqrt(1 - x^2) = 1 + x^2 / 2 + 3 x^4 / 8 + ...: off by 1e-13.
    const objective = objectiveOf('1 / sqrt(1 - x^2)', small);
    expect(objective.lossOf(parse('1 + x^2 / 2'))).toBeLessThan(1e-24);
    expect(exact(objective, '1 + x^2 / 2')).toBe(false);
    expect(exact(objective, '(1 - x^2)^(-0.5)')).toBe(true);
  });

  it('is false of a look-alike that fails in the few rows that tell', () => {
    // tanh x = x / (1 + x^2 / 3) but for terms of x^5, which show in the last rows alone.
    const decades = Float64Array.from({ length: 60 }, (_, i) => 10 ** (-6.5 + (3.5 * i) / 59));
    const objective = objectiveOf('tanh(x)', decades);
    expect(exact(objective, 'x / (1 + x^2 / 3)')).toBe(false);
    expect(exact(objective, '(exp(2 * x) - 1) / (exp(2 * x) + 1)')).toBe(true);
  });

  it('is true where a few rows are off by what cancels in them', () => {
    const waves = even.map((x, i) => (i % 15 === 0 ? x * 1e-4 : x));
    expect(exact(objectiveOf('1 - cos(x)', waves), '2 * sin(x / 2)^2')).toBe(true);
  });

  it('is true of a law that gives the very digits that rounding has spoilt', () => {
    const tiny = even.map((x) => x * 1e-12);
    const planck = objectiveOf('x^3 / (exp(x) - 1)', tiny);
    expect(exact(planck, 'x^3 / (exp(x) - 1)')).toBe(true);
    expect(exact(planck, 'x^2')).toBe(false);
  });

  it('is false where only the largest rows agree', () => {
    const decades = Float64Array.from({ length: 60 }, (_, i) => 10 ** (i / 5));
    const objective = objectiveOf('x^2 + 3 * x', decades);
    expect(exact(objective, 'x^2 + 3 * x + 1e-3')).toBe(false);
    expect(exact(objective, 'x * (x + 3)')).toBe(true);
  });
});

describe('noise that grows with the target over many decades', () => {
  it('is found out, with the law of the tail', async () => {
    const x = Array.from({ length: 80 }, (_, i) => 0.2 * 300 ** (i / 79));
    // Equal errors would see the first few rows alone: the target falls by a hundred decades.
    const y = x.map((value, i) => ((5 * value ** 3) / Math.expm1(4 * value)) * (1 + 0.05 * Math.sin(12.9 * i * i)));
    const model = await fit(Table.from({ x, y }), {
      target: 'y',
      threads: 1,
      seed: 1,
      phases: ['monomials', 'enumerate', 'products', 'families'],
    });
    expect(model.notes.join()).toContain('noise: relative');
    for (const at of [0.3, 3, 30]) {
      const predicted = evaluate(parse(model.best.expression), { x: at });
      expect(predicted / ((5 * at ** 3) / Math.expm1(4 * at))).toBeCloseTo(1, 1);
    }
  }, 120_000);
});
