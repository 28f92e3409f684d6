import {
  factorPolynomial,
  type IntegerPolynomial,
  Polynomial,
  type PolynomialFactor,
  Rational,
} from '../../numerics/index.ts';
import { regularGrowths } from '../asymptotics/growth.ts';
import { type Edge, newtonEdges } from '../asymptotics/newton-polygon.ts';
import { type Recurrence, recurrenceOrder } from '../recurrence.ts';
import { polynomialSolutions } from './polynomial-solutions.ts';
import { type RationalFunction, rationalFunction } from './rational-function.ts';

/** Pairs of divisors tried, among those that fit a formal solution. */
const MOST_PAIRS = 400;

/**
 * The hypergeometric solutions of a recurrence: for each the quotient u(n+1)/u(n), a rational function over Q.
 *
 * Petkovsek's algorithm. u(n+1)/u(n) = z a(n)/b(n) c(n+1)/c(n), a a divisor of the first coefficient, b of the last one
 * shifted, c a polynomial solution. The formal solutions n!^s r^n n^theta give z, deg a - deg b = s and the degree of c,
 * so that few pairs are left. Solutions come as they are found, short divisors first, at most 400 pairs of them.
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
  const shapes = formalShapes(coefficients);
  if (shapes.length === 0) return;
  const seen: RationalFunction[] = [];
  const last = Polynomial.shift(coefficients[order], BigInt(1 - order));
  for (const pair of divisorPairs(coefficients[0], last, shapes).slice(0, MOST_PAIRS)) {
    for (const ratio of solutionsFor(coefficients, pair)) {
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

/** R(n) = root n^degree (1 + second/n + ...) for every solution of the form n!^a r^n n^theta. */
interface FormalShape {
  readonly degree: number;
  readonly root: Rational;
  readonly second: Rational;
}

/** Hypergeometric solutions grow like one of these: the rest of the divisors need not be looked at. */
function formalShapes(coefficients: readonly IntegerPolynomial[]): FormalShape[] {
  return newtonEdges(coefficients).flatMap((edge) =>
    baseFactors(edge).flatMap((factor) =>
      regularGrowths(coefficients, edge, factor).map(({ factorial, exactPower }) => ({
        degree: Number(factorial.num),
        root: Rational.of(-factor[0], factor[1]),
        second: Rational.add(factorial, exactPower!),
      })),
    ),
  );
}

/** Irreducible polynomials of the bases of an edge; 0 is none. */
function baseFactors({ polynomial }: Edge): IntegerPolynomial[] {
  return factorPolynomial(polynomial)
    .factors.map(({ factor }) => factor)
    .filter((factor) => factor[0] !== 0n);
}

function* solutionsFor(
  coefficients: readonly IntegerPolynomial[],
  { a, b, shapes }: Pair,
): Generator<RationalFunction> {
  const order = coefficients.length - 1;
  const scales = shapes.map(({ root }) =>
    Rational.multiply(root, Rational.of(Polynomial.leading(b), Polynomial.leading(a))),
  );
  const different = scales.filter(
    (scale, index) => scales.findIndex((other) => Rational.equal(scale, other)) === index,
  );
  const scaled = coefficients.map((p, j) => withProducts(p, j, order, { numerator: a, denominator: b }));
  for (const { num, den } of different) {
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

/**
 * Divisors of both that fit a formal solution, those of low degree first.
 *
 * A pair with f(n) | a and f(n) = g(n + k), g | b, k >= 0, repeats a simpler one.
 */
function divisorPairs(p: IntegerPolynomial, q: IntegerPolynomial, shapes: readonly FormalShape[]): Pair[] {
  const left = divisors(factorPolynomial(p).factors);
  const right = divisors(factorPolynomial(q).factors);
  const pairs: Pair[] = [];
  for (const first of left) {
    for (const second of right) {
      const fitting = shapes.filter((shape) => fits(shape, first, second));
      if (fitting.length === 0) continue;
      if (first.factors.some((f) => second.factors.some((g) => (shiftBetween(g, f) ?? -1n) >= 0n))) continue;
      pairs.push({ a: first.product, b: second.product, shapes: fitting });
    }
  }
  return pairs.sort((x, y) => x.a.length + x.b.length - y.a.length - y.b.length);
}

interface Pair {
  readonly a: IntegerPolynomial;
  readonly b: IntegerPolynomial;
  readonly shapes: readonly FormalShape[];
}

/** The degree of the shape, and a whole degree >= 0 left for c. */
function fits({ degree, second }: FormalShape, a: Divisor, b: Divisor): boolean {
  if (degree !== a.product.length - b.product.length) return false;
  const rest = Rational.subtract(second, Rational.subtract(a.second, b.second));
  return rest.den === 1n && rest.num >= 0n;
}

interface Divisor {
  readonly product: IntegerPolynomial;
  readonly factors: readonly IntegerPolynomial[];
  /** p(n) = lead n^d (1 + second/n + ...) */
  readonly second: Rational;
}

/** At most this many divisors of one coefficient. */
const MOST_DIVISORS = 256;

function divisors(factors: readonly PolynomialFactor[]): Divisor[] {
  let list: Omit<Divisor, 'second'>[] = [{ product: [1n], factors: [] }];
  for (const { factor, multiplicity } of factors) {
    list = list.flatMap(({ product, factors: used }) =>
      Array.from({ length: multiplicity + 1 }, (_, count) => ({
        product: Polynomial.multiply(product, Polynomial.power(factor, count)),
        factors: count > 0 ? [...used, factor] : used,
      })),
    );
    list = list.slice(0, MOST_DIVISORS);
  }
  return list.map(({ product, factors: used }) => ({
    product,
    factors: used,
    second: Rational.of(product[product.length - 2] ?? 0n, Polynomial.leading(product)),
  }));
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
