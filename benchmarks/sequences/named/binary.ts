import { digitsOf, isSquare, sum } from '../tools/factors.ts';
import { each, family, list, type NamedRow, type Terms } from '../tools/named-row.ts';

const weight = (n: number): number => sum(digitsOf(n, 2));
const valuation = (n: number, p: number): number => (n % p === 0 ? 1 + valuation(n / p, p) : 0);
const gray = (n: number): number => n ^ (n >> 1);
const inBase = (n: number, base: number, as = 10): bigint =>
  digitsOf(n, base).reduce((value, digit) => value * BigInt(as) + BigInt(digit), 0n);
const reversed = (n: number, base: number): number =>
  digitsOf(n, base)
    .reverse()
    .reduce((value, digit) => value * base + digit, 0);
const stern = (n: number): number => (n < 2 ? n : n % 2 === 0 ? stern(n / 2) : stern((n - 1) / 2) + stern((n + 1) / 2));
const runs = (n: number): number => digitsOf(n, 2).filter((digit, i, all) => digit !== all[i - 1]).length;
const adjacentOnes = (n: number): number => weight(n & (n >> 1));
const length = (n: number): number => digitsOf(n, 2).length;
const collatz = (n: number): number => (n % 2 === 0 ? n / 2 : 3 * n + 1);
const stepsToOne = (n: number): number => (n === 1 ? 0 : 1 + stepsToOne(collatz(n)));
const zeckendorf = (n: number): number[] => {
  const parts: number[] = [];
  for (let rest = n; rest > 0; ) {
    let [a, b] = [1, 2];
    while (b <= rest) [a, b] = [b, a + b];
    parts.push(a);
    rest -= a;
  }
  return parts;
};

/** Applied to a word from a letter on, for ever. */
const morphism =
  (rules: Readonly<Record<number, readonly number[]>>, first: number): Terms =>
  (count) => {
    let word: readonly number[] = [first];
    while (word.length < count) word = word.flatMap((letter) => rules[letter]);
    return word.slice(0, count).map(BigInt);
  };

