import { DomainError } from '../../core/index.ts';
import { fixedDivide, fixedSqrt } from './fixed-point.ts';
import { logTwoBits, piBits } from './fixed-point-constants.ts';
import { Integer } from './integer.ts';

/** Bits lost in reductions and summations of a few hundred terms. */
const GUARD = 24;

/** Halvings of an argument before its power series: balances their cost against the terms they save. */
function halvings(bits: number): number {
  return Math.ceil(Math.sqrt(bits) / 2) + 2;
}

/** What may be asked for: e^(2^20) has a million bits. */
const LARGEST_EXPONENT = 1 << 14;

/**
 * exp(x) of a fixed-point number.
 *
 * x = k log 2 + r, exp(r) = (sum (r / 2^s)^n / n!)^(2^s).
 *
 * @param x value times 2^bits
 * @throws DomainError "overflow" when |x| > 2^14
 * @example fixedToDecimal(fixedExp(1n << 80n, 80), 80, 12) // '2.71828182846'
 */
export function fixedExp(x: bigint, bits: number): bigint {
  if ((x < 0n ? -x : x) >> BigInt(bits) >= BigInt(LARGEST_EXPONENT)) {
    throw new DomainError('overflow', 'exp of so large a number is out of range', `keep it below ${LARGEST_EXPONENT}`);
  }
  const squarings = halvings(bits);
  // A result of m bits before the point needs m more in the sum; squaring s times costs s.
  const before = Math.max(0, Number(x >> BigInt(bits)) * 1.45);
  const work = bits + Math.ceil(before) + squarings + GUARD;
  const shift = BigInt(work);
  const log2 = logTwoBits(work);
  const wide = x << BigInt(work - bits);
  const k = wide / log2 - (wide < 0n ? 1n : 0n);
  const r = (wide - k * log2) >> BigInt(squarings);
  let term = 1n << shift;
  let sum = term;
  for (let n = 1n; term !== 0n; n++) {
    term = ((term * r) >> shift) / n;
    sum += term;
  }
  for (let i = 0; i < squarings; i++) sum = (sum * sum) >> shift;
  const out = Number(k) - (work - bits);
  return out >= 0 ? sum << BigInt(out) : sum >> BigInt(-out);
}

/**
 * Natural logarithm of a fixed-point number.
 *
 * x = 2^k m, log m = 2^s log m^(1/2^s), log u = 2 atanh((u - 1) / (u + 1)).
 *
 * @throws DomainError "log-domain" when x <= 0
 * @example fixedToDecimal(fixedLog(10n << 80n, 80), 80, 12) // '2.30258509299'
 */
export function fixedLog(x: bigint, bits: number): bigint {
  if (x <= 0n) throw new DomainError('log-domain', 'logarithm of a number that is not positive');
  const roots = halvings(bits);
  const work = bits + roots + GUARD;
  const k = Integer.bitLength(x) - 1 - bits;
  const toWork = work - bits - k;
  let u = toWork >= 0 ? x << BigInt(toWork) : x >> BigInt(-toWork);
  for (let i = 0; i < roots; i++) u = Integer.sqrt(u << BigInt(work));
  const one = 1n << BigInt(work);
  const z = ((u - one) << BigInt(work)) / (u + one);
  const zz = (z * z) >> BigInt(work);
  let sum = 0n;
  let power = z;
  for (let n = 1n; power !== 0n; n += 2n) {
    sum += power / n;
    power = (power * zz) >> BigInt(work);
  }
  return ((sum << BigInt(roots + 1)) + BigInt(k) * logTwoBits(work)) >> BigInt(work - bits);
}

/**
 * sin(x) and cos(x) of a fixed-point number.
 *
 * x mod pi/2 by pi, then z = exp(i r / 2^s) - 1 by its series, and 2 z + z^2 s times.
 *
 * @example fixedSinCos(1n << 80n, 80).map((value) => fixedToDecimal(value, 80, 6)) // ['0.841471', '0.540302']
 */
export function fixedSinCos(x: bigint, bits: number): [sin: bigint, cos: bigint] {
  const doublings = halvings(bits);
  const work = bits + 2 * doublings + GUARD + Math.max(0, Integer.bitLength(x) - bits);
  const shift = BigInt(work);
  const half = piBits(work) >> 1n;
  const wide = x << BigInt(work - bits);
  const quarter = wide / half - (wide < 0n ? 1n : 0n);
  const r = (wide - quarter * half) >> BigInt(doublings);
  let sin = 0n;
  // cos - 1, which keeps its digits where cos itself is all ones.
  let cosine = 0n;
  let term = 1n << shift;
  for (let n = 1n; term !== 0n; n++) {
    term = ((term * r) >> shift) / n;
    const turn = n % 4n;
    if (turn === 1n) sin += term;
    else if (turn === 2n) cosine -= term;
    else if (turn === 3n) sin -= term;
    else cosine += term;
  }
  for (let i = 0; i < doublings; i++) {
    const next = 2n * cosine + ((cosine * cosine - sin * sin) >> shift);
    sin = 2n * sin + ((2n * sin * cosine) >> shift);
    cosine = next;
  }
  const cos = cosine + (1n << shift);
  const back = BigInt(work - bits);
  const [s, c] = [sin >> back, cos >> back];
  const turn = ((quarter % 4n) + 4n) % 4n;
  if (turn === 0n) return [s, c];
  if (turn === 1n) return [c, -s];
  return turn === 2n ? [-s, -c] : [-c, s];
}

