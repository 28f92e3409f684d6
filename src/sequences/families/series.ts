/** How the terms stand in a power series; all of it stays among the integers. */
export interface Calculus {
  readonly name: string;
  /** Symbol of the series in a formula. */
  readonly symbol: string;
  multiply(a: readonly bigint[], b: readonly bigint[]): bigint[];
  derivative(a: readonly bigint[]): bigint[];
  timesX(a: readonly bigint[]): bigint[];
}

/** A(x) = sum_n u(n) x^n, n from 0 at the first term. */
export const ordinary: Calculus = {
  name: 'ordinary',
  symbol: 'A',
  multiply(a, b) {
    const length = Math.min(a.length, b.length);
    return Array.from({ length }, (_, n) => {
      let sum = 0n;
      for (let k = 0; k <= n; k++) sum += a[k] * b[n - k];
      return sum;
    });
  },
  derivative: (a) => a.slice(1).map((value, n) => value * BigInt(n + 1)),
  timesX: (a) => a.map((_, n) => (n === 0 ? 0n : a[n - 1])),
};

/** E(x) = sum_n u(n) x^n / n!, n from 0 at the first term. */
export const exponential: Calculus = {
  name: 'exponential',
  symbol: 'E',
  multiply(a, b) {
    const length = Math.min(a.length, b.length);
    return Array.from({ length }, (_, n) => {
      let sum = 0n;
      let binomial = 1n;
      for (let k = 0; k <= n; k++) {
        sum += binomial * a[k] * b[n - k];
        binomial = (binomial * BigInt(n - k)) / BigInt(k + 1);
      }
      return sum;
    });
  },
  derivative: (a) => a.slice(1),
  timesX: (a) => a.map((_, n) => (n === 0 ? 0n : BigInt(n) * a[n - 1])),
};
