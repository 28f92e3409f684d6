import { factorial } from '../tools/exponential-series.ts';
import { digitsOf, factors, isPrime, isSquare, sum } from '../tools/factors.ts';
import { each, family, list, type NamedRow } from '../tools/named-row.ts';

const text = (n: number | bigint): string => n.toString();
const reverse = (n: number): number => Number([...text(n)].reverse().join(''));
const product = (digits: readonly number[]): number => digits.reduce((value, digit) => value * digit, 1);
const squared = (n: number): number => sum(digitsOf(n).map((digit) => digit ** 2));
const happy = (n: number, left = 50): boolean => n === 1 || (left > 0 && happy(squared(n), left - 1));
const palindrome = (n: number, base = 10): boolean => n.toString(base) === [...n.toString(base)].reverse().join('');
const digitalRoot = (n: number): number => (n === 0 ? 0 : 1 + ((n - 1) % 9));

const ROWS: readonly NamedRow[] = [
  ['palindromes', 1, list((n) => palindrome(n), 0)],
  ['binary palindromes', 1, list((n) => palindrome(n, 2), 0)],
  ['happy numbers', 1, list((n) => happy(n))],
  ['Harshad numbers', 1, list((n) => n % sum(digitsOf(n)) === 0)],
  ['digit sum 7', 1, list((n) => sum(digitsOf(n)) === 7)],
  ['digit sum prime', 1, list((n) => isPrime(sum(digitsOf(n))))],
  ['digit sum even', 1, list((n) => sum(digitsOf(n)) % 2 === 0, 0)],
  ['digits all odd', 1, list((n) => digitsOf(n).every((digit) => digit % 2 === 1))],
  ['digits prime', 1, list((n) => digitsOf(n).every(isPrime))],
  ['digits rising', 1, list((n) => digitsOf(n).every((digit, i, all) => i === 0 || digit > all[i - 1]))],
  ['digits different', 1, list((n) => new Set(text(n)).size === text(n).length, 0)],
  ['repdigits', 1, list((n) => new Set(text(n)).size === 1, 0)],
  ['numbers with the digit 5', 1, list((n) => text(n).includes('5'))],
  ['numbers without the digit 0', 1, list((n) => !text(n).includes('0'))],
  [
    'Smith numbers',
    1,
    list((n) => n > 1 && !isPrime(n) && sum(digitsOf(n)) === sum(factors(n).map(([p, e]) => e * sum(digitsOf(p))))),
  ],
  ['numbers whose squares end in their last digit', 1, list((n) => text(n * n).endsWith(text(n % 10)))],
  ['squares without a repeated digit', 1, list((n) => isSquare(n) && new Set(text(n)).size === text(n).length, 0)],
  [
    'self numbers',
    1,
    list((n) => !Array.from({ length: 60 }, (_, i) => n - i).some((m) => m > 0 && m + sum(digitsOf(m)) === n)),
  ],
  ['product of digits', 0, each((n) => product(digitsOf(n)))],
  ['sum of squared digits', 0, each(squared)],
  ['sum of digits of n^2', 0, each((n) => sum(digitsOf(n * n)))],
  ['sum of digits of 2^n', 0, each((n) => sum(digitsOf(2n ** BigInt(n))))],
  ['sum of digits of the n-th prime', 1, each((n) => sum(digitsOf(nthPrime(n))))],
  ['last digit of n^2', 0, each((n) => (n * n) % 10)],
  ['last digit of n^n', 1, each((n) => BigInt(n) ** BigInt(n) % 10n)],
  ['last digit of Fibonacci numbers', 0, (count) => fibonacciDigits(count, (digits) => digits.at(-1)!)],
  ['first digit of Fibonacci numbers', 0, (count) => fibonacciDigits(count, (digits) => digits[0])],
  ['first digit of 2^n', 0, each((n) => digitsOf(2n ** BigInt(n))[0])],
  ['first digit of n^2', 0, each((n) => digitsOf(n * n)[0])],
  ['digital root', 0, each(digitalRoot)],
  ['digital root of n^2', 0, each((n) => digitalRoot(n * n))],
  ['digital root of Fibonacci numbers', 0, (count) => fibonacciDigits(count, (digits) => digitalRoot(sum(digits)))],
  ['number of digits of n!', 0, each((n) => text(factorial(n)).length)],
  ['number of digits of 3^n', 0, each((n) => text(3n ** BigInt(n)).length)],
  ['n written backwards', 0, each(reverse)],
  ['n + n backwards', 0, each((n) => n + reverse(n))],
  ['n times n backwards', 0, each((n) => n * reverse(n))],
  ['n times its digit sum', 0, each((n) => n * sum(digitsOf(n)))],
  ['n - digit sum', 0, each((n) => n - sum(digitsOf(n)))],
  ['concatenation of n and n', 1, each((n) => Number(text(n) + text(n)))],
  ['concatenation of n and n + 1', 0, each((n) => Number(text(n) + text(n + 1)))],
  ['concatenation of n and its square', 1, each((n) => Number(text(n) + text(n * n)))],
  [
    'digits of 1, 2, 3, ... joined',
    1,
    (count) => [...Array.from({ length: count }, (_, i) => i + 1).join('')].slice(0, count).map(BigInt),
  ],
  [
    'digits of the primes, joined',
    1,
    (count) => [...Array.from({ length: count }, (_, i) => nthPrime(i + 1)).join('')].slice(0, count).map(BigInt),
  ],
  ['multiplicative persistence', 0, each((n) => persistence(n))],
  [
    'smallest number with digit sum n',
    0,
    each((n) => BigInt((n % 9 > 0 ? text(n % 9) : '') + '9'.repeat(Math.floor(n / 9)) || '0')),
  ],
  ['numbers of days in months', 1, each((n) => [31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31][(n - 1) % 12])],
];

function nthPrime(n: number): number {
  let p = 2;
  for (let k = 1; k < n; p++) if (isPrime(p + 1)) k++;
  return p;
}
function fibonacciDigits(count: number, of: (digits: number[]) => number): bigint[] {
  let [a, b] = [0n, 1n];
  return Array.from({ length: count }, () => {
    const digit = of(digitsOf(a));
    [a, b] = [b, a + b];
    return BigInt(digit);
  });
}
function persistence(n: number): number {
  return n < 10 ? 0 : 1 + persistence(product(digitsOf(n)));
}

/** Games with decimal digits. */
export const DIGIT_GAMES = family('digit games', ROWS);
