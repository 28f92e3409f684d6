import { Integer } from './integer.ts';
import type { IntegerPolynomial } from './polynomial.ts';
import { type Factorization, factorPolynomial } from './polynomial-factors.ts';
import { polynomialLatex, polynomialText } from './polynomial-text.ts';

/**
 * A polynomial as the text of its factors over Q; a sum is in brackets, alone too, ready to stand in a product.
 *
 * @param p ascending coefficients
 * @example factoredText([2n, 6n, 4n]) // "2*(n + 1)*(2*n + 1)"
 */
export function factoredText(p: IntegerPolynomial, variable = 'n'): string {
  return write(factorPolynomial(p), '*', (factor, multiplicity) => {
    const text = polynomialText(factor, variable);
    return `${isMonomial(factor) ? text : `(${text})`}${multiplicity > 1 ? `^${multiplicity}` : ''}`;
  });
}

/**
 * A polynomial as the LaTeX of its factors over Q.
 *
 * @param p ascending coefficients
 * @example factoredLatex([2n, 6n, 4n]) // "2 (n + 1) (2 n + 1)"
 */
export function factoredLatex(p: IntegerPolynomial, variable = 'n'): string {
  return write(factorPolynomial(p), ' ', (factor, multiplicity) => {
    const text = polynomialLatex(factor, variable);
    return `${isMonomial(factor) ? text : `(${text})`}${multiplicity > 1 ? `^{${multiplicity}}` : ''}`;
  });
}

function isMonomial(p: IntegerPolynomial): boolean {
  return p.slice(0, -1).every((value) => value === 0n);
}

function write(
  { content, factors }: Factorization,
  times: string,
  term: (factor: IntegerPolynomial, multiplicity: number) => string,
): string {
  const parts = factors.map(({ factor, multiplicity }) => term(factor, multiplicity));
  const size = Integer.abs(content);
  if (size !== 1n || parts.length === 0) parts.unshift(size.toString());
  return (content < 0n ? '-' : '') + parts.join(times);
}
