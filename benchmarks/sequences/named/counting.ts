import { binomial } from '../tools/exponential-series.ts';
import { divisors, gcd, isSquare, moebius, sum, totient } from '../tools/factors.ts';
import { coefficients, each, family, type NamedRow, type Terms } from '../tools/named-row.ts';
import { bigints, compose, divide, eulerTransform, multiply } from '../tools/series.ts';

const b = BigInt;

/** Necklaces of n beads in so many colours: (1/n) sum phi(d) k^(n/d). */
const necklaces =
  (colours: number) =>
  (n: number): bigint =>
    n === 0 ? 1n : divisors(n).reduce((total, d) => total + b(totient(d)) * b(colours) ** b(n / d), 0n) / b(n);
const lyndon =
  (colours: number) =>
  (n: number): bigint =>
    divisors(n).reduce((total, d) => total + b(moebius(d)) * b(colours) ** b(n / d), 0n) / b(n);
const bracelets = (n: number): bigint => {
  const half = n % 2 === 1 ? 2n * 2n ** b((n + 1) / 2) : 3n * 2n ** b(n / 2);
  return (2n * necklaces(2)(n) + half) / 4n;
};

/** t = x times the Euler transform of t. */
function rootedTrees(count: number): bigint[] {
  let trees = bigints(1);
  while (trees.length < count) trees = eulerTransform(trees, trees.length + 1);
  return trees.slice(0, count);
}
/** Otter: r - (r^2 - r(x^2)) / 2. */
function freeTrees(count: number): bigint[] {
  const rooted = [0n, ...rootedTrees(count)];
  const square = multiply(rooted, rooted, count);
  return Array.from({ length: count }, (_, n) => {
    const doubled = n % 2 === 0 ? rooted[n / 2] : 0n;
    return n === 0 ? 1n : rooted[n] - (square[n] - doubled) / 2n;
  });
}
/** w = x + (w^2 + w(x^2)) / 2. */
function binaryTrees(count: number): bigint[] {
  const terms = bigints(0, 1);
  for (let n = 2; n < count; n++) {
    let total = n % 2 === 0 ? terms[n / 2] : 0n;
    for (let k = 1; k < n; k++) total += terms[k] * terms[n - k];
    terms.push(total / 2n);
  }
  return terms.slice(0, count);
}

/** Reduced forms a x^2 + b x y + c y^2 of discriminant -d: |b| <= a <= c, b >= 0 where one is equal. */
function forms(d: number, primitive: boolean): number {
  let count = 0;
  for (let a = 1; 3 * a * a <= d; a++) {
    for (let middle = -a + 1; middle <= a; middle++) {
      const rest = middle * middle + d;
      if (rest % (4 * a) !== 0) continue;
      const c = rest / (4 * a);
      const isReduced = c > a || (c === a && middle >= 0);
      if (isReduced && (!primitive || gcd(gcd(a, middle), c) === 1)) count++;
    }
  }
  return count;
}

/** Compositions of n into parts that are allowed. */
const compositions = (allowed: (part: number) => boolean): Terms =>
  coefficients((count) => divide([1n], [1n, ...Array.from({ length: count }, (_, i) => -b(allowed(i + 1)))], count));

const ROWS: readonly NamedRow[] = [
  ['necklaces of 2 colours', 0, each(necklaces(2))],
  ['necklaces of 3 colours', 0, each(necklaces(3))],
  ['necklaces of 4 colours', 0, each(necklaces(4))],
  ['bracelets of 2 colours', 1, each(bracelets)],
  ['Lyndon words of 2 letters', 1, each(lyndon(2))],
  ['Lyndon words of 3 letters', 1, each(lyndon(3))],
  ['aperiodic binary words', 1, each((n) => b(n) * lyndon(2)(n))],
  ['necklaces of n beads, k black, by rows', 1, necklaceRows],
  ['rooted trees', 1, rootedTrees],
  ['trees', 0, freeTrees],
  ['binary rooted trees, Wedderburn-Etherington', 0, binaryTrees],
  ['forests of rooted trees', 0, coefficients((count) => eulerTransform(rootedTrees(count), count))],
  ['class numbers of discriminant -4n', 1, each((n) => forms(4 * n, true))],
  ['class numbers of discriminant -(4n - 1)', 1, each((n) => forms(4 * n - 1, true))],
  ['reduced forms of discriminant -4n', 1, each((n) => forms(4 * n, false))],
  ['compositions into odd parts', 0, compositions((part) => part % 2 === 1)],
  ['compositions into parts above 1', 0, compositions((part) => part > 1)],
  ['compositions into squares', 0, compositions(isSquare)],
  ['compositions into 1, 3 and 4', 0, compositions((part) => [1, 3, 4].includes(part))],
  ['compositions into powers of 2', 0, compositions((part) => (part & (part - 1)) === 0)],
  ['compositions into triangular numbers', 0, compositions((part) => isSquare(8 * part + 1))],
  [
    'compositions into at most 4 parts',
    0,
    each((n) => (n === 0 ? 1n : [0, 1, 2, 3].reduce((total, k) => total + binomial(n - 1, k), 0n))),
  ],
  ['sublattices of index n in three dimensions', 1, each((n) => sum(divisors(n).map((d) => d * sum(divisors(d)))))],
  ['subgroups of the dihedral group of order 2n', 1, each((n) => divisors(n).length + sum(divisors(n)))],
  ['Catalan numbers of compositions, C(x / (1 - x))', 0, coefficients(catalanOfCompositions)],
  [
    'fractions in lowest terms with numerator and denominator up to n',
    1,
    each((n) => 2 * sum(Array.from({ length: n }, (_, i) => totient(i + 1))) - 1),
  ],
  ['lattice points in a circle of radius n', 0, each((n) => points((x, y) => x * x + y * y <= n * n, n))],
  ['lattice points in x^2 + y^2 <= n', 0, each((n) => points((x, y) => x * x + y * y <= n, Math.floor(Math.sqrt(n))))],
];

function necklaceRows(count: number): bigint[] {
  const terms: bigint[] = [];
  for (let n = 1; terms.length < count; n++) {
    for (let k = 0; k <= n; k++) {
      const common = divisors(gcd(n, k));
      terms.push(common.reduce((total, d) => total + b(totient(d)) * binomial(n / d, k / d), 0n) / b(n));
    }
  }
  return terms.slice(0, count);
}
function catalanOfCompositions(count: number): bigint[] {
  const catalan = Array.from({ length: count }, (_, n) => binomial(2 * n, n) / b(n + 1));
  return compose(catalan, [0n, ...Array.from({ length: count }, () => 1n)], count);
}
function points(inside: (x: number, y: number) => boolean, radius: number): number {
  let count = 0;
  for (let x = -radius; x <= radius; x++) for (let y = -radius; y <= radius; y++) if (inside(x, y)) count++;
  return count;
}
/** Necklaces, trees, forms, compositions, lattice points. */
export const COUNTING = family('counting', ROWS);
