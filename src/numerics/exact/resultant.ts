import { Integer } from './integer.ts';
import { type IntegerPolynomial, Polynomial } from './polynomial.ts';

/**
 * Resultant of two integer polynomials, by the subresultant sequence.
 *
 * res(p, q) = lead(p)^deg(q) * product of q at the roots of p; 0 exactly where p and q share a factor.
 *
 * @param p ascending coefficients
 * @param q ascending coefficients
 * @returns an integer; 0 where p or q is zero
 * @see H. Cohen, A Course in Computational Algebraic Number Theory, algorithm 3.3.7
 * @example resultant([-2n, 0n, 1n], [-1n, 1n]) // -1n
 */
export function resultant(p: IntegerPolynomial, q: IntegerPolynomial): bigint {
  if (p.length === 0 || q.length === 0) return 0n;
  const [contentP, contentQ] = [Polynomial.content(p), Polynomial.content(q)];
  let [a, b] = [p.map((value) => value / contentP), q.map((value) => value / contentQ)] as IntegerPolynomial[];
  const factor = contentP ** BigInt(q.length - 1) * contentQ ** BigInt(p.length - 1);
  let sign = 1n;
  if (a.length < b.length) {
    if ((a.length - 1) % 2 === 1 && (b.length - 1) % 2 === 1) sign = -1n;
    [a, b] = [b, a];
  }
  let [g, h] = [1n, 1n];
  while (b.length > 1) {
    const delta = BigInt(a.length - b.length);
    if ((a.length - 1) % 2 === 1 && (b.length - 1) % 2 === 1) sign = -sign;
    const { rest } = Polynomial.pseudoDivide(a, b);
    const divisor = g * h ** delta;
    a = b;
    b = rest.map((value) => value / divisor);
    g = Polynomial.leading(a);
    h = delta === 0n ? h : g ** delta / h ** (delta - 1n);
    if (b.length === 0) return 0n;
  }
  const last = BigInt(a.length - 1);
  const tail = last === 0n ? 1n : Polynomial.leading(b) ** last / h ** (last - 1n);
  return sign * factor * tail;
}

/**
 * Discriminant of an integer polynomial: 0 exactly where a factor repeats.
 *
 * disc(p) = (-1)^(d (d-1)/2) res(p, p') / lead(p)
 *
 * @example discriminant([-1n, -1n, 1n]) // 5n
 */
export function discriminant(p: IntegerPolynomial): bigint {
  const d = Polynomial.degree(p);
  if (d < 1) return d === 0 ? 1n : 0n;
  const sign = ((d * (d - 1)) / 2) % 2 === 1 ? -1n : 1n;
  const value = resultant(p, Polynomial.derivative(p));
  return Integer.abs(value) === 0n ? 0n : (sign * value) / Polynomial.leading(p);
}
