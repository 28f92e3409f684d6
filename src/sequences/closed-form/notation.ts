import {
  factoredLatex,
  factoredText,
  factorPolynomial,
  Integer,
  type IntegerPolynomial,
  polynomialLatex,
  polynomialText,
  Rational,
} from '../../numerics/index.ts';

/** Adds signed terms: "a - b + c". */
export function joinTerms(terms: readonly string[]): string {
  const kept = terms.filter((term) => term !== '' && term !== '0');
  const text = kept.reduce(
    (left, term) => (left === '' ? term : term.startsWith('-') ? `${left} - ${term.slice(1)}` : `${left} + ${term}`),
    '',
  );
  return text || '0';
}

/** numerator(n) / denominator, factored where every factor is linear. */
export function polynomialRatio(
  numerator: IntegerPolynomial,
  denominator: bigint,
  format: 'text' | 'latex',
  tail = '',
): string {
  if (numerator.length === 0) return '0';
  const negative = numerator[numerator.length - 1] < 0n;
  const size = negative ? numerator.map((value) => -value) : numerator;
  const { content, factors } = factorPolynomial(size);
  const split = factors.every(({ factor }) => factor.length === 2) && factors.length + (content === 1n ? 0 : 1) > 1;
  const [factored, plain] = format === 'text' ? [factoredText, polynomialText] : [factoredLatex, polynomialLatex];
  const times = format === 'text' ? '*' : ' ';
  let above = split ? factored(size) : plain(size);
  const single = split || size.filter((value) => value !== 0n).length === 1;
  if (tail !== '') above = above === '1' ? tail : `${single ? above : `(${above})`}${times}${tail}`;
  else if (denominator !== 1n && !single && format === 'text') above = `(${above})`;
  // A sum that stands alone keeps its own signs.
  if (negative && tail === '' && denominator === 1n && !single) return plain(numerator);
  const whole =
    denominator === 1n ? above : format === 'text' ? `${above}/${denominator}` : `\\frac{${above}}{${denominator}}`;
  return negative ? `-${whole}` : whole;
}

/** base^n, with brackets where they are needed; '' for base 1. */
export function powerText(base: Rational, format: 'text' | 'latex', exponent = 'n'): string {
  if (base.den === 1n && base.num === 1n) return '';
  if (format === 'text') {
    const text = Rational.print(base);
    return /^\d+$/.test(text) ? `${text}^${exponent}` : `(${text})^${exponent}`;
  }
  const latex = Rational.latex(base);
  return /^\d+$/.test(latex) ? `${latex}^{${exponent}}` : `\\left(${latex}\\right)^{${exponent}}`;
}

/** (p + q sqrt(d)) / common, d square-free; with I for d < 0 in text and i in LaTeX. */
export function surdText(rational: Rational, factor: Rational, radicand: bigint, format: 'text' | 'latex'): string {
  const common = Integer.lcm(rational.den, factor.den);
  const p = rational.num * (common / rational.den);
  const q = factor.num * (common / factor.den);
  const size = Integer.abs(radicand);
  const unit = radicand < 0n ? (format === 'text' ? 'I' : 'i') : '';
  const times = format === 'text' ? '*' : ' ';
  const root = size === 1n ? '' : format === 'text' ? `sqrt(${size})` : `\\sqrt{${size}}`;
  const surd = [unit, root].filter((part) => part !== '').join(times) || '1';
  const term = q === 0n ? '' : `${q < 0n ? '-' : ''}${Integer.abs(q) === 1n ? '' : `${Integer.abs(q)}${times}`}${surd}`;
  const above = joinTerms([p === 0n ? '' : p.toString(), term]);
  if (common === 1n) return above;
  if (format === 'latex') return `\\frac{${above}}{${common}}`;
  return p !== 0n && q !== 0n ? `(${above})/${common}` : `${above}/${common}`;
}
