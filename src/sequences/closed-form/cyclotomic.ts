import { type IntegerPolynomial, Polynomial } from '../../numerics/index.ts';

/** Roots of unity of a higher order are not looked for. */
const HIGHEST_ORDER = 240;

/**
 * The m for which a polynomial is the m-th cyclotomic polynomial; undefined where there is none up to 240.
 *
 * The roots of an irreducible p are m-th roots of unity when p divides x^m - 1.
 *
 * @param p irreducible, primitive, leading coefficient positive
 * @example cyclotomicOrder([1n, 1n, 1n]) // 3
 */
export function cyclotomicOrder(p: IntegerPolynomial): number | undefined {
  const degree = p.length - 1;
  if (degree < 1 || p[degree] !== 1n || (p[0] !== 1n && p[0] !== -1n)) return undefined;
  let rest: bigint[] = [1n, ...new Array<bigint>(degree - 1).fill(0n)];
  for (let power = 1; power <= HIGHEST_ORDER; power++) {
    const top = rest[degree - 1];
    rest = [0n, ...rest.slice(0, -1)].map((value, index) => value - top * p[index]);
    if (Polynomial.equal(Polynomial.trim(rest), [1n])) return power;
    if (rest.some((value) => value > LARGE || value < -LARGE)) return undefined;
  }
  return undefined;
}

/** Powers of a root of unity have bounded coordinates. */
const LARGE = 1_000_000n;
