import type { Series } from './series.ts';

const rows: bigint[][] = [[1n]];

/** The binomial coefficient, 0 outside 0 <= k <= n. */
export function binomial(n: number, k: number): bigint {
  if (k < 0 || k > n) return 0n;
  for (let i = rows.length; i <= n; i++) {
    const above = rows[i - 1];
    rows.push(Array.from({ length: i + 1 }, (_, j) => (above[j - 1] ?? 0n) + (above[j] ?? 0n)));
  }
  return rows[n][k];
}

export function factorial(n: number): bigint {
  let product = 1n;
  for (let k = 2; k <= n; k++) product *= BigInt(k);
  return product;
}

const at = (series: Series, n: number): bigint => series[n] ?? 0n;

/** A series sum a_n x^n / n! is kept as its a_n, so that all numbers stay whole. */
export function exponential(term: (n: number) => number | bigint, count: number): bigint[] {
  return Array.from({ length: count }, (_, n) => BigInt(term(n)));
}

export function multiplyExponential(a: Series, b: Series, count: number): bigint[] {
  return Array.from({ length: count }, (_, n) => {
    let value = 0n;
    for (let k = 0; k <= n; k++) value += binomial(n, k) * at(a, k) * at(b, n - k);
    return value;
  });
}

/** numerator / denominator, whose constant term is 1 or -1. */
export function divideExponential(numerator: Series, denominator: Series, count: number): bigint[] {
  const quotient: bigint[] = [];
  for (let n = 0; n < count; n++) {
    let value = at(numerator, n);
    for (let k = 1; k <= n; k++) value -= binomial(n, k) * at(denominator, k) * quotient[n - k];
    quotient.push(value * denominator[0]);
  }
  return quotient;
}

/** exp of a series without constant term: a' = b' a. */
export function exponentialOf(b: Series, count: number): bigint[] {
  const result: bigint[] = [1n];
  for (let n = 1; n < count; n++) {
    let value = 0n;
    for (let k = 1; k <= n; k++) value += binomial(n - 1, k - 1) * at(b, k) * result[n - k];
    result.push(value);
  }
  return result;
}

/** log of a series with constant term 1. */
export function logarithmOf(a: Series, count: number): bigint[] {
  const result: bigint[] = [0n];
  for (let n = 1; n < count; n++) {
    let value = at(a, n);
    for (let k = 1; k < n; k++) value -= binomial(n - 1, k - 1) * result[k] * at(a, n - k);
    result.push(value);
  }
  return result;
}

/** outer(inner), inner without constant term: Faa di Bruno by the derivatives f' = outer'(inner) inner'. */
export function composeExponential(outer: Series, inner: Series, count: number): bigint[] {
  if (count === 0) return [];
  if (count === 1) return [at(outer, 0)];
  const slope = composeExponential(outer.slice(1), inner, count - 1);
  const product = multiplyExponential(slope, inner.slice(1), count - 1);
  return [at(outer, 0), ...product];
}

/** sin, cos and their like, as the derivatives at 0. */
export const SINE = (count: number): bigint[] => exponential((n) => [0, 1, 0, -1][n % 4], count);
export const COSINE = (count: number): bigint[] => exponential((n) => [1, 0, -1, 0][n % 4], count);
export const SINH = (count: number): bigint[] => exponential((n) => n % 2, count);
export const COSH = (count: number): bigint[] => exponential((n) => 1 - (n % 2), count);
