import { DomainError, ParseError } from '../../core/index.ts';
import type { Fraction } from '../../numerics/index.ts';

/** A real number known to an error: it lies within `half` of `middle`. */
export interface Decimal {
  /** Middle and half width in units of 1 / scale. */
  readonly middle: bigint;
  readonly half: bigint;
  readonly scale: bigint;
  /** Significant digits that were written; 0 for zero. */
  readonly digits: number;
  /** log2(|x| / (2 half width)): what the digits carry. */
  readonly bits: number;
  /** The nearest f64. */
  readonly approximate: number;
}

export const MOST_DIGITS = 10_000;
/** Powers of ten that a double holds with room for what is done to it. */
const LARGEST_EXPONENT = 290;

const NUMBER =
  /^([+-]?)(\d*)(?:\.(\d*))?(?:\((\d+)\))?(?:[eE]([+-]?\d+))?(?:(?:±|\+\/-|\+-)(\d*\.?\d*(?:[eE][+-]?\d+)?))?$/;

/**
 * Reads a decimal number whose digits carry its precision.
 *
 * "0.50" is known to half a unit of its last place, "1.2345(6)" to 6 units of it, "1.2345 ± 0.0006" to what is said;
 * the 16 or 17 digits of a double to a unit of its last bit.
 *
 * @throws ParseError "not-a-number"; DomainError "too-many-digits" | "out-of-range"
 * @example readDecimal('0.50').digits // 2
 */
export function readDecimal(text: string): Decimal {
  if (typeof text !== 'string') {
    throw new ParseError(
      'not-a-number',
      'a constant is given as text',
      0,
      'a decimal number',
      'its digits carry its precision',
    );
  }
  if (text.length > 3 * MOST_DIGITS) throw tooLong(text.length);
  const compact = text
    .trim()
    .replace(/\s*(±|\+\/-|\+-)\s*/, '$1')
    .replace(/(?<=\d)[ _](?=\d)/g, '')
    .replace('\u2212', '-');
  const match = NUMBER.exec(compact);
  const [, sign, whole, fraction = '', units, exponentText = '0', error] = match ?? [];
  if (!match || whole + fraction === '' || error === '') {
    const shown = compact.length > 40 ? `${compact.slice(0, 37)}...` : compact;
    throw new ParseError(
      'not-a-number',
      `"${shown}" is no decimal number`,
      0,
      'a decimal number',
      'such as 1.64493 or 1.2345(6)',
    );
  }
  const digitsText = (whole + fraction).replace(/^0+/, '');
  if (digitsText.length > MOST_DIGITS) throw tooLong(digitsText.length);
  const exponent = Number(exponentText) - fraction.length;
  const size = exponent + digitsText.length;
  if (!(Math.abs(size) <= LARGEST_EXPONENT && Math.abs(exponent) <= LARGEST_EXPONENT + MOST_DIGITS)) {
    throw new DomainError(
      'out-of-range',
      `the number is not between 1e-${LARGEST_EXPONENT} and 1e${LARGEST_EXPONENT}`,
      'scale it',
    );
  }
  const mantissa = BigInt(digitsText || '0');
  const signed = sign === '-' ? -mantissa : mantissa;
  if (error !== undefined) {
    const width = Number(error);
    if (!(width > 0 && Number.isFinite(width))) {
      throw new DomainError(
        'out-of-range',
        `the error ${error} is not positive`,
        'leave it out: the digits carry the precision',
      );
    }
    const [e, place] = exactDecimal(error);
    if (!(Math.abs(place) <= LARGEST_EXPONENT)) {
      throw new DomainError('out-of-range', `the error ${error} is out of range`, 'give it as 0.001 or 1e-3');
    }
    const unit = Math.min(exponent, place);
    const scaled = decimal(signed * 10n ** BigInt(exponent - unit), e * 10n ** BigInt(place - unit), unit, 0);
    return {
      ...scaled,
      digits: Math.max(0, Math.min(digitsText.length, Math.round(scaled.bits * Math.LOG10E * Math.LN2))),
    };
  }
  if (units !== undefined) {
    if (BigInt(units) === 0n) throw new DomainError('out-of-range', 'the error (0) is not positive', 'leave it out');
    return decimal(signed, BigInt(units), exponent, digitsText.length);
  }
  // Half a unit: everything in tenths of the last place.
  return asDouble(decimal(signed * 10n, 5n, exponent - 1, digitsText.length));
}

