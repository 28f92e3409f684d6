import { Integer } from '../numerics/index.ts';

/** A summand by name. */
export interface Summand {
  readonly text: string;
  readonly latex: string;
}

/**
 * sum_i factors[i] names[i] / denominator as text or LaTeX; summands with factor 0 are left out, and "1" is no name.
 *
 * @example sumText([{ text: 'n', latex: 'n' }, { text: '1', latex: '1' }], [2n, -1n], 3n, false) // "(2*n - 1)/3"
 */
export function sumText(
  names: readonly Summand[],
  factors: readonly bigint[],
  denominator: bigint,
  latex: boolean,
): string {
  let text = '';
  let count = 0;
  factors.forEach((factor, i) => {
    if (factor === 0n) return;
    const size = Integer.abs(factor);
    const name = latex ? names[i].latex : names[i].text;
    const body = name === '1' ? `${size}` : size === 1n ? name : `${size}${latex ? ' ' : '*'}${name}`;
    text += (factor < 0n ? (text ? ' - ' : '-') : text ? ' + ' : '') + body;
    count++;
  });
  if (count === 0) return '0';
  if (denominator === 1n) return text;
  if (latex) return `\\frac{${text}}{${denominator}}`;
  return count > 1 ? `(${text})/${denominator}` : `${text}/${denominator}`;
}
