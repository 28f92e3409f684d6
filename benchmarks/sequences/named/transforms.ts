import { isPrime, tau } from '../tools/factors.ts';
import { family, type NamedRow } from '../tools/named-row.ts';
import { bigints, divide, eulerTransform, multiply, reversion, type Series } from '../tools/series.ts';

const b = BigInt;

const simple: Readonly<Record<string, (count: number) => bigint[]>> = {
  'all ones': (count) => bigints(...Array.from({ length: count }, () => 1)),
  'natural numbers': (count) => bigints(...Array.from({ length: count }, (_, i) => i + 1)),
  squares: (count) => bigints(...Array.from({ length: count }, (_, i) => (i + 1) ** 2)),
  'triangular numbers': (count) => bigints(...Array.from({ length: count }, (_, i) => ((i + 1) * (i + 2)) / 2)),
  primes: (count) => bigints(...Array.from({ length: 40 * count }, (_, i) => i).filter(isPrime)).slice(0, count),
  'Fibonacci numbers': (count) => divide(bigints(1), bigints(1, -1, -1), count),
  'Catalan numbers': (count) => reversion(bigints(0, 1, -1), count + 1).slice(1),
  'powers of 2': (count) => Array.from({ length: count }, (_, i) => 2n ** b(i)),
  'characteristic function of primes': (count) =>
    bigints(...Array.from({ length: count }, (_, i) => Number(isPrime(i + 1)))),
  'numbers of divisors': (count) => bigints(...Array.from({ length: count }, (_, i) => tau(i + 1))),
};

const binomialTransform = (terms: Series): bigint[] => {
  const result: bigint[] = [];
  for (let row = [...terms]; row.length > 0; row = row.slice(1).map((value, i) => value + row[i])) result.push(row[0]);
  return result;
};

const TRANSFORMS: Readonly<Record<string, (terms: Series, count: number) => bigint[]>> = {
  'Euler transform': (terms, count) => eulerTransform(terms, count),
  'INVERT transform': (terms, count) => divide([1n], [1n, ...terms.map((value) => -value)], count),
  'binomial transform': (terms) => binomialTransform(terms),
  'self-convolution': (terms, count) => multiply(terms, terms, count),
  'partial sums': (terms) => terms.map((_, n) => terms.slice(0, n + 1).reduce((total, value) => total + value, 0n)),
  'weigh transform': (terms, count) => weigh(terms, count),
  reversion: (terms, count) => reversion([0n, ...terms], count + 1).slice(1),
};

const ROWS: readonly NamedRow[] = Object.entries(TRANSFORMS).flatMap(([transform, apply]) =>
  Object.entries(simple)
    .filter(([name, base]) => transform !== 'reversion' || (base(1)[0] === 1n && name !== 'Catalan numbers'))
    .map(
      ([name, base]): NamedRow => [`${transform} of ${name}`, 0, (count) => apply(base(count), count).slice(0, count)],
    ),
);

/** The product of (1 + x^k)^(a_k). */
function weigh(terms: Series, count: number): bigint[] {
  const doubled = terms.map((value, i) => value - ((i + 1) % 2 === 0 ? terms[(i - 1) / 2] : 0n));
  return eulerTransform(doubled, count);
}

/** Well-known transforms of simple sequences. */
export const TRANSFORMED = family('transforms', ROWS);
