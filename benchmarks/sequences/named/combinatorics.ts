import { binomial, factorial } from '../tools/exponential-series.ts';
import { each, family, type NamedRow, type Terms } from '../tools/named-row.ts';

/** A sum over k = 0..n, exactly. */
const total = (n: number, term: (k: number) => bigint): bigint => {
  let value = 0n;
  for (let k = 0; k <= n; k++) value += term(k);
  return value;
};
const sums = (term: (n: number, k: number) => bigint): Terms => each((n) => total(n, (k) => term(n, k)));
const catalan = (n: number): bigint => binomial(2 * n, n) / BigInt(n + 1);

/** u_n from the terms before it. */
const recursive =
  (initial: readonly number[], next: (n: number, back: (k: number) => bigint) => bigint): Terms =>
  (count, start) => {
    const terms = initial.map(BigInt);
    while (terms.length < count) {
      const place = terms.length;
      terms.push(next(place + start, (k) => terms[place - k]));
    }
    return terms.slice(0, count);
  };
const b = BigInt;
const sign = (k: number): bigint => (k % 2 === 0 ? 1n : -1n);
const doubleFactorial = (n: number): bigint => (n <= 1 ? 1n : b(n) * doubleFactorial(n - 2));
const subfactorial = (n: number): bigint => total(n, (k) => (sign(k) * factorial(n)) / factorial(k));

