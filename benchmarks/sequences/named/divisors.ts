import {
  bigOmega,
  divisors,
  factors,
  gcd,
  isSquare,
  lcm,
  moebius,
  multiplicative,
  omega,
  radical,
  sigma,
  sum,
  tau,
  totient,
} from '../tools/factors.ts';
import { each, family, type NamedRow } from '../tools/named-row.ts';

const upTo = (n: number): number[] => Array.from({ length: n }, (_, i) => i + 1);
const liouville = (n: number): number => (-1) ** bigOmega(n);
const jordan = (k: number) => multiplicative((p, e) => p ** (k * e) - p ** (k * (e - 1)));
const unitary = (n: number): number[] => divisors(n).filter((d) => gcd(d, n / d) === 1);
const squarefreePart = multiplicative((p, e) => (e % 2 === 1 ? p : 1));
const carmichael = (n: number): number =>
  factors(n).reduce((common, [p, e]) => lcm(common, p === 2 && e > 2 ? 2 ** (e - 2) : p ** (e - 1) * (p - 1)), 1);
const character = (n: number): number => [0, 1, 0, -1][n % 4];
const ramanujan = (q: number, n: number): number => sum(divisors(gcd(q, n)).map((d) => d * moebius(q / d)));
const sopfr = (n: number): number => sum(factors(n).map(([p, e]) => p * e));
const dirichletInverseOfTau = multiplicative((_, e) => [1, -2, 1][e] ?? 0);
const row = (name: string, term: (n: number) => number | bigint | boolean): NamedRow => [name, 1, each(term)];