/** 16 and 17 digits are those of a double as a rule, which is right to a unit of its last bit once it was computed. */
function asDouble(x: Decimal): Decimal {
  if (x.digits < 16 || x.digits > 17) return x;
  const size = x.middle < 0n ? -x.middle : x.middle;
  const exponent = Math.log2(Math.abs(x.approximate));
  // 2^floor(log2 x) / x, of which a unit of the last bit is 2^-52.
  const lead = BigInt(Math.round(2 ** (Math.floor(exponent) - exponent + 20)));
  const half = (size * lead) >> 72n;
  return half > x.half ? wider(x, half) : x;
}

/** The same number known less well. */
function wider(x: Decimal, half: bigint): Decimal {
  const size = x.middle < 0n ? -x.middle : x.middle;
  return { ...x, half, bits: Math.max(0, ratioBits(size, 2n * half)) };
}

/** The same number with no more digits than asked for: what a search works on. */
export function coarser(x: Decimal, digits: number): Decimal {
  const size = x.middle < 0n ? -x.middle : x.middle;
  const half = size / (2n * 10n ** BigInt(digits - 1));
  if (half <= x.half) return x;
  return { ...wider(x, half), digits };
}

/** The same number with `units` times its error. */
export function loosened(x: Decimal, units: number): Decimal {
  return wider(x, BigInt(units) * x.half);
}

/** Both ends of the interval of a positive number. */
export function endsOf(x: Decimal): [low: Fraction, high: Fraction] {
  return [
    { numerator: x.middle - x.half, denominator: x.scale },
    { numerator: x.middle + x.half, denominator: x.scale },
  ];
}

/** The middle as a fixed-point number. */
export function fixedOf(x: Decimal, bits: number): bigint {
  return (x.middle << BigInt(bits)) / x.scale;
}

/** The half width as a fixed-point number, at least one unit. */
export function halfWidthOf(x: Decimal, bits: number): bigint {
  return (x.half << BigInt(bits)) / x.scale || 1n;
}

/** Bits after the point that hold the number to its precision and `guard` bits more. */
export function workingBits(x: Decimal, guard: number): number {
  return Math.max(16, Math.ceil(ratioBits(x.scale, x.half)) + guard);
}

function decimal(middle: bigint, half: bigint, exponent: number, digits: number): Decimal {
  const scale = exponent < 0 ? 10n ** BigInt(-exponent) : 1n;
  const unit = exponent > 0 ? 10n ** BigInt(exponent) : 1n;
  const size = middle < 0n ? -middle : middle;
  const bits = size === 0n ? 0 : Math.max(0, ratioBits(size, 2n * half));
  return { middle: middle * unit, half: half * unit, scale, digits, bits, approximate: quotient(middle * unit, scale) };
}

/** "0.0006" as 6 * 10^-4. */
function exactDecimal(text: string): [mantissa: bigint, exponent: number] {
  const [mantissa, power = '0'] = text.toLowerCase().split('e');
  const [whole, fraction = ''] = mantissa.split('.');
  return [BigInt(whole + fraction || '0'), Number(power) - fraction.length];
}

/** log2(a / b) of positive integers of any size. */
export function ratioBits(a: bigint, b: bigint): number {
  return logTwo(a) - logTwo(b);
}

function logTwo(x: bigint): number {
  const text = x.toString(16);
  const lead = text.slice(0, 14);
  return Math.log2(Number.parseInt(lead, 16)) + 4 * (text.length - lead.length);
}

function quotient(a: bigint, b: bigint): number {
  if (a === 0n) return 0;
  const size = a < 0n ? -a : a;
  const shift = Math.round(80 - ratioBits(size, b));
  const q = shift >= 0 ? (size << BigInt(shift)) / b : size / (b << BigInt(-shift));
  // Two powers: one alone may be out of range.
  const first = Math.trunc(shift / 2);
  const value = Number(q) * 2 ** -first * 2 ** (first - shift);
  return a < 0n ? -value : value;
}

function tooLong(length: number): DomainError {
  return new DomainError(
    'too-many-digits',
    `${length} digits are more than ${MOST_DIGITS}`,
    `give ${MOST_DIGITS} at most`,
  );
}
