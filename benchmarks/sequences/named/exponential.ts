import {
  binomial,
  COSH,
  COSINE,
  composeExponential,
  divideExponential,
  exponential,
  exponentialOf,
  factorial,
  logarithmOf,
  multiplyExponential,
  SINE,
  SINH,
} from '../tools/exponential-series.ts';
import { coefficients, family, type NamedRow, type Terms } from '../tools/named-row.ts';

const b = BigInt;
const EXP = (count: number): bigint[] => exponential(() => 1, count);
/** exp(x) - 1. */
const SETS = (count: number): bigint[] => exponential((n) => Number(n > 0), count);
/** -log(1 - x). */
const CYCLES = (count: number): bigint[] => exponential((n) => (n === 0 ? 0n : factorial(n - 1)), count);
/** log(1 + x). */
const LOG = (count: number): bigint[] =>
  exponential((n) => (n === 0 ? 0n : (-1n) ** b(n - 1) * factorial(n - 1)), count);
/** x exp(x). */
const POINTED = (count: number): bigint[] => exponential((n) => n, count);
/** x / (1 - x). */
const LISTS = (count: number): bigint[] => exponential((n) => (n === 0 ? 0n : factorial(n)), count);

type Build = (count: number) => readonly bigint[];
const series = (build: Build): Terms => coefficients(build);
const expOf =
  (inner: Build): Build =>
  (count) =>
    exponentialOf(inner(count), count);
const ratio =
  (top: Build, bottom: Build): Build =>
  (count) =>
    divideExponential(top(count), bottom(count), count);
const product =
  (first: Build, second: Build): Build =>
  (count) =>
    multiplyExponential(first(count), second(count), count);
const inside =
  (outer: Build, inner: Build): Build =>
  (count) =>
    composeExponential(outer(count), inner(count), count);
const logOf =
  (inner: Build): Build =>
  (count) =>
    logarithmOf(inner(count), count);
const oneMinus =
  (inner: Build): Build =>
  (count) =>
    inner(count).map((value, n) => b(n === 0) - value);
const onePlus =
  (inner: Build): Build =>
  (count) =>
    inner(count).map((value, n) => b(n === 0) + value);
const ONE: Build = (count) => exponential((n) => Number(n === 0), count);
const sparse =
  (values: readonly number[]): Build =>
  (count) =>
    exponential((n) => values[n] ?? 0, count);
const scaled =
  (factor: bigint, inner: Build): Build =>
  (count) =>
    inner(count).map((value) => factor * value);
/** Every second coefficient, from the given one on. */
const half =
  (build: Build, from: number): Terms =>
  (count) =>
    build(2 * count + from)
      .filter((_, n) => n >= from && (n - from) % 2 === 0)
      .slice(0, count);

const TAN = ratio(SINE, COSINE);
const SEC = ratio(ONE, COSINE);

