import { binomial, factorial } from '../tools/exponential-series.ts';
import { gcd, lcm } from '../tools/factors.ts';
import { byAntidiagonals, byRows, family, type NamedRow } from '../tools/named-row.ts';

const b = BigInt;

/** A triangle from its entries above: T(0, 0) = 1, others by the rule, 0 outside. */
function triangle(rule: (at: (n: number, k: number) => bigint, n: number, k: number) => bigint) {
  const known = new Map<number, bigint>();
  const at = (n: number, k: number): bigint => {
    if (k < 0 || k > n) return 0n;
    if (n === 0) return 1n;
    const key = n * 1000 + k;
    const found = known.get(key) ?? rule(at, n, k);
    known.set(key, found);
    return found;
  };
  return at;
}

const stirling2 = triangle((t, n, k) => t(n - 1, k - 1) + b(k) * t(n - 1, k));
const stirling1 = triangle((t, n, k) => t(n - 1, k - 1) + b(n - 1) * t(n - 1, k));
const eulerian = triangle((t, n, k) => b(k + 1) * t(n - 1, k) + b(n - k) * t(n - 1, k - 1));
const delannoy = triangle((t, n, k) => t(n - 1, k - 1) + t(n - 1, k) + t(n - 2, k - 1));
const catalan = triangle((t, n, k) => t(n - 1, k) + t(n, k - 1));
const motzkin = triangle((t, n, k) => t(n - 1, k - 1) + t(n - 1, k) + t(n - 1, k + 1));
const bell = (n: number, k: number): bigint =>
  k > 0 ? bell(n, k - 1) + bell(n - 1, k - 1) : n === 0 ? 1n : bell(n - 1, n - 1);
const seidel = (n: number, k: number): bigint =>
  n === 0 ? 1n : k === 0 ? 0n : seidel(n, k - 1) + seidel(n - 1, n - k);
const losanitsch = triangle(
  (t, n, k) => t(n - 1, k - 1) + t(n - 1, k) - (n % 2 === 0 && k % 2 === 1 ? binomial(n / 2 - 1, (k - 1) / 2) : 0n),
);
const partitionsInto = triangle((t, n, k) => (k === 0 ? 0n : t(n - 1, k - 1) + t(n - k, k)));
const gaussian = (q: bigint) => triangle((t, n, k) => t(n - 1, k - 1) + q ** b(k) * t(n - 1, k));
const fibonacci = (n: number): bigint => (n < 2 ? b(n) : fibonacci(n - 1) + fibonacci(n - 2));
const narayana = (n: number, k: number): bigint => (binomial(n, k) * binomial(n, k - 1)) / b(n);

