import { divisors, moebius } from '../tools/factors.ts';
import { etaQuotient, eulerTransform } from '../tools/series.ts';
import { between, type Draw, nonzero, pick, several, tabulate, whether } from './draw.ts';
import { cFinite, periodic, polynomial } from './linear.ts';

/** A product of eta functions without its power of q. */
export const etaProduct: Draw = (random, count) => {
  const scales = pick(random, [[1, 2], [1, 2, 4], [1, 3], [1, 5], [1, 2, 3, 6], [1, 7], [1], [1, 4], [2, 3]]);
  const powers = scales.map((d) => [d, between(random, -3, 4)] as const);
  return powers.every(([, r]) => r === 0) ? undefined : etaQuotient(powers, count);
};

/** sum over d | n of f(d) g(n / d), f and g simple. */
export const dirichlet: Draw = (random, count) => {
  const simple = (): ((n: number) => bigint) => {
    const power = BigInt(between(random, 0, 3));
    const cycle = several(random, between(random, 2, 6), -1, 2).map(BigInt);
    const [a, b] = [BigInt(between(random, 1, 3)), BigInt(between(random, -1, 3))];
    return pick(random, [
      (n) => BigInt(n) ** power,
      (n) => cycle[n % cycle.length],
      (n) => a * BigInt(n) + b,
      (n) => a ** BigInt(n),
      (n) => BigInt(moebius(n)),
    ]);
  };
  const [f, g] = [simple(), whether(random, 0.5) ? (n: number): bigint => BigInt(moebius(n)) : simple()];
  return tabulate(count, 1, (n) => divisors(n).reduce((sum, d) => sum + f(d) * g(n / d), 0n));
};

/** Sections a(k n + r) that are linear in a(n), a(n + 1) and 1. */
export const kRegular: Draw = (random, count) => {
  const base = pick(random, [2, 2, 2, 3]);
  const rules = Array.from({ length: base }, () => [
    between(random, -1, 2),
    between(random, 0, 1),
    between(random, -1, 2),
  ]);
  const limit = 1_000n ** 5n;
  const terms = [BigInt(between(random, 0, 1)), 1n];
  for (let n = 2; n < count; n++) {
    const [own, next, constant] = rules[n % base];
    const m = Math.floor(n / base);
    terms.push(BigInt(own) * terms[m] + BigInt(next) * (m + 1 < n ? terms[m + 1] : 1n) + BigInt(constant));
  }
  return terms.some((term) => term > limit) || new Set(terms.slice(-20)).size < 3 ? undefined : terms;
};

/** Partitions into the parts of a residue class, into few parts, or with several kinds of a part. */
export const partitionFamily: Draw = (random, count) => {
  const modulus = between(random, 2, 8);
  const classes = Array.from({ length: modulus }, () => (whether(random, 0.5) ? between(random, 1, 2) : 0));
  const linear = between(random, 0, 2);
  const kinds = pick(random, [
    (d: number) => classes[d % modulus],
    (d: number) => (classes[d % modulus] > 0 ? 1 : 0),
    (d: number) => linear * d + (linear === 0 ? 1 : -1),
    (d: number) => (moebius(d) === 0 ? 0 : 1),
    (d: number) => divisors(d).length - linear,
    (d: number) => (d * (d + linear)) >> 1,
  ]);
  const parts = Array.from({ length: count }, (_, i) => BigInt(kinds(i + 1)));
  return parts.every((c) => c === 0n) ? undefined : eulerTransform(parts, count);
};

/** What polynomials and recurrences become under one of the well-known transforms. */
export const transformed: Draw = (random, count) => {
  const base = pick(random, [polynomial, periodic, cFinite])(random, count);
  if (!base || base.slice(-3).every((term) => term === 0n)) return undefined;
  const kind = random.integer(5);
  if (kind === 0) return eulerTransform(base.slice(1), count);
  if (kind === 1) return invert(base, count);
  if (kind === 2) return base.map((_, n) => base.slice(0, n + 1).reduce((sum, a, k) => sum + a * base[n - k], 0n));
  if (kind === 3) return tabulate(count, 1, (n) => divisors(n).reduce((sum, d) => sum + base[d - 1], 0n));
  return tabulate(count, 1, (n) => divisors(n).reduce((sum, d) => sum + BigInt(moebius(n / d)) * base[d - 1], 0n));
};

/** 1 / (1 - x A(x)). */
function invert(base: readonly bigint[], count: number): bigint[] {
  const terms = [1n];
  for (let n = 1; n < count; n++) {
    let sum = 0n;
    for (let k = 0; k < n; k++) sum += base[k] * terms[n - 1 - k];
    terms.push(sum);
  }
  return terms;
}

/** Sequences of sums and differences of the above, once. */
export const summed: Draw = (random, count) => {
  const base = pick(random, [dirichlet, etaProduct, kRegular, partitionFamily])(random, count + 1);
  if (!base) return undefined;
  if (whether(random, 0.5)) return base.slice(1).map((term, n) => term - base[n]);
  let sum = BigInt(nonzero(random, -1, 1));
  return base.slice(0, count).map((term) => {
    sum += term;
    return sum;
  });
};
