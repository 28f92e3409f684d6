import { Integer, Rational } from '../../../src/numerics/index.ts';
import { binomial, factorial } from '../tools/exponential-series.ts';
import { each, family, type NamedRow } from '../tools/named-row.ts';

const b = BigInt;

const ROWS: readonly NamedRow[] = [
  ['numerators of Bernoulli numbers', 0, (count) => bernoulli(count).map(({ num }) => num)],
  ['denominators of Bernoulli numbers', 0, (count) => bernoulli(count).map(({ den }) => den)],
  ['numerators of harmonic numbers', 1, (count) => harmonic(count, 1).map(({ num }) => num)],
  ['denominators of harmonic numbers', 1, (count) => harmonic(count, 1).map(({ den }) => den)],
  ['numerators of sums of 1/k^2', 1, (count) => harmonic(count, 2).map(({ num }) => num)],
  ['denominators of sums of 1/k^2', 1, (count) => harmonic(count, 2).map(({ den }) => den)],
  ['numerators of sums of 1/k!', 0, (count) => sums(count, factorial).map(({ num }) => num)],
  ['denominators of sums of 1/k!', 0, (count) => sums(count, factorial).map(({ den }) => den)],
  ['numerators of n/(n + 2)', 0, each((n) => Rational.of(n, n + 2).num)],
  ['denominators of n(n + 1)/12', 0, each((n) => Rational.of(n * (n + 1), 12).den)],
  ['numerators of binomial(2n, n)/4^n', 0, each((n) => Rational.of(binomial(2 * n, n), 4n ** b(n)).num)],
  ['denominators of binomial(2n, n)/4^n', 0, each((n) => Rational.of(binomial(2 * n, n), 4n ** b(n)).den)],
  ['numerators of 1/4 - 1/n^2', 1, each((n) => Rational.of(n * n - 4, 4 * n * n).num)],
  [
    'lcm of 1..n',
    1,
    each((n) => Array.from({ length: n }, (_, k) => b(k + 1)).reduce((m, k) => Integer.lcm(m, k), 1n)),
  ],
  [
    'Stirling first kind, n! H_n',
    1,
    (count) => harmonic(count, 1).map(({ num, den }, i) => (num * factorial(i + 1)) / den),
  ],
];

function bernoulli(count: number): Rational[] {
  const terms: Rational[] = [];
  for (let n = 0; n < count; n++) {
    let sum = Rational.ZERO;
    for (let k = 0; k < n; k++) sum = Rational.add(sum, Rational.multiply(Rational.of(binomial(n + 1, k)), terms[k]));
    terms.push(n === 0 ? Rational.ONE : Rational.divide(Rational.negate(sum), Rational.of(n + 1)));
  }
  return terms;
}
function harmonic(count: number, power: number): Rational[] {
  return sums(count, (k) => b(k + 1) ** b(power));
}
function sums(count: number, denominator: (k: number) => bigint): Rational[] {
  let sum = Rational.ZERO;
  return Array.from({ length: count }, (_, k) => {
    sum = Rational.add(sum, Rational.of(1n, denominator(k)));
    return sum;
  });
}

/** Numerators and denominators of fractions. */
export const FRACTIONS = family('fractions', ROWS);