const ROWS: readonly NamedRow[] = [
  ['binary weight', 0, each(weight)],
  ['number of zeros in binary', 0, each((n) => (n === 0 ? 1 : length(n) - weight(n)))],
  ['length in binary', 0, each(length)],
  ['Thue-Morse', 0, each((n) => weight(n) % 2)],
  ['Thue-Morse, signed', 0, each((n) => (-1) ** weight(n))],
  ['n plus its binary weight', 0, each((n) => n + weight(n))],
  ['evil numbers', 1, list((n) => weight(n) % 2 === 0, 0)],
  ['odious numbers', 1, list((n) => weight(n) % 2 === 1)],
  ['ruler, 2-adic valuation of n', 1, each((n) => valuation(n, 2))],
  ['3-adic valuation of n', 1, each((n) => valuation(n, 3))],
  ['5-adic valuation of n', 1, each((n) => valuation(n, 5))],
  ['highest power of 2 in n', 1, each((n) => 2 ** valuation(n, 2))],
  ['highest power of 3 in n', 1, each((n) => 3 ** valuation(n, 3))],
  ['odd part of n', 1, each((n) => n / 2 ** valuation(n, 2))],
  ['2-adic valuation of n!', 0, each((n) => n - weight(n))],
  ['5-adic valuation of n!, trailing zeros', 0, each((n) => (n - sum(digitsOf(n, 5))) / 4)],
  ['Gray code', 0, each(gray)],
  ['inverse of Gray code', 0, each((n) => [1, 2, 4, 8, 16].reduce((value, shift) => value ^ (value >> shift), n))],
  ['Gray code, weight', 0, each((n) => weight(gray(n)))],
  ['n xor 2n', 0, each((n) => n ^ (2 * n))],
  ['n and 2n', 0, each((n) => n & (2 * n))],
  ['n xor floor(n / 4)', 0, each((n) => n ^ (n >> 2))],
  ['binary reversal', 0, each((n) => reversed(n, 2))],
  ['ternary reversal', 0, each((n) => reversed(n, 3))],
  ['numbers written in base 2', 0, each((n) => inBase(n, 2))],
  ['numbers written in base 3', 0, each((n) => inBase(n, 3))],
  ['numbers written in base 4', 0, each((n) => inBase(n, 4))],
  ['numbers written in base 7', 0, each((n) => inBase(n, 7))],
  ['Moser-de Bruijn, sums of powers of 4', 0, each((n) => inBase(n, 2, 4))],
  ['sums of powers of 3', 0, each((n) => inBase(n, 2, 3))],
  ['Stern diatomic', 0, each(stern)],
  ['products of neighbours in Stern diatomic', 0, each((n) => stern(n) * stern(n + 1))],
  ['Josephus', 1, each((n) => 2 * (n - 2 ** (length(n) - 1)) + 1)],
  [
    'Josephus with every third',
    1,
    each((n) => Array.from({ length: n - 1 }, (_, i) => i + 2).reduce((last, size) => (last + 3) % size, 0) + 1),
  ],
  ['runs in binary', 1, each(runs)],
  ['Rudin-Shapiro', 0, each((n) => (-1) ** adjacentOnes(n))],
  ['number of 11 in binary', 0, each(adjacentOnes)],
  ['Gould, odd binomials in a row', 0, each((n) => 2 ** weight(n))],
  ['sums of Gould', 0, each((n) => sum(Array.from({ length: n + 1 }, (_, k) => 2 ** weight(k))))],
  ['sums of binary weights', 0, each((n) => sum(Array.from({ length: n + 1 }, (_, k) => weight(k))))],
  ['digit sum in base 3', 0, each((n) => sum(digitsOf(n, 3)))],
  ['digit sum in base 4', 0, each((n) => sum(digitsOf(n, 4)))],
  ['digit sum in base 10', 0, each((n) => sum(digitsOf(n)))],
  ['floor log 2', 1, each((n) => length(n) - 1)],
  ['smallest power of 2 that is not below n', 1, each((n) => (n === 1 ? 1 : 2 ** length(n - 1)))],
  ['regular paperfolding', 1, each((n) => Number((n / 2 ** valuation(n, 2)) % 4 === 1))],
  ['dragon curve, signed', 1, each((n) => ((n / 2 ** valuation(n, 2)) % 4 === 1 ? 1 : -1))],
  ['fibbinary numbers', 1, list((n) => (n & (n >> 1)) === 0, 0)],
  ['numbers with two ones in binary', 1, list((n) => weight(n) === 2)],
  ['Fibonacci word', 0, morphism({ 0: [0, 1], 1: [0] }, 0)],
  ['period doubling', 0, morphism({ 0: [0, 1], 1: [0, 0] }, 0)],
  ['tribonacci word', 0, morphism({ 0: [0, 1], 1: [0, 2], 2: [0] }, 0)],
  ['ternary Thue-Morse', 0, morphism({ 0: [0, 1, 2], 1: [0, 2], 2: [1] }, 0)],
  ['Cantor word', 0, morphism({ 0: [0, 0, 0], 1: [1, 0, 1] }, 1)],
  ['Mephisto waltz', 0, morphism({ 0: [0, 0, 1], 1: [1, 1, 0] }, 0)],
  ['parts of Zeckendorf', 0, each((n) => zeckendorf(n).length)],
  ['smallest Zeckendorf part', 1, each((n) => zeckendorf(n).at(-1) ?? 0)],
  ['Collatz step', 0, each(collatz)],
  ['Collatz steps to 1', 1, each(stepsToOne)],
  ['Collatz orbit of 27', 0, (count) => orbit(27, collatz, count)],
  ['Collatz orbit of 97', 0, (count) => orbit(97, collatz, count)],
  ['characteristic function of powers of 2', 1, each((n) => (n & (n - 1)) === 0)],
  ['characteristic function of squares', 0, each(isSquare)],
  ['characteristic function of multiples of 3', 0, each((n) => n % 3 === 0)],
  ['characteristic function of Fibonacci numbers', 0, each((n) => isSquare(5 * n * n + 4) || isSquare(5 * n * n - 4))],
];

function orbit(first: number, step: (n: number) => number, count: number): bigint[] {
  const terms = [first];
  while (terms.length < count) terms.push(step(terms[terms.length - 1]));
  return terms.map(BigInt);
}

/** Sequences of the binary (and other) digits of the index, words of morphisms, orbits of Collatz. */
export const BINARY = family('k-regular', ROWS);
