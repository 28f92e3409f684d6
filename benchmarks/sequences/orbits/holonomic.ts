import type { RandomStream } from '../../../src/core/index.ts';
import { binomial, divideExponential, exponentialOf, multiplyExponential } from '../tools/exponential-series.ts';
import { bigints, multiply } from '../tools/series.ts';
import { between, type Draw, nonzero, pick, several, whether } from './draw.ts';

/** u_n = p_1(n) u_{n-1} + ... with whole p: whole without further care. Order 1 to 4, degree 1 to 3. */
export const pRecursiveMonic: Draw = (random, count) => {
  const order = pick(random, [1, 1, 2, 2, 2, 3, 4]);
  const degree = order > 2 ? 1 : pick(random, [1, 1, 1, 2, 3]);
  const weights = Array.from({ length: order }, () => several(random, degree + 1, -2, 3));
  if (weights.every((row) => row.slice(1).every((c) => c === 0))) return undefined;
  const terms = bigints(...several(random, order, 0, 3), 1).slice(1);
  const inhomogeneous = BigInt(whether(random, 0.2) ? nonzero(random, -2, 2) : 0);
  while (terms.length < count) {
    const n = terms.length;
    terms.push(weights.reduce((sum, row, k) => sum + value(row, n) * terms[n - 1 - k], inhomogeneous));
  }
  return terms.slice(-6).every((term) => term === 0n) ? undefined : terms;
};

function value(coefficients: readonly number[], n: number): bigint {
  return coefficients.reduceRight((sum, c) => sum * BigInt(n) + BigInt(c), 0n);
}

/** Draws of a recurrence before giving up; about one in some hundreds stays whole. */
const TRIES = 4000;

/** (n + s) u_n = (a n + b) u_{n-1} + (c n + d) u_{n-2} that happens to stay whole. */
export const pRecursiveIntegral: Draw = (random, count) => {
  for (let i = 0; i < TRIES; i++) {
    const shift = between(random, 0, 3);
    const [a, b, c, d] = [
      between(random, 1, 8),
      between(random, -6, 6),
      between(random, -8, 8),
      between(random, -8, 8),
    ];
    if (c === 0 && d === 0 && a * shift === b) continue;
    const terms = recurrence([a, b], [c, d], shift, bigints(1, between(random, 0, 4)), count);
    if (terms?.slice(-4).some((term) => term !== 0n)) return terms;
  }
  return undefined;
};

function recurrence(p: number[], q: number[], shift: number, initial: bigint[], count: number): bigint[] | undefined {
  const terms = [...initial];
  while (terms.length < count) {
    const n = terms.length;
    const top = BigInt(p[0] * n + p[1]) * terms[n - 1] + BigInt(q[0] * n + q[1]) * terms[n - 2];
    if (top % BigInt(n + shift) !== 0n) return undefined;
    terms.push(top / BigInt(n + shift));
  }
  return terms;
}

/** sum over k of products of binomials and powers: Delannoy, Franel, Apery and their kin. */
export const binomialSum: Draw = (random, count) => {
  const first = pick(random, [1, 1, 2, 2, 3]);
  const [second, third] = [pick(random, [0, 1, 1, 2]), pick(random, [0, 0, 1])];
  const [x, y] = [BigInt(pick(random, [1, 1, 1, -1, 2, 3])), BigInt(pick(random, [1, 1, 1, 2, -1]))];
  if (first + second + third < 2) return undefined;
  return Array.from({ length: count }, (_, n) => {
    let sum = 0n;
    for (let k = 0; k <= n; k++) {
      const product = binomial(n, k) ** BigInt(first) * binomial(n + k, k) ** BigInt(second);
      sum += product * binomial(2 * k, k) ** BigInt(third) * x ** BigInt(k) * y ** BigInt(n - k);
    }
    return sum;
  });
};

/** The constant term of a small Laurent polynomial to the n: walks that return. */
export const constantTerm: Draw = (random, count) => {
  const steps = bigints(...several(random, pick(random, [3, 3, 3, 4, 5]), 0, 3));
  if (steps[0] === 0n || steps.at(-1) === 0n) return undefined;
  const back = between(random, 1, steps.length - 2);
  let raised = bigints(1);
  const terms: bigint[] = [];
  for (let n = 0; n < count; n++) {
    terms.push(raised[back * n] ?? 0n);
    raised = multiply(raised, steps, raised.length + steps.length - 1);
  }
  return terms;
};

/** y = 1 + x Q(x, y) or y = 1 + x y^a + x^b y^c + ...: trees and lattice paths. */
export const algebraic: Draw = (random, count) => {
  const rules = Array.from({ length: between(random, 1, 3) }, () => ({
    weight: BigInt(pick(random, [1, 1, 1, 2, -1, 3])),
    x: between(random, 1, 3),
    y: between(random, 0, 3),
  }));
  if (!rules.some(({ y }) => y >= 2)) rules[0] = { ...rules[0], y: 2 };
  const cube = rules.some(({ y }) => y >= 3);
  const series = bigints(1, ...Array.from({ length: count - 1 }, () => 0));
  const square = [1n];
  const third = [1n];
  const factor = [
    (k: number) => (k === 0 ? 1n : 0n),
    (k: number) => series[k],
    (k: number) => square[k],
    (k: number) => third[k],
  ];
  for (let n = 1; n < count; n++) {
    series[n] = rules.reduce((sum, { weight, x, y }) => sum + (n >= x ? weight * factor[y](n - x) : 0n), 0n);
    square[n] = convolve(series, series, n);
    if (cube) third[n] = convolve(series, square, n);
  }
  return series.slice(-4).some((term) => term !== 0n) ? series : undefined;
};

function convolve(a: readonly bigint[], b: readonly bigint[], n: number): bigint {
  let sum = 0n;
  for (let k = 0; k <= n; k++) sum += a[k] * b[n - k];
  return sum;
}

/** n! times the coefficients of exp(p), 1/(1 - p), exp(p)/(1 - q), exp(c (exp(x) - 1)) ... with small p, q. */
export const exponentialSeries: Draw = (random, count) => {
  const inner = small(random, count);
  const kind = random.integer(4);
  if (kind === 0) return exponentialOf(inner, count);
  if (kind === 1) return divideExponential([1n], [1n, ...inner.slice(1).map((c) => -c)], count);
  const other = small(random, count);
  if (kind === 2) return multiplyExponential(exponentialOf(inner, count), exponentialOf(other, count), count);
  return divideExponential(exponentialOf(inner, count), [1n, ...other.slice(1).map((c) => -c)], count);
};

/** exp(x) - 1, x exp(x), sin x, log-like, or a small polynomial; without constant term. */
function small(random: RandomStream, count: number): bigint[] {
  const c = BigInt(pick(random, [1, 1, 1, 2, -1]));
  const terms = [
    (n: number): bigint => c * BigInt(n > 0),
    (n: number): bigint => c * BigInt(n),
    (n: number): bigint => c * [0n, 1n, 0n, -1n][n % 4],
    (n: number): bigint => c * BigInt(n % 2),
    (n: number): bigint => (n > 0 && n < 4 ? polynomial[n - 1] : 0n),
  ];
  const polynomial = bigints(...several(random, 3, 0, 2));
  polynomial[random.integer(3)] += 1n;
  const term = pick(random, [...terms, terms[4], terms[4]]);
  return Array.from({ length: count }, (_, n) => term(n));
}