const ROWS: readonly NamedRow[] = [
  ['factorials', 0, each(factorial)],
  ['double factorials of odd numbers', 0, each((n) => doubleFactorial(2 * n - 1))],
  ['double factorials of even numbers', 0, each((n) => doubleFactorial(2 * n))],
  ['double factorials', 0, each(doubleFactorial)],
  ['n times n!', 0, each((n) => b(n) * factorial(n))],
  ['(n + 1)! / 2', 1, each((n) => factorial(n + 1) / 2n)],
  ['sums of factorials', 0, sums((_, k) => factorial(k))],
  ['n! + 1', 0, each((n) => factorial(n) + 1n)],
  ['central binomial coefficients', 0, each((n) => binomial(2 * n, n))],
  ['binomial(n, floor(n / 2))', 0, each((n) => binomial(n, n >> 1))],
  ['binomial(2n + 1, n)', 0, each((n) => binomial(2 * n + 1, n))],
  ['binomial(3n, n)', 0, each((n) => binomial(3 * n, n))],
  ['binomial(4n, n)', 0, each((n) => binomial(4 * n, n))],
  ['binomial(2n, n)^2', 0, each((n) => binomial(2 * n, n) ** 2n)],
  ['trinomials (3n)! / n!^3', 0, each((n) => factorial(3 * n) / factorial(n) ** 3n)],
  ['n binomial(2n, n)', 0, each((n) => b(n) * binomial(2 * n, n))],
  ['Catalan numbers', 0, each(catalan)],
  ['ternary trees', 0, each((n) => binomial(3 * n, n) / b(2 * n + 1))],
  ['quaternary trees', 0, each((n) => binomial(4 * n, n) / b(3 * n + 1))],
  ['squares of Catalan numbers', 0, each((n) => catalan(n) ** 2n)],
  ['ballot numbers 3 binomial(2n, n - 1) / (n + 2)', 1, each((n) => (3n * binomial(2 * n, n - 1)) / b(n + 2))],
  [
    'super Catalan numbers 6 (2n)! / (n! (n + 2)!)',
    0,
    each((n) => (6n * factorial(2 * n)) / (factorial(n) * factorial(n + 2))),
  ],
  ['Motzkin numbers', 0, sums((n, k) => binomial(n, 2 * k) * catalan(k))],
  ['central trinomial coefficients', 0, sums((n, k) => binomial(n, 2 * k) * binomial(2 * k, k))],
  ['Riordan numbers', 0, recursive([1, 0], (n, u) => (b(n - 1) * (2n * u(1) + 3n * u(2))) / b(n + 1))],
  ['Fine numbers', 1, recursive([1, 0], (n, u) => (b(7 * n - 12) * u(1) + b(4 * n - 6) * u(2)) / b(2 * n))],
  ['large Schroeder numbers', 0, sums((n, k) => binomial(n + k, 2 * k) * catalan(k))],
  ['little Schroeder numbers', 0, recursive([1, 1], (n, u) => (b(6 * n - 3) * u(1) - b(n - 2) * u(2)) / b(n + 1))],
  ['central Delannoy numbers', 0, sums((n, k) => binomial(n, k) * binomial(n + k, k))],
  ['Apery numbers of zeta(3)', 0, sums((n, k) => (binomial(n, k) * binomial(n + k, k)) ** 2n)],
  ['Apery numbers of zeta(2)', 0, sums((n, k) => binomial(n, k) ** 2n * binomial(n + k, k))],
  ['Domb numbers', 0, sums((n, k) => binomial(n, k) ** 2n * binomial(2 * k, k) * binomial(2 * n - 2 * k, n - k))],
  ['Franel numbers', 0, sums((n, k) => binomial(n, k) ** 3n)],
  ['sums of fourth powers of binomials', 0, sums((n, k) => binomial(n, k) ** 4n)],
  [
    'Almkvist-Zudilin numbers',
    0,
    sums((n, k) =>
      3 * k > n
        ? 0n
        : sign(n - k) *
          3n ** b(n - 3 * k) *
          binomial(n, 3 * k) *
          binomial(n + k, k) *
          (factorial(3 * k) / factorial(k) ** 3n),
    ),
  ],
  ['hexagonal walks that return', 0, sums((n, k) => binomial(n, k) ** 2n * binomial(2 * k, k))],
  ['involutions', 0, recursive([1, 1], (n, u) => u(1) + b(n - 1) * u(2))],
  ['derangements', 0, recursive([1, 0], (n, u) => b(n - 1) * (u(1) + u(2)))],
  ['arrangements', 0, recursive([1], (n, u) => b(n) * u(1) + 1n)],
  ['permutations with one fixed point', 0, each((n) => b(n) * subfactorial(n - 1))],
  [
    'menage numbers',
    0,
    sums((n, k) => (n === 0 ? 1n : (sign(k) * 2n * b(n) * binomial(2 * n - k, k) * factorial(n - k)) / b(2 * n - k))),
  ],
  ['permutations without rising successions', 0, recursive([1, 1], (n, u) => b(n - 1) * u(1) + b(n - 2) * u(2))],
  ['matchings of complete graphs with loops', 0, recursive([1, 2], (n, u) => 2n * u(1) + b(n - 1) * u(2))],
  ['Bessel numbers y_n(1)', 0, recursive([1, 2], (n, u) => b(2 * n - 1) * u(1) + u(2))],
  ['Laguerre n! L_n(-1)', 0, recursive([1, 2], (n, u) => b(2 * n) * u(1) - b((n - 1) ** 2) * u(2))],
  ['Hermite H_n(1)', 0, recursive([1, 2], (n, u) => 2n * u(1) - 2n * b(n - 1) * u(2))],
  ['a(n) = n a(n-1) + (-1)^n + 1', 0, recursive([1], (n, u) => b(n) * u(1) + sign(n) + 1n)],
  ['a(n) = n a(n-1) + a(n-2)', 0, recursive([0, 1], (n, u) => b(n) * u(1) + u(2))],
  ['a(n) = n a(n-1) - a(n-2)', 0, recursive([1, 1], (n, u) => b(n) * u(1) - u(2))],
  ['a(n) = a(n-1) + n a(n-2)', 0, recursive([1, 1], (n, u) => u(1) + b(n) * u(2))],
  ['a(n) = (n + 1) a(n-1) + n', 0, recursive([1], (n, u) => b(n + 1) * u(1) + b(n))],
  ['directed animals', 1, recursive([1, 2], (n, u) => (2n * b(n) * u(1) + 3n * b(n - 2) * u(2)) / b(n))],
  [
    'Baxter permutations',
    1,
    each(
      (n) =>
        total(n, (k) => (k === 0 ? 0n : binomial(n + 1, k - 1) * binomial(n + 1, k) * binomial(n + 1, k + 1))) /
        (binomial(n + 1, 1) * binomial(n + 1, 2)),
    ),
  ],
  ['rooted planar maps', 0, each((n) => (2n * 3n ** b(n) * catalan(n)) / b(n + 2))],
  [
    'two-stack sortable permutations',
    1,
    each((n) => (2n * factorial(3 * n)) / (factorial(n + 1) * factorial(2 * n + 1))),
  ],
  [
    'intervals in the Tamari lattice',
    1,
    each((n) => (2n * factorial(4 * n + 1)) / (factorial(n + 1) * factorial(3 * n + 2))),
  ],
  ['area under Dyck paths', 0, each((n) => 4n ** b(n) - binomial(2 * n + 1, n))],
  ['sums of central binomials', 0, sums((_, k) => binomial(2 * k, k))],
  ['sums of Catalan numbers', 0, sums((_, k) => catalan(k))],
  ['sums of k! (n - k)!', 0, sums((n, k) => factorial(k) * factorial(n - k))],
  [
    'secondary structures of RNA',
    0,
    recursive(
      [1, 1, 1, 2],
      (n, u) => (b(2 * n + 1) * u(1) + b(n - 1) * u(2) + b(2 * n - 5) * u(3) - b(n - 4) * u(4)) / b(n + 2),
    ),
  ],
  ['n^n', 0, each((n) => b(n) ** b(n))],
  ['(n + 1)^(n - 1)', 0, each((n) => (n === 0 ? 1n : b(n + 1) ** b(n - 1)))],
  ['sums of k^k', 1, sums((_, k) => (k === 0 ? 0n : b(k) ** b(k)))],
  ['(n + 1)^n', 0, each((n) => b(n + 1) ** b(n))],
  ['alternating sums of factorials', 0, recursive([0], (n, u) => factorial(n) - u(1))],
];

/** Counts whose terms obey recurrences with polynomial coefficients, and some that grow like n^n. */
export const COMBINATORICS = family('P-recursive', ROWS);
