import {
  bigOmega,
  digitsOf,
  divisors,
  factors,
  gcd,
  isPrime,
  isSquare,
  omega,
  sigma,
  tau,
  totient,
} from '../tools/factors.ts';
import { family, list, type NamedRow, type Terms } from '../tools/named-row.ts';

const isTriangular = (n: number): boolean => isSquare(8 * n + 1);
const representations = (n: number, has: (rest: number) => boolean): number =>
  Array.from({ length: Math.floor(Math.sqrt(n)) + 1 }, (_, x) => n - x * x).filter(has).length;
const aliquot = (n: number): number => sigma(1)(n) - n;

/** The least number above the last one that goes with all chosen so far. */
const greedy =
  (fits: (n: number, chosen: readonly number[]) => boolean, first = 1): Terms =>
  (count) => {
    const chosen: number[] = [];
    for (let n = first; chosen.length < count; n++) if (fits(n, chosen)) chosen.push(n);
    return chosen.map(BigInt);
  };

/** The least number not used yet that goes with the last one. */
const permutation =
  (fits: (n: number, last: number) => boolean): Terms =>
  (count) => {
    const used = new Set([1]);
    const chosen = [1];
    while (chosen.length < count) {
      let n = 1;
      while (used.has(n) || !fits(n, chosen[chosen.length - 1])) n++;
      used.add(n);
      chosen.push(n);
    }
    return chosen.map(BigInt);
  };