const ROWS: readonly NamedRow[] = [
  ['Bell numbers', 0, series(expOf(SETS))],
  ['Fubini numbers 1/(2 - exp x)', 0, series(ratio(ONE, oneMinus(SETS)))],
  ['exp(x + x^2/2 + x^3/6)', 0, series(expOf(sparse([0, 1, 1, 1])))],
  ['exp(x + x^3/6)', 0, series(expOf(sparse([0, 1, 0, 1])))],
  ['exp(x + x^2)', 0, series(expOf(sparse([0, 1, 2])))],
  ['exp(x^2/2 + x^3/3)', 0, series(expOf(sparse([0, 0, 1, 2])))],
  ['exp(x - x^2/2)', 0, series(expOf(sparse([0, 1, -1])))],
  ['tangent and secant, up-down numbers', 0, series((count) => TAN(count).map((value, n) => value + SEC(count)[n]))],
  ['tangent numbers', 1, half(TAN, 1)],
  ['secant numbers', 0, half(SEC, 0)],
  ['Euler numbers, signed', 0, half(ratio(ONE, COSH), 0)],
  ['Genocchi numbers', 1, (count) => genocchi(count)],
  ['Springer numbers', 0, series(ratio(ONE, (count) => COSINE(count).map((value, n) => value - SINE(count)[n])))],
  ['exp(sin x)', 0, series(expOf(SINE))],
  ['exp(tan x)', 0, series(expOf(TAN))],
  ['exp(sinh x)', 0, series(expOf(SINH))],
  [
    'exp(cosh x - 1)',
    0,
    half(
      expOf((count) => COSH(count).map((value, n) => value - b(n === 0))),
      0,
    ),
  ],
  ['exp(x / (1 - x))', 0, series(expOf(LISTS))],
  ['exp(x exp x), idempotent maps', 0, series(expOf(POINTED))],
  ['exp(exp(x) - 1 - x)', 0, series(expOf((count) => SETS(count).map((value, n) => value - b(n === 1))))],
  ['exp(2 (exp x - 1))', 0, series(expOf(scaled(2n, SETS)))],
  ['exp(1 - exp x), Rao Uppuluri-Carpenter', 0, series(expOf(scaled(-1n, SETS)))],
  ['exp(exp(exp(x) - 1) - 1)', 0, series(expOf(inside(SETS, SETS)))],
  ['1 / (1 - x exp x)', 0, series(ratio(ONE, oneMinus(POINTED)))],
  ['1 / (1 - sin x)', 0, series(ratio(ONE, oneMinus(SINE)))],
  ['1 / (1 - sinh x)', 0, series(ratio(ONE, oneMinus(SINH)))],
  ['1 / (1 + log(1 - x))', 0, series(ratio(ONE, oneMinus(CYCLES)))],
  ['1 / (1 - log(1 + x))', 0, series(ratio(ONE, oneMinus(LOG)))],
  ['1 / (1 - x - x^2/2)', 0, series(ratio(ONE, sparse([1, -1, -1])))],
  ['exp x / (1 - x)^2', 0, series(ratio(EXP, sparse([1, -2, 2])))],
  ['exp(-x) / (1 - x)^2', 0, series(ratio((count) => exponential((n) => (-1) ** n, count), sparse([1, -2, 2])))],
  ['exp x / (2 - exp x)', 0, series(ratio(EXP, oneMinus(SETS)))],
  ['exp(x) cos(x)', 0, series(product(EXP, COSINE))],
  ['exp(x) sin(x)', 0, series(product(EXP, SINE))],
  ['exp(x) tan(x)', 0, series(product(EXP, TAN))],
  ['exp(x) sec(x)', 0, series(product(EXP, SEC))],
  ['cos(sin x)', 0, half(inside(COSINE, SINE), 0)],
  ['sin(sin x)', 0, half(inside(SINE, SINE), 1)],
  ['sin(exp x - 1)', 0, series(inside(SINE, SETS))],
  ['cos(exp x - 1)', 0, series(inside(COSINE, SETS))],
  ['log(1 + sin x)', 1, (count) => logOf(onePlus(SINE))(count + 1).slice(1)],
  ['log(1 + x exp x)', 1, (count) => logOf(onePlus(POINTED))(count + 1).slice(1)],
  [
    'log of the e.g.f. of n!^2',
    1,
    (count) => logOf((n) => exponential((k) => factorial(k) ** 2n, n))(count + 1).slice(1),
  ],
  [
    '-log(2 - exp x)',
    1,
    (count) =>
      logOf(oneMinus(SETS))(count + 1)
        .slice(1)
        .map((value) => -value),
  ],
  [
    'log(exp x + x)',
    1,
    (count) => logOf(onePlus((n) => SETS(n).map((value, k) => value + b(k === 1))))(count + 1).slice(1),
  ],
  ['exp(x + x exp x)', 0, series(product(EXP, expOf(POINTED)))],
  ['exp(x^2/2)/(1 - x)', 0, series(ratio(expOf(sparse([0, 0, 1])), sparse([1, -1])))],
  ['2-regular graphs', 0, series(twoRegular)],
  [
    'connected labelled graphs',
    1,
    (count) => logOf((n) => exponential((k) => 2n ** b((k * (k - 1)) / 2), n))(count + 1).slice(1),
  ],
  ['labelled acyclic digraphs', 0, acyclic],
  [
    'labelled forests of rooted trees',
    0,
    series(expOf((count) => exponential((n) => (n === 0 ? 0n : b(n) ** b(n - 1)), count))),
  ],
  [
    'forests of labelled trees',
    0,
    series(expOf((count) => exponential((n) => (n === 0 ? 0n : n === 1 ? 1n : b(n) ** b(n - 2)), count))),
  ],
];

/** x tan(x / 2): G_2n = n E_(2n-1) / 4^(n-1), without signs. */
function genocchi(count: number): bigint[] {
  return half(TAN, 1)(count, 1).map((value, i) => (b(i + 1) * value) / 4n ** b(i));
}
/** exp(-x/2 - x^2/4) / sqrt(1 - x) by its recurrence. */
function twoRegular(count: number): bigint[] {
  const terms = [1n, 0n, 0n];
  for (let n = 3; n < count; n++) {
    terms.push(b(n - 1) * terms[n - 1] + binomial(n - 1, 2) * terms[n - 3]);
  }
  return terms.slice(0, count);
}
/** Robinson: a_n = sum (-1)^(k-1) binomial(n, k) 2^(k (n - k)) a_(n-k). */
function acyclic(count: number): bigint[] {
  const terms = [1n];
  for (let n = 1; n < count; n++) {
    let value = 0n;
    for (let k = 1; k <= n; k++) value -= (-1n) ** b(k) * binomial(n, k) * 2n ** b(k * (n - k)) * terms[n - k];
    terms.push(value);
  }
  return terms;
}
/** Coefficients of exponential generating functions, times n!. */
export const EXPONENTIAL = family('e.g.f.', ROWS);
