import { Integer } from '../../../src/numerics/index.ts';
import { each, family, type NamedRow } from '../tools/named-row.ts';
import { BITS, E, LOG2, ONE, PI, type Real, real, root } from '../tools/real.ts';

const floor = (x: Real): bigint => (x - Integer.modulo(x, ONE)) >> BITS;
const round = (x: Real): bigint => floor(x + ONE / 2n);
const golden = (ONE + root(5n * ONE)) / 2n;
const square = (n: number): Real => root(real(n));
const beatty = (name: string, alpha: Real): NamedRow => [`floor(n ${name})`, 1, each((n) => floor(BigInt(n) * alpha))];
const floorOf = (name: string, top: (n: number) => number, divisor: number): NamedRow => [
  `floor(${name} / ${divisor})`,
  0,
  each((n) => Math.floor(top(n) / divisor)),
];

const QUASI_ROWS: readonly NamedRow[] = [
  ['quarter-squares', 0, each((n) => Math.floor((n * n) / 4))],
  ...[2, 3, 5, 6, 7, 8, 9, 10, 12].map((k) => floorOf('n^2', (n) => n * n, k)),
  ...[3, 4, 5, 6].map((k) => floorOf('n(n + 1)', (n) => n * (n + 1), k)),
  ...[2, 4, 5, 9].map((k) => floorOf('n^3', (n) => n ** 3, k)),
  [
    'triangles in a triangle of side n, floor(n(n + 2)(2n + 1)/8)',
    0,
    each((n) => Math.floor((n * (n + 2) * (2 * n + 1)) / 8)),
  ],
  floorOf('3n^2', (n) => 3 * n * n, 4),
  floorOf('(n + 3)^2', (n) => (n + 3) ** 2, 12),
  ['round(n^2 / 12)', 0, each((n) => Math.round((n * n) / 12))],
  ['ceiling(n^2 / 3)', 0, each((n) => Math.ceil((n * n) / 3))],
  ['ceiling(n^2 / 2)', 0, each((n) => Math.ceil((n * n) / 2))],
  ['triangles with whole sides', 0, each((n) => Math.round((n % 2 === 0 ? n * n : (n + 3) ** 2) / 48))],
  [
    'generalised pentagonal numbers',
    0,
    each((n) => (n % 2 === 0 ? (n * (3 * n + 2)) / 8 : ((n + 1) * (3 * n + 1)) / 8)),
  ],
  [
    'generalised octagonal numbers',
    0,
    each((n) => (n % 2 === 0 ? (n * (3 * n + 4)) / 4 : ((n + 1) * (3 * n - 1)) / 4)),
  ],
  ['n or n/2', 0, each((n) => (n % 2 === 0 ? n / 2 : n))],
  ['n or n^2', 0, each((n) => (n % 2 === 0 ? n : n * n))],
  ['n or 3', 0, each((n) => (n % 2 === 0 ? n : 3))],
  ['(-1)^n n', 0, each((n) => (-1) ** n * n)],
  ['(-1)^n n^2', 0, each((n) => (-1) ** n * n * n)],
  ['0, 1, -1, 2, -2', 0, each((n) => (n % 2 === 1 ? (n + 1) / 2 : -n / 2))],
  ['n / gcd(n, 4)', 1, each((n) => n / Number(Integer.gcd(BigInt(n), 4n)))],
  ['n / gcd(n, 6)', 1, each((n) => n / Number(Integer.gcd(BigInt(n), 6n)))],
  ['gcd(n, 12)', 1, each((n) => Integer.gcd(BigInt(n), 12n))],
  ['n mod 7', 0, each((n) => n % 7)],
  ['n^2 mod 8', 0, each((n) => (n * n) % 8)],
  ['n^2 mod 13', 0, each((n) => (n * n) % 13)],
  ['2^n mod 19', 0, each((n) => 2 ** n % 19)],
  ['3^n mod 41', 0, each((n) => 3n ** BigInt(n) % 41n)],
  ['Fibonacci modulo 5', 0, each((n) => fibonacci(n) % 5n)],
  ['Fibonacci modulo 8', 0, each((n) => fibonacci(n) % 8n)],
  ['round(n / 3)', 0, each((n) => Math.round(n / 3))],
  ['Legendre symbol (n | 11)', 0, each((n) => [0, 1, -1, 1, 1, 1, -1, -1, -1, 1, -1][n % 11])],
  ['Kronecker symbol (-4 | n)', 0, each((n) => [0, 1, 0, -1][n % 4])],
  ['squares that a knight reaches in n moves', 0, each((n) => [1, 8, 32, 68, 96][n] ?? 28 * n - 20)],
];

