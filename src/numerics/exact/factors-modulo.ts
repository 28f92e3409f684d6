import { Integer } from './integer.ts';
import { type IntegerPolynomial, Polynomial } from './polynomial.ts';

/** Monic factors modulo a power of a prime, high enough to read a divisor over the integers off their products. */
export interface FactorsModulo {
  readonly modulus: bigint;
  readonly factors: readonly IntegerPolynomial[];
}

/** Primes compared for the fewest factors. */
const PRIMES_COMPARED = 4;

/**
 * Factors of a square-free primitive polynomial modulo p^k, by Berlekamp's method and a linear Hensel lift.
 *
 * p^k exceeds twice lead(p) times Mignotte's bound on the coefficients of a divisor.
 *
 * @param polynomial ascending coefficients, degree >= 1, square-free over Q
 * @see D. E. Knuth, The Art of Computer Programming 2, 4.6.2
 * @example factorsModulo([-1n, 0n, 1n]).factors.length // 2
 */
export function factorsModulo(polynomial: IntegerPolynomial): FactorsModulo {
  let best: { prime: bigint; factors: IntegerPolynomial[] } | undefined;
  let compared = 0;
  for (let prime = 3n; compared < PRIMES_COMPARED; prime = nextPrime(prime)) {
    if (Polynomial.leading(polynomial) % prime === 0n) continue;
    const monic = monicModulo(polynomial, prime);
    if (gcdModulo(monic, reduce(Polynomial.derivative(monic), prime), prime).length > 1) continue;
    const factors = berlekamp(monic, prime);
    compared++;
    if (best === undefined || factors.length < best.factors.length) best = { prime, factors };
    if (factors.length === 1) break;
  }
  const norm = Integer.sqrt(polynomial.reduce((sum, c) => sum + c * c, 0n)) + 1n;
  const bound = 2n * Integer.abs(Polynomial.leading(polynomial)) * norm * 2n ** BigInt(polynomial.length) + 1n;
  return lift(polynomial, best!.factors, best!.prime, bound);
}

function nextPrime(after: bigint): bigint {
  for (let candidate = after + 2n; ; candidate += 2n) {
    let divisor = 3n;
    while (divisor * divisor <= candidate && candidate % divisor !== 0n) divisor += 2n;
    if (divisor * divisor > candidate) return candidate;
  }
}

function reduce(p: IntegerPolynomial, modulus: bigint): IntegerPolynomial {
  return Polynomial.trim(p.map((value) => Integer.modulo(value, modulus)));
}

function monicModulo(p: IntegerPolynomial, modulus: bigint): IntegerPolynomial {
  const reduced = reduce(p, modulus);
  if (reduced.length === 0) return reduced;
  return reduce(Polynomial.scale(reduced, Integer.inverse(Polynomial.leading(reduced), modulus)!), modulus);
}

/** Quotient and rest by a monic divisor. */
function divideModulo(
  p: IntegerPolynomial,
  monic: IntegerPolynomial,
  modulus: bigint,
): [IntegerPolynomial, IntegerPolynomial] {
  const rest = [...p];
  const quotient = new Array<bigint>(Math.max(0, p.length - monic.length + 1)).fill(0n);
  for (let power = p.length - monic.length; power >= 0; power--) {
    const top = Integer.modulo(rest[power + monic.length - 1], modulus);
    quotient[power] = top;
    if (top !== 0n) for (let index = 0; index < monic.length; index++) rest[power + index] -= top * monic[index];
  }
  return [reduce(quotient, modulus), reduce(rest, modulus)];
}

function gcdModulo(p: IntegerPolynomial, q: IntegerPolynomial, prime: bigint): IntegerPolynomial {
  let [a, b] = [monicModulo(p, prime), monicModulo(q, prime)];
  while (b.length > 0) [a, b] = [b, monicModulo(divideModulo(a, b, prime)[1], prime)];
  return a;
}

/** Irreducible monic factors modulo a small prime of a square-free monic polynomial. */
function berlekamp(monic: IntegerPolynomial, prime: bigint): IntegerPolynomial[] {
  const splitters = frobeniusKernel(monic, prime);
  let factors: IntegerPolynomial[] = [monic];
  for (const splitter of splitters) {
    if (factors.length === splitters.length) break;
    factors = factors.flatMap((factor) => {
      const parts: IntegerPolynomial[] = [];
      let rest = factor;
      for (let value = 0n; value < prime && rest.length > 1; value++) {
        const part = gcdModulo(rest, reduce(Polynomial.subtract(splitter, Polynomial.of(value)), prime), prime);
        if (part.length > 1) {
          parts.push(part);
          rest = divideModulo(rest, part, prime)[0];
        }
      }
      return parts;
    });
  }
  return factors;
}

