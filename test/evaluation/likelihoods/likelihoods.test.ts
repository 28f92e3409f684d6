import fc from 'fast-check';
import { describe, expect, it, test } from 'vitest';
import { DataError, OptionError, RandomStream, ShapeError } from '../../../src/core/index.ts';
import {
  asymmetricLikelihood,
  binNodes,
  correlatedLikelihood,
  formulaLikelihood,
  gaussianLikelihood,
  LIKELIHOODS,
  type Likelihood,
  type LikelihoodName,
  poissonLikelihood,
} from '../../../src/evaluation/index.ts';
import { LIKELIHOOD_FIXTURE as FIXTURE } from './fixture.ts';
import { expectLikelihoodLaws } from './laws.ts';

const TOLERANCE = 1e-12;

type Draw = (draw: () => number) => Float64Array;

/** For every likelihood one on random data, and predictions at which it is smooth. */
const SAMPLES: Record<LikelihoodName, (random: RandomStream, column: Draw) => [Likelihood, Float64Array]> = {
  gaussian: (random, column) => [
    gaussianLikelihood({ target: column(() => random.normal()), sigma: column(() => 0.2 + random.uniform()) }),
    column(() => 2 * random.normal()),
  ],
  asymmetric: (random, column) => {
    const target = column(() => random.normal());
    const sigmaUp = column(() => 0.2 + random.uniform());
    const sigmaDown = column(() => 0.2 + random.uniform());
    const likelihood = asymmetricLikelihood({ target, sigmaUp, sigmaDown });
    return [likelihood, target.map((t) => t + (random.uniform() < 0.5 ? -1 : 1) * (0.1 + random.uniform()))];
  },
  correlated: (random, column) => {
    const target = column(() => random.normal());
    const n = target.length;
    const b = Float64Array.from({ length: n * n }, () => random.normal());
    const covariance = new Float64Array(n * n);
    for (let i = 0; i < n; i++) {
      for (let j = 0; j < n; j++) {
        for (let k = 0; k < n; k++) covariance[i * n + j] += b[i * n + k] * b[j * n + k];
      }
      covariance[i * n + i] += 1;
    }
    return [correlatedLikelihood({ target, covariance }), column(() => random.normal())];
  },
  poisson: (random, column) => {
    const counts = column(() => random.integer(5));
    const edges = Float64Array.from({ length: counts.length + 1 }, (_, i) => i + 0.5 * random.uniform());
    const { weights } = binNodes(edges.subarray(0, -1), edges.subarray(1), 3);
    const likelihood = poissonLikelihood({ counts, nodesPerBin: 3, nodeWeights: weights });
    return [likelihood, weights.map(() => 1 + 2 * random.uniform())];
  },
  formula: (random, column) => {
    const target = column(() => random.normal());
    const weights = column(() => random.uniform() + 0.1);
    const likelihood = formulaLikelihood('log(cosh(prediction - target))', { target, weights });
    return [likelihood, column(() => random.normal())];
  },
};

describe.each(Object.entries(SAMPLES))('the %s likelihood', (name, sample) => {
  it('has the gradient of its value and a positive matrix', () => {
    fc.assert(
      fc.property(fc.nat(10_000), fc.integer({ min: 1, max: 20 }), (seed, rows) => {
        const random = new RandomStream(seed);
        const [likelihood, predictions] = sample(random, (draw) => Float64Array.from({ length: rows }, draw));
        expectLikelihoodLaws({ likelihood, predictions, seed });
      }),
      { numRuns: 50 },
    );
  });

  it('has a value of its first rows exactly when it is separable', () => {
    const random = new RandomStream(3);
    const [likelihood, predictions] = sample(random, (draw) => Float64Array.from({ length: 9 }, draw));
    const jacobian = Float64Array.from({ length: 8 }, () => random.normal());
    const out = { hessian: new Float64Array(4), gradient: new Float64Array(2) };
    if (likelihood.separable) {
      const value = likelihood.value(predictions, 4);
      expect(likelihood.normalEquations(predictions.slice(0, 4), jacobian, 2, out, 4)).toBeCloseTo(value, 12);
      expect(likelihood.value(predictions.slice(0, 4), 4)).toBe(value);
      const sign = likelihood.scale === '-2logL' ? likelihood.value(predictions) - value : 1;
      expect(sign).toBeGreaterThan(0);
    } else {
      expect(() => likelihood.value(predictions, 4)).toThrow(ShapeError);
      expect(() => likelihood.normalEquations(predictions, jacobian, 2, out, 4)).toThrow(ShapeError);
    }
    expect(() => likelihood.value(predictions, likelihood.rows + 1)).toThrow(ShapeError);
    expect(() => likelihood.value(predictions.slice(1))).toThrow(ShapeError);
  });

  it('is NaN where a prediction or a derivative is', () => {
    const random = new RandomStream(4);
    const [likelihood, predictions] = sample(random, (draw) => Float64Array.from({ length: 5 }, draw));
    const jacobian = new Float64Array(likelihood.rows).fill(1);
    const out = { hessian: new Float64Array(1), gradient: new Float64Array(1) };
    expect(likelihood.normalEquations(predictions, jacobian, 1, out)).not.toBeNaN();
    jacobian[2] = Number.POSITIVE_INFINITY;
    expect(likelihood.normalEquations(predictions, jacobian, 1, out)).toBeNaN();
    predictions[1] = Number.NaN;
    expect(likelihood.value(predictions)).toBeNaN();
    expect(likelihood.normalEquations(predictions, new Float64Array(likelihood.rows), 1, out)).toBeNaN();
  });

  it('gives its name and one expectation for every observation', () => {
    const random = new RandomStream(5);
    const [likelihood, predictions] = sample(random, (draw) => Float64Array.from({ length: 6 }, draw));
    expect(likelihood.name).toBe(name);
    expect(likelihood.observations).toBe(6);
    expect(likelihood.expectations(predictions).length).toBe(6);
    expect(likelihood.rows).toBe(predictions.length);
    expect(name in LIKELIHOODS).toBe(true);
  });
});

