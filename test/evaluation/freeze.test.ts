import { describe, expect, it } from 'vitest';
import { compile, createReferenceEvaluator, freeze } from '../../src/evaluation/index.ts';
import { parse } from '../../src/expressions/index.ts';

describe('freeze', () => {
  const program = compile(parse('1.5 * x^2 + 4 * cos(0.5 * x)'), new Map([['x', 0]]));
  const evaluator = createReferenceEvaluator();
  evaluator.setData({ columns: [Float64Array.of(-1, 0.5, 2)], target: Float64Array.of(1, 2, 3) });

  it('keeps the value and drops the columns', () => {
    const { program: frozen, position } = freeze(program, new Set([1]));
    expect(frozen.parameters).toBe(3);
    expect([...evaluator.values(frozen).values]).toEqual([...evaluator.values(program).values]);
    expect([...position]).toEqual([0, 3, 1, 2]);
    // With the exponent free, x = -1 makes the derivative in it a NaN.
    expect(evaluator.jacobian(program).jacobian.some(Number.isNaN)).toBe(true);
    expect(evaluator.jacobian(frozen).jacobian.some(Number.isNaN)).toBe(false);
  });
});
