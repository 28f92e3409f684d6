import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { RandomStream } from '../../src/core/index.ts';
import { choleskySolve, LevenbergMarquardt, leastSquares, Role } from '../../src/numerics/index.ts';

const vector = (n: number, f: (i: number) => number): Float64Array => Float64Array.from({ length: n }, (_, i) => f(i));

describe('leastSquares', () => {
  it('recovers coefficients of a well-posed system', () => {
    fc.assert(
      fc.property(fc.nat(1000), fc.integer({ min: 1, max: 5 }), (seed, k) => {
        const random = new RandomStream(seed);
        const columns = Array.from({ length: k }, () => vector(30, () => random.normal()));
        const truth = columns.map(() => random.normal());
        const target = vector(30, (i) => columns.reduce((sum, column, j) => sum + truth[j] * column[i], 0));
        leastSquares(columns, target).forEach((value, j) => {
          expect(value).toBeCloseTo(truth[j], 9);
        });
      }),
    );
  });

  it('leaves a residual orthogonal to the columns, a Hilbert-like matrix included', () => {
    const columns = Array.from({ length: 6 }, (_, j) => vector(20, (i) => (i / 20) ** j));
    const target = vector(20, (i) => Math.exp(i / 20));
    const solution = leastSquares(columns, target);
    const residual = target.map((y, i) => y - columns.reduce((sum, column, j) => sum + solution[j] * column[i], 0));
    for (const column of columns) {
      expect(Math.abs(column.reduce((sum, value, i) => sum + value * residual[i], 0))).toBeLessThan(1e-12);
    }
  });

  it('gives a repeated column no coefficient', () => {
    const x = vector(10, (i) => i);
    const solution = leastSquares([x, x], x);
    expect(solution[0]).toBeCloseTo(1, 12);
    expect(solution[1]).toBe(0);
  });
});

describe('choleskySolve', () => {
  it('solves A x = b', () => {
    fc.assert(
      fc.property(fc.nat(1000), fc.integer({ min: 1, max: 6 }), (seed, n) => {
        const random = new RandomStream(seed);
        const factor = vector(n * n, () => random.normal());
        const matrix = new Float64Array(n * n);
        for (let i = 0; i < n; i++) {
          for (let j = 0; j < n; j++) {
            for (let k = 0; k < n; k++) matrix[i * n + j] += factor[i * n + k] * factor[j * n + k];
            if (i === j) matrix[i * n + j] += 1;
          }
        }
        const truth = vector(n, () => random.normal());
        const rhs = vector(n, (i) => truth.reduce((sum, x, j) => sum + matrix[i * n + j] * x, 0));
        expect(choleskySolve(Float64Array.from(matrix), rhs, n)).toBe(true);
        rhs.forEach((value, i) => {
          expect(value).toBeCloseTo(truth[i], 7);
        });
      }),
    );
  });

  it('leaves a null direction at zero and refuses NaN', () => {
    const rhs = Float64Array.of(2, 2);
    expect(choleskySolve(Float64Array.of(1, 1, 1, 1), rhs, 2)).toBe(true);
    expect([...rhs]).toEqual([2, 0]);
    expect(choleskySolve(Float64Array.of(NaN), Float64Array.of(1), 1)).toBe(false);
  });
});

/** Normal equations of a model given with its Jacobian. */
function problem(
  xs: Float64Array,
  ys: Float64Array,
  model: (x: number, theta: Float64Array) => number,
  gradient: (x: number, theta: Float64Array) => number[],
) {
  return {
    normalEquations(theta: Float64Array, hessian: Float64Array, out: Float64Array): number {
      const n = theta.length;
      hessian.fill(0, 0, n * n);
      out.fill(0, 0, n);
      let loss = 0;
      xs.forEach((x, i) => {
        const r = model(x, theta) - ys[i];
        const g = gradient(x, theta);
        loss += r * r;
        for (let a = 0; a < n; a++) {
          out[a] += r * g[a];
          for (let b = 0; b < n; b++) hessian[a * n + b] += g[a] * g[b];
        }
      });
      return loss;
    },
  };
}