/**
 * arctan(x) of a fixed-point number, in (-pi/2, pi/2).
 *
 * atan x = 2 atan(x / (1 + sqrt(1 + x^2))), s times, then the power series.
 *
 * @example fixedToDecimal(4n * fixedAtan(1n << 80n, 80), 80, 12) // '3.14159265359'
 */
export function fixedAtan(x: bigint, bits: number): bigint {
  if (x < 0n) return -fixedAtan(-x, bits);
  const one = 1n << BigInt(bits);
  if (x > one) return (piBits(bits) >> 1n) - fixedAtan(fixedDivide(one, x, bits), bits);
  const steps = halvings(bits);
  const work = bits + steps + GUARD;
  const shift = BigInt(work);
  const unit = 1n << shift;
  let t = x << BigInt(work - bits);
  for (let i = 0; i < steps; i++) t = (t << shift) / (unit + Integer.sqrt((unit << shift) + t * t));
  const tt = (t * t) >> shift;
  let sum = 0n;
  let sign = 1n;
  for (let n = 1n; t !== 0n; n += 2n) {
    sum += (sign * t) / n;
    sign = -sign;
    t = (t * tt) >> shift;
  }
  return sum >> BigInt(work - bits - steps);
}

/**
 * arcsin(x) of a fixed-point number, |x| <= 1.
 *
 * @throws DomainError "arcsin-domain"
 * @example fixedToDecimal(6n * fixedAsin(1n << 79n, 80), 80, 12) // '3.14159265359'
 */
export function fixedAsin(x: bigint, bits: number): bigint {
  const one = 1n << BigInt(bits);
  if (x > one || x < -one) throw new DomainError('arcsin-domain', 'arcsin of a number beyond 1');
  // Near 1 the root of 1 - x^2 halves the digits, so it is taken with twice as many.
  const work = 2 * bits;
  const wide = x << BigInt(bits);
  const unit = 1n << BigInt(work);
  const adjacent = fixedSqrt(unit - ((wide * wide) >> BigInt(work)), work);
  if (adjacent === 0n) return x > 0n ? piBits(bits) >> 1n : -(piBits(bits) >> 1n);
  return fixedAtan(fixedDivide(wide, adjacent, work), work) >> BigInt(bits);
}

/**
 * Gamma(x) of a fixed-point number, 0 < x <= 2^10.
 *
 * Gamma(x) = integral_0^N t^(x-1) e^-t dt + O(N^(x-1) e^-N) = N^x e^-N sum_k N^k / (x (x+1) ... (x+k)).
 *
 * @throws DomainError "gamma-domain"
 * @example fixedToDecimal(fixedGamma(1n << 79n, 80), 80, 12) // '1.77245385091'
 */
export function fixedGamma(x: bigint, bits: number): bigint {
  if (x <= 0n || x > 1024n << BigInt(bits)) {
    throw new DomainError('gamma-domain', 'gamma of a number that is not between 0 and 1024');
  }
  const size = Number(x >> BigInt(bits)) + 1;
  // N^(x-1) e^-N below 2^-bits: a few rounds settle the logarithm.
  let cut = bits;
  for (let i = 0; i < 20; i++) cut = Math.ceil(Math.LN2 * (bits + GUARD) + size * Math.log(cut + size));
  const work = bits + GUARD + Math.ceil((cut + size) / Math.LN2) + Math.max(0, bits - Integer.bitLength(x));
  const shift = BigInt(work);
  const wide = x << BigInt(work - bits);
  const top = BigInt(cut) << shift;
  const one = 1n << shift;
  let term = (one << shift) / wide;
  let sum = 0n;
  for (let next = wide + one; term !== 0n; next += one) {
    sum += term;
    term = (term * top) / next;
  }
  const power = fixedExp(((wide * fixedLog(top, work)) >> shift) - top, work);
  return ((power * sum) >> shift) >> BigInt(work - bits);
}

/** x^y = exp(y log x) of fixed-point numbers, x > 0. @throws DomainError "log-domain" | "overflow" */
export function fixedPower(x: bigint, y: bigint, bits: number): bigint {
  const work = bits + 2 * GUARD + Math.max(0, Integer.bitLength(y) - bits);
  const wide = BigInt(work - bits);
  const exponent = ((y << wide) * fixedLog(x << wide, work)) >> BigInt(work);
  return fixedExp(exponent, work) >> wide;
}
