import { moebiusOf } from './divisors.ts';
import type { Transform } from './transform.ts';

/** v of 1 + sum u(n) x^n = prod (1 - x^n)^(-v(n)), n >= 1. */
export function inverseEuler(u: readonly bigint[]): bigint[] {
  // n u(n) = c(n) + sum_{k<n} c(k) u(n - k), c(n) = sum_{d | n} d v(d).
  const c: bigint[] = [];
  for (let n = 1; n <= u.length; n++) {
    let sum = BigInt(n) * u[n - 1];
    for (let k = 1; k < n; k++) sum -= c[k - 1] * u[n - k - 1];
    c.push(sum);
  }
  return c.map((_, i) => {
    const n = i + 1;
    let sum = 0n;
    for (let d = 1; d <= n; d++) if (n % d === 0) sum += moebiusOf(n / d) * c[d - 1];
    return sum / BigInt(n);
  });
}

/** u of prod (1 - x^n)^(-v(n)) = 1 + sum u(n) x^n. */
export function eulerOf(v: readonly bigint[]): bigint[] {
  const c = v.map(() => 0n);
  for (let d = 1; d <= v.length; d++) for (let n = d; n <= v.length; n += d) c[n - 1] += BigInt(d) * v[d - 1];
  const u: bigint[] = [];
  for (let n = 1; n <= v.length; n++) {
    let sum = c[n - 1];
    for (let k = 1; k < n; k++) sum += c[k - 1] * u[n - k - 1];
    u.push(sum / BigInt(n));
  }
  return u;
}

const TEXT = 'sum(u(n)*x^n) = prod((1 - x^k)^(-v(k)))';
const LATEX = '\\sum_n u_n x^n = \\prod_k (1 - x^k)^{-v_k}';

/** Exponents of the product that the generating function is; the first term is the 1 in front. */
export const euler: Transform = {
  name: 'inverse Euler',
  text: TEXT,
  latex: LATEX,
  forward({ values }) {
    return values[0] === 1n ? { values: inverseEuler(values.slice(1)), start: 1 } : undefined;
  },
  backward: (v, _, count) => [1n, ...eulerOf(v)].slice(0, count),
};

/** The same, the 1 in front not given. */
export const eulerWithoutOne: Transform = {
  name: 'inverse Euler, 1 in front',
  text: TEXT,
  latex: LATEX,
  forward: ({ values }) => ({ values: inverseEuler(values), start: 1 }),
  backward: (v, _, count) => eulerOf(v).slice(0, count),
};
