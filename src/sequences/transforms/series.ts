import { exponential, ordinary } from '../families/series.ts';
import type { Transform } from './transform.ts';

/** 1 / A, for u(first) = 1 or -1. */
function reciprocal(u: readonly bigint[], weights: typeof ordinary): bigint[] {
  const sign = u[0];
  const v = [sign];
  for (let n = 1; n < u.length; n++) {
    // Coefficient n of A V, V so far: what the next term must cancel.
    const product = weights.multiply(u.slice(0, n + 1), [...v, 0n]);
    v.push(-product[n] * sign);
  }
  return v;
}

function isUnit(value: bigint): boolean {
  return value === 1n || value === -1n;
}

/** The series is 1 / (sum v(n) x^n): INVERT and its signs. */
export const invert: Transform = {
  name: 'INVERT',
  text: 'sum(u(n)*x^n)*sum(v(n)*x^n) = 1',
  latex: '\\sum u_n x^n = 1 / \\sum v_n x^n',
  forward: ({ values, start }) => (isUnit(values[0]) ? { values: reciprocal(values, ordinary), start } : undefined),
  backward: (v, _, count) => reciprocal(v, ordinary).slice(0, count),
};

/** The exponential series is 1 / (sum v(n) x^n / n!). */
export const exponentialInvert: Transform = {
  name: 'exponential INVERT',
  text: 'sum(u(n)*x^n/n!)*sum(v(n)*x^n/n!) = 1',
  latex: '\\sum u_n x^n / n! = 1 / \\sum v_n x^n / n!',
  forward: ({ values, start }) => (isUnit(values[0]) ? { values: reciprocal(values, exponential), start } : undefined),
  backward: (v, _, count) => reciprocal(v, exponential).slice(0, count),
};

/** E = exp(V): v are the connected structures; E' = V' E. */
export const logarithm: Transform = {
  name: 'exponential',
  text: 'sum(u(n)*x^n/n!) = exp(sum(v(n)*x^n/n!, n >= 1))',
  latex: '\\sum u_n x^n / n! = \\exp \\sum_{n \\ge 1} v_n x^n / n!',
  forward({ values }) {
    if (values[0] !== 1n) return undefined;
    const v: bigint[] = [];
    for (let n = 1; n < values.length; n++) {
      let sum = values[n];
      let binomial = 1n;
      for (let k = 1; k < n; k++) {
        sum -= binomial * v[k - 1] * values[n - k];
        binomial = (binomial * BigInt(n - k)) / BigInt(k);
      }
      v.push(sum);
    }
    return { values: v, start: 1 };
  },
  backward(v, _, count) {
    const u = [1n];
    for (let n = 1; n <= v.length && n < count; n++) {
      let sum = 0n;
      let binomial = 1n;
      for (let k = 1; k <= n; k++) {
        sum += binomial * v[k - 1] * u[n - k];
        binomial = (binomial * BigInt(n - k)) / BigInt(k);
      }
      u.push(sum);
    }
    return u;
  },
};

/** x A(x) and x V(x) are inverse functions, u(first) = 1. */
export const reversion: Transform = {
  name: 'reversion',
  text: 'x*A(x) and x*V(x) are inverse functions, A = sum(u(n)*x^n)',
  latex: 'x A(x),\\ x V(x) \\text{ inverse functions},\\ A = \\sum u_n x^n',
  forward: ({ values }) => (values[0] === 1n ? { values: reverted(values), start: 0 } : undefined),
  backward: (v, _, count) => (v[0] === 1n ? reverted(v).slice(0, count) : undefined),
};

/** Lagrange: v(n) = [x^n] A^-(n+1) / (n + 1). */
function reverted(u: readonly bigint[]): bigint[] {
  const inverse = reciprocal(u, ordinary);
  const v: bigint[] = [];
  let power = inverse;
  for (let n = 0; n < u.length; n++) {
    v.push(power[n] / BigInt(n + 1));
    if (n + 1 < u.length) power = ordinary.multiply(power, inverse);
  }
  return v;
}

/** A = V^2, u(first) = 1. */
export const convolutionRoot: Transform = {
  name: 'self-convolution',
  text: 'u(n) = sum(v(k)*v(n-k), k = 0..n)',
  latex: 'u_n = \\sum_{k=0}^{n} v_k v_{n-k}',
  forward({ values, start }) {
    if (values[0] !== 1n) return undefined;
    const v = [1n];
    for (let n = 1; n < values.length; n++) {
      let sum = values[n];
      for (let k = 1; k < n; k++) sum -= v[k] * v[n - k];
      if (sum % 2n !== 0n) return undefined;
      v.push(sum / 2n);
    }
    return { values: v, start };
  },
  backward: (v, _, count) => ordinary.multiply(v, v).slice(0, count),
};
