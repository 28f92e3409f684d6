import { Rational } from '../../numerics/index.ts';
import { surdText } from '../closed-form/notation.ts';
import { quadraticRoot } from '../closed-form/quadratic-root.ts';
import { Complex } from './complex.ts';
import type { Growth } from './growth.ts';
import type { LeadingConstant } from './leading-constant.ts';

type Format = 'text' | 'latex';

/** A growth as text: "0.5641895835 * 4^n * n^(-3/2)"; C where the constant is not known. */
export function growthText(growth: Growth, constant?: LeadingConstant): string {
  return factors(growth, constant, 'text').join(' * ');
}

/** A growth as LaTeX. */
export function growthLatex(growth: Growth, constant?: LeadingConstant): string {
  return factors(growth, constant, 'latex').join(' ');
}

function factors(growth: Growth, constant: LeadingConstant | undefined, format: Format): string[] {
  const { factorial, exponentials, power, exactPower } = growth;
  const text = format === 'text';
  const size = constant?.text.replace(/\.0{8,}$/, '') ?? 'C';
  const parts = [size];
  if (factorial.num !== 0n)
    parts.push(Rational.equal(factorial, Rational.ONE) ? 'n!' : raised('n!', factorial, format));
  const base = baseText(growth, format);
  if (base !== '1') parts.push(/^\d+$/.test(base) ? (text ? `${base}^n` : `${base}^{n}`) : bracketed(base, format));
  if (exponentials.length > 0) {
    const times = text ? '*' : ' ';
    const sum = exponentials
      .map(({ power: p, coefficient: [re] }) => `${re === 1 ? '' : `${decimal(re)}${times}`}${raised('n', p, format)}`)
      .join(' + ');
    parts.push(text ? `exp(${sum})` : `e^{${sum}}`);
  }
  if (exactPower === undefined) parts.push(text ? `n^(${decimal(power[0])})` : `n^{${decimal(power[0])}}`);
  else if (exactPower.num !== 0n)
    parts.push(Rational.equal(exactPower, Rational.ONE) ? 'n' : raised('n', exactPower, format));
  return parts.length > 1 && size === '1' ? parts.slice(1) : parts;
}

function baseText({ root, minimal }: Growth, format: Format): string {
  if (root[1] !== 0) return decimal(Complex.modulus(root));
  if (minimal.length === 2) {
    const value = Rational.of(-minimal[0], minimal[1]);
    return format === 'text' ? Rational.print(value) : Rational.latex(value);
  }
  if (minimal.length !== 3) return decimal(root[0]);
  const { rational, surd, radicand } = quadraticRoot(minimal);
  const value = Rational.toNumber(rational) + Rational.toNumber(surd) * Math.sqrt(Number(radicand));
  const own = Math.abs(value - root[0]) < 1e-6 * Math.max(1, Math.abs(value)) ? surd : Rational.negate(surd);
  return surdText(rational, own, radicand, format);
}

function bracketed(base: string, format: Format): string {
  return format === 'text' ? `(${base})^n` : `\\left(${base}\\right)^{n}`;
}

function raised(base: string, exponent: Rational, format: Format): string {
  const text = Rational.print(exponent);
  if (format === 'latex') return `${base === 'n!' ? '(n!)' : base}^{${text}}`;
  const name = base === 'n!' ? '(n!)' : base;
  return /^\d+$/.test(text) ? `${name}^${text}` : `${name}^(${text})`;
}

function decimal(value: number): string {
  return Number(value.toPrecision(12)).toString();
}
