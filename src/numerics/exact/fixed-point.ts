import { DomainError } from '../../core/index.ts';
import { Integer } from './integer.ts';

/**
 * Fixed-point arithmetic on bigint: the integer X stands for X / 2^bits. Results are right to a few units in the last
 * place, so callers carry guard bits.
 */

/** a * b of two fixed-point numbers. @example fixedMultiply(3n << 8n, 1n << 7n, 8) // 384n */
export function fixedMultiply(a: bigint, b: bigint, bits: number): bigint {
  return (a * b) >> BigInt(bits);
}

/**
 * a / b of two fixed-point numbers.
 *
 * @throws DomainError "division-by-zero"
 * @example fixedDivide(3n << 8n, 2n << 8n, 8) // 384n
 */
export function fixedDivide(a: bigint, b: bigint, bits: number): bigint {
  if (b === 0n) throw new DomainError('division-by-zero', 'division by zero');
  return (a << BigInt(bits)) / b;
}

/** sqrt of a fixed-point number. @throws DomainError "negative-root" @example fixedSqrt(2n << 20n, 20) // 1482910n */
export function fixedSqrt(x: bigint, bits: number): bigint {
  return Integer.sqrt(x << BigInt(bits));
}

/**
 * The nearest f64; infinite beyond its range.
 *
 * @example fixedToNumber(3n << 99n, 100) // 1.5
 */
export function fixedToNumber(x: bigint, bits: number): number {
  // 64 leading bits are enough for a double; the rest would overflow it.
  const drop = Math.max(0, Integer.bitLength(x) - 64);
  const exponent = drop - bits;
  const lead = Number(x >> BigInt(drop));
  // Two factors reach numbers whose power of two alone is out of range.
  const half = Math.trunc(exponent / 2);
  return lead * 2 ** half * 2 ** (exponent - half);
}

/**
 * A fixed-point number in decimal with so many significant digits, rounded to nearest.
 *
 * @example fixedToDecimal(2n << 64n, 65, 5) // '1.0000'
 */
export function fixedToDecimal(x: bigint, bits: number, digits: number): string {
  if (x === 0n) return '0';
  const size = x < 0n ? -x : x;
  const sign = x < 0n ? '-' : '';
  let exponent = Math.floor((Integer.bitLength(size) - 1 - bits) * Math.LOG10E * Math.LN2);
  for (;;) {
    const shift = digits - 1 - exponent;
    const [up, down] = shift >= 0 ? [10n ** BigInt(shift), 1n] : [1n, 10n ** BigInt(-shift)];
    const scaled = ((2n * size * up) / down + (1n << BigInt(bits))) >> BigInt(bits + 1);
    const text = scaled.toString();
    if (text.length !== digits) {
      exponent += text.length - digits;
      continue;
    }
    if (exponent >= digits || exponent < -7) {
      return `${sign}${text[0]}${digits > 1 ? `.${text.slice(1)}` : ''}e${exponent}`;
    }
    if (exponent < 0) return `${sign}0.${'0'.repeat(-exponent - 1)}${text}`;
    const rest = text.slice(exponent + 1);
    return `${sign}${text.slice(0, exponent + 1)}${rest ? `.${rest}` : ''}`;
  }
}
