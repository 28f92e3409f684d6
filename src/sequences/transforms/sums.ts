import type { Transform } from './transform.ts';

/** v(n) = u(n + 1) - u(n). */
export const differences: Transform = {
  name: 'differences',
  text: 'v(n) = u(n+1) - u(n)',
  latex: 'v_n = u_{n+1} - u_n',
  forward: ({ values, start }) => ({ values: values.slice(1).map((value, i) => value - values[i]), start }),
  backward(v, { values }, count) {
    const u = [values[0]];
    for (let i = 0; i < v.length && u.length < count; i++) u.push(u[i] + v[i]);
    return u;
  },
};

/** v(n) = u(first) + ... + u(n). */
export const partialSums: Transform = {
  name: 'partial sums',
  text: 'v(n) = u(first) + ... + u(n)',
  latex: 'v_n = \\sum_{k \\le n} u_k',
  forward({ values, start }) {
    let sum = 0n;
    return { values: values.map((value) => (sum += value)), start };
  },
  backward: (v, _, count) => v.slice(0, count).map((value, i) => value - (v[i - 1] ?? 0n)),
};

/** v(n) = sum_k (-1)^(n-k) binomial(n, k) u(k): the heads of the rows of differences. */
export const binomial: Transform = {
  name: 'inverse binomial',
  text: 'u(n) = sum(binomial(n, k)*v(k), k = 0..n)',
  latex: 'u_n = \\sum_{k=0}^{n} \\binom{n}{k} v_k',
  forward({ values, start }) {
    const heads: bigint[] = [];
    let row = [...values];
    while (row.length > 0) {
      heads.push(row[0]);
      row = row.slice(1).map((value, i) => value - row[i]);
    }
    return { values: heads, start };
  },
  backward(v, _, count) {
    const u: bigint[] = [];
    const row: bigint[] = [];
    for (let n = 0; n < Math.min(v.length, count); n++) {
      row.push(1n);
      for (let k = n - 1; k > 0; k--) row[k] += row[k - 1];
      let sum = 0n;
      for (let k = 0; k <= n; k++) sum += row[k] * v[k];
      u.push(sum);
    }
    return u;
  },
};

/** v(n) = u(n + 1) / u(n), all integers. */
export const ratios: Transform = {
  name: 'ratios',
  text: 'v(n) = u(n+1)/u(n)',
  latex: 'v_n = u_{n+1} / u_n',
  forward({ values, start }) {
    const v: bigint[] = [];
    for (let i = 0; i + 1 < values.length; i++) {
      if (values[i] === 0n || values[i + 1] % values[i] !== 0n) return undefined;
      v.push(values[i + 1] / values[i]);
    }
    return { values: v, start };
  },
  backward(v, { values }, count) {
    const u = [values[0]];
    for (let i = 0; i < v.length && u.length < count; i++) u.push(u[i] * v[i]);
    return u;
  },
};