/** A basis of the polynomials v with v^p = v modulo the given one; as many as there are factors. */
function frobeniusKernel(monic: IntegerPolynomial, prime: bigint): IntegerPolynomial[] {
  const size = monic.length - 1;
  const frobenius = powerModulo([0n, 1n], prime, monic, prime);
  const columns: bigint[][] = [];
  let image: IntegerPolynomial = [1n];
  for (let index = 0; index < size; index++) {
    const column = Array.from({ length: size }, (_, row) => image[row] ?? 0n);
    column[index] -= 1n;
    columns.push(column.map((value) => Integer.modulo(value, prime)));
    image = divideModulo(Polynomial.multiply(image, frobenius), monic, prime)[1];
  }
  return kernel(columns, size, prime);
}

function powerModulo(
  base: IntegerPolynomial,
  exponent: bigint,
  monic: IntegerPolynomial,
  prime: bigint,
): IntegerPolynomial {
  let result: IntegerPolynomial = [1n];
  let square = divideModulo(base, monic, prime)[1];
  for (let rest = exponent; rest > 0n; rest >>= 1n) {
    if (rest & 1n) result = divideModulo(Polynomial.multiply(result, square), monic, prime)[1];
    square = divideModulo(Polynomial.multiply(square, square), monic, prime)[1];
  }
  return result;
}

/** Vectors x with sum_j x_j column_j = 0, by elimination on the columns. */
function kernel(columns: bigint[][], size: number, prime: bigint): IntegerPolynomial[] {
  const combinations: bigint[][] = columns.map((_, i) => columns.map((__, j) => BigInt(i === j)));
  const used = new Set<number>();
  for (let row = 0; row < size; row++) {
    const pivot = columns.findIndex((column, index) => !used.has(index) && column[row] !== 0n);
    if (pivot < 0) continue;
    used.add(pivot);
    const inverse = Integer.inverse(columns[pivot][row], prime)!;
    columns.forEach((column, index) => {
      if (index === pivot || column[row] === 0n) return;
      const factor = column[row] * inverse;
      for (let k = 0; k < size; k++) {
        column[k] = Integer.modulo(column[k] - factor * columns[pivot][k], prime);
        combinations[index][k] = Integer.modulo(combinations[index][k] - factor * combinations[pivot][k], prime);
      }
    });
  }
  return combinations.filter((_, index) => !used.has(index)).map((vector) => Polynomial.trim(vector));
}

/** From factors modulo p to factors modulo p^k > bound: each step solves sum_i s_i prod_{j != i} f_j = error modulo p. */
function lift(
  polynomial: IntegerPolynomial,
  factors: IntegerPolynomial[],
  prime: bigint,
  bound: bigint,
): FactorsModulo {
  const cofactors = factors.map((factor, index) => {
    const others = factors
      .filter((_, other) => other !== index)
      .reduce((a, b) => multiplyModulo(a, b, prime), [1n] as IntegerPolynomial);
    return inverseModulo(divideModulo(others, factor, prime)[1], factor, prime);
  });
  let lifted = factors.map((factor) => [...factor]) as IntegerPolynomial[];
  let modulus = prime;
  while (modulus < bound) {
    const next = modulus * prime;
    const target = monicModulo(polynomial, next);
    const product = lifted.reduce((a, b) => multiplyModulo(a, b, next), [1n] as IntegerPolynomial);
    const error = reduce(Polynomial.subtract(target, product), next).map((value) => value / modulus);
    const step = modulus;
    lifted = lifted.map((factor, index) => {
      const change = divideModulo(Polynomial.multiply(error, cofactors[index]), factors[index], prime)[1];
      return Polynomial.add(factor, Polynomial.scale(change, step));
    });
    modulus = next;
  }
  return { modulus, factors: lifted };
}

function multiplyModulo(p: IntegerPolynomial, q: IntegerPolynomial, modulus: bigint): IntegerPolynomial {
  return reduce(Polynomial.multiply(p, q), modulus);
}

/** The inverse of p modulo a monic polynomial coprime to it. */
function inverseModulo(p: IntegerPolynomial, monic: IntegerPolynomial, prime: bigint): IntegerPolynomial {
  let [r0, r1]: IntegerPolynomial[] = [monic, reduce(p, prime)];
  let [s0, s1]: IntegerPolynomial[] = [[], [1n]];
  while (r1.length > 0) {
    const unit = Integer.inverse(Polynomial.leading(r1), prime)!;
    [r1, s1] = [reduce(Polynomial.scale(r1, unit), prime), reduce(Polynomial.scale(s1, unit), prime)];
    const [quotient, rest] = divideModulo(r0, r1, prime);
    [r0, r1] = [r1, rest];
    [s0, s1] = [s1, reduce(Polynomial.subtract(s0, Polynomial.multiply(quotient, s1)), prime)];
  }
  return divideModulo(s0, monic, prime)[1];
}
