import { DomainError, ParseError } from '../../core/index.ts';
import { Integer } from './integer.ts';

/** A fraction in lowest terms, den > 0. */
export interface Rational {
  readonly num: bigint;
  readonly den: bigint;
}

function of(num: bigint | number, den: bigint | number = 1n): Rational {
  const [above, below] = [whole(num), whole(den)];
  if (below === 0n)
    throw new DomainError('division-by-zero', `${num}/0 is no number`, 'give a denominator that is not 0');
  const common = Integer.gcd(above, below) * (below < 0n ? -1n : 1n);
  return Object.freeze({ num: above / common, den: below / common });
}

function whole(value: bigint | number): bigint {
  if (typeof value === 'bigint') return value;
  if (!Number.isSafeInteger(value)) {
    throw new DomainError(
      'unsafe-integer',
      `${value} is not a safe integer`,
      'give a bigint, or text to Rational.parse',
    );
  }
  return BigInt(value);
}

const ZERO = of(0n);
const ONE = of(1n);

function add(a: Rational, b: Rational): Rational {
  return of(a.num * b.den + b.num * a.den, a.den * b.den);
}

function subtract(a: Rational, b: Rational): Rational {
  return of(a.num * b.den - b.num * a.den, a.den * b.den);
}

function multiply(a: Rational, b: Rational): Rational {
  return of(a.num * b.num, a.den * b.den);
}

function divide(a: Rational, b: Rational): Rational {
  return of(a.num * b.den, a.den * b.num);
}

function negate(a: Rational): Rational {
  return Object.freeze({ num: -a.num, den: a.den });
}

function compare(a: Rational, b: Rational): -1 | 0 | 1 {
  const difference = a.num * b.den - b.num * a.den;
  return difference < 0n ? -1 : difference > 0n ? 1 : 0;
}

function equal(a: Rational, b: Rational): boolean {
  return a.num === b.num && a.den === b.den;
}

function power(base: Rational, exponent: number): Rational {
  if (!Number.isSafeInteger(exponent)) {
    throw new DomainError('unsafe-integer', `the exponent ${exponent} is not an integer`, 'give a whole exponent');
  }
  const size = BigInt(Math.abs(exponent));
  return exponent < 0 ? of(base.den ** size, base.num ** size) : of(base.num ** size, base.den ** size);
}

/** Texts longer than this are a mistake, not a number. */
const LONGEST_EXPONENT = 100_000;

function parse(text: string): Rational {
  const found = /^\s*([+-]?)(\d+)\s*(?:\/\s*(\d+))?\s*$/.exec(text);
  if (found) return of(BigInt(found[1] + found[2].padStart(1, '0')), BigInt(found[3] ?? 1));
  const decimal = /^\s*([+-]?)(\d*)\.?(\d*)(?:e([+-]?\d+))?\s*$/i.exec(text);
  const exponent = Number(decimal?.[4] ?? 0);
  if (!decimal || (decimal[2] + decimal[3]).length === 0 || Math.abs(exponent) > LONGEST_EXPONENT) {
    throw new ParseError(
      'bad-number',
      `"${text.slice(0, 40)}" is not a rational number`,
      0,
      'a number such as 3, -3/4, 0.125',
    );
  }
  const digits = BigInt(`${decimal[1]}${decimal[2]}${decimal[3]}`.replace('+', ''));
  const shift = exponent - decimal[3].length;
  return shift < 0 ? of(digits, 10n ** BigInt(-shift)) : of(digits * 10n ** BigInt(shift));
}

function print(a: Rational): string {
  return a.den === 1n ? a.num.toString() : `${a.num}/${a.den}`;
}

function latex(a: Rational): string {
  if (a.den === 1n) return a.num.toString();
  return `${a.num < 0n ? '-' : ''}\\frac{${Integer.abs(a.num)}}{${a.den}}`;
}

/** The quotient of two integers that may not fit a double, to its 53 bits. */
function toNumber(a: Rational): number {
  const excess = Integer.bitLength(a.num) - Integer.bitLength(a.den) - 64;
  const shifted = excess > 0 ? a.num / (a.den << BigInt(excess)) : (a.num << BigInt(-excess)) / a.den;
  const half = Math.trunc(excess / 2);
  return Number(shifted) * 2 ** half * 2 ** (excess - half);
}

/**
 * Exact fractions of bigints: frozen records {num, den}, in lowest terms, den > 0.
 *
 * @throws DomainError "division-by-zero" from `of`, `divide` and negative powers; "unsafe-integer" for numbers beyond 2^53
 * @throws ParseError "bad-number" from `parse`
 * @example Rational.print(Rational.add(Rational.parse('1/3'), Rational.parse('-0.125'))) // "5/24"
 * @example Rational.compare(Rational.of(2, 3), Rational.of(3, 4)) // -1
 * @example Rational.latex(Rational.power(Rational.of(-2, 3), -3)) // "-\\frac{27}{8}"
 */
export const Rational = {
  ZERO,
  ONE,
  of,
  add,
  subtract,
  multiply,
  divide,
  negate,
  compare,
  equal,
  power,
  parse,
  print,
  latex,
  toNumber,
};
