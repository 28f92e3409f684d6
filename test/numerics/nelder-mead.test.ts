import { describe, expect, it } from 'vitest';
import { NelderMead } from '../../src/numerics/index.ts';
import { DESCENT_PROBLEMS } from './descent-problems.ts';

const OPTIONS = { maxIterations: 5000, tolerance: 1e-14 };
const AT_MINIMUM = 1e-4;

function run(value: (x: Float64Array) => number, start: readonly number[], options = {}) {
  const theta = Float64Array.from(start);
  const optimiser = new NelderMead(theta.length);
  const reached = optimiser.minimise({ value }, theta, theta.length, { ...OPTIONS, ...options });
  return { theta, reached, evaluations: optimiser.evaluations };
}

describe('NelderMead', () => {
  it.each(DESCENT_PROBLEMS)('finds the minimum of $name', ({ value, start, minimum, lowest }) => {
    const { theta, reached } = run(value, start);
    minimum.forEach((x, i) => {
      expect(Math.abs(theta[i] - x)).toBeLessThan(AT_MINIMUM);
    });
    expect(Math.abs(reached - lowest)).toBeLessThan(1e-8);
  });

  it('is deterministic, and takes a kink', () => {
    const kink = ([x, y]: Float64Array) => Math.abs(x - 1) + 2 * Math.abs(y + x);
    const first = run(kink, [3, 3]);
    expect(first).toEqual(run(kink, [3, 3]));
    expect(Math.abs(first.theta[0] - 1)).toBeLessThan(AT_MINIMUM);
    expect(Math.abs(first.theta[1] + 1)).toBeLessThan(AT_MINIMUM);
  });

  it('keeps to a box, from its corner too', () => {
    const { value } = DESCENT_PROBLEMS[0];
    const box = { lower: Float64Array.of(-2, -2), upper: Float64Array.of(0.5, 2) };
    for (const start of [
      [-1.2, 1],
      [0.5, 2],
      [9, -9],
    ]) {
      const { theta } = run(value, start, box);
      expect(Math.abs(theta[0] - 0.5)).toBeLessThan(AT_MINIMUM);
      expect(Math.abs(theta[1] - 0.25)).toBeLessThan(AT_MINIMUM);
    }
  });

  it('reports a function without any value, and keeps to its iterations', () => {
    expect(run(() => Number.NaN, [1, 2]).reached).toBeNaN();
    const few = run(DESCENT_PROBLEMS[1].value, DESCENT_PROBLEMS[1].start, { maxIterations: 10 });
    expect(few.evaluations).toBeLessThan(80);
    expect(few.reached).toBeGreaterThan(0.1);
  });
});
