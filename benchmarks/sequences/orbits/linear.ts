import { binomial } from '../tools/exponential-series.ts';
import { add, bigints, divide, multiply } from '../tools/series.ts';
import { between, type Draw, nonzero, pick, several, tabulate, whether } from './draw.ts';

/** Integer-valued: a combination of binomials. */
export const polynomial: Draw = (random, count) => {
  const degree = pick(random, [1, 2, 2, 2, 3, 3, 3, 4, 4, 5]);
  const weights = [...several(random, degree, -6, 9), between(random, 1, 12)];
  return tabulate(count, between(random, 0, 1), (n) => combine(weights, n));
};

function combine(weights: readonly number[], n: number): bigint {
  return weights.reduce((sum, w, k) => sum + BigInt(w) * binomial(n, k), 0n);
}

/** Other binomials for every class of n modulo 2 to 6. */
export const quasiPolynomial: Draw = (random, count) => {
  const period = pick(random, [2, 2, 2, 3, 3, 4, 5, 6]);
  const degree = pick(random, [1, 1, 2, 2, 3]);
  if (whether(random, 0.4))
    return rounded(between(random, 2, 12), [several(random, 2, 0, 6), [1, 2, 3]].flat())(random, count);
  const top = between(random, 1, 4);
  const low = Array.from({ length: period }, () => several(random, degree, -3, 6));
  return tabulate(count, 0, (n) => combine([...low[n % period], top], Math.floor(n / period) + (n % period)));
};

/** floor((a n^2 + b n + c) / k). */
function rounded(divisor: number, choices: readonly number[]): Draw {
  return (random, count) => {
    const [a, b, c] = [pick(random, [1, 1, 2, 3]), pick(random, choices), between(random, 0, divisor)];
    return tabulate(count, 0, (n) => Math.floor((a * n * n + b * n + c) / divisor));
  };
}

export const periodic: Draw = (random, count) => {
  const cycle = several(random, between(random, 2, 9), 0, pick(random, [1, 2, 4, 9]));
  const slope = whether(random, 0.3) ? between(random, 1, 5) : 0;
  return tabulate(count, 0, (n) => cycle[n % cycle.length] + slope * Math.floor(n / cycle.length));
};

/** A recurrence with small coefficients, small first terms, order 1 to 8. */
export const cFinite: Draw = (random, count) => {
  const order = pick(random, [1, 2, 2, 2, 2, 3, 3, 3, 4, 4, 5, 6, 7, 8]);
  const largest = order <= 2 ? 5 : order <= 4 ? 2 : 1;
  const weights = bigints(...several(random, order - 1, -largest, largest), nonzero(random, -largest, largest));
  const terms = bigints(...several(random, order, 0, 5));
  if (terms.every((term) => term === 0n)) return undefined;
  const constant = BigInt(whether(random, 0.25) ? between(random, -3, 4) : 0);
  while (terms.length < count) {
    const place = terms.length;
    terms.push(weights.reduce((sum, w, k) => sum + w * terms[place - 1 - k], constant));
  }
  return terms;
};

/** A small numerator over a product of 1 - x^m: what counts partitions, necklaces and molecules. */
export const cyclotomic: Draw = (random, count) => {
  let denominator = bigints(1);
  const factors = between(random, 1, 4);
  for (let i = 0; i < factors; i++) {
    const exponent = pick(random, [1, 1, 1, 2, 2, 3, 4, 5, 6]);
    const factor = bigints(1, ...Array.from({ length: exponent - 1 }, () => 0), whether(random, 0.9) ? -1 : 1);
    denominator = multiply(denominator, factor, denominator.length + exponent);
  }
  const numerator = bigints(1, ...several(random, between(random, 0, 5), -1, 3));
  return divide(numerator, denominator, count);
};

/** A small numerator over 1 - a x - b x^2 times powers of 1 - x: sums of words. */
export const rational: Draw = (random, count) => {
  let denominator = bigints(1, -between(random, 1, 4), -nonzero(random, -3, 3));
  for (let i = between(random, 0, 2); i > 0; i--) {
    denominator = multiply(
      denominator,
      pick(random, [bigints(1, -1), bigints(1, 1), bigints(1, -2), bigints(1, 0, -1)]),
      8,
    );
  }
  const numerator = bigints(...several(random, between(random, 1, 4), -3, 4));
  if (numerator.every((value) => value === 0n)) return undefined;
  return divide(numerator, denominator, count);
};

/** Closed walks, or all walks, in a random graph of 3 to 8 places. */
export const transferMatrix: Draw = (random, count) => {
  const size = pick(random, [3, 3, 4, 4, 5, 6, 7, 8]);
  const density = pick(random, [0.25, 0.4, 0.6]);
  const next = Array.from({ length: size }, () => Array.from({ length: size }, () => BigInt(whether(random, density))));
  const ends = Array.from({ length: size }, () => BigInt(whether(random, 0.6)));
  let state = Array.from({ length: size }, () => 1n);
  const terms: bigint[] = [];
  while (terms.length < count) {
    terms.push(state.reduce((sum, value, i) => sum + value * ends[i], 0n));
    state = next.map((row) => row.reduce((sum, value, j) => sum + value * state[j], 0n));
  }
  return terms.at(-1) === 0n ? undefined : terms;
};

/** a b^n + c n + d, and the like: sums of a power, a polynomial and a sign. */
export const powersAndPolynomials: Draw = (random, count) => {
  const [a, base, b, c, d] = [
    nonzero(random, -2, 4),
    between(random, 2, 5),
    nonzero(random, -3, 3),
    between(random, -4, 4),
    between(random, 0, 2),
  ];
  const second = whether(random, 0.4) ? between(random, 2, 4) : 1;
  return tabulate(count, 0, (n) => {
    const polynomial = BigInt(b * n ** d + c);
    return BigInt(a) * BigInt(base) ** BigInt(n) + polynomial * BigInt(second) ** BigInt(n);
  });
};

/** Two of the above, a term of each in turn. */
export const interleaved: Draw = (random, count) => {
  const draws = [polynomial, cFinite, powersAndPolynomials, periodic];
  const half = (count + 1) >> 1;
  const [first, second] = [pick(random, draws)(random, half), pick(random, draws)(random, half)];
  if (!first || !second) return undefined;
  return Array.from({ length: count }, (_, n) => (n % 2 === 0 ? first : second)[n >> 1]);
};

/** The sum of two of the above. */
export const sumOfTwo: Draw = (random, count) => {
  const draws = [polynomial, cFinite, periodic, powersAndPolynomials];
  const [first, second] = [pick(random, draws)(random, count), pick(random, draws)(random, count)];
  return first && second ? add(first, second) : undefined;
};