const ROWS: readonly NamedRow[] = [
  row('tau(n)', tau),
  row('sigma(n)', sigma(1)),
  row('sigma_2(n)', sigma(2)),
  row('sigma_3(n)', sigma(3)),
  row('sigma_5(n)', sigma(5)),
  row('phi(n)', totient),
  row(
    'Dedekind psi(n)',
    multiplicative((p, e) => p ** (e - 1) * (p + 1)),
  ),
  row('Jordan J_2(n)', jordan(2)),
  row('Jordan J_3(n)', jordan(3)),
  row('mu(n)', moebius),
  row('mu(n)^2', (n) => moebius(n) ** 2),
  row('Liouville lambda(n)', liouville),
  row('omega(n)', omega),
  row('Omega(n)', bigOmega),
  row('2^omega(n)', (n) => 2 ** omega(n)),
  row('rad(n)', radical),
  row('squarefree part of n', squarefreePart),
  row('largest square dividing n', (n) => n / squarefreePart(n)),
  row('n / rad(n)', (n) => n / radical(n)),
  row('gcd sum of Pillai', (n) => sum(upTo(n).map((k) => gcd(k, n)))),
  row('sum of lcm(k, n)', (n) => sum(upTo(n).map((k) => lcm(k, n)))),
  row('Ramanujan sums c_n(2)', (n) => ramanujan(n, 2)),
  row('Ramanujan sums c_6(n)', (n) => ramanujan(6, n)),
  row('Ramanujan sums c_n(12)', (n) => ramanujan(n, 12)),
  row('unitary sigma(n)', (n) => sum(unitary(n))),
  row(
    'unitary phi(n)',
    multiplicative((p, e) => p ** e - 1),
  ),
  row('Carmichael lambda(n)', carmichael),
  row('sum of odd divisors', (n) => sum(divisors(n).filter((d) => d % 2 === 1))),
  row('number of odd divisors', (n) => divisors(n).filter((d) => d % 2 === 1).length),
  row('number of even divisors', (n) => divisors(n).filter((d) => d % 2 === 0).length),
  row('divisors of the form 4k + 1', (n) => divisors(n).filter((d) => d % 4 === 1).length),
  row('divisors of the form 3k + 1 less those 3k + 2', (n) => sum(divisors(n).map((d) => [0, 1, -1][d % 3]))),
  row('aliquot sum', (n) => sigma(1)(n) - n),
  row('number of proper divisors', (n) => tau(n) - 1),
  row('tau(n^2)', (n) => tau(n * n)),
  row('tau(n)^2', (n) => tau(n) ** 2),
  row('sum of tau(d), d | n', (n) => sum(divisors(n).map(tau))),
  row('sum of sigma(d), d | n', (n) => sum(divisors(n).map(sigma(1)))),
  row('Dirichlet inverse of tau', dirichletInverseOfTau),
  row(
    'Dirichlet inverse of sigma',
    multiplicative((p, e) => [1, -(p + 1), p][e] ?? 0),
  ),
  row('Moebius transform of triangular numbers', (n) =>
    sum(divisors(n).map((d) => (moebius(n / d) * d * (d + 1)) / 2)),
  ),
  row('sum of square divisors', (n) => sum(divisors(n).filter(isSquare))),
  row('number of square divisors', (n) => divisors(n).filter(isSquare).length),
  row(
    'number of abelian groups of order n',
    multiplicative((_, e) => [1, 1, 2, 3, 5, 7, 11, 15][e]),
  ),
  row('n phi(n)', (n) => n * totient(n)),
  row('n tau(n)', (n) => n * tau(n)),
  row('phi(n) tau(n)', (n) => totient(n) * tau(n)),
  row('sigma(n) phi(n)', (n) => sigma(1)(n) * totient(n)),
  row('sigma(n) + phi(n)', (n) => sigma(1)(n) + totient(n)),
  row('cototient', (n) => n - totient(n)),
  row('phi(2n)', (n) => totient(2 * n)),
  row('sigma(2n - 1)', (n) => sigma(1)(2 * n - 1)),
  row('tau(4n + 1)', (n) => tau(4 * n + 1)),
  row('sums of tau', (n) => sum(upTo(n).map(tau))),
  row('sums of sigma', (n) => sum(upTo(n).map(sigma(1)))),
  row('Farey fractions, 1 + sums of phi', (n) => 1 + sum(upTo(n).map(totient))),
  row('Mertens function', (n) => sum(upTo(n).map(moebius))),
  row('sums of Liouville lambda', (n) => sum(upTo(n).map(liouville))),
  row('number of squarefree numbers up to n', (n) => sum(upTo(n).map((k) => moebius(k) ** 2))),
  row('sopfr(n)', sopfr),
  row('sopf(n)', (n) => sum(factors(n).map(([p]) => p))),
  row('smallest prime factor of n', (n) => factors(n)[0]?.[0] ?? 1),
  row('largest prime factor of n', (n) => factors(n).at(-1)?.[0] ?? 1),
  row('largest proper divisor', (n) => divisors(n).at(-2) ?? 1),
  row('arithmetic derivative', (n) => sum(factors(n).map(([p, e]) => (e * n) / p))),
  row('product of divisors', (n) => divisors(n).reduce((product, d) => product * BigInt(d), 1n)),
  row('exp(von Mangoldt(n))', (n) => (omega(n) === 1 ? factors(n)[0][0] : 1)),
  row('solutions of x^2 = 1 mod n', (n) => upTo(n).filter((x) => (x * x) % n === 1 % n).length),
  row('solutions of x^2 = 0 mod n', (n) => upTo(n).filter((x) => (x * x) % n === 0).length),
  row('solutions of x^2 = -1 mod n', (n) => upTo(n).filter((x) => (x * x + 1) % n === 0).length),
  row('number of squares mod n', (n) => new Set(upTo(n).map((x) => (x * x) % n)).size),
  row('number of cubes mod n', (n) => new Set(upTo(n).map((x) => x ** 3 % n)).size),
  row('chi_-4 convolved with itself', (n) => sum(divisors(n).map((d) => character(d) * character(n / d)))),
  row('sum of chi_-4(d) d^2, d | n', (n) => sum(divisors(n).map((d) => character(d) * d * d))),
  row('ordered factorisations', function ordered(n): number {
    return n === 1 ? 1 : sum(divisors(n).slice(0, -1).map(ordered));
  }),
  row('gcd of the exponents in n', (n) => factors(n).reduce((common, [, e]) => gcd(common, e), 0)),
  row('maximal exponent in n', (n) => Math.max(0, ...factors(n).map(([, e]) => e))),
  row('n exp(von Mangoldt(n))', (n) => (omega(n) === 1 ? factors(n)[0][0] : 1) * n),
  row('number of k <= n with k^2 + k + 1 = 0 mod n', (n) => upTo(n).filter((k) => (k * k + k + 1) % n === 0).length),
  row('numerator of sigma(n)/n', (n) => sigma(1)(n) / gcd(sigma(1)(n), n)),
  row('denominator of phi(n)/n', (n) => n / gcd(totient(n), n)),
];

/** Functions of the divisors and of the factors of n. */
export const DIVISORS = family('arithmetic', ROWS);
