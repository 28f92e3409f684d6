import { family, type NamedRow, type Terms } from '../tools/named-row.ts';

/** u_n = c1 u_{n-1} + c2 u_{n-2} + ... after the given first terms. */
export function linear(initial: readonly number[], coefficients: readonly number[], constant = 0): Terms {
  const weights = coefficients.map(BigInt);
  return (count) => {
    const terms = initial.map(BigInt);
    while (terms.length < count) {
      terms.push(weights.reduce((sum, c, k) => sum + c * terms[terms.length - 1 - k], BigInt(constant)));
    }
    return terms.slice(0, count);
  };
}

/** x^n for whole x. */
const powers = (base: number): NamedRow => [`powers of ${base}`, 0, linear([1], [base])];
const ones = (order: number): number[] => Array.from({ length: order }, () => 1);
const nacci = (name: string, order: number): NamedRow => [
  name,
  0,
  linear([...Array.from({ length: order - 1 }, () => 0), 1], ones(order)),
];

const ROWS: readonly NamedRow[] = [
  ['Fibonacci numbers', 0, linear([0, 1], [1, 1])],
  ['Lucas numbers', 0, linear([2, 1], [1, 1])],
  ['Fibonacci numbers from 1, 4', 0, linear([1, 4], [1, 1])],
  ['Fibonacci numbers from 3, 8', 0, linear([3, 8], [1, 1])],
  ['Pell numbers', 0, linear([0, 1], [2, 1])],
  ['companion Pell numbers', 0, linear([2, 2], [2, 1])],
  ['numerators of convergents of sqrt 2', 0, linear([1, 1], [2, 1])],
  ['Jacobsthal numbers', 0, linear([0, 1], [1, 2])],
  ['Jacobsthal-Lucas numbers', 0, linear([2, 1], [1, 2])],
  ['NSW numbers', 0, linear([1, 7], [6, -1])],
  ['balancing numbers', 0, linear([0, 1], [6, -1])],
  ['square triangular numbers', 0, linear([0, 1], [34, -1], 2)],
  ['Mersenne numbers 2^n - 1', 0, linear([0], [2], 1)],
  ['2^n + 1', 0, linear([2, 3], [3, -2])],
  ['(3^n - 1) / 2', 0, linear([0], [3], 1)],
  ['repunits', 0, linear([0], [10], 1)],
  ['3^n - 2^n', 0, linear([0, 1], [5, -6])],
  ['2^n + 3^n', 0, linear([2, 5], [5, -6])],
  ['Thabit numbers 3*2^n - 1', 0, linear([2], [2], 1)],
  ['n 2^(n-1)', 0, linear([0, 1], [4, -4])],
  ['Cullen numbers n 2^n + 1', 0, linear([1, 3, 9], [5, -8, 4])],
  ['Woodall numbers n 2^n - 1', 1, linear([1, 7, 23], [5, -8, 4])],
  ['Eulerian numbers, second column', 0, linear([0, 0, 1], [4, -5, 2])],
  ['2^n + n', 0, linear([1, 3, 6], [4, -5, 2])],
  ['2^n - n^2', 0, linear([1, 1, 0, -1], [5, -9, 7, -2])],
  ['Stirling numbers S(n, 3)', 0, linear([0, 0, 0, 1], [6, -11, 6])],
  ['Stirling numbers S(n, 4)', 0, linear([0, 0, 0, 0, 1], [10, -35, 50, -24])],
  ['Padovan numbers', 0, linear([1, 0, 0], [0, 1, 1])],
  ['Perrin numbers', 0, linear([3, 0, 2], [0, 1, 1])],
  ['Narayana cows', 0, linear([1, 1, 1], [1, 0, 1])],
  ['a(n) = a(n-1) + a(n-4)', 0, linear([1, 1, 1, 1], [1, 0, 0, 1])],
  ['a(n) = a(n-1) + a(n-5)', 0, linear([1, 1, 1, 1, 1], [1, 0, 0, 0, 1])],
  ['a(n) = a(n-2) + a(n-5)', 0, linear([1, 0, 1, 0, 1], [0, 1, 0, 0, 1])],
  ['a(n) = a(n-3) + a(n-5)', 0, linear([1, 1, 1, 2, 1], [0, 0, 1, 0, 1])],
  ['Chebyshev T_n(2)', 0, linear([1, 2], [4, -1])],
  ['Chebyshev T_n(3)', 0, linear([1, 3], [6, -1])],
  ['Chebyshev U_n(2)', 0, linear([1, 4], [4, -1])],
  ['Fibonacci of even index', 0, linear([0, 1], [3, -1])],
  ['Fibonacci of odd index', 0, linear([1, 2], [3, -1])],
  ['every third Fibonacci number', 0, linear([0, 2], [4, 1])],
  ['squares of Fibonacci numbers', 0, linear([0, 1, 1], [2, 2, -1])],
  ['cubes of Fibonacci numbers', 0, linear([0, 1, 1, 8], [3, 6, -3, -1])],
  ['products of neighbouring Fibonacci numbers', 0, linear([0, 1, 2], [2, 2, -1])],
  ['sums of Fibonacci numbers', 0, linear([0, 1, 2], [2, 0, -1])],
  ['Leonardo numbers', 0, linear([1, 1], [1, 1], 1)],
  ['Fibonacci numbers convolved with themselves', 0, linear([0, 0, 1, 2], [2, 1, -2, -1])],
  ['Fibonacci numbers times n', 0, linear([0, 1, 2, 6], [2, 1, -2, -1])],
  ['Fibonacci numbers plus n', 0, linear([0, 2, 3, 5], [3, -2, -1, 1])],
  ['Fibonacci numbers minus 1', 1, linear([0, 0, 1], [2, 0, -1])],
  ['bisection of the Padovan numbers', 0, linear([1, 0, 0], [2, -1, 1])],
  ['Gaussian binomials [n, 2] for q = 2', 0, linear([0, 0, 1], [7, -14, 8])],
  ['Gaussian binomials [n, 2] for q = 3', 0, linear([0, 0, 1], [13, -39, 27])],
  ['real part of (1 + i)^n', 0, linear([1, 1], [2, -2])],
  ['real part of (2 + i)^n', 0, linear([1, 2], [4, -5])],
  ['imaginary part of (1 + 2i)^n', 0, linear([0, 2], [2, -5])],
  ['trace of ((1 + sqrt -7)/2)^n', 0, linear([2, 1], [1, -2])],
  ['a(n) = 3 a(n-1) - 3 a(n-2)', 0, linear([1, 3], [3, -3])],
  ['a(n) = 2 a(n-1) + 3 a(n-2)', 0, linear([0, 1], [2, 3])],
  ['a(n) = a(n-1) + 3 a(n-2)', 0, linear([1, 1], [1, 3])],
  ['a(n) = 3 a(n-1) + a(n-2)', 0, linear([0, 1], [3, 1])],
  ['a(n) = 4 a(n-1) + 2 a(n-2)', 0, linear([1, 4], [4, 2])],
  ['a(n) = 5 a(n-1) - a(n-2)', 0, linear([1, 4], [5, -1])],
  ['a(n) = 2 (a(n-1) + a(n-2))', 0, linear([1, 2], [2, 2])],
  ['a(n) = 8 a(n-1) - a(n-2)', 0, linear([1, 7], [8, -1])],
  ['a(n) = -a(n-1) + a(n-2)', 0, linear([1, -2], [-1, 1])],
  ['a(n) = 3 a(n-1) + 2', 0, linear([1], [3], 2)],
  ['a(n) = 2 a(n-1) + 3', 0, linear([1], [2], 3)],
  ['a(n) = 4 a(n-1) + 1', 0, linear([0], [4], 1)],
  ['a(n) = 2 a(n-1) - a(n-2) + a(n-3)', 0, linear([1, 1, 2], [2, -1, 1])],
  ['a(n) = 2 a(n-1) + a(n-2) - a(n-3)', 0, linear([1, 2, 5], [2, 1, -1])],
  ['tilings with trominoes, a(n) = a(n-1) + 2 a(n-3)', 0, linear([1, 1, 1], [1, 0, 2])],
  ['domino tilings of 3 X 2n', 0, linear([1, 3], [4, -1])],
  ['domino tilings of 4 X n', 0, linear([1, 1, 5, 11], [1, 5, 1, -1])],
  ['spanning trees of wheels', 1, linear([1, 5, 16], [4, -4, 1])],
  ['spanning trees of ladders', 0, linear([0, 1], [4, -1])],
  ['colourings of a cycle with 3 colours', 1, linear([0, 6], [1, 2])],
  nacci('tribonacci numbers', 3),
  nacci('tetranacci numbers', 4),
  nacci('pentanacci numbers', 5),
  nacci('hexanacci numbers', 6),
  nacci('heptanacci numbers', 7),
  ['tribonacci-Lucas numbers', 0, linear([3, 1, 3], ones(3))],
  ['tribonacci numbers from 1, 1, 1', 0, linear([1, 1, 1], ones(3))],
  ...[2, 3, 4, 5, 7, 10, -2, -3].map(powers),
];

/** Linear recurrences with constant coefficients, as coefficients and first terms. */
export const RECURRENCES = family('C-finite', ROWS);