const ROWS: readonly NamedRow[] = [
  ['composite numbers', 1, list((n) => n > 1 && !isPrime(n))],
  ['semiprimes', 1, list((n) => bigOmega(n) === 2)],
  ['products of three primes', 1, list((n) => bigOmega(n) === 3)],
  ['squarefree semiprimes', 1, list((n) => bigOmega(n) === 2 && omega(n) === 2)],
  ['odd semiprimes', 1, list((n) => n % 2 === 1 && bigOmega(n) === 2)],
  ['prime powers', 1, list((n) => omega(n) <= 1)],
  ['numbers with two different primes', 1, list((n) => omega(n) === 2)],
  ['squarefree numbers', 1, list((n) => omega(n) === bigOmega(n))],
  ['numbers that are not squarefree', 1, list((n) => omega(n) !== bigOmega(n))],
  ['cubefree numbers', 1, list((n) => factors(n).every(([, e]) => e < 3))],
  ['powerful numbers', 1, list((n) => factors(n).every(([, e]) => e > 1))],
  ['numbers that are not squares', 1, list((n) => !isSquare(n))],
  ['abundant numbers', 1, list((n) => aliquot(n) > n)],
  ['numbers with 4 divisors', 1, list((n) => tau(n) === 4)],
  ['numbers with 6 divisors', 1, list((n) => tau(n) === 6)],
  ['numbers whose number of divisors divides them', 1, list((n) => n % tau(n) === 0)],
  ['arithmetic numbers, mean divisor whole', 1, list((n) => sigma(1)(n) % tau(n) === 0)],
  ['n with phi(n) dividing n', 1, list((n) => n % totient(n) === 0)],
  ['n with sigma(n) prime or square', 1, list((n) => isPrime(sigma(1)(n)) || isSquare(sigma(1)(n)))],
  ['n with tau(n) = tau(n + 1)', 1, list((n) => tau(n) === tau(n + 1))],
  ['n with Omega(n) even', 1, list((n) => bigOmega(n) % 2 === 0)],
  ['5-smooth numbers', 1, list((n) => factors(n).every(([p]) => p <= 5))],
  ['3-smooth numbers', 1, list((n) => factors(n).every(([p]) => p <= 3))],
  ['7-smooth numbers', 1, list((n) => factors(n).every(([p]) => p <= 7))],
  ['numbers prime to 6', 1, list((n) => gcd(n, 6) === 1)],
  ['numbers prime to 10', 1, list((n) => gcd(n, 10) === 1)],
  ['numbers prime to 30', 1, list((n) => gcd(n, 30) === 1)],
  ['sums of two squares', 1, list((n) => representations(n, isSquare) > 0, 0)],
  [
    'sums of two nonzero squares',
    1,
    list((n) => representations(n, (rest) => rest > 0 && rest < n && isSquare(rest)) > 0),
  ],
  ['numbers that are no sums of two squares', 1, list((n) => representations(n, isSquare) === 0)],
  [
    'numbers that are no sums of three squares',
    1,
    list((n) => representations(n, (m) => representations(m, isSquare) > 0) === 0),
  ],
  ['x^2 + 2 y^2', 1, list((n) => representations(n, (rest) => rest % 2 === 0 && isSquare(rest / 2)) > 0, 0)],
  ['x^2 + x y + y^2', 1, list((n) => factors(Math.max(n, 1)).every(([p, e]) => p % 3 !== 2 || e % 2 === 0), 0)],
  ['sums of two triangular numbers', 1, list((n) => isTriangularSum(n), 0)],
  [
    'sums of two cubes',
    1,
    list((n) =>
      Array.from({ length: 60 }, (_, x) => n - x ** 3).some(
        (r) => r > 0 && r < n && Math.round(Math.cbrt(r)) ** 3 === r,
      ),
    ),
  ],
  ['multiples of 3 or 5', 1, list((n) => n % 3 === 0 || n % 5 === 0)],
  ['numbers 0, 1 or 4 modulo 7', 1, list((n) => [0, 1, 4].includes(n % 7), 0)],
  ['numbers 1 or 5 modulo 8', 1, list((n) => [1, 5].includes(n % 8))],
  ['hypotenuses of right triangles', 1, list((n) => factors(n).some(([p]) => p % 4 === 1))],
  ['numbers 5, 6 or 7 modulo 8', 1, list((n) => [5, 6, 7].includes(n % 8))],
  ['practical numbers', 1, list(practical)],
  ['lucky numbers', 1, lucky],
  [
    'Ulam numbers',
    1,
    greedy((n, chosen) => n < 3 || chosen.filter((a) => 2 * a < n && chosen.includes(n - a)).length === 1),
  ],
  ['Mian-Chowla', 1, mianChowla],
  [
    'no three in arithmetic progression',
    1,
    greedy((n, chosen) => !chosen.some((a) => (a + n) % 2 === 0 && chosen.includes((a + n) / 2))),
  ],
  ['EKG', 1, permutation((n, last) => last === 1 || (last === 2 && n === 4) || gcd(n, last) > 1)],
  ['sum with the last is prime', 1, permutation((n, last) => isPrime(n + last))],
  ['sum with the last is a square', 1, permutation((n, last) => isSquare(n + last))],
  [
    'no digit in common with the last',
    1,
    permutation((n, last) => !digitsOf(n).some((digit) => digitsOf(last).includes(digit))),
  ],
];

function isTriangularSum(n: number): boolean {
  for (let t = 0, k = 1; t <= n; t += k++) if (isTriangular(n - t)) return true;
  return false;
}
/** Every number below n is a sum of different divisors of n. */
function practical(n: number): boolean {
  let reach = 0;
  for (const d of divisors(n)) {
    if (d > reach + 1) return false;
    reach += d;
  }
  return true;
}
function lucky(count: number): bigint[] {
  let numbers = Array.from({ length: 20 * count }, (_, i) => 2 * i + 1);
  for (let i = 1; i < count && numbers[i] <= numbers.length; i++) {
    const step = numbers[i];
    numbers = numbers.filter((_, place) => (place + 1) % step !== 0);
  }
  return numbers.slice(0, count).map(BigInt);
}
/** The least number above the last whose differences to all before it are new. */
function mianChowla(count: number): bigint[] {
  const chosen: number[] = [];
  const differences = new Set<number>();
  for (let n = 1; chosen.length < count; n++) {
    if (chosen.some((a) => differences.has(n - a))) continue;
    for (const a of chosen) differences.add(n - a);
    chosen.push(n);
  }
  return chosen.map(BigInt);
}
/** Numbers with a property of their factors or sums, and greedy choices. */
export const LISTS = family('lists', ROWS);
