import { Integer, type IntegerPolynomial, Rational } from '../../numerics/index.ts';

/** rational + surd sqrt(radicand): an element of Q(sqrt(d)), d square-free. */
export interface QuadraticNumber {
  readonly rational: Rational;
  readonly surd: Rational;
  readonly radicand: bigint;
}

/**
 * The root with the positive square root of an irreducible quadratic.
 *
 * (-b + sqrt(b^2 - 4 a c)) / 2a, the square part of the discriminant taken out.
 *
 * @param p (c, b, a), a > 0
 * @example quadraticRoot([-1n, -1n, 1n]).radicand // 5n
 */
export function quadraticRoot([c, b, a]: IntegerPolynomial): QuadraticNumber {
  const { root, rest } = Integer.squarePart(b * b - 4n * a * c);
  return { rational: Rational.of(-b, 2n * a), surd: Rational.of(root, 2n * a), radicand: rest };
}

/**
 * The product of two numbers of the same quadratic field.
 *
 * @example multiplyQuadratic(quadraticRoot([-2n, 0n, 1n]), quadraticRoot([-2n, 0n, 1n])).rational.num // 2n
 */
export function multiplyQuadratic(x: QuadraticNumber, y: QuadraticNumber): QuadraticNumber {
  const { add, multiply, of } = Rational;
  return {
    rational: add(multiply(x.rational, y.rational), multiply(of(x.radicand), multiply(x.surd, y.surd))),
    surd: add(multiply(x.rational, y.surd), multiply(x.surd, y.rational)),
    radicand: x.radicand,
  };
}

/**
 * x^n for n >= 0, by squaring.
 *
 * @example powerQuadratic(quadraticRoot([-1n, -1n, 1n]), 10).surd // { num: 55n, den: 2n }
 */
export function powerQuadratic(x: QuadraticNumber, n: number): QuadraticNumber {
  let result: QuadraticNumber = { rational: Rational.ONE, surd: Rational.ZERO, radicand: x.radicand };
  let square = x;
  for (let rest = n; rest > 0; rest = Math.floor(rest / 2)) {
    if (rest % 2 === 1) result = multiplyQuadratic(result, square);
    if (rest > 1) square = multiplyQuadratic(square, square);
  }
  return result;
}
