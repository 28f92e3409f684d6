import { factorPolynomial, type IntegerPolynomial, Polynomial, Rational } from '../../numerics/index.ts';
import { shiftBetween } from './hyper.ts';
import { binomialPiece, DOUBLE_FACTORIAL, factorialPiece, type Piece, pochhammerPiece, productPiece } from './piece.ts';
import { type RationalFunction, rationalFunction } from './rational-function.ts';

interface Split {
  readonly base: Rational;
  readonly rational: RationalFunction;
  readonly pieces: { readonly piece: Piece; readonly exponent: number }[];
}

/** Shifts beyond this stay products: the rational factor would fill pages. */
const LONGEST_SHIFT = 40n;

/**
 * Names for a hypergeometric term with quotient R(n), up to a constant.
 *
 * Factors of R that differ by an integer shift k become one, and prod_{i<k} factor(n + i). The linear ones n + c/q with
 * all c coprime to q become (d n)!, d | q: prod_c (c/q)_n = prod_d ((d n)! / d^(d n))^mu(q/d). Then binomials are read off.
 *
 * @param ratio in lowest terms
 * @param from first index, where products start
 */
export function splitRatio(ratio: RationalFunction, from: number): Split {
  const { base, classes, above, below } = shiftClasses(ratio);
  const factorials = new Map<number, number>();
  const pieces: { piece: Piece; exponent: number }[] = [];
  let power = base;
  const linear = classes.filter(({ factor }) => factor.length === 2);
  for (const q of [...new Set(linear.map(({ factor }) => Number(factor[1])))]) {
    const group = linear.filter(({ factor }) => Number(factor[1]) === q);
    const shared = group.length === totient(q) ? sharedExponent(group.map(({ exponent }) => exponent)) : 0;
    for (let d = 1; d <= q && shared !== 0; d++) {
      const count = q % d === 0 ? shared * moebius(q / d) : 0;
      if (count === 0) continue;
      factorials.set(d, (factorials.get(d) ?? 0) + count);
      power = Rational.multiply(power, Rational.power(Rational.of(d), -d * count));
    }
    for (const { factor, exponent } of group) {
      if (exponent === shared) continue;
      pieces.push({ piece: pochhammerPiece(Rational.of(factor[0], factor[1])), exponent: exponent - shared });
    }
  }
  for (const { factor, exponent } of classes) {
    if (factor.length > 2) pieces.push({ piece: productPiece(factor, from), exponent });
  }
  const binomials = takeBinomials(factorials);
  power = takeDoubleFactorials(factorials, power, binomials);
  const { named, rational } = absorb(factorials, rationalFunction(above, below));
  return { base: power, rational, pieces: [...binomials, ...named, ...pieces] };
}

interface ShiftClass {
  /** c + q n with 0 < c <= q when linear; otherwise the first one met. */
  readonly factor: IntegerPolynomial;
  exponent: number;
}

function shiftClasses(ratio: RationalFunction): {
  base: Rational;
  classes: ShiftClass[];
  above: IntegerPolynomial;
  below: IntegerPolynomial;
} {
  const classes: ShiftClass[] = [];
  let base = Rational.ONE;
  let [above, below]: IntegerPolynomial[] = [[1n], [1n]];
  for (const sign of [1, -1] as const) {
    const { content, factors } = factorPolynomial(sign > 0 ? ratio.numerator : ratio.denominator);
    base = Rational.multiply(base, Rational.power(Rational.of(content), sign));
    for (const { factor, multiplicity } of factors) {
      const exponent = sign * multiplicity;
      const { entry, k } = classOf(classes, factor);
      entry.exponent += exponent;
      if (factor.length === 2) base = Rational.multiply(base, Rational.power(Rational.of(factor[1]), exponent));
      // prod_{j<n} f(j + k)/f(j) = prod_{i<k} f(n + i), up to a constant; for k < 0 its reciprocal, shifted.
      const steps = k > 0n ? k : -k;
      for (let i = 0n; i < steps; i++) {
        const step = Polynomial.power(Polynomial.shift(entry.factor, k > 0n ? i : -1n - i), multiplicity);
        if (k > 0n === exponent > 0) above = Polynomial.multiply(above, step);
        else below = Polynomial.multiply(below, step);
      }
    }
  }
  return { base, classes: classes.filter(({ exponent }) => exponent !== 0), above, below };
}