describe('LevenbergMarquardt', () => {
  const options = { maxIterations: 200, tolerance: 1e-15, floor: 0 };

  it('solves a linear model in one step', () => {
    const xs = vector(12, (i) => i / 3);
    const ys = xs.map((x) => 3 - 2 * x);
    const line = problem(
      xs,
      ys,
      (x, t) => t[0] + t[1] * x,
      (x) => [1, x],
    );
    const optimiser = new LevenbergMarquardt(4);
    const theta = Float64Array.of(40, 7);
    const loss = optimiser.minimise(line, theta, 2, Uint8Array.of(Role.linear, Role.linear), {
      ...options,
      maxIterations: 1,
    });
    expect(optimiser.evaluations).toBe(2);
    expect(loss).toBeLessThan(1e-18);
    expect(theta[0]).toBeCloseTo(3, 9);
  });

  // NIST Statistical Reference Datasets, nonlinear regression, Misra1a: b1 (1 - exp(-b2 x)), start 1.
  it('certifies NIST Misra1a', () => {
    const xs = Float64Array.of(
      77.6,
      114.9,
      141.1,
      190.8,
      239.9,
      289,
      332.8,
      378.4,
      434.8,
      477.3,
      536.8,
      593.1,
      689.1,
      760,
    );
    const ys = Float64Array.of(
      10.07,
      14.73,
      17.94,
      23.93,
      29.61,
      35.18,
      40.02,
      44.82,
      50.76,
      55.05,
      61.01,
      66.4,
      75.47,
      81.78,
    );
    const misra = problem(
      xs,
      ys,
      (x, [b1, b2]) => b1 * (1 - Math.exp(-b2 * x)),
      (x, [b1, b2]) => [1 - Math.exp(-b2 * x), b1 * x * Math.exp(-b2 * x)],
    );
    const theta = Float64Array.of(500, 0.0001);
    const loss = new LevenbergMarquardt(2).minimise(misra, theta, 2, Uint8Array.of(Role.linear, Role.free), options);
    expect(theta[0]).toBeCloseTo(238.94212918, 4);
    expect(theta[1]).toBeCloseTo(5.5015643181e-4, 10);
    expect(loss).toBeCloseTo(1.2455138894e-1, 9);
  });

  it('leaves fixed parameters alone and reports a model that is not finite', () => {
    const xs = vector(8, (i) => i + 1);
    const ys = xs.map((x) => 2 * x ** 1.5);
    const power = problem(
      xs,
      ys,
      (x, t) => t[0] * x ** t[1],
      (x, t) => [x ** t[1], t[0] * x ** t[1] * Math.log(x)],
    );
    const theta = Float64Array.of(1, 1.4);
    new LevenbergMarquardt(2).minimise(power, theta, 2, Uint8Array.of(Role.linear, Role.fixed), options);
    expect(theta[1]).toBe(1.4);
    expect(new LevenbergMarquardt(2).minimise(power, Float64Array.of(NaN, 1), 2, new Uint8Array(2), options)).toBeNaN();
  });

  it('keeps to a box: the minimum on its face, and nothing changed where the box is wide', () => {
    const xs = vector(10, (i) => i / 3);
    const ys = xs.map((x) => 2 * Math.exp(-0.5 * x) + 0.1 * Math.sin(9 * x));
    const decay = problem(
      xs,
      ys,
      (x, t) => t[0] * Math.exp(-t[1] * x),
      (x, t) => [Math.exp(-t[1] * x), -t[0] * x * Math.exp(-t[1] * x)],
    );
    const run = (lower: number[], upper: number[]) => {
      const theta = Float64Array.of(1, 0.7);
      const box = { lower: Float64Array.from(lower), upper: Float64Array.from(upper) };
      new LevenbergMarquardt(2).minimise(decay, theta, 2, new Uint8Array(2), { ...options, ...box });
      return theta;
    };
    const wide = run([-9, -9], [9, 9]);
    const held = run([-9, 0.6], [9, 9]);
    expect(wide[1]).toBeLessThan(0.6);
    expect(held[1]).toBe(0.6);
    // With the decay held the amplitude is linear: its least-squares value is a ratio of sums.
    const wave = xs.map((x) => Math.exp(-0.6 * x));
    const best = wave.reduce((s, w, i) => s + w * ys[i], 0) / wave.reduce((s, w) => s + w * w, 0);
    expect(held[0]).toBeCloseTo(best, 10);
    expect([...run([-9, 0.6], [wide[0] - 0.3, 9])]).toEqual([wide[0] - 0.3, 0.6]);
  });

  it('goes on below zero', () => {
    // f = (t - 3)^2 / 2 - 7 as a multiple of normal equations whose value is negative at the minimum.
    const shifted = {
      normalEquations(theta: Float64Array, hessian: Float64Array, gradient: Float64Array): number {
        hessian[0] = 2;
        gradient[0] = theta[0] - 3;
        return (theta[0] - 3) ** 2 / 2 - 7;
      },
    };
    const theta = Float64Array.of(9);
    const descent = { ...options, floor: Number.NEGATIVE_INFINITY };
    expect(new LevenbergMarquardt(1).minimise(shifted, theta, 1, new Uint8Array(1), descent)).toBeCloseTo(-7, 12);
  });
});
