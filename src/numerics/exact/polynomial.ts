import { DomainError } from '../../core/index.ts';
import { Integer } from './integer.ts';

/** c_0 + c_1 n + c_2 n^2 + ..., coefficients from the lowest up, the last one not 0; [] is zero. */
export type IntegerPolynomial = readonly bigint[];

function of(...coefficients: (bigint | number)[]): IntegerPolynomial {
  return trim(coefficients.map(BigInt));
}

function trim(coefficients: readonly bigint[]): IntegerPolynomial {
  let length = coefficients.length;
  while (length > 0 && coefficients[length - 1] === 0n) length--;
  return length === coefficients.length ? coefficients : coefficients.slice(0, length);
}

function degree(p: IntegerPolynomial): number {
  return p.length - 1;
}

function leading(p: IntegerPolynomial): bigint {
  return p.length > 0 ? p[p.length - 1] : 0n;
}

function isZero(p: IntegerPolynomial): boolean {
  return p.length === 0;
}

function equal(p: IntegerPolynomial, q: IntegerPolynomial): boolean {
  return p.length === q.length && p.every((value, power) => value === q[power]);
}

function add(p: IntegerPolynomial, q: IntegerPolynomial): IntegerPolynomial {
  return combine(p, q, 1n);
}

function subtract(p: IntegerPolynomial, q: IntegerPolynomial): IntegerPolynomial {
  return combine(p, q, -1n);
}

function combine(p: IntegerPolynomial, q: IntegerPolynomial, factor: bigint): IntegerPolynomial {
  const length = Math.max(p.length, q.length);
  return trim(Array.from({ length }, (_, power) => (p[power] ?? 0n) + factor * (q[power] ?? 0n)));
}

function scale(p: IntegerPolynomial, factor: bigint): IntegerPolynomial {
  return factor === 0n ? [] : p.map((value) => value * factor);
}

function negate(p: IntegerPolynomial): IntegerPolynomial {
  return scale(p, -1n);
}

function multiply(p: IntegerPolynomial, q: IntegerPolynomial): IntegerPolynomial {
  if (p.length === 0 || q.length === 0) return [];
  const product = new Array<bigint>(p.length + q.length - 1).fill(0n);
  p.forEach((a, i) => {
    if (a !== 0n) for (let j = 0; j < q.length; j++) product[i + j] += a * q[j];
  });
  return product;
}

function power(p: IntegerPolynomial, exponent: number): IntegerPolynomial {
  let result: IntegerPolynomial = [1n];
  for (let count = 0; count < exponent; count++) result = multiply(result, p);
  return result;
}

function evaluate(p: IntegerPolynomial, at: bigint): bigint {
  let value = 0n;
  for (let power = p.length - 1; power >= 0; power--) value = value * at + p[power];
  return value;
}

/** p(n) -> p(n + by), by synthetic division. */
function shift(p: IntegerPolynomial, by: bigint): IntegerPolynomial {
  if (by === 0n) return p;
  const shifted = [...p];
  for (let from = 0; from < p.length - 1; from++) {
    for (let power = p.length - 2; power >= from; power--) shifted[power] += by * shifted[power + 1];
  }
  return shifted;
}

/** p(n) -> p(-n). */
function reflect(p: IntegerPolynomial): IntegerPolynomial {
  return p.map((value, power) => (power % 2 === 1 ? -value : value));
}

function derivative(p: IntegerPolynomial): IntegerPolynomial {
  return p.slice(1).map((value, power) => value * BigInt(power + 1));
}

/** The greatest common divisor of the coefficients, never negative. */
function content(p: IntegerPolynomial): bigint {
  let common = 0n;
  for (const value of p) {
    common = Integer.gcd(value, common);
    if (common === 1n) return common;
  }
  return common;
}

/** p without its content, leading coefficient positive. */
function primitivePart(p: IntegerPolynomial): IntegerPolynomial {
  if (p.length === 0) return p;
  const divisor = content(p) * (leading(p) < 0n ? -1n : 1n);
  return divisor === 1n ? p : p.map((value) => value / divisor);
}

