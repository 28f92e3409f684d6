/** Functions with known minima, each with its gradient. */
export interface DescentProblem {
  readonly name: string;
  readonly start: readonly number[];
  readonly minimum: readonly number[];
  readonly lowest: number;
  readonly value: (x: Float64Array) => number;
  readonly gradient: (x: Float64Array, out: Float64Array) => void;
}

/** Rosenbrock's valley in n dimensions: sum 100 (x_{i+1} - x_i^2)^2 + (1 - x_i)^2. */
function rosenbrock(n: number): DescentProblem {
  return {
    name: `Rosenbrock ${n}`,
    start: Array.from({ length: n }, (_, i) => (i % 2 === 0 ? -1.2 : 1)),
    minimum: Array.from({ length: n }, () => 1),
    lowest: 0,
    value: (x) => {
      let sum = 0;
      for (let i = 0; i + 1 < n; i++) sum += 100 * (x[i + 1] - x[i] * x[i]) ** 2 + (1 - x[i]) ** 2;
      return sum;
    },
    gradient: (x, out) => {
      out.fill(0);
      for (let i = 0; i + 1 < n; i++) {
        const valley = x[i + 1] - x[i] * x[i];
        out[i] += -400 * x[i] * valley - 2 * (1 - x[i]);
        out[i + 1] += 200 * valley;
      }
    },
  };
}

export const DESCENT_PROBLEMS: readonly DescentProblem[] = [
  rosenbrock(2),
  rosenbrock(4),
  {
    name: 'Beale',
    start: [1, 1],
    minimum: [3, 0.5],
    lowest: 0,
    value: ([x, y]) => (1.5 - x + x * y) ** 2 + (2.25 - x + x * y * y) ** 2 + (2.625 - x + x * y * y * y) ** 2,
    gradient: ([x, y], out) => {
      const [a, b, c] = [1.5 - x + x * y, 2.25 - x + x * y * y, 2.625 - x + x * y ** 3];
      out[0] = 2 * (a * (y - 1) + b * (y * y - 1) + c * (y ** 3 - 1));
      out[1] = 2 * (a * x + b * 2 * x * y + c * 3 * x * y * y);
    },
  },
  {
    name: 'a quadratic of condition 1e6 with a lowest value below 0',
    start: [5, -3, 2],
    minimum: [1, 2, -0.5],
    lowest: -7,
    value: ([x, y, z]) => (x - 1) ** 2 + 1e3 * (y - 2) ** 2 + 1e6 * (z + 0.5) ** 2 - 7,
    gradient: ([x, y, z], out) => {
      out[0] = 2 * (x - 1);
      out[1] = 2e3 * (y - 2);
      out[2] = 2e6 * (z + 0.5);
    },
  },
  {
    name: 'x - log x, undefined for x <= 0',
    start: [0.01],
    minimum: [1],
    lowest: 1,
    value: ([x]) => x - Math.log(x),
    gradient: ([x], out) => {
      out[0] = 1 - 1 / x;
    },
  },
];
