import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { DataError, RandomStream, ShapeError } from '../../../src/core/index.ts';
import { compile, createWasmEvaluator, gaussianLikelihood } from '../../../src/evaluation/index.ts';
import { parse } from '../../../src/expressions/index.ts';
import { expectLikelihoodLaws } from './laws.ts';

function sample(seed: number, rows: number) {
  const random = new RandomStream(seed);
  const column = (draw: () => number) => Float64Array.from({ length: rows }, draw);
  return {
    target: column(() => 3 * random.normal()),
    sigma: column(() => 0.1 + random.uniform()),
    predictions: column(() => 3 * random.normal()),
  };
}

describe('gaussianLikelihood', () => {
  it('has the gradient of its value and a positive matrix', () => {
    fc.assert(
      fc.property(fc.nat(10_000), fc.integer({ min: 1, max: 40 }), (seed, rows) => {
        const { target, sigma, predictions } = sample(seed, rows);
        expectLikelihoodLaws({ likelihood: gaussianLikelihood({ target, sigma }), predictions, seed });
      }),
    );
  });

  it('agrees with the chi2 loss of the kernel', () => {
    const { target, sigma, predictions: x } = sample(7, 1001);
    const program = compile(parse('1.5 * x + 0.3 * sin(2 * x)'), new Map([['x', 0]]));
    const evaluator = createWasmEvaluator();
    evaluator.setData({ columns: [x], target, weights: sigma.map((s) => 1 / (s * s)) });
    const likelihood = gaussianLikelihood({ target, sigma });
    const equations = () => ({ hessian: new Float64Array(9), gradient: new Float64Array(3) });
    const [expected, actual] = [equations(), equations()];
    for (const rows of [1001, 200]) {
      const chi2 = evaluator.normalEquations(program, program.constants, { name: 'chi2' }, expected, rows);
      const { values, jacobian } = evaluator.jacobian(program, rows);
      expect(likelihood.normalEquations(values, jacobian, 3, actual, rows) / chi2).toBeCloseTo(1, 12);
      actual.hessian.forEach((value, i) => {
        expect(value / expected.hessian[i]).toBeCloseTo(1, 10);
      });
      actual.gradient.forEach((value, i) => {
        expect(value / expected.gradient[i]).toBeCloseTo(1, 10);
      });
    }
  });

  it('refuses bad columns', () => {
    const two = Float64Array.of(1, 2);
    expect(() => gaussianLikelihood({ target: two, sigma: Float64Array.of(1) })).toThrow(ShapeError);
    expect(() => gaussianLikelihood({ target: two, sigma: Float64Array.of(1, 0) })).toThrow(DataError);
    expect(() => gaussianLikelihood({ target: Float64Array.of(1, Number.NaN), sigma: two })).toThrow(/row 2/);
    expect(() => gaussianLikelihood({ target: new Float64Array(0), sigma: new Float64Array(0) })).toThrow(DataError);
    expect(() => gaussianLikelihood({ target: two, sigma: two }).value(Float64Array.of(1))).toThrow(ShapeError);
    expect(gaussianLikelihood({ target: two, sigma: two }).value(Float64Array.of(1, Number.NaN))).toBeNaN();
  });
});
