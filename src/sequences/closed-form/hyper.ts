import {
  factorPolynomial,
  type IntegerPolynomial,
  Polynomial,
  type PolynomialFactor,
  rationalRoots,
} from '../../numerics/index.ts';
import { type Recurrence, recurrenceOrder } from '../recurrence.ts';
import { polynomialSolutions } from './polynomial-solutions.ts';
import { type RationalFunction, rationalFunction } from './rational-function.ts';

/** Pairs of divisors tried. */
const MOST_PAIRS = 3000;

/**
 * The hypergeometric solutions of a recurrence: for each the quotient u(n+1)/u(n), a rational function over Q.
 *
 * Petkovsek's algorithm. u(n+1)/u(n) = z a(n)/b(n) c(n+1)/c(n), a a divisor of the first coefficient, b of the last one
 * shifted, z a root of a polynomial and c a polynomial solution. Solutions come as they are found, short divisors first,
 * until 3000 pairs of divisors are tried.
 *
 * @param recurrence without a constant
 * @see M. Petkovsek, Hypergeometric solutions of linear recurrences with polynomial coefficients
 * @example [...hypergeometricSolutions({ coefficients: [[6n], [-5n], [1n]], constant: [] })].length // 2
 */
export function* hypergeometricSolutions(recurrence: Recurrence): Generator<RationalFunction> {
  const order = recurrenceOrder(recurrence);
  const { coefficients } = recurrence;
  if (order < 1 || coefficients[0].length === 0) return;
  if (order === 1) {
    yield rationalFunction(Polynomial.negate(coefficients[0]), coefficients[1]);
    return;
  }
  const seen: RationalFunction[] = [];
  let pairs = 0;
  for (const { a, b } of divisorPairs(coefficients[0], Polynomial.shift(coefficients[order], BigInt(1 - order)))) {
    if (pairs++ >= MOST_PAIRS) return;
    for (const ratio of solutionsFor(coefficients, a, b)) {
      if (!obeys(coefficients, ratio) || seen.some((other) => sameRatio(other, ratio))) continue;
      seen.push(ratio);
      yield ratio;
    }
  }
}

/**
 * Whether a term with this quotient obeys the recurrence, identically in n.
 *
 * sum_j p_j(n) prod_{i<j} R(n + i) = 0
 *
 * @example obeys([[-2n], [1n]], { numerator: [2n], denominator: [1n] }) // true
 */
export function obeys(coefficients: readonly IntegerPolynomial[], ratio: RationalFunction): boolean {
  const order = coefficients.length - 1;
  let sum: IntegerPolynomial = [];
  for (let j = 0; j <= order; j++) sum = Polynomial.add(sum, withProducts(coefficients[j], j, order, ratio));
  return sum.length === 0;
}

/** p_j(n) times numerators below j times denominators from j on. */
function withProducts(p: IntegerPolynomial, j: number, order: number, ratio: RationalFunction): IntegerPolynomial {
  let product = p;
  for (let i = 0; i < order; i++) {
    product = Polynomial.multiply(product, Polynomial.shift(i < j ? ratio.numerator : ratio.denominator, BigInt(i)));
  }
  return product;
}

function* solutionsFor(
  coefficients: readonly IntegerPolynomial[],
  a: IntegerPolynomial,
  b: IntegerPolynomial,
): Generator<RationalFunction> {
  const order = coefficients.length - 1;
  const scaled = coefficients.map((p, j) => withProducts(p, j, order, { numerator: a, denominator: b }));
  const top = Math.max(...scaled.map((p) => p.length)) - 1;
  const leading = Polynomial.trim(scaled.map((p) => p[top] ?? 0n));
  for (const { num, den } of rationalRoots(leading)) {
    if (num === 0n) continue;
    const weighted = scaled.map((p, j) => Polynomial.scale(p, num ** BigInt(j) * den ** BigInt(order - j)));
    for (const c of polynomialSolutions(weighted)) {
      const above = Polynomial.scale(Polynomial.multiply(a, Polynomial.shift(c, 1n)), num);
      const below = Polynomial.scale(Polynomial.multiply(b, c), den);
      yield rationalFunction(above, below);
    }
  }
}

function sameRatio(x: RationalFunction, y: RationalFunction): boolean {
  return Polynomial.equal(x.numerator, y.numerator) && Polynomial.equal(x.denominator, y.denominator);
}

/** Divisors of both, those of low degree first; a pair that shares a factor up to a shift k >= 0 repeats a simpler one. */
function divisorPairs(p: IntegerPolynomial, q: IntegerPolynomial): { a: IntegerPolynomial; b: IntegerPolynomial }[] {
  const left = divisors(factorPolynomial(p).factors);
  const right = divisors(factorPolynomial(q).factors);
  const pairs = left.flatMap((first) => right.map((second) => ({ first, second })));
  return pairs
    .filter(({ first, second }) =>
      first.factors.every((f) => second.factors.every((g) => (shiftBetween(g, f) ?? -1n) < 0n)),
    )
    .map(({ first, second }) => ({ a: first.product, b: second.product }))
    .sort((x, y) => x.a.length + x.b.length - y.a.length - y.b.length);
}

interface Divisor {
  readonly product: IntegerPolynomial;
  readonly factors: readonly IntegerPolynomial[];
}

/** At most this many divisors of one coefficient. */
const MOST_DIVISORS = 512;

function divisors(factors: readonly PolynomialFactor[]): Divisor[] {
  let list: Divisor[] = [{ product: [1n], factors: [] }];
  for (const { factor, multiplicity } of factors) {
    list = list.flatMap(({ product, factors: used }) =>
      Array.from({ length: multiplicity + 1 }, (_, count) => ({
        product: Polynomial.multiply(product, Polynomial.power(factor, count)),
        factors: count > 0 ? [...used, factor] : used,
      })),
    );
    list = list.slice(0, MOST_DIVISORS);
  }
  return list;
}

/**
 * The integer k with g(n + k) = f(n); undefined where there is none.
 *
 * @param g primitive, leading coefficient positive
 * @param f primitive, leading coefficient positive
 * @example shiftBetween([0n, 1n], [3n, 1n]) // 3n
 */
export function shiftBetween(g: IntegerPolynomial, f: IntegerPolynomial): bigint | undefined {
  const degree = g.length - 1;
  if (degree < 1 || f.length !== g.length || f[degree] !== g[degree]) return undefined;
  const [difference, step] = [f[degree - 1] - g[degree - 1], BigInt(degree) * g[degree]];
  if (difference % step !== 0n) return undefined;
  const k = difference / step;
  return Polynomial.equal(Polynomial.shift(g, k), f) ? k : undefined;
}