/** The class of a factor and its shift k: factor(n) = representative(n + k). */
function classOf(classes: ShiftClass[], factor: IntegerPolynomial): { entry: ShiftClass; k: bigint } {
  for (const entry of classes) {
    const k = shiftBetween(entry.factor, factor);
    if (k !== undefined && k <= LONGEST_SHIFT && k >= -LONGEST_SHIFT) return { entry, k };
  }
  let canonical = factor;
  if (factor.length === 2) {
    const [c, q] = factor;
    const rest = ((((c - 1n) % q) + q) % q) + 1n;
    canonical = [rest, q];
  }
  const entry = { factor: canonical, exponent: 0 };
  classes.push(entry);
  return { entry, k: shiftBetween(canonical, factor)! };
}

/** What all exponents have in common: 0 unless they have one sign. */
function sharedExponent(exponents: readonly number[]): number {
  if (exponents.every((exponent) => exponent > 0)) return Math.min(...exponents);
  if (exponents.every((exponent) => exponent < 0)) return Math.max(...exponents);
  return 0;
}

/** (d n)! over (a n)! (b n)! with a + b = d, and reciprocals. */
function takeBinomials(factorials: Map<number, number>): { piece: Piece; exponent: number }[] {
  const found: { piece: Piece; exponent: number }[] = [];
  const count = (d: number) => factorials.get(d) ?? 0;
  for (const d of [...factorials.keys()].sort((a, b) => b - a)) {
    for (let a = Math.floor(d / 2); a >= 1; a--) {
      const sign = Math.sign(count(d));
      const b = d - a;
      const free = a === b ? Math.floor((-sign * count(a)) / 2) : Math.min(-sign * count(a), -sign * count(b));
      const times = Math.min(sign * count(d), free);
      if (sign === 0 || times <= 0) continue;
      factorials.set(d, count(d) - sign * times);
      factorials.set(a, count(a) + sign * times);
      factorials.set(b, count(b) + sign * times);
      found.push({ piece: binomialPiece(d, a), exponent: sign * times });
    }
  }
  return found;
}

/** (2n)!/n! = 2^n (2n - 1)!!, where the power of 2 gets shorter by it. */
function takeDoubleFactorials(
  factorials: Map<number, number>,
  base: Rational,
  pieces: { piece: Piece; exponent: number }[],
): Rational {
  const shared = sharedExponent([factorials.get(2) ?? 0, -(factorials.get(1) ?? 0)]);
  const changed = Rational.multiply(base, Rational.power(Rational.of(2), shared));
  const height = ({ num, den }: Rational) => (num < 0n ? -num : num) * den;
  if (shared === 0 || height(changed) >= height(base)) return base;
  factorials.set(2, factorials.get(2)! - shared);
  factorials.set(1, factorials.get(1)! + shared);
  pieces.push({ piece: DOUBLE_FACTORIAL, exponent: shared });
  return changed;
}

/** n! (n + 1) = (n + 1)!, n!/n = (n - 1)!, and the like. */
function absorb(
  factorials: ReadonlyMap<number, number>,
  rational: RationalFunction,
): { named: { piece: Piece; exponent: number }[]; rational: RationalFunction } {
  let { numerator, denominator } = rational;
  const named: { piece: Piece; exponent: number }[] = [];
  for (const [scale, exponent] of [...factorials].sort(([a], [b]) => b - a)) {
    if (exponent === 0) continue;
    let shift = 0;
    for (const direction of [1, -1]) {
      for (;;) {
        const factor = Polynomial.of(direction > 0 ? shift + 1 : shift, scale);
        const step = Polynomial.power(factor, Math.abs(exponent));
        const [kept, lost] = direction * exponent > 0 ? [numerator, denominator] : [denominator, numerator];
        const quotient = Polynomial.exactQuotient(kept, Polynomial.primitivePart(step));
        if (quotient === undefined || shift * direction < 0) break;
        const content = Polynomial.content(step);
        const scaled = Polynomial.scale(lost, content);
        [numerator, denominator] = direction * exponent > 0 ? [quotient, scaled] : [scaled, quotient];
        shift += direction;
      }
      if (shift !== 0) break;
    }
    named.push({ piece: factorialPiece(scale, shift), exponent });
  }
  return { named, rational: rationalFunction(numerator, denominator) };
}

function totient(q: number): number {
  let count = 0;
  for (let c = 1; c <= q; c++) if (commonDivisor(c, q) === 1) count++;
  return count;
}

function commonDivisor(a: number, b: number): number {
  return b === 0 ? a : commonDivisor(b, a % b);
}

function moebius(n: number): number {
  let [rest, sign] = [n, 1];
  for (let prime = 2; prime <= rest; prime++) {
    if (rest % prime !== 0) continue;
    rest /= prime;
    if (rest % prime === 0) return 0;
    sign = -sign;
  }
  return sign;
}
