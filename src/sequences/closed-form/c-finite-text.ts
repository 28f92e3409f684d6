import { Integer, Rational, type RationalPolynomial } from '../../numerics/index.ts';
import { joinTerms, polynomialRatio, powerText, surdText } from './notation.ts';
import type { QuadraticNumber } from './quadratic-root.ts';

/** polynomial(n) base^n. */
export interface PowerGroup {
  readonly base: Rational;
  readonly polynomial: RationalPolynomial;
}

/** sum_k (rational_k + surd_k sqrt d) n^k root^n + conjugate. */
export interface SurdGroup {
  readonly root: QuadraticNumber;
  readonly rational: Rational[];
  readonly surd: Rational[];
}

type Format = 'text' | 'latex';

export const powerGroupText = (group: PowerGroup) => powerGroup(group, 'text');
export const powerGroupLatex = (group: PowerGroup) => powerGroup(group, 'latex');
export const surdGroupText = (group: SurdGroup) => surdGroup(group, 'text');
export const surdGroupLatex = (group: SurdGroup) => surdGroup(group, 'latex');
export const periodicText = (residues: readonly RationalPolynomial[]) => periodic(residues, 'text');
export const periodicLatex = (residues: readonly RationalPolynomial[]) => periodic(residues, 'latex');

function powerGroup({ base, polynomial }: PowerGroup, format: Format): string {
  return polynomialRatio(polynomial.numerator, polynomial.denominator, format, powerText(base, format));
}

function surdGroup(group: SurdGroup, format: Format): string {
  const terms = group.rational.map((rational, power) => surdTerm(group, rational, group.surd[power], power, format));
  return joinTerms(terms);
}

/** One pair of conjugates; a common factor, rational or a pure root, stands outside. */
function surdTerm({ root }: SurdGroup, rational: Rational, surd: Rational, power: number, format: Format): string {
  if (rational.num === 0n && surd.num === 0n) return '';
  const times = format === 'text' ? '*' : ' ';
  const { radicand } = root;
  const weight = power === 0 ? '' : power === 1 ? `n${times}` : `n^${format === 'text' ? power : `{${power}}`}${times}`;
  const conjugates = [1, -1].map((sign) => {
    const value = surdText(root.rational, sign > 0 ? root.surd : Rational.negate(root.surd), radicand, format);
    if (format === 'latex') return `\\left(${value}\\right)^{n}`;
    return `(${value})^n`;
  });
  if (rational.num !== 0n && surd.num !== 0n) {
    const coefficient = (sign: number) => {
      const value = surdText(rational, sign > 0 ? surd : Rational.negate(surd), radicand, format);
      return format === 'latex' ? `\\left(${value}\\right)` : `(${value})`;
    };
    return [1, -1].map((sign, index) => `${coefficient(sign)}${times}${weight}${conjugates[index]}`).join(' + ');
  }
  const inner = rational.num !== 0n ? conjugates.join(' + ') : conjugates.join(' - ');
  const alone = (outer: Outer) => outer.above === '1' && weight === '' && (outer.below === '1' || format === 'latex');
  const pair = (outer: Outer) => {
    if (alone(outer) && !(outer.negative && outer.below === '1')) return inner;
    return format === 'latex' ? `\\left(${inner}\\right)` : `(${inner})`;
  };
  const outer = rational.num !== 0n ? outerRational(rational) : outerSurd(surd, radicand, format);
  const above = `${outer.above === '1' ? '' : `${outer.above}${times}`}${weight}${pair(outer)}`;
  const whole =
    outer.below === '1' ? above : format === 'text' ? `${above}/${outer.below}` : `\\frac{${above}}{${outer.below}}`;
  return outer.negative ? `-${whole}` : whole;
}

interface Outer {
  readonly negative: boolean;
  readonly above: string;
  readonly below: string;
}

function outerRational({ num, den }: Rational): Outer {
  return { negative: num < 0n, above: Integer.abs(num).toString(), below: den.toString() };
}

/** b sqrt(d), or (b d)/sqrt(d) where d divides the denominator of b. */
function outerSurd(surd: Rational, radicand: bigint, format: Format): Outer {
  const negative = surd.num < 0n;
  const size = Integer.abs(surd.num);
  const root = surdText(Rational.ZERO, Rational.ONE, radicand, format);
  const times = format === 'text' ? '*' : ' ';
  if (radicand > 0n && surd.den % radicand === 0n) {
    const rest = surd.den / radicand;
    const below = rest === 1n ? root : format === 'text' ? `(${rest}*${root})` : `${rest} ${root}`;
    return { negative, above: size.toString(), below };
  }
  return { negative, above: size === 1n ? root : `${size}${times}${root}`, below: surd.den.toString() };
}

/** One polynomial, or one for each residue of n. */
function periodic(residues: readonly RationalPolynomial[], format: Format): string {
  const texts = residues.map(({ numerator, denominator }) => polynomialRatio(numerator, denominator, format));
  if (residues.length === 1) return texts[0];
  const period = residues.length;
  if (format === 'latex') {
    const rows = texts.map((text, residue) => `${text} & n \\equiv ${residue} \\pmod{${period}}`);
    return `\\begin{cases} ${rows.join(' \\\\ ')} \\end{cases}`;
  }
  return `[${texts.join(', ')}][n mod ${period}]`;
}
