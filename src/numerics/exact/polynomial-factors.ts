import { factorsModulo } from './factors-modulo.ts';
import { Integer } from './integer.ts';
import { type IntegerPolynomial, Polynomial } from './polynomial.ts';
import { Rational } from './rational.ts';

/** An irreducible factor and how often it divides. */
export interface PolynomialFactor {
  readonly factor: IntegerPolynomial;
  readonly multiplicity: number;
}

/** content * product of factor^multiplicity; factors are primitive and irreducible over Q, leading coefficients > 0. */
export interface Factorization {
  readonly content: bigint;
  readonly factors: readonly PolynomialFactor[];
}

/** Combinations of modular factors tried before a factor is left whole. */
const MOST_COMBINATIONS = 20_000;

/**
 * Factors of an integer polynomial that are irreducible over the rationals, lower degrees first.
 *
 * Square-free parts, factors modulo a small prime, a Hensel lift, and trial division of their products.
 *
 * @param p ascending coefficients, not zero
 * @returns content * product of factor^multiplicity = p; the content carries the sign
 * @see H. Cohen, A Course in Computational Algebraic Number Theory, 3.5
 * @example factorPolynomial([-2n, 0n, 2n]).factors.map(({ factor }) => factor) // [[-1n, 1n], [1n, 1n]]
 */
export function factorPolynomial(p: IntegerPolynomial): Factorization {
  if (p.length === 0) return { content: 0n, factors: [] };
  const sign = Polynomial.leading(p) < 0n ? -1n : 1n;
  const factors = squareFreeLayers(Polynomial.primitivePart(p)).flatMap(({ factor, multiplicity }) =>
    splitSquareFree(factor).map((part) => ({ factor: part, multiplicity })),
  );
  factors.sort((a, b) => a.factor.length - b.factor.length || compareCoefficients(a.factor, b.factor));
  return { content: sign * Polynomial.content(p), factors };
}

/**
 * Rational roots of an integer polynomial, each once, ascending.
 *
 * @param p ascending coefficients, not zero
 * @example rationalRoots([-1n, 1n, 2n]).map(Rational.print) // ["-1", "1/2"]
 */
export function rationalRoots(p: IntegerPolynomial): Rational[] {
  const parts = p.length > 1 ? splitSquareFree(Polynomial.squareFreePart(p), 1) : [];
  const roots = parts.filter((factor) => factor.length === 2).map(([c, d]) => Rational.of(-c, d));
  return roots.sort(Rational.compare);
}

/**
 * Integer roots of an integer polynomial, each once, ascending.
 *
 * @param p ascending coefficients, not zero
 * @example integerRoots([0n, -3n, 1n]) // [0n, 3n]
 */
export function integerRoots(p: IntegerPolynomial): bigint[] {
  return rationalRoots(p)
    .filter(({ den }) => den === 1n)
    .map(({ num }) => num);
}

function compareCoefficients(a: IntegerPolynomial, b: IntegerPolynomial): number {
  for (let power = a.length - 1; power >= 0; power--) {
    const [x, y] = [Integer.abs(a[power]), Integer.abs(b[power])];
    if (x !== y) return x < y ? -1 : 1;
    if (a[power] !== b[power]) return a[power] < b[power] ? -1 : 1;
  }
  return 0;
}

/** Yun's algorithm on a primitive polynomial. */
function squareFreeLayers(p: IntegerPolynomial): PolynomialFactor[] {
  const layers: PolynomialFactor[] = [];
  let rest = p;
  let distinct = Polynomial.squareFreePart(p);
  for (let multiplicity = 1; distinct.length > 1; multiplicity++) {
    rest = Polynomial.exactQuotient(rest, distinct)!;
    const next = Polynomial.primitivePart(Polynomial.gcd(distinct, rest));
    const factor = Polynomial.exactQuotient(distinct, next)!;
    if (factor.length > 1) layers.push({ factor, multiplicity });
    distinct = next;
  }
  return layers;
}

/** Irreducible factors of a square-free primitive polynomial; with `highest`, those of a higher degree may stay together. */
function splitSquareFree(p: IntegerPolynomial, highest = Number.POSITIVE_INFINITY): IntegerPolynomial[] {
  if (p.length <= 2) return p.length === 2 ? [p] : [];
  if (p[0] === 0n) return [[0n, 1n], ...splitSquareFree(p.slice(1), highest)];
  const { modulus, factors } = factorsModulo(p);
  const found: IntegerPolynomial[] = [];
  let rest = p;
  let left = factors;
  let budget = MOST_COMBINATIONS;
  for (let size = 1; 2 * size <= left.length && budget > 0; ) {
    const hit = firstDivisor(rest, left, size, modulus, highest, () => budget-- > 0);
    if (hit === undefined) {
      if (++size > highest) break;
      continue;
    }
    found.push(hit.divisor);
    rest = Polynomial.exactQuotient(rest, hit.divisor)!;
    left = left.filter((_, index) => !hit.chosen.includes(index));
  }
  return rest.length > 1 ? [...found, rest] : found;
}

function firstDivisor(
  rest: IntegerPolynomial,
  factors: readonly IntegerPolynomial[],
  size: number,
  modulus: bigint,
  highest: number,
  proceed: () => boolean,
): { divisor: IntegerPolynomial; chosen: readonly number[] } | undefined {
  const half = modulus / 2n;
  for (const chosen of subsets(factors.length, size)) {
    if (!proceed()) return undefined;
    const grade = chosen.reduce((sum, index) => sum + factors[index].length - 1, 0);
    if (grade > highest) continue;
    let product: IntegerPolynomial = [Polynomial.leading(rest)];
    for (const index of chosen)
      product = Polynomial.multiply(product, factors[index]).map((c) => Integer.modulo(c, modulus));
    const centred = Polynomial.trim(product.map((c) => (c > half ? c - modulus : c)));
    const divisor = Polynomial.primitivePart(centred);
    if (rest[0] % divisor[0] === 0n && Polynomial.exactQuotient(rest, divisor)) return { divisor, chosen };
  }
  return undefined;
}

/** Index sets of one size, in lexical order. */
function* subsets(count: number, size: number): Generator<readonly number[]> {
  const chosen = Array.from({ length: size }, (_, index) => index);
  for (;;) {
    yield chosen;
    let place = size - 1;
    while (place >= 0 && chosen[place] === count - size + place) place--;
    if (place < 0) return;
    chosen[place]++;
    for (let index = place + 1; index < size; index++) chosen[index] = chosen[index - 1] + 1;
  }
}
