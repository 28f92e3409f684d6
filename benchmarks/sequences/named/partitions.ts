import { isPrime, isSquare, sigma, totient } from '../tools/factors.ts';
import { coefficients, family, type NamedRow, type Terms } from '../tools/named-row.ts';
import { add, bigints, divide, etaQuotient, eulerTransform, multiply, power, scale, theta } from '../tools/series.ts';

/** Partitions into parts, `kinds(d)` kinds of the part d. */
const partitions = (kinds: (d: number) => number): Terms =>
  coefficients((count) => eulerTransform(bigints(...Array.from({ length: count }, (_, i) => kinds(i + 1))), count));

/** A product of eta functions without its power of q. */
const eta = (...powers: readonly (readonly [number, number])[]): Terms =>
  coefficients((count) => etaQuotient(powers, count));

const into = (is: (d: number) => boolean): Terms => partitions((d) => Number(is(d)));
const upTo = (most: number): Terms => into((d) => d <= most);
const squares = (k: number): Terms => coefficients((count) => power(theta(count), k, count));

const PARTITIONS_ROWS: readonly NamedRow[] = [
  ['partitions of n', 0, partitions(() => 1)],
  ['partitions into distinct parts', 0, into((d) => d % 2 === 1)],
  ['plane partitions', 0, partitions((d) => d)],
  ['partitions of 2 kinds', 0, partitions(() => 2)],
  ['partitions of 3 kinds', 0, partitions(() => 3)],
  ['partitions of 4 kinds', 0, partitions(() => 4)],
  ['partitions with d(d + 1)/2 kinds of d', 0, partitions((d) => (d * (d + 1)) / 2)],
  ['partitions into at most 2 parts', 0, upTo(2)],
  ['partitions into at most 3 parts', 0, upTo(3)],
  ['partitions into at most 4 parts', 0, upTo(4)],
  ['partitions into at most 5 parts', 0, upTo(5)],
  ['partitions into at most 6 parts', 0, upTo(6)],
  ['partitions without the part 1', 0, into((d) => d > 1)],
  ['partitions into prime parts', 0, into(isPrime)],
  ['partitions into squares', 0, into(isSquare)],
  ['partitions into powers of 2', 0, into((d) => (d & (d - 1)) === 0)],
  ['partitions into triangular numbers', 0, into((d) => isSquare(8 * d + 1))],
  ['partitions into Rogers-Ramanujan parts 5k +- 1', 0, into((d) => d % 5 === 1 || d % 5 === 4)],
  ['partitions into parts 5k +- 2', 0, into((d) => d % 5 === 2 || d % 5 === 3)],
  ['partitions into parts not divisible by 3', 0, into((d) => d % 3 !== 0)],
  ['partitions into parts not divisible by 4', 0, into((d) => d % 4 !== 0)],
  ['partitions into distinct odd parts', 0, eta([2, 2], [1, -1], [4, -1])],
  ['overpartitions', 0, eta([2, 1], [1, -2])],
  ['partitions with tau(d) kinds of d', 0, partitions((d) => sigma(0)(d))],
  ['partitions with sigma(d) kinds of d', 0, partitions((d) => sigma(1)(d))],
  ['partitions with phi(d) kinds of d', 0, partitions(totient)],
  ['ways to change with coins 1, 2, 5, 10', 0, into((d) => [1, 2, 5, 10].includes(d))],
  ['ways to change with coins 1, 5, 10, 25, 50', 0, into((d) => [1, 5, 10, 25, 50].includes(d))],
  ['partitions into Fibonacci parts', 0, into((d) => [1, 2, 3, 5, 8, 13, 21, 34, 55, 89, 144].includes(d))],
  ['number of partitions up to n', 0, partitions((d) => (d === 1 ? 2 : 1))],
  ['plane partitions with at most 2 rows', 0, partitions((d) => Math.min(d, 2))],
  ['plane partitions with at most 3 rows', 0, partitions((d) => Math.min(d, 3))],
];