test('every likelihood has a sample', () => {
  expect(Object.keys(SAMPLES).sort()).toEqual(Object.keys(LIKELIHOODS).sort());
});

describe('values agree with scipy', () => {
  const { prediction, target, up, down, covariance, counts, mu } = FIXTURE;

  it.each<[string, Likelihood, Float64Array, number]>([
    ['gaussian', gaussianLikelihood({ target, sigma: up }), prediction, FIXTURE.gaussian],
    ['asymmetric', asymmetricLikelihood({ target, sigmaUp: up, sigmaDown: down }), prediction, FIXTURE.asymmetric],
    ['correlated', correlatedLikelihood({ target, covariance }), prediction, FIXTURE.correlated],
    ['poisson', poissonLikelihood({ counts }), mu, FIXTURE.poisson],
  ])('%s', (_, likelihood, predictions, expected) => {
    expect(Math.abs(likelihood.value(predictions) / expected - 1)).toBeLessThan(TOLERANCE);
  });

  it('contents of bins', () => {
    const { edges, contents } = FIXTURE;
    const { nodes, weights } = binNodes(edges.subarray(0, -1), edges.subarray(1), 8);
    const density = nodes.map((x) => 30 * Math.exp(-0.8 * x) + 2 * Math.sin(x) ** 2);
    const likelihood = poissonLikelihood({ counts: contents, nodesPerBin: 8, nodeWeights: weights });
    likelihood.expectations(density).forEach((content, bin) => {
      expect(Math.abs(content / contents[bin] - 1)).toBeLessThan(1e-11);
    });
    // Expectations equal to the counts are the saturated model.
    expect(likelihood.value(density)).toBeLessThan(1e-18);
    expect(likelihood.value(density)).toBeGreaterThanOrEqual(0);
  });
});

describe('correlatedLikelihood', () => {
  it('is the Gaussian one for a diagonal matrix', () => {
    const { prediction, target, up } = FIXTURE;
    const n = target.length;
    const covariance = new Float64Array(n * n);
    for (let i = 0; i < n; i++) covariance[i * n + i] = up[i] ** 2;
    const value = correlatedLikelihood({ target, covariance }).value(prediction);
    expect(Math.abs(value / FIXTURE.gaussian - 1)).toBeLessThan(TOLERANCE);
  });

  it.each<[string, number[], string]>([
    ['singular', [1, 1, 1, 1], 'singular-covariance'],
    ['negative', [1, 0, 0, -1], 'singular-covariance'],
    ['indefinite', [1, 2, 2, 1], 'singular-covariance'],
    ['not symmetric', [1, 0.5, 0.4, 1], 'asymmetric-covariance'],
    ['not finite', [1, Number.NaN, 0, 1], 'invalid-value'],
  ])('refuses a matrix that is %s', (_, covariance, code) => {
    const make = () =>
      correlatedLikelihood({ target: Float64Array.of(1, 2), covariance: Float64Array.from(covariance) });
    expect(make).toThrow(DataError);
    expect(make).toThrow(expect.objectContaining({ code }));
  });

  it('refuses a matrix of another size', () => {
    const make = () => correlatedLikelihood({ target: Float64Array.of(1, 2), covariance: Float64Array.of(1) });
    expect(make).toThrow(ShapeError);
  });
});

describe('poissonLikelihood', () => {
  const counts = Float64Array.of(0, 3);

  it('allows an empty bin of content 0 and nothing else without content', () => {
    const likelihood = poissonLikelihood({ counts });
    const out = { hessian: new Float64Array(1), gradient: new Float64Array(1) };
    expect(likelihood.value(Float64Array.of(0, 3))).toBe(0);
    expect(likelihood.normalEquations(Float64Array.of(0, 3), Float64Array.of(1, 1), 1, out)).toBe(0);
    expect(out.gradient[0]).toBe(2);
    expect(likelihood.value(Float64Array.of(1, 0))).toBeNaN();
    expect(likelihood.value(Float64Array.of(-1e-9, 3))).toBeNaN();
  });

  it('is smooth where a content passes the count', () => {
    const likelihood = poissonLikelihood({ counts: Float64Array.of(50) });
    for (const d of [1e-9, 1e-6, 1e-3, 0.0099, 0.0101, -0.0099, -0.0101]) {
      const mu = 50 * (1 + d);
      const exact = 100 * (d - Math.log1p(d));
      expect(Math.abs(likelihood.value(Float64Array.of(mu)) / exact - 1)).toBeLessThan(
        Math.abs(d) < 1e-4 ? 1e-2 : 1e-9,
      );
    }
  });

  it('refuses bad histograms', () => {
    expect(() => poissonLikelihood({ counts: Float64Array.of(-1) })).toThrow(DataError);
    expect(() => poissonLikelihood({ counts, nodesPerBin: 0 })).toThrow(OptionError);
    expect(() => poissonLikelihood({ counts, nodesPerBin: 2, nodeWeights: Float64Array.of(1) })).toThrow(ShapeError);
    expect(() => binNodes(Float64Array.of(0, 1), Float64Array.of(1, 1), 3)).toThrow(/bin 2/);
    expect(() => binNodes(Float64Array.of(0, 1), Float64Array.of(1), 3)).toThrow(ShapeError);
  });
});
