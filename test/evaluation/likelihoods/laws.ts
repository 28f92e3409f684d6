import { expect } from 'vitest';
import { RandomStream } from '../../../src/core/index.ts';
import type { Likelihood } from '../../../src/evaluation/index.ts';

/** Relative error that a central difference of a smooth value leaves. */
const DIFFERENCE_ERROR = 1e-5;
const ROUNDING = 1e-10;

/** A likelihood and where it is tried. */
export interface LawCase {
  readonly likelihood: Likelihood;
  /** A point where the value is smooth, shape [rows]. */
  readonly predictions: Float64Array;
  readonly seed: number;
}

/**
 * What every likelihood obeys at predictions p + J theta, which are linear in theta: the gradient is that of the
 * value, and the matrix is symmetric and positive semi-definite.
 */
export function expectLikelihoodLaws({ likelihood, predictions, seed }: LawCase): void {
  const random = new RandomStream(seed);
  const parameters = 3;
  const { rows } = likelihood;
  const size = predictions.reduce((most, value) => Math.max(most, Math.abs(value)), 0);
  const jacobian = Float64Array.from({ length: parameters * rows }, () => random.normal());
  const out = { hessian: new Float64Array(parameters ** 2), gradient: new Float64Array(parameters) };
  const value = likelihood.normalEquations(predictions, jacobian, parameters, out);
  expect(Math.abs(value - likelihood.value(predictions))).toBeLessThanOrEqual(ROUNDING * Math.abs(value));

  const step = 1e-6 * Math.max(size, 1e-3);
  const scale = Math.max(...out.gradient.map(Math.abs));
  for (let k = 0; k < parameters; k++) {
    const at = (t: number) => likelihood.value(predictions.map((p, r) => p + t * jacobian[k * rows + r]));
    const difference = (at(step) - at(-step)) / (2 * step);
    const rounding = (1e-15 * Math.abs(value)) / step;
    expect(Math.abs(difference - out.gradient[k])).toBeLessThanOrEqual(DIFFERENCE_ERROR * scale + 10 * rounding);
  }

  for (let i = 0; i < parameters; i++) {
    for (let j = 0; j < i; j++) expect(out.hessian[i * parameters + j]).toBe(out.hessian[j * parameters + i]);
  }
  const trace = out.hessian[0] + out.hessian[4] + out.hessian[8];
  for (let trial = 0; trial < 20; trial++) {
    const v = Float64Array.from({ length: parameters }, () => random.normal());
    let form = 0;
    for (let i = 0; i < parameters; i++) {
      for (let j = 0; j < parameters; j++) form += v[i] * out.hessian[i * parameters + j] * v[j];
    }
    expect(form).toBeGreaterThanOrEqual(-ROUNDING * trace);
  }
}
