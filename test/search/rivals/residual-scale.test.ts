import { describe, expect, it } from 'vitest';
import { RandomStream } from '../../../src/core/index.ts';
import { createWasmEvaluator } from '../../../src/evaluation/index.ts';
import { parse } from '../../../src/expressions/index.ts';
import { Objective } from '../../../src/search/objective.ts';
import { residualScale } from '../../../src/search/rivals/residual-scale.ts';

const rows = 4000;
const random = new RandomStream(5);
const x = Float64Array.from({ length: rows }, () => 1 + 4 * random.uniform());
const errors = x.map(() => random.normal());
/** Of an estimated standard deviation: 4000 rows give 1 in 90. */
const SAMPLING = 0.05;

function scaleOf(target: Float64Array, extra: object = {}, relative = false) {
  const problem = { inputs: ['x'], columns: [x], target, weights: undefined, loss: { name: 'L2' } as const, ...extra };
  const evaluator = createWasmEvaluator({ precision: 64 });
  evaluator.setData(problem);
  return residualScale(new Objective(problem, evaluator), parse('2 * x'), relative);
}

describe('the scale of a new measurement', () => {
  it('is the size of the residuals', () => {
    const { unit, exact, distance } = scaleOf(x.map((value, i) => 2 * value + 0.3 * errors[i]));
    expect({ unit, exact }).toEqual({ unit: 'sigma', exact: false });
    expect(Math.abs(distance(1, 1.3) - 1)).toBeLessThan(SAMPLING);
  });

  it('grows with the prediction where the noise does', () => {
    const { distance } = scaleOf(
      x.map((value, i) => 2 * value * (1 + 0.05 * errors[i])),
      {},
      true,
    );
    expect(Math.abs(distance(100, 105) - 1)).toBeLessThan(SAMPLING);
    expect(Math.abs(distance(1, 1.05) - 1)).toBeLessThan(SAMPLING);
  });

  it('is the median error where errors are given', () => {
    const weights = x.map((_, i) => (i % 3 === 0 ? 1 : 1 / 0.25 ** 2));
    const { unit, distance } = scaleOf(
      x.map((value) => 2 * value),
      { weights, loss: { name: 'chi2' } },
    );
    expect(unit).toBe('sigma');
    expect(distance(7, 7.25)).toBeCloseTo(1, 9);
  });

  it('is the size of the prediction where data are exact', () => {
    const { unit, exact, distance } = scaleOf(x.map((value) => 2 * value));
    expect({ unit, exact }).toEqual({ unit: 'relative', exact: true });
    expect(distance(3, 4)).toBeCloseTo(1 / 4, 12);
    expect(distance(-3, 3)).toBeCloseTo(2, 12);
    expect(distance(0, 0)).toBe(0);
  });
});