const ROWS: readonly NamedRow[] = [
  ['Pascal', 0, byRows(binomial)],
  ['Pascal, signed', 0, byRows((n, k) => binomial(n, k) * (-1n) ** b(n - k))],
  ['Pascal modulo 2', 0, byRows((n, k) => binomial(n, k) % 2n)],
  ['Pascal modulo 3', 0, byRows((n, k) => binomial(n, k) % 3n)],
  [
    'Pascal, even rows',
    0,
    byRows(
      (n, k) => binomial(2 * n, k),
      0,
      (n) => 2 * n,
    ),
  ],
  ['trinomial coefficients', 0, byRows(trinomial, 0, (n) => 2 * n)],
  ['squares of binomials', 0, byRows((n, k) => binomial(n, k) ** 2n)],
  ['binomial(n, k) 2^k', 0, byRows((n, k) => binomial(n, k) * 2n ** b(k))],
  ['k binomial(n, k)', 1, byRows((n, k) => b(k) * binomial(n, k), 1)],
  ['binomial(n + k, k)', 0, byRows((n, k) => binomial(n + k, k))],
  ['binomial(2n, n - k)', 0, byRows((n, k) => binomial(2 * n, n - k))],
  [
    'binomial(n - k, k)',
    0,
    byRows(
      (n, k) => binomial(n - k, k),
      0,
      (n) => n >> 1,
    ),
  ],
  [
    'binomial(n, 2k)',
    0,
    byRows(
      (n, k) => binomial(n, 2 * k),
      0,
      (n) => n >> 1,
    ),
  ],
  ['rascal triangle k(n - k) + 1', 0, byRows((n, k) => k * (n - k) + 1)],
  ['Stirling numbers of the second kind', 1, byRows(stirling2, 1)],
  ['Stirling numbers of the first kind, unsigned', 1, byRows(stirling1, 1)],
  ['Stirling numbers of the first kind', 1, byRows((n, k) => stirling1(n, k) * (-1n) ** b(n - k), 1)],
  ['Eulerian numbers', 0, byRows((n, k) => eulerian(n + 1, k))],
  ['Lah numbers', 1, byRows((n, k) => (binomial(n - 1, k - 1) * factorial(n)) / factorial(k), 1)],
  ['Narayana numbers', 1, byRows(narayana, 1)],
  ['Catalan triangle', 0, byRows(catalan)],
  ['Motzkin triangle', 0, byRows(motzkin)],
  ['Delannoy triangle', 0, byRows(delannoy)],
  ['Bell triangle', 0, byRows(bell)],
  ['Seidel-Entringer triangle', 0, byRows(seidel)],
  ['Losanitsch triangle', 0, byRows(losanitsch)],
  ['partitions of n into k parts', 1, byRows(partitionsInto, 1)],
  ['Gaussian binomials for q = 2', 0, byRows(gaussian(2n))],
  ['Gaussian binomials for q = 3', 0, byRows(gaussian(3n))],
  ['falling factorials n!/(n - k)!', 0, byRows((n, k) => factorial(n) / factorial(n - k))],
  ['products of Fibonacci numbers', 0, byRows((n, k) => fibonacci(k + 1) * fibonacci(n - k + 1))],
  ['Fibonacci sums F(n) + F(k)', 1, byRows((n, k) => fibonacci(n) + fibonacci(k), 1)],
  ['gcd(n, k)', 1, byRows(gcd, 1)],
  ['lcm(n, k)', 1, byRows(lcm, 1)],
  ['n mod k', 1, byRows((n, k) => n % k, 1)],
  ['floor(n / k)', 1, byRows((n, k) => Math.floor(n / k), 1)],
  ['k divides n', 1, byRows((n, k) => n % k === 0, 1)],
  ['gcd(n, k) = 1', 1, byRows((n, k) => gcd(n, k) === 1, 1)],
  ['n^k by rows', 0, byRows((n, k) => b(n) ** b(k))],
  ['n^2 + k^2', 0, byRows((n, k) => n * n + k * k)],
  ['n^2 - k^2', 1, byRows((n, k) => n * n - k * k, 1)],
  ['n k', 1, byRows((n, k) => n * k, 1)],
  ['n + k', 0, byRows((n, k) => n + k)],
  ['k repeated: 1; 1, 2; 1, 2, 3', 1, byRows((_, k) => k, 1)],
  ['n repeated n times', 1, byRows((n) => n, 1)],
  ['n, n - 1 ... 1', 1, byRows((n, k) => n + 1 - k, 1)],
  ['k^2 by rows', 0, byRows((_, k) => k * k)],
  ['1 at the end of a row', 0, byRows((n, k) => n === k)],
  ['1, 0 ... 0, 1', 0, byRows((n, k) => k === 0 || n === k)],
  ['n xor k', 0, byAntidiagonals((n, k) => n ^ k)],
  ['n and k', 0, byAntidiagonals((n, k) => n & k)],
  ['max(n, k)', 1, byAntidiagonals(Math.max, 1)],
  ['min(n, k)', 1, byAntidiagonals(Math.min, 1)],
  ['|n - k|', 0, byAntidiagonals((n, k) => Math.abs(n - k))],
  ['multiplication table', 1, byAntidiagonals((n, k) => n * k, 1)],
  ['powers n^k by antidiagonals', 0, byAntidiagonals((n, k) => b(n) ** b(k))],
  ['gcd(n, k) by antidiagonals', 1, byAntidiagonals(gcd, 1)],
  ['polygonal numbers by antidiagonals', 1, byAntidiagonals((n, k) => ((n - 1) * k * (k - 1)) / 2 + k, 1)],
  ['Wythoff array', 1, byAntidiagonals(wythoff, 1)],
  ['2^n (2k + 1)', 0, byAntidiagonals((k, n) => 2 ** n * (2 * k + 1))],
  ['2^n - binomial(n, k)', 0, byRows((n, k) => 2n ** b(n) - binomial(n, k))],
];

function trinomial(n: number, k: number): bigint {
  let sum = 0n;
  for (let j = 0; j <= k; j++) sum += binomial(n, j) * binomial(j, k - j);
  return sum;
}

/** Row n, column k: rows are Fibonacci-like and hold every number once. */
function wythoff(n: number, k: number): bigint {
  const first = Math.floor((n * (1 + Math.sqrt(5))) / 2);
  return fibonacci(k + 1) * b(first) + fibonacci(k) * b(n - 1);
}

/** Triangles and square arrays, read by rows or by antidiagonals. */
export const TRIANGLES = family('triangle', ROWS);