/** p / q where q divides p over the integers; undefined where it does not. */
function exactQuotient(p: IntegerPolynomial, q: IntegerPolynomial): IntegerPolynomial | undefined {
  nonZero(q);
  if (p.length === 0) return [];
  const [rest, quotient] = [[...p], new Array<bigint>(Math.max(0, p.length - q.length + 1)).fill(0n)];
  for (let power = p.length - q.length; power >= 0; power--) {
    const top = rest[power + q.length - 1];
    if (top % leading(q) !== 0n) return undefined;
    quotient[power] = top / leading(q);
    subtractShifted(rest, q, quotient[power], power);
  }
  return rest.every((value) => value === 0n) ? trim(quotient) : undefined;
}

/** Quotient and remainder of lead(q)^k p by q, k = max(0, deg p - deg q + 1). */
function pseudoDivide(
  p: IntegerPolynomial,
  q: IntegerPolynomial,
): { quotient: IntegerPolynomial; rest: IntegerPolynomial } {
  nonZero(q);
  const count = Math.max(0, p.length - q.length + 1);
  const rest = [...p];
  const quotient = new Array<bigint>(count).fill(0n);
  for (let power = p.length - q.length; power >= 0; power--) {
    const top = rest[power + q.length - 1];
    for (let index = 0; index < rest.length; index++) rest[index] *= leading(q);
    for (let index = 0; index < count; index++) quotient[index] *= leading(q);
    quotient[power] = top;
    subtractShifted(rest, q, top, power);
  }
  return { quotient: trim(quotient), rest: trim(rest) };
}

/** rest -= factor n^power q, in place. */
function subtractShifted(rest: bigint[], q: IntegerPolynomial, factor: bigint, power: number): void {
  if (factor === 0n) return;
  for (let index = 0; index < q.length; index++) rest[power + index] -= factor * q[index];
}

function nonZero(q: IntegerPolynomial): void {
  if (q.length === 0) {
    throw new DomainError('division-by-zero', 'division by the zero polynomial', 'give a divisor that is not 0');
  }
}

/** Greatest common divisor over the integers, content included, leading coefficient positive. */
function gcd(p: IntegerPolynomial, q: IntegerPolynomial): IntegerPolynomial {
  let [a, b] = p.length >= q.length ? [primitivePart(p), primitivePart(q)] : [primitivePart(q), primitivePart(p)];
  while (b.length > 1) [a, b] = [b, primitivePart(pseudoDivide(a, b).rest)];
  return scale(b.length === 1 ? [1n] : a, Integer.gcd(content(p), content(q)));
}

/** Least common multiple over the integers, leading coefficient positive. */
function lcm(p: IntegerPolynomial, q: IntegerPolynomial): IntegerPolynomial {
  if (p.length === 0 || q.length === 0) return [];
  const product = multiply(p, exactQuotient(q, gcd(p, q))!);
  return leading(product) < 0n ? negate(product) : product;
}

/** The product of the different irreducible factors, primitive. */
function squareFreePart(p: IntegerPolynomial): IntegerPolynomial {
  if (p.length <= 1) return p.length === 0 ? [] : [1n];
  const primitive = primitivePart(p);
  return exactQuotient(primitive, primitivePart(gcd(primitive, derivative(primitive))))!;
}

/**
 * Arithmetic of polynomials in one variable with integer coefficients.
 *
 * Arrays run from the constant up and never end in 0. `shift(p, k)` is p(n + k); `exactQuotient` is undefined where the
 * division leaves a rest; `pseudoDivide` keeps integers by lead(q)^k p = quotient q + rest; `gcd` contains the content.
 *
 * @throws DomainError "division-by-zero" where the divisor is the zero polynomial
 * @see D. E. Knuth, The Art of Computer Programming 2, 4.6.1
 * @example Polynomial.shift([0n, 0n, 1n], 1n) // [1n, 2n, 1n]
 * @example Polynomial.gcd([-1n, 0n, 1n], [2n, 2n]) // [1n, 1n]
 * @example Polynomial.exactQuotient([-1n, 0n, 1n], [1n, 1n]) // [-1n, 1n]
 */
export const Polynomial = {
  of,
  trim,
  degree,
  leading,
  isZero,
  equal,
  add,
  subtract,
  scale,
  negate,
  multiply,
  power,
  evaluate,
  shift,
  reflect,
  derivative,
  content,
  primitivePart,
  exactQuotient,
  pseudoDivide,
  gcd,
  lcm,
  squareFreePart,
};
