import { DomainError } from '../../core/index.ts';
import { Integer } from './integer.ts';

/** Square roots taken before the series: each halves the exponent that is left. */
const HALVINGS = 16n;
const GUARD = 48n;

/** sqrt(v) of a fixed-point number. */
function sqrt(value: bigint, bits: bigint): bigint {
  return Integer.sqrt(value << bits);
}

/** ln(num/den) in units of 2^-bits. */
function ln(num: bigint, den: bigint, bits: bigint): bigint {
  if (num <= 0n || den <= 0n) throw new DomainError('logarithm', 'the logarithm of a number <= 0', 'give x > 0');
  const work = bits + GUARD;
  const shift = BigInt(Integer.bitLength(num) - Integer.bitLength(den));
  const mantissa = shift >= 0n ? (num << work) / (den << shift) : (num << (work - shift)) / den;
  const value = lnNearOne(mantissa, work) + (shift === 0n ? 0n : shift * lnTwo(work));
  return value >> GUARD;
}

/** ln x = 2^k 2 artanh((x^(1/2^k) - 1)/(x^(1/2^k) + 1)). */
function lnNearOne(value: bigint, bits: bigint): bigint {
  const one = 1n << bits;
  let root = value;
  for (let k = 0n; k < HALVINGS; k++) root = sqrt(root, bits);
  return artanh(((root - one) << bits) / (root + one), bits) << (HALVINGS + 1n);
}

function artanh(y: bigint, bits: bigint): bigint {
  const square = (y * y) >> bits;
  let sum = 0n;
  let power = y;
  for (let k = 1n; power !== 0n && power !== -1n; k += 2n) {
    sum += power / k;
    power = (power * square) >> bits;
  }
  return sum;
}

const twos = new Map<bigint, bigint>();

/** ln 2 = 2 artanh(1/3) */
function lnTwo(bits: bigint): bigint {
  const known = twos.get(bits);
  if (known !== undefined) return known;
  const value = artanh((1n << (bits + 16n)) / 3n, bits + 16n) >> 15n;
  twos.set(bits, value);
  return value;
}

/** exp(v) of a fixed-point number. */
function exp(value: bigint, bits: bigint): bigint {
  const work = bits + GUARD + BigInt(Integer.bitLength(value >> bits));
  const lifted = value << (work - bits);
  const two = lnTwo(work);
  const shift = lifted / two;
  const small = (lifted - shift * two) >> HALVINGS;
  let term = 1n << work;
  let sum = term;
  for (let k = 1n; term !== 0n && term !== -1n; k++) {
    term = ((term * small) >> work) / k;
    sum += term;
  }
  for (let k = 0n; k < HALVINGS; k++) sum = (sum * sum) >> work;
  const down = work - bits - shift;
  return down >= 0n ? sum >> down : sum << -down;
}

/** Decimal digits of a fixed-point number, rounded to `digits` significant ones. */
function print(value: bigint, bits: bigint, digits: number): string {
  const sign = value < 0n ? '-' : '';
  const size = Integer.abs(value);
  if (size === 0n) return '0';
  // The first estimate of the exponent may be one off; a number that rounds up to a power of ten gets one digit more.
  let exponent = Math.floor((Integer.bitLength(size) - Number(bits)) * Math.LOG10E * Math.LN2);
  const scaled = (power: number) => {
    const ten = 10n ** BigInt(Math.abs(power));
    const twice = power >= 0 ? (size * ten * 2n) >> bits : (size * 2n) / (ten << bits);
    return (twice + 1n) >> 1n;
  };
  let integer = scaled(digits - exponent);
  while (integer >= 10n ** BigInt(digits)) integer = scaled(digits - ++exponent);
  const text = integer.toString();
  exponent += text.length - digits;
  if (exponent > 21 || exponent < -6) {
    return `${sign}${text[0]}${text.length > 1 ? `.${text.slice(1)}` : ''}e${exponent > 0 ? '+' : ''}${exponent - 1}`;
  }
  if (exponent <= 0) return `${sign}0.${'0'.repeat(-exponent)}${text}`;
  const padded = text.padEnd(exponent, '0');
  return sign + padded.slice(0, exponent) + (padded.length > exponent ? `.${padded.slice(exponent)}` : '');
}

/**
 * Real numbers as bigints in units of 2^-bits.
 *
 * `ln(num, den, bits)` is that of a fraction; `sqrt`, `exp` take and give fixed-point numbers; errors are a few units.
 *
 * @throws DomainError "logarithm" for arguments <= 0
 * @see R. Brent, P. Zimmermann, Modern Computer Arithmetic, 4.4
 * @example FixedPoint.print(FixedPoint.exp(1n << 200n, 200n), 200n, 30) // "2.71828182845904523536028747135"
 * @example FixedPoint.print(FixedPoint.ln(2n, 1n, 200n), 200n, 20) // "0.69314718055994530942"
 */
export const FixedPoint = { sqrt, ln, exp, print };
