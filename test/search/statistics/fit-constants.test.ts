import { describe, expect, it } from 'vitest';
import { RandomStream } from '../../../src/core/index.ts';
import {
  backends,
  compile,
  createWasmEvaluator,
  formulaLikelihood,
  gaussianLikelihood,
} from '../../../src/evaluation/index.ts';
import { parse } from '../../../src/expressions/index.ts';
import { type FitConstantsOptions, fitConstants } from '../../../src/search/statistics/index.ts';

const random = new RandomStream(11);
const x = Float64Array.from({ length: 40 }, () => 0.1 + 4 * random.uniform());
const target = x.map((value) => 2 * Math.sin(6 * value) + 0.1 * random.normal());
const likelihood = gaussianLikelihood({ target, sigma: x.map(() => 0.1) });
/** 2 sin(6 x) has a minimum of chi2 every half unit of the frequency. */
const program = compile(parse('1 * sin(1 * x)'), new Map([['x', 0]]));

function run(options: FitConstantsOptions, start = program.constants) {
  const evaluator = createWasmEvaluator();
  evaluator.setData({ columns: [x] });
  return fitConstants(likelihood, evaluator, program, start, options);
}

const box = { lower: Float64Array.of(-5, 0.1), upper: Float64Array.of(5, 12) };

describe('fitConstants', () => {
  it('needs restarts to leave a local minimum, and finds the lowest one with them', () => {
    expect(run(box).value).toBeGreaterThan(1000);
    const found = run({ ...box, restarts: 30 });
    expect(found.value).toBeLessThan(80);
    expect(Math.abs(found.values[1] - 6)).toBeLessThan(0.05);
  });

  it('spares restarts when told that it is enough, and asks with the number of agreeing starts', () => {
    const all = run({ ...box, restarts: 100 });
    const asked: number[] = [];
    const enough = (value: number, hits: number) => {
      asked.push(hits);
      return value < 80 && hits >= 3;
    };
    const some = run({ ...box, restarts: 100, enough });
    expect(Math.abs(some.value - all.value)).toBeLessThan(1e-8 * all.value);
    expect(some.evaluations).toBeLessThan(all.evaluations);
    expect(asked.at(-1)).toBe(3);
  });

  it.each(['levenberg-marquardt', 'bfgs', 'nelder-mead'] as const)(
    'reaches a stationary point with %s',
    (optimiser) => {
      const { values, gradient, hessian, value } = run({ optimiser }, Float64Array.of(1.5, 5.9));
      const reference = run({}, Float64Array.of(1.5, 5.9));
      expect(Math.abs(value - reference.value)).toBeLessThan(1e-6);
      values.forEach((theta, i) => {
        expect(Math.abs(theta - reference.values[i])).toBeLessThan(1e-5);
        // The gradient in units of the curvature is the distance to the minimum.
        expect(Math.abs(gradient[i]) / Math.sqrt(hessian[3 * i])).toBeLessThan(1e-2);
      });
    },
  );

  it('projects a start into the box, and leaves its arguments alone', () => {
    const start = Float64Array.of(9, 5.9);
    const { values } = run({ lower: Float64Array.of(0, 0), upper: Float64Array.of(1.5, 12) }, start);
    expect(values[0]).toBe(1.5);
    expect([...start]).toEqual([9, 5.9]);
    expect([...program.constants]).toEqual([1, 1]);
  });

  it('gives NaN where nothing is defined, and the value where nothing is free', () => {
    const evaluator = createWasmEvaluator();
    evaluator.setData({ columns: [x] });
    const nowhere = compile(parse('log(-1 * x)'), new Map([['x', 0]]));
    expect(fitConstants(likelihood, evaluator, nowhere, Float64Array.of(-0), { restarts: 0 }).value).toBeNaN();
    const bare = compile(parse('sin(x)'), new Map([['x', 0]]));
    const { value, values } = fitConstants(likelihood, evaluator, bare, new Float64Array(0), { restarts: 5 });
    expect(value).toBe(likelihood.value(x.map(Math.sin)));
    expect(values.length).toBe(0);
  });

  it.each(Object.keys(backends).filter((name) => name !== 'wasm-f32'))('runs on the %s back-end', (name) => {
    const evaluator = backends[name]();
    evaluator.setData({ columns: [x] });
    const start = Float64Array.of(1.5, 5.9);
    const expected = run({}, start);
    const found = fitConstants(likelihood, evaluator, program, start);
    expect(Math.abs(found.value - expected.value)).toBeLessThan(1e-9 * expected.value);
  });

  it('takes a loss written as a formula', () => {
    const evaluator = createWasmEvaluator();
    evaluator.setData({ columns: [x] });
    const outliers = target.map((value, i) => (i % 9 === 0 ? value + 50 : value));
    const robust = formulaLikelihood('log(cosh(10 * (prediction - target)))', { target: outliers });
    const { values } = fitConstants(robust, evaluator, program, Float64Array.of(1.5, 5.9));
    expect(Math.abs(values[0] - 2)).toBeLessThan(0.2);
    expect(Math.abs(values[1] - 6)).toBeLessThan(0.05);
  });
});
