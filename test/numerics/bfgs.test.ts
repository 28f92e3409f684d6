import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { RandomStream } from '../../src/core/index.ts';
import { Bfgs } from '../../src/numerics/index.ts';
import { DESCENT_PROBLEMS, type DescentProblem } from './descent-problems.ts';

const OPTIONS = { maxIterations: 500, tolerance: 1e-14 };
const AT_MINIMUM = 1e-5;

function run(problem: DescentProblem, box: { lower?: Float64Array; upper?: Float64Array } = {}) {
  const theta = Float64Array.from(problem.start);
  const optimiser = new Bfgs(theta.length);
  const target = {
    gradient(x: Float64Array, out: Float64Array): number {
      problem.gradient(x, out);
      return problem.value(x);
    },
  };
  const value = optimiser.minimise(target, theta, theta.length, { ...OPTIONS, ...box });
  return { theta, value, evaluations: optimiser.evaluations };
}

describe('Bfgs', () => {
  it.each(DESCENT_PROBLEMS)('finds the minimum of $name', (problem) => {
    const { theta, value, evaluations } = run(problem);
    problem.minimum.forEach((x, i) => {
      expect(Math.abs(theta[i] - x)).toBeLessThan(AT_MINIMUM);
    });
    expect(Math.abs(value - problem.lowest)).toBeLessThan(1e-9);
    expect(evaluations).toBeLessThan(200);
  });

  it('is deterministic', () => {
    expect(run(DESCENT_PROBLEMS[1])).toEqual(run(DESCENT_PROBLEMS[1]));
  });

  it('stops at a bound: of Rosenbrock with x <= 0.5 the minimum is (0.5, 0.25)', () => {
    const { theta, value } = run(DESCENT_PROBLEMS[0], { upper: Float64Array.of(0.5, 10) });
    expect(theta[0]).toBe(0.5);
    expect(Math.abs(theta[1] - 0.25)).toBeLessThan(AT_MINIMUM);
    expect(Math.abs(value - 0.25)).toBeLessThan(1e-9);
  });

  it('leaves a bound that it started at', () => {
    const problem = { ...DESCENT_PROBLEMS[0], start: [2, 0] };
    const { theta } = run(problem, { lower: Float64Array.of(-5, 0), upper: Float64Array.of(2, 9) });
    expect(Math.abs(theta[0] - 1)).toBeLessThan(AT_MINIMUM);
  });

  // Of a separable convex function the minimum in a box is the nearest point of the box, axis by axis.
  it('solves separable problems in a box exactly', () => {
    const coordinate = fc.double({ min: -3, max: 3, noNaN: true });
    fc.assert(
      fc.property(fc.array(coordinate, { minLength: 1, maxLength: 5 }), fc.nat(1000), (centre, seed) => {
        const random = new RandomStream(seed);
        const scale = centre.map(() => 10 ** (3 * random.uniform()));
        const value = (x: Float64Array) => centre.reduce((sum, c, i) => sum + scale[i] * (x[i] - c) ** 2, 1);
        const gradient = (x: Float64Array, out: Float64Array) => {
          centre.forEach((c, i) => {
            out[i] = 2 * scale[i] * (x[i] - c);
          });
        };
        const problem = { name: '', start: centre.map(() => 0.5), minimum: centre, lowest: 1, value, gradient };
        const box = { lower: Float64Array.from(centre, () => -1), upper: Float64Array.from(centre, () => 1) };
        const { theta } = run(problem, box);
        centre.forEach((c, i) => {
          expect(Math.abs(theta[i] - Math.min(1, Math.max(-1, c)))).toBeLessThan(AT_MINIMUM);
        });
      }),
    );
  });

  it('reports a start without a value, and passes on entries beyond the parameters', () => {
    const nowhere = { ...DESCENT_PROBLEMS[4], start: [-1] };
    expect(run(nowhere).value).toBeNaN();
    const theta = Float64Array.of(3, 42);
    const parabola = {
      gradient: (x: Float64Array, out: Float64Array) => {
        out[0] = 2 * x[0];
        return x[0] ** 2 + x[1];
      },
    };
    expect(new Bfgs(1).minimise(parabola, theta, 1, OPTIONS)).toBeCloseTo(42, 12);
    expect(theta[1]).toBe(42);
  });

  it('keeps to its iterations', () => {
    const theta = Float64Array.from(DESCENT_PROBLEMS[1].start);
    const optimiser = new Bfgs(4);
    const { value, gradient } = DESCENT_PROBLEMS[1];
    const target = {
      gradient: (x: Float64Array, out: Float64Array) => {
        gradient(x, out);
        return value(x);
      },
    };
    const reached = optimiser.minimise(target, theta, 4, { ...OPTIONS, maxIterations: 3 });
    expect(reached).toBe(value(theta));
    expect(reached).toBeGreaterThan(0.1);
    expect(reached).toBeLessThan(value(Float64Array.from(DESCENT_PROBLEMS[1].start)));
  });
});
