import { OptionError } from '../../core/index.ts';

/** Guard bits: the series below have fewer than 2^20 terms, each off by one unit. */
const GUARD = 32;

/** A constant is computed once for the most bits that were asked for; fewer are a shift of it. */
function remembered(compute: (bits: number) => bigint): (bits: number) => bigint {
  let known = -1;
  let value = 0n;
  return (bits) => {
    if (!(Number.isInteger(bits) && bits >= 0 && bits <= 1_000_000)) {
      throw new OptionError('out-of-range', 'bits', `${bits} is no precision`, 'give a whole number up to 1000000');
    }
    if (bits > known) {
      value = compute(bits + GUARD);
      known = bits;
      return value >> BigInt(GUARD);
    }
    return value >> BigInt(known + GUARD - bits);
  };
}

/** arctan(1/n), or arctanh(1/n) with sign 1, by its power series. */
function inverseTangent(n: bigint, sign: 1n | -1n, bits: number): bigint {
  const square = n * n;
  let power = (1n << BigInt(bits)) / n;
  let sum = 0n;
  for (let k = 1n, s = 1n; power !== 0n; k += 2n, s *= sign) {
    sum += (s * power) / k;
    power /= square;
  }
  return sum;
}

/**
 * sum_k (-1)^k a(k) of a totally monotone a, with error 5.8^-n after n terms.
 *
 * @see H. Cohen, F. Rodriguez Villegas, D. Zagier, Convergence acceleration of alternating series, algorithm 1
 */
function alternatingSum(term: (k: bigint, one: bigint) => bigint, bits: number): bigint {
  const n = BigInt(Math.ceil(bits / 2.54) + 2);
  // d = ((3 + sqrt 8)^n + (3 - sqrt 8)^n) / 2, by its recurrence.
  let [d, before] = [3n, 1n];
  for (let k = 1n; k < n; k++) [d, before] = [6n * d - before, d];
  const one = 1n << BigInt(bits);
  let b = -1n;
  let c = -d;
  let sum = 0n;
  for (let k = 0n; k < n; k++) {
    c = b - c;
    sum += c * term(k, one);
    b = (b * 2n * (k + n) * (k - n)) / ((2n * k + 1n) * (k + 1n));
  }
  return sum / d;
}

/** pi times 2^bits, by Machin's formula. @example piBits(10) // 3216n */
export const piBits = remembered((bits) => 16n * inverseTangent(5n, -1n, bits) - 4n * inverseTangent(239n, -1n, bits));

/** log 2 times 2^bits: 18 atanh(1/26) - 2 atanh(1/4801) + 8 atanh(1/8749). @example logTwoBits(10) // 709n */
export const logTwoBits = remembered(
  (bits) =>
    18n * inverseTangent(26n, 1n, bits) - 2n * inverseTangent(4801n, 1n, bits) + 8n * inverseTangent(8749n, 1n, bits),
);

/** e times 2^bits: sum 1 / k!. @example eulerBits(10) // 2783n */
export const eulerBits = remembered((bits) => {
  let term = 1n << BigInt(bits);
  let sum = 0n;
  for (let k = 1n; term !== 0n; k++) {
    sum += term;
    term /= k;
  }
  return sum;
});

/** Catalan's constant times 2^bits: sum (-1)^k / (2k + 1)^2. @example catalanBits(10) // 937n */
export const catalanBits = remembered((bits) => alternatingSum((k, one) => one / (2n * k + 1n) ** 2n, bits));

const ZETAS = new Map<number, (bits: number) => bigint>();

/**
 * zeta(s) times 2^bits for a whole s >= 2: (1 - 2^(1-s)) zeta(s) = sum (-1)^k / (k + 1)^s.
 *
 * @throws OptionError "out-of-range"
 * @example zetaBits(3, 10) // 1230n
 */
export function zetaBits(s: number, bits: number): bigint {
  if (!(Number.isInteger(s) && s >= 2 && s <= 1000)) {
    throw new OptionError('out-of-range', 's', `zeta(${s}) is not offered`, 'give a whole number from 2 to 1000');
  }
  let zeta = ZETAS.get(s);
  if (!zeta) {
    const power = BigInt(s);
    const scale = 2n ** (power - 1n);
    zeta = remembered((work) => (alternatingSum((k, one) => one / (k + 1n) ** power, work) * scale) / (scale - 1n));
    ZETAS.set(s, zeta);
  }
  return zeta(bits);
}

/**
 * Euler's gamma times 2^bits.
 *
 * gamma = sum_k (n^k / k!)^2 H_k / sum_k (n^k / k!)^2 - log n, with error e^(-4n).
 *
 * @see R. Brent, E. McMillan, Some new algorithms for high-precision computation of Euler's constant
 * @example eulerGammaBits(10) // 591n
 */
export const eulerGammaBits = remembered((bits) => {
  // n a power of two, so that log n is a multiple of log 2.
  const exponent = Math.max(1, Math.ceil(Math.log2((bits * Math.LN2) / 4 + 2)));
  const square = 1n << BigInt(2 * exponent);
  const work = bits + 2 * exponent;
  let weight = 1n << BigInt(work);
  let product = 0n;
  let above = 0n;
  let below = weight;
  for (let k = 1n; weight !== 0n || product !== 0n; k++) {
    weight = (weight * square) / (k * k);
    product = (product * square) / (k * k) + weight / k;
    // product = weight_k H_k; its own recurrence divides once more by k.
    above += product;
    below += weight;
  }
  const ratio = (above << BigInt(work)) / below;
  return (ratio - BigInt(exponent) * logTwoBits(work)) >> BigInt(work - bits);
});
