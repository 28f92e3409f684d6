import { Integer } from './integer.ts';
import type { IntegerPolynomial } from './polynomial.ts';

/**
 * A polynomial as text, highest power first.
 *
 * @param p ascending coefficients
 * @param variable name of the variable
 * @example polynomialText([-1n, 0n, 3n]) // "3*n^2 - 1"
 */
export function polynomialText(p: IntegerPolynomial, variable = 'n'): string {
  return write(p, (size, power) => {
    const tail = power === 1 ? variable : `${variable}^${power}`;
    if (power === 0) return size.toString();
    return size === 1n ? tail : `${size}*${tail}`;
  });
}

/**
 * A polynomial as LaTeX, highest power first.
 *
 * @param p ascending coefficients
 * @param variable LaTeX of the variable
 * @example polynomialLatex([-1n, 0n, 3n]) // "3 n^{2} - 1"
 */
export function polynomialLatex(p: IntegerPolynomial, variable = 'n'): string {
  return write(p, (size, power) => {
    const tail = power === 1 ? variable : `${variable}^{${power}}`;
    if (power === 0) return size.toString();
    return size === 1n ? tail : `${size} ${tail}`;
  });
}

function write(p: IntegerPolynomial, term: (size: bigint, power: number) => string): string {
  let text = '';
  for (let power = p.length - 1; power >= 0; power--) {
    if (p[power] === 0n) continue;
    const sign = p[power] < 0n ? (text ? ' - ' : '-') : text ? ' + ' : '';
    text += sign + term(Integer.abs(p[power]), power);
  }
  return text || '0';
}
