import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { DataError, OptionError, ParseError, RandomStream } from '../../../src/core/index.ts';
import {
  createReferenceEvaluator,
  formulaLikelihood,
  gaussianLikelihood,
  type Likelihood,
} from '../../../src/evaluation/index.ts';
import { LevenbergMarquardt, Role } from '../../../src/numerics/index.ts';
import { LIKELIHOOD_FIXTURE as FIXTURE } from './fixture.ts';
import { expectLikelihoodLaws } from './laws.ts';

const TOLERANCE = 1e-12;
/** Rows at which a kink stops an iteratively reweighted fit. */
const AT_KINK = 1e-4;

const LOSSES = [
  'sqrt(1 + (prediction - target)^2) - 1',
  'log(cosh(prediction - target))',
  'abs(prediction - target)^1.5',
  'max(0.3 * (target - prediction), (0.3 - 1) * (target - prediction))',
  '(prediction - target)^4',
  '(prediction - 2 * target)^2',
  'weight * (exp(prediction - target) - (prediction - target))',
];

/** Fits a + b x. */
function fitLine(likelihood: Likelihood, x: Float64Array, start: [number, number]) {
  const jacobian = new Float64Array(2 * x.length);
  x.forEach((value, r) => {
    jacobian[r] = 1;
    jacobian[x.length + r] = value;
  });
  const theta = Float64Array.from(start);
  const problem = {
    normalEquations(q: Float64Array, hessian: Float64Array, gradient: Float64Array) {
      const predictions = x.map((value) => q[0] + q[1] * value);
      return likelihood.normalEquations(predictions, jacobian, 2, { hessian, gradient });
    },
  };
  const options = { maxIterations: 2000, tolerance: 1e-14, floor: Number.NEGATIVE_INFINITY };
  const optimiser = new LevenbergMarquardt(2);
  const value = optimiser.minimise(problem, theta, 2, Uint8Array.of(Role.free, Role.free), options);
  return { value, theta, evaluations: optimiser.evaluations };
}

describe('formulaLikelihood', () => {
  it.each(LOSSES)('%s has the gradient of its value and a positive matrix', (formula) => {
    fc.assert(
      fc.property(fc.nat(10_000), fc.integer({ min: 1, max: 20 }), (seed, rows) => {
        const random = new RandomStream(seed);
        const column = (draw: () => number) => Float64Array.from({ length: rows }, draw);
        const target = column(() => random.normal());
        const weights = column(() => 0.1 + random.uniform());
        const likelihood = formulaLikelihood(formula, { target, weights });
        const predictions = target.map((t) => t + (random.uniform() < 0.5 ? -1 : 1) * (0.1 + random.uniform()));
        expectLikelihoodLaws({ likelihood, predictions, seed });
      }),
      { numRuns: 25 },
    );
  });

  it('averages with the weights unless the formula names them', () => {
    const target = Float64Array.of(0, 0, 0);
    const weights = Float64Array.of(1, 2, 3);
    const at = Float64Array.of(1, 2, 3);
    const value = (formula: string) => formulaLikelihood(formula, { target, weights }).value(at);
    expect(value('(prediction - target)^2')).toBeCloseTo((1 + 8 + 27) / 6, 14);
    expect(value('weight * (prediction - target)^2')).toBeCloseTo((1 + 8 + 27) / 3, 14);
    expect(formulaLikelihood('prediction^2', { target }).value(at)).toBeCloseTo(14 / 3, 14);
    const columns = { error: Float64Array.of(1, 2, 3) };
    expect(formulaLikelihood('(prediction / error)^2', { target, columns }).value(at)).toBeCloseTo(1, 14);
  });

  it('is the Gaussian likelihood over the rows for the same formula', () => {
    const { prediction, target, up } = FIXTURE;
    const chi2 = gaussianLikelihood({ target, sigma: up });
    const loss = formulaLikelihood('((prediction - target) / sigma)^2', { target, columns: { sigma: up } });
    const jacobian = prediction.map((p) => Math.sin(p));
    const equations = () => ({ hessian: new Float64Array(1), gradient: new Float64Array(1) });
    const [expected, actual] = [equations(), equations()];
    const n = target.length;
    const value = chi2.normalEquations(prediction, jacobian, 1, expected);
    expect(Math.abs((n * loss.normalEquations(prediction, jacobian, 1, actual)) / value - 1)).toBeLessThan(TOLERANCE);
    expect(Math.abs((n * actual.gradient[0]) / expected.gradient[0] - 1)).toBeLessThan(TOLERANCE);
    expect(Math.abs((n * actual.hessian[0]) / expected.hessian[0] - 1)).toBeLessThan(TOLERANCE);
  });

  it.each(Object.entries(FIXTURE.lines))(
    'Gauss-Newton with %s ends at the minimum that scipy finds',
    (formula, line) => {
      const { x, y, count } = FIXTURE;
      const likelihood = formulaLikelihood(formula, { target: formula.includes('log(pred') ? count : y });
      for (const start of [
        [3, 0],
        [9, -1],
        [4, 2],
      ] as [number, number][]) {
        const { value, theta, evaluations } = fitLine(likelihood, x, start);
        const kink = formula.startsWith('max');
        expect(value).toBeLessThan(line.value + (kink ? AT_KINK : 1e-10) * Math.abs(line.value));
        if (kink) continue;
        theta.forEach((parameter, i) => {
          expect(Math.abs(parameter - line.parameters[i])).toBeLessThan(1e-4);
        });
        expect(evaluations).toBeLessThan(300);
      }
    },
  );

  it('runs on another back-end', () => {
    const data = { target: FIXTURE.target, evaluator: createReferenceEvaluator() };
    const one = formulaLikelihood('log(cosh(prediction - target))', data).value(FIXTURE.prediction);
    const other = formulaLikelihood('log(cosh(prediction - target))', { target: FIXTURE.target });
    expect(Math.abs(one / other.value(FIXTURE.prediction) - 1)).toBeLessThan(TOLERANCE);
  });

  it('is NaN outside of its domain, and takes a cusp at the target', () => {
    const target = Float64Array.of(0, 2);
    const poisson = formulaLikelihood('prediction - target * log(prediction)', { target });
    expect(poisson.value(Float64Array.of(-1, 1))).toBeNaN();
    const cusp = formulaLikelihood('sqrt(abs(prediction - target))', { target });
    const out = { hessian: new Float64Array(1), gradient: new Float64Array(1) };
    expect(cusp.normalEquations(Float64Array.of(1, 2), Float64Array.of(1, 1), 1, out)).toBe(0.5);
    expect(out.gradient[0]).toBe(0.25);
  });

  it.each<[string, typeof ParseError | typeof OptionError, RegExp]>([
    ['(predicton - target)^2', ParseError, /did you mean "prediction"/],
    ['weight * (prediction - target)^2', ParseError, /unknown variable "weight"/],
    ['(prediction - target', ParseError, /position/],
    ['target^2', OptionError, /does not depend on prediction/],
    ['', ParseError, /position/],
  ])('refuses %j', (formula, kind, message) => {
    const make = () => formulaLikelihood(formula, { target: Float64Array.of(1, 2) });
    expect(make).toThrow(kind);
    expect(make).toThrow(message);
  });

  it('refuses columns of reserved names, and weights that weigh nothing', () => {
    const target = Float64Array.of(1, 2);
    const reserved = () => formulaLikelihood('prediction^2', { target, columns: { target } });
    expect(reserved).toThrow(OptionError);
    expect(() => formulaLikelihood('prediction^2', { target, weights: new Float64Array(2) })).toThrow(DataError);
  });
});
