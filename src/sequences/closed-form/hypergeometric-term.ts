import {
  factoredLatex,
  factoredText,
  factorPolynomial,
  Integer,
  type IntegerPolynomial,
  Polynomial,
  Rational,
} from '../../numerics/index.ts';
import type { Piece } from './piece.ts';
import { multiplyRational, type RationalFunction } from './rational-function.ts';
import { splitRatio } from './split-ratio.ts';

/** constant * rational(n) * base^n * product of pieces(n)^exponent. */
export interface HypergeometricTerm {
  readonly constant: Rational;
  readonly base: Rational;
  readonly rational: RationalFunction;
  readonly pieces: readonly { readonly piece: Piece; readonly exponent: number }[];
}

/**
 * The term with a given quotient of consecutive terms and a given value, in factorials, binomials and powers.
 *
 * @param ratio u(n+1)/u(n), without a pole or zero from n = from on
 * @param from index of the value, >= 0
 * @param value u(from)
 * @returns undefined when the term that was built does not have the quotient; that would be a fault
 * @example termText(hypergeometricTerm({ numerator: [2n, 4n], denominator: [2n, 1n] }, 0, { num: 1n, den: 1n })!) // "binomial(2*n, n)/(n + 1)"
 */
export function hypergeometricTerm(
  ratio: RationalFunction,
  from: number,
  value: Rational,
): HypergeometricTerm | undefined {
  const shape: HypergeometricTerm = { constant: Rational.ONE, ...splitRatio(ratio, from) };
  const built = termRatio(shape);
  const same = Polynomial.equal(
    Polynomial.multiply(built.numerator, ratio.denominator),
    Polynomial.multiply(built.denominator, ratio.numerator),
  );
  const unit = evaluateTerm(shape, from);
  if (!same || unit === undefined || unit.num === 0n) return undefined;
  return { ...shape, constant: Rational.divide(value, unit) };
}

/** The quotient of consecutive terms, computed from the parts of the term. */
export function termRatio({ base, rational, pieces }: HypergeometricTerm): RationalFunction {
  const shift = (p: IntegerPolynomial) => Polynomial.shift(p, 1n);
  return multiplyRational([
    { value: { numerator: Polynomial.of(base.num), denominator: [base.den] }, exponent: 1 },
    { value: { numerator: shift(rational.numerator), denominator: shift(rational.denominator) }, exponent: 1 },
    { value: rational, exponent: -1 },
    ...pieces.map(({ piece, exponent }) => ({ value: piece.ratio, exponent })),
  ]);
}

/**
 * The value at n; undefined where a part is not defined.
 *
 * @example evaluateTerm(hypergeometricTerm({ numerator: [2n, 4n], denominator: [2n, 1n] }, 0, { num: 1n, den: 1n })!, 10) // { num: 16796n, den: 1n }
 */
export function evaluateTerm(
  { constant, base, rational, pieces }: HypergeometricTerm,
  n: number,
): Rational | undefined {
  const below = Polynomial.evaluate(rational.denominator, BigInt(n));
  if (below === 0n) return undefined;
  let value = Rational.multiply(constant, Rational.of(Polynomial.evaluate(rational.numerator, BigInt(n)), below));
  value = Rational.multiply(value, Rational.power(base, n));
  for (const { piece, exponent } of pieces) {
    const factor = piece.evaluate(n, exponent < 0);
    if (factor === undefined) return undefined;
    value = Rational.multiply(value, Rational.power(factor, Math.abs(exponent)));
  }
  return value;
}

/** The term as text. */
export function termText(term: HypergeometricTerm): string {
  const { negative, above, below } = parts(term, 'text');
  const top = above.length === 0 ? '1' : above.join('*');
  if (below.length === 0) return negative + top;
  const single = below.length === 1 && /^([\w!]+(\^\w+)?|[a-z]+\([^()]*\)|\([^()]*\)!*)$/.test(below[0]);
  return `${negative}${top}/${single ? below[0] : `(${below.join('*')})`}`;
}

/** The term as LaTeX. */
export function termLatex(term: HypergeometricTerm): string {
  const { negative, above, below } = parts(term, 'latex');
  const top = above.length === 0 ? '1' : above.join(' ');
  const bare = (text: string) => text.replace(/^\(([^()]*)\)$/, '$1');
  return negative + (below.length === 0 ? top : `\\frac{${bare(top)}}{${bare(below.join(' '))}}`);
}

interface Parts {
  readonly negative: string;
  readonly above: readonly string[];
  readonly below: readonly string[];
}

function parts({ constant, base, rational, pieces }: HypergeometricTerm, format: 'text' | 'latex'): Parts {
  const text = format === 'text';
  const contents = [rational.numerator, rational.denominator].map(Polynomial.content);
  const size = Rational.multiply(constant, Rational.of(contents[0], contents[1]));
  const power = (value: bigint) => (value === 1n ? [] : [text ? `${value}^n` : `${value}^{n}`]);
  const number = (value: bigint) => (value === 1n ? [] : [value.toString()]);
  const raised = (name: string, exponent: number) =>
    exponent === 1 ? name : `${/!$/.test(name) ? `(${name})` : name}^${text ? exponent : `{${exponent}}`}`;
  const polynomial = (p: IntegerPolynomial) => {
    const primitive = p.map((value) => value / Polynomial.content(p));
    if (primitive.length === 1) return [];
    return [(text ? factoredText : factoredLatex)(primitive)];
  };
  const named = (sign: 1 | -1) =>
    pieces
      .filter(({ exponent }) => exponent * sign > 0)
      .map(({ piece, exponent }) => raised(text ? piece.text : piece.latex, Math.abs(exponent)));
  const sign = base.num < 0n ? [text ? '(-1)^n' : '(-1)^{n}'] : [];
  const bothSigns = Polynomial.leading(rational.numerator) < 0n;
  const flipped = bothSigns ? Polynomial.negate(rational.numerator) : rational.numerator;
  return {
    negative: size.num < 0n !== bothSigns ? '-' : '',
    above: [
      ...sign,
      ...number(Integer.abs(size.num)),
      ...power(Integer.abs(base.num)),
      ...polynomial(flipped),
      ...named(1),
    ],
    below: [...number(size.den), ...power(base.den), ...polynomial(rational.denominator), ...named(-1)],
  };
}

/** Integer roots of both sides of a quotient: from beyond the last one on the term has neither zero nor pole. */
export function lastSingularity({ numerator, denominator }: RationalFunction): bigint | undefined {
  const roots = [numerator, denominator].flatMap((p) =>
    factorPolynomial(p).factors.flatMap(({ factor: [c, d], factor }) =>
      factor.length === 2 && c % d === 0n ? [-c / d] : [],
    ),
  );
  return roots.reduce<bigint | undefined>((last, root) => (last === undefined || root > last ? root : last), undefined);
}
