/** Coefficients of a power series from x^0 on. */
export type Series = readonly bigint[];

const at = (series: Series, n: number): bigint => series[n] ?? 0n;

/** Whole numbers as bigints. */
export function bigints(...values: readonly (number | bigint)[]): bigint[] {
  return values.map(BigInt);
}

export function add(a: Series, b: Series): bigint[] {
  return Array.from({ length: Math.max(a.length, b.length) }, (_, n) => at(a, n) + at(b, n));
}

export function scale(a: Series, factor: bigint): bigint[] {
  return a.map((value) => value * factor);
}

/** a b to `count` coefficients. */
export function multiply(a: Series, b: Series, count: number): bigint[] {
  const product = Array.from({ length: count }, () => 0n);
  for (let i = 0; i < Math.min(a.length, count); i++) {
    if (a[i] === 0n) continue;
    for (let j = 0; j < Math.min(b.length, count - i); j++) product[i + j] += a[i] * b[j];
  }
  return product;
}

/** numerator / denominator, whose constant term is 1 or -1. */
export function divide(numerator: Series, denominator: Series, count: number): bigint[] {
  const quotient: bigint[] = [];
  for (let n = 0; n < count; n++) {
    let value = at(numerator, n);
    for (let k = 1; k <= Math.min(n, denominator.length - 1); k++) value -= denominator[k] * quotient[n - k];
    quotient.push(value * denominator[0]);
  }
  return quotient;
}

/** a^exponent, exponent >= 0. */
export function power(a: Series, exponent: number, count: number): bigint[] {
  let result: bigint[] = [1n];
  for (let i = 0; i < exponent; i++) result = multiply(result, a, count);
  return result;
}

/** outer(inner), inner without constant term. */
export function compose(outer: Series, inner: Series, count: number): bigint[] {
  let result: bigint[] = [];
  for (let n = Math.min(outer.length, count) - 1; n >= 0; n--) {
    result = multiply(result, inner, count);
    result[0] = (result[0] ?? 0n) + outer[n];
  }
  return result;
}

/** The inverse function of x + ..., by Lagrange: n g_n = [x^(n-1)] (x / f)^n. */
export function reversion(series: Series, count: number): bigint[] {
  const ratio = divide([1n], series.slice(1, count + 1), count);
  const result: bigint[] = [0n];
  let raised: bigint[] = [1n];
  for (let n = 1; n < count; n++) {
    raised = multiply(raised, ratio, count);
    result.push(at(raised, n - 1) / BigInt(n));
  }
  return result;
}

/** The product over k >= 1 of (1 - x^k)^(-a_k): a counts the parts of each size. `parts[0]` is a_1. */
export function eulerTransform(parts: Series, count: number): bigint[] {
  const weighted = Array.from({ length: count }, () => 0n);
  for (let d = 1; d < count; d++) {
    for (let n = d; n < count; n += d) weighted[n] += BigInt(d) * at(parts, d - 1);
  }
  const result: bigint[] = [1n];
  for (let n = 1; n < count; n++) {
    let value = 0n;
    for (let k = 1; k <= n; k++) value += weighted[k] * result[n - k];
    result.push(value / BigInt(n));
  }
  return result;
}

/** The product over rows of eta(d tau)^r without its power of q, that is of prod (1 - q^(d k))^r. */
export function etaQuotient(powers: readonly (readonly [d: number, r: number])[], count: number): bigint[] {
  const parts = Array.from({ length: count }, (_, i) =>
    BigInt(powers.reduce((sum, [d, r]) => sum - ((i + 1) % d === 0 ? r : 0), 0)),
  );
  return eulerTransform(parts, count);
}

/** sum of x^(k^2) over all whole k. */
export function theta(count: number): bigint[] {
  const result = Array.from({ length: count }, () => 0n);
  for (let k = 0; k * k < count; k++) result[k * k] = k === 0 ? 1n : 2n;
  return result;
}