const ETA_ROWS: readonly NamedRow[] = [
  ['Euler function, pentagonal signs', 0, eta([1, 1])],
  ['eta^2', 0, eta([1, 2])],
  ['eta^3, Jacobi', 0, eta([1, 3])],
  ['eta^4', 0, eta([1, 4])],
  ['eta^6', 0, eta([1, 6])],
  ['eta^8', 0, eta([1, 8])],
  ['Ramanujan tau', 1, eta([1, 24])],
  ['eta(q) eta(q^2)', 0, eta([1, 1], [2, 1])],
  ['cusp form of conductor 11', 1, eta([1, 2], [11, 2])],
  ['cusp form of conductor 14', 1, eta([1, 1], [2, 1], [7, 1], [14, 1])],
  ['cusp form of conductor 15', 1, eta([1, 1], [3, 1], [5, 1], [15, 1])],
  ['eta(q) eta(q^23)', 1, eta([1, 1], [23, 1])],
  ['theta function psi', 0, eta([2, 2], [1, -1])],
  ['theta function phi', 0, coefficients(theta)],
  ['theta function phi(-q)', 0, eta([1, 2], [2, -1])],
  ['eta(q)^2 eta(q^3) / eta(q^2)', 0, eta([1, 2], [2, -1], [3, 1])],
  ['eta(q) / eta(q^2)', 0, eta([1, 1], [2, -1])],
  ['eta(q^3)^3 / eta(q)', 0, eta([3, 3], [1, -1])],
  ['eta(q) / eta(q^3)', 0, eta([1, 1], [3, -1])],
  ['eta(q)^3 / eta(q^3)', 0, eta([1, 3], [3, -1])],
  ['5-cores', 0, eta([5, 5], [1, -1])],
  ['7-cores', 0, eta([7, 7], [1, -1])],
  ['sums of 2 squares r_2', 0, squares(2)],
  ['sums of 3 squares r_3', 0, squares(3)],
  ['sums of 4 squares r_4', 0, squares(4)],
  ['sums of 5 squares r_5', 0, squares(5)],
  ['sums of 8 squares r_8', 0, squares(8)],
  [
    'representations by x^2 + 2 y^2',
    0,
    coefficients((count) => multiply(theta(count), spread(theta(count), 2, count), count)),
  ],
  [
    'representations by x^2 + 3 y^2',
    0,
    coefficients((count) => multiply(theta(count), spread(theta(count), 3, count), count)),
  ],
  ['representations by x^2 + x y + y^2', 0, coefficients(hexagonal)],
  ['sums of 2 triangular numbers', 0, eta([2, 4], [1, -2])],
  ['sums of 3 triangular numbers', 0, eta([2, 6], [1, -3])],
  ['Eisenstein E_4', 0, coefficients((count) => eisenstein(240, 3, count))],
  ['Eisenstein E_6', 0, coefficients((count) => eisenstein(-504, 5, count))],
  ['Eisenstein E_2', 0, coefficients((count) => eisenstein(-24, 1, count))],
  [
    'modular invariant j',
    0,
    coefficients((count) => divide(power(eisenstein(240, 3, count), 3, count), etaQuotient([[1, 24]], count), count)),
  ],
];

/** f(x^step). */
function spread(series: readonly bigint[], step: number, count: number): bigint[] {
  return Array.from({ length: count }, (_, n) => (n % step === 0 ? series[n / step] : 0n));
}

/** Vectors of the lattice A2 by their norm. */
function hexagonal(count: number): bigint[] {
  const result = Array.from({ length: count }, () => 0n);
  for (let x = -count; x <= count; x++) {
    for (let y = -count; y <= count; y++) {
      const n = x * x + x * y + y * y;
      if (n < count) result[n] += 1n;
    }
  }
  return result;
}

function eisenstein(factor: number, weight: number, count: number): bigint[] {
  const sums = Array.from({ length: count }, (_, n) => (n === 0 ? 0n : BigInt(sigma(weight)(n))));
  return add([1n], scale(sums, BigInt(factor)));
}

/** Partitions of a whole number, by the kinds of its parts. */
export const PARTITIONS = family('partitions', PARTITIONS_ROWS);

/** Products of eta functions, theta functions and sums of squares. */
export const ETA_PRODUCTS = family('eta', ETA_ROWS);