const BEATTY_ROWS: readonly NamedRow[] = [
  ['lower Wythoff numbers floor(n phi)', 1, each((n) => floor(BigInt(n) * golden))],
  ['upper Wythoff numbers floor(n phi^2)', 1, each((n) => floor(BigInt(n) * (golden + ONE)))],
  beatty('sqrt 2', square(2)),
  beatty('(2 + sqrt 2)', 2n * ONE + square(2)),
  beatty('sqrt 3', square(3)),
  beatty('sqrt 5', square(5)),
  beatty('pi', PI),
  beatty('e', E),
  beatty('log 2', LOG2),
  beatty('(e - 1)', E - ONE),
  beatty('(1 + sqrt 3) / 2', (ONE + square(3)) / 2n),
  beatty('pi / 2', PI / 2n),
  ['floor(n^2 phi)', 0, each((n) => floor(BigInt(n * n) * golden))],
  ['floor(n^2 sqrt 2)', 0, each((n) => floor(BigInt(n * n) * square(2)))],
  ['floor(n sqrt n)', 0, each((n) => Integer.sqrt(BigInt(n) ** 3n))],
  ['floor(sqrt n)', 0, each((n) => Integer.sqrt(BigInt(n)))],
  ['round(sqrt n)', 0, each((n) => round(root(real(n))))],
  ['floor(sqrt(n^2 / 2))', 0, each((n) => Integer.sqrt(BigInt(n * n) / 2n))],
  ['floor of the cube root of n', 0, each((n) => Math.floor(Math.cbrt(n) + 1e-9))],
  ['n + round(sqrt n)', 1, each((n) => BigInt(n) + round(root(real(n))))],
  ['floor(phi^n)', 0, each((n) => floor(power(golden, n)))],
  ['floor(pi^n)', 0, each((n) => floor(power(PI, n)))],
  ['floor(e^n)', 0, each((n) => floor(power(E, n)))],
  ['round(e^n)', 0, each((n) => round(power(E, n)))],
  ['floor((3/2)^n)', 0, each((n) => 3n ** BigInt(n) / 2n ** BigInt(n))],
  ['floor((4/3)^n)', 0, each((n) => 4n ** BigInt(n) / 3n ** BigInt(n))],
  ['floor(sqrt(2)^n)', 0, each((n) => Integer.sqrt(2n ** BigInt(n)))],
  ['floor(2^n / n)', 1, each((n) => 2n ** BigInt(n) / BigInt(n))],
  ['floor(10^n / 7)', 0, each((n) => 10n ** BigInt(n) / 7n)],
  ['floor(2^n / 3)', 0, each((n) => 2n ** BigInt(n) / 3n)],
  ['floor(3^n / 5)', 0, each((n) => 3n ** BigInt(n) / 5n)],
  ['floor(n log2 n)', 1, each((n) => Math.floor(n * Math.log2(n) + 1e-12))],
  [
    'difference of the lower Wythoff sequence',
    1,
    each((n) => floor(BigInt(n + 1) * golden) - floor(BigInt(n) * golden)),
  ],
  ['difference of floor(n sqrt 2)', 1, each((n) => floor(BigInt(n + 1) * square(2)) - floor(BigInt(n) * square(2)))],
  ['floor(n phi) modulo 2', 1, each((n) => floor(BigInt(n) * golden) % 2n)],
];

function power(x: Real, exponent: number): Real {
  let value = ONE;
  for (let i = 0; i < exponent; i++) value = (value * x) >> BITS;
  return value;
}
function fibonacci(n: number): bigint {
  let [a, b] = [0n, 1n];
  for (let i = 0; i < n; i++) [a, b] = [b, a + b];
  return a;
}

/** Polynomials that depend on the class of n: floors of fractions, residues, alternations. */
export const QUASI_POLYNOMIALS = family('quasi-polynomial', QUASI_ROWS);

/** Floors of multiples, roots and powers of reals. */
export const FLOORS = family('floors', BEATTY_ROWS);
