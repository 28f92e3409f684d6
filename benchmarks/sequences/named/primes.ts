import { isPrime, sum } from '../tools/factors.ts';
import { each, family, list, type NamedRow, ofPrimes, type Terms } from '../tools/named-row.ts';

const nextPrime = (n: number): number => (isPrime(n + 1) ? n + 1 : nextPrime(n + 1));
const previousPrime = (n: number): number => (n <= 2 ? 0 : isPrime(n - 1) ? n - 1 : previousPrime(n - 1));
const count = (n: number): number => Array.from({ length: n + 1 }, (_, k) => k).filter(isPrime).length;
const prime = (n: number): number => (n === 1 ? 2 : nextPrime(prime(n - 1)));
const primesWith = (has: (p: number) => boolean): Terms => list((p) => isPrime(p) && has(p));
/** Numbers for which every one of the given numbers is prime. */
const allPrime = (values: (n: number) => readonly number[], from = 0): Terms =>
  list((n) => values(n).every(isPrime), from);

const ROWS: readonly NamedRow[] = [
  ['primes', 1, ofPrimes((p) => p)],
  ['odd primes', 1, ofPrimes((p) => nextPrime(p))],
  ['squares of primes', 1, ofPrimes((p) => p * p)],
  ['cubes of primes', 1, ofPrimes((p) => p ** 3)],
  ['p(n) + n', 1, ofPrimes((p, n) => p + n)],
  ['p(n) - n', 1, ofPrimes((p, n) => p - n)],
  ['n p(n)', 1, ofPrimes((p, n) => p * n)],
  ['p(n) + 1', 1, ofPrimes((p) => p + 1)],
  ['p(n) - 1', 1, ofPrimes((p) => p - 1)],
  ['2 p(n)', 1, ofPrimes((p) => 2 * p)],
  ['(p^2 - 1)/2, p > 2', 1, ofPrimes((p) => (nextPrime(p) ** 2 - 1) / 2)],
  ['p^2 + p + 1', 1, ofPrimes((p) => p * p + p + 1)],
  ['p^2 - 2', 1, ofPrimes((p) => p * p - 2)],
  ['p(n)^2 + 1', 1, ofPrimes((p) => p * p + 1)],
  ['gaps of primes', 1, ofPrimes((p) => nextPrime(p) - p)],
  ['halved gaps of odd primes', 1, ofPrimes((p) => (nextPrime(nextPrime(p)) - nextPrime(p)) / 2)],
  ['second differences of primes', 1, ofPrimes((p) => nextPrime(nextPrime(p)) - 2 * nextPrime(p) + p)],
  ['products of neighbouring primes', 1, ofPrimes((p) => p * nextPrime(p))],
  ['sums of neighbouring primes', 1, ofPrimes((p) => p + nextPrime(p))],
  ['sums of the first primes', 1, ofPrimes((p) => sum(upTo(p).filter(isPrime)))],
  ['primes modulo 3', 1, ofPrimes((p) => p % 3)],
  ['primes modulo 4', 1, ofPrimes((p) => p % 4)],
  ['primes modulo 10', 1, ofPrimes((p) => p % 10)],
  ['primes of prime index', 1, ofPrimes((p) => prime(p))],
  ['least primitive root of p', 1, ofPrimes(primitiveRoot)],
  ['order of 2 modulo odd p', 1, ofPrimes((p) => order(2, nextPrime(p)))],
  ['order of 10 modulo p > 5', 1, ofPrimes((p) => order(10, nextPrime(nextPrime(nextPrime(p)))))],
  ['p(n) mod n', 1, ofPrimes((p, n) => p % n)],
  ['floor(p(n) / n)', 1, ofPrimes((p, n) => Math.floor(p / n))],
  ['prime(n^2)', 1, each((n) => prime(n * n))],
  ['number of primes up to n', 1, each(count)],
  ['number of primes up to n^2', 1, each((n) => count(n * n))],
  ['primes between n and 2n', 1, each((n) => count(2 * n) - count(n))],
  ['primes between squares', 1, each((n) => count((n + 1) ** 2) - count(n * n))],
  ['characteristic function of primes', 1, each(isPrime)],
  ['smallest prime above n', 1, each(nextPrime)],
  ['largest prime up to n', 1, each((n) => (n < 2 ? 0 : previousPrime(n + 1)))],
  ['smallest prime above n^2', 1, each((n) => nextPrime(n * n))],
  ['distance to the next prime', 1, each((n) => nextPrime(n) - n)],
  ['Goldbach partitions of 2n', 1, each((n) => upTo(n).filter((p) => isPrime(p) && isPrime(2 * n - p)).length)],
  ['primes 4k + 1', 1, primesWith((p) => p % 4 === 1)],
  ['primes 4k + 3', 1, primesWith((p) => p % 4 === 3)],
  ['primes 6k + 1', 1, primesWith((p) => p % 6 === 1)],
  ['primes 8k + 7', 1, primesWith((p) => p % 8 === 7)],
  ['primes 10k + 1', 1, primesWith((p) => p % 10 === 1)],
  ['primes 5k +- 2', 1, primesWith((p) => p % 5 === 2 || p % 5 === 3)],
  ['lesser twin primes', 1, primesWith((p) => isPrime(p + 2))],
  ['greater twin primes', 1, primesWith((p) => isPrime(p - 2))],
  ['means of twin primes', 1, allPrime((n) => [n - 1, n + 1])],
  ['cousin primes', 1, primesWith((p) => isPrime(p + 4))],
  ['sexy primes', 1, primesWith((p) => isPrime(p + 6))],
  ['Sophie Germain primes', 1, primesWith((p) => isPrime(2 * p + 1))],
  ['safe primes', 1, primesWith((p) => isPrime((p - 1) / 2))],
  ['primes p with 3p + 2 prime', 1, primesWith((p) => isPrime(3 * p + 2))],
  ['primes p with p^2 + p + 1 prime', 1, primesWith((p) => isPrime(p * p + p + 1))],
  ['primes p with 2p - 1 prime', 1, primesWith((p) => isPrime(2 * p - 1))],
  ['balanced primes', 1, primesWith((p) => p > 2 && nextPrime(p) - p === p - previousPrime(p))],
  ['primes before a gap of 6', 1, primesWith((p) => nextPrime(p) - p === 6)],
  ['isolated primes', 1, primesWith((p) => !isPrime(p - 2) && !isPrime(p + 2))],
  ['primes n^2 + 1', 1, list((n) => isPrime(n) && Math.round(Math.sqrt(n - 1)) ** 2 === n - 1)],
  ['n with n^2 + 1 prime', 1, allPrime((n) => [n * n + 1])],
  ['n with n^2 + n + 1 prime', 1, allPrime((n) => [n * n + n + 1])],
  ['n with n^2 - n + 41 composite', 1, list((n) => !isPrime(n * n - n + 41))],
  ['n with 2n^2 - 1 prime', 1, allPrime((n) => [2 * n * n - 1])],
  ['n with n^4 + 1 prime', 1, allPrime((n) => [n ** 4 + 1])],
  ['n with 2n + 1 prime', 1, allPrime((n) => [2 * n + 1])],
  ['n with 4n + 1 prime', 1, allPrime((n) => [4 * n + 1])],
  ['n with 6n + 1 prime', 1, allPrime((n) => [6 * n + 1])],
  ['n with 6n - 1 prime', 1, allPrime((n) => [6 * n - 1])],
  ['n with 6n - 1 and 6n + 1 prime', 1, allPrime((n) => [6 * n - 1, 6 * n + 1])],
  ['n with 10n + 3 prime', 1, allPrime((n) => [10 * n + 3])],
  ['n with 3n + 2 and 3n - 2 prime', 1, allPrime((n) => [3 * n + 2, 3 * n - 2])],
  ['n with 2n + 3 composite', 1, list((n) => !isPrime(2 * n + 3))],
  ['n with n + prime(n) prime', 1, list((n) => isPrime(n + prime(n)))],
  ['primes with digit sum prime', 1, primesWith((p) => isPrime(digitSum(p)))],
  ['primes of palindromic digits', 1, primesWith((p) => p.toString() === [...p.toString()].reverse().join(''))],
  ['emirps', 1, primesWith((p) => reverse(p) !== p && isPrime(reverse(p)))],
  ['primes without the digit 1', 1, primesWith((p) => !p.toString().includes('1'))],
  ['primes with the digit 7', 1, primesWith((p) => p.toString().includes('7'))],
  ['primes that divide some x^2 - x - 1', 1, primesWith((p) => upTo(p).some((x) => (x * x - x - 1) % p === 0))],
  ['primes with primitive root 2', 1, primesWith((p) => p > 2 && order(2, p) === p - 1)],
];

function upTo(n: number): number[] {
  return Array.from({ length: n }, (_, i) => i + 1);
}
function digitSum(n: number): number {
  return sum([...n.toString()].map(Number));
}
function reverse(n: number): number {
  return Number([...n.toString()].reverse().join(''));
}
/** The least k >= 1 with a^k = 1 modulo n, gcd(a, n) = 1. */
function order(a: number, n: number): number {
  let k = 1;
  for (let value = a % n; value !== 1 % n; value = (value * a) % n) k++;
  return k;
}
function primitiveRoot(p: number): number {
  for (let root = 1; ; root++) if (root % p !== 0 && order(root, p) === p - 1) return root;
}

/** Primes, functions of primes, and numbers such that something is prime. */
export const PRIMES = family('primes', ROWS);
