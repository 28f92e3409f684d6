import { type IntegerPolynomial, Polynomial, polynomialLatex, polynomialText, Rational } from '../../numerics/index.ts';
import type { RationalFunction } from './rational-function.ts';

/** A basic hypergeometric sequence: its quotient of consecutive terms, its values, its name. */
export interface Piece {
  /** piece(n + 1) / piece(n). */
  readonly ratio: RationalFunction;
  /** undefined where it is not defined; a reciprocal factorial of a negative integer is 0, so `inverse` is told. */
  readonly evaluate: (n: number, inverse: boolean) => Rational | undefined;
  readonly text: string;
  readonly latex: string;
}

/**
 * (scale n + shift)!
 *
 * @example factorialPiece(1, 1).text // "(n + 1)!"
 */
export function factorialPiece(scale: number, shift: number): Piece {
  const argument = Polynomial.of(shift, scale);
  const [text, latex] = [polynomialText(argument), polynomialLatex(argument)];
  const bare = shift === 0 && scale === 1;
  return {
    ratio: { numerator: rising(scale, shift + 1, scale), denominator: [1n] },
    evaluate: (n, inverse) => {
      const value = scale * n + shift;
      if (value < 0) return undefined;
      return inverse ? Rational.of(1n, factorial(value)) : Rational.of(factorial(value));
    },
    text: bare ? 'n!' : `(${text})!`,
    latex: bare ? 'n!' : `(${latex})!`,
  };
}

/**
 * binomial(top n, bottom n), 0 < bottom < top.
 *
 * @example binomialPiece(2, 1).text // "binomial(2*n, n)"
 */
export function binomialPiece(top: number, bottom: number): Piece {
  const parts = [top, bottom, top - bottom].map((scale) => rising(scale, 1, scale));
  const name = (scale: number) => polynomialText(Polynomial.of(0, scale));
  const latexName = (scale: number) => polynomialLatex(Polynomial.of(0, scale));
  return {
    ratio: { numerator: parts[0], denominator: Polynomial.multiply(parts[1], parts[2]) },
    evaluate: (n, inverse) => {
      if (n < 0) return undefined;
      const value = Rational.of(factorial(top * n), factorial(bottom * n) * factorial((top - bottom) * n));
      return inverse ? Rational.divide(Rational.ONE, value) : value;
    },
    text: `binomial(${name(top)}, ${name(bottom)})`,
    latex: `\\binom{${latexName(top)}}{${latexName(bottom)}}`,
  };
}

/** (2n - 1)!! = 1 3 5 ... (2n - 1) */
export const DOUBLE_FACTORIAL: Piece = {
  ratio: { numerator: [1n, 2n], denominator: [1n] },
  evaluate: (n, inverse) => {
    if (n < 0) return undefined;
    const value = product(n, (k) => BigInt(2 * k + 1));
    return inverse ? Rational.of(1n, value) : Rational.of(value);
  },
  text: '(2*n - 1)!!',
  latex: '(2 n - 1)!!',
};

/**
 * The Pochhammer symbol (a)_n = a (a + 1) ... (a + n - 1) for a fraction a > 0.
 *
 * @example pochhammerPiece({ num: 1n, den: 3n }).text // "pochhammer(1/3, n)"
 */
export function pochhammerPiece(parameter: Rational): Piece {
  const { num, den } = parameter;
  return {
    ratio: { numerator: [num, den], denominator: [den] },
    evaluate: (n, inverse) => {
      if (n < 0) return undefined;
      const value = Rational.of(
        product(n, (k) => num + den * BigInt(k)),
        den ** BigInt(n),
      );
      return inverse ? Rational.divide(Rational.ONE, value) : value;
    },
    text: `pochhammer(${Rational.print(parameter)}, n)`,
    latex: `\\left(${Rational.latex(parameter)}\\right)_{n}`,
  };
}

/**
 * prod_{k=from}^{n-1} factor(k) for an irreducible factor of degree 2 or more.
 *
 * @example productPiece([1n, 0n, 1n], 0).text // "product(k^2 + 1, k = 0..n-1)"
 */
export function productPiece(factor: IntegerPolynomial, from: number): Piece {
  return {
    ratio: { numerator: factor, denominator: [1n] },
    evaluate: (n, inverse) => {
      if (n < from) return undefined;
      const value = product(n - from, (k) => Polynomial.evaluate(factor, BigInt(k + from)));
      return inverse ? Rational.of(1n, value) : Rational.of(value);
    },
    text: `product(${polynomialText(factor, 'k')}, k = ${from}..n-1)`,
    latex: `\\prod_{k=${from}}^{n-1} \\left(${polynomialLatex(factor, 'k')}\\right)`,
  };
}

/** (scale n + first) (scale n + first + 1) ..., `count` factors. */
function rising(scale: number, first: number, count: number): IntegerPolynomial {
  let result: IntegerPolynomial = [1n];
  for (let i = 0; i < count; i++) result = Polynomial.multiply(result, Polynomial.of(first + i, scale));
  return result;
}

/** Halves first: long numbers meet long numbers. */
function product(count: number, value: (k: number) => bigint, from = 0): bigint {
  if (count <= 0) return 1n;
  if (count === 1) return value(from);
  const half = count >> 1;
  return product(half, value, from) * product(count - half, value, from + half);
}

function factorial(n: number): bigint {
  return product(n, (k) => BigInt(k + 1));
}
