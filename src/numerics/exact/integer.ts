import { DomainError } from '../../core/index.ts';

function abs(value: bigint): bigint {
  return value < 0n ? -value : value;
}

/** Both fit a double: the remainders of numbers are faster than those of bigints. */
const SMALL = 2n ** 53n;

function gcd(first: bigint, second: bigint): bigint {
  let a = abs(first);
  let b = abs(second);
  while (b >= SMALL) [a, b] = [b, a % b];
  if (b === 0n) return a;
  let x = Number(b);
  let y = Number(a % b);
  while (y !== 0) [x, y] = [y, x % y];
  return BigInt(x);
}

function lcm(first: bigint, second: bigint): bigint {
  return first === 0n || second === 0n ? 0n : abs(first / gcd(first, second)) * abs(second);
}

function modulo(value: bigint, modulus: bigint): bigint {
  const rest = value % modulus;
  return rest < 0n ? rest + abs(modulus) : rest;
}

function sqrt(value: bigint): bigint {
  if (value < 0n) throw new DomainError('negative-root', 'the square root of a negative integer', 'give n >= 0');
  if (value < SMALL) return BigInt(Math.floor(Math.sqrt(Number(value))));
  let guess = 1n << BigInt((bitLength(value) + 1) >> 1);
  for (;;) {
    const next = (guess + value / guess) >> 1n;
    if (next >= guess) return guess;
    guess = next;
  }
}

/** Sixteen digits of hexadecimal are enough to tell the bits of the first digit. */
function bitLength(value: bigint): number {
  const digits = abs(value).toString(16);
  return value === 0n ? 0 : 4 * (digits.length - 1) + (32 - Math.clz32(Number.parseInt(digits[0], 16)));
}

function power(base: bigint, exponent: bigint, modulus: bigint): bigint {
  let result = modulo(1n, modulus);
  let square = modulo(base, modulus);
  for (let rest = exponent; rest > 0n; rest >>= 1n) {
    if (rest & 1n) result = (result * square) % modulus;
    square = (square * square) % modulus;
  }
  return result;
}

function inverse(value: bigint, modulus: bigint): bigint | undefined {
  let [r0, r1] = [abs(modulus), modulo(value, modulus)];
  let [s0, s1] = [0n, 1n];
  while (r1 !== 0n) {
    const quotient = r0 / r1;
    [r0, r1] = [r1, r0 - quotient * r1];
    [s0, s1] = [s1, s0 - quotient * s1];
  }
  return r0 === 1n ? modulo(s0, modulus) : undefined;
}

/** Largest s, from small primes, with s^2 dividing the value; the rest is square-free as far as those primes tell. */
function squarePart(value: bigint): { readonly root: bigint; readonly rest: bigint } {
  let root = 1n;
  let rest = abs(value);
  for (let prime = 2n; prime * prime <= rest && prime < 10_000n; prime += prime === 2n ? 1n : 2n) {
    while (rest !== 0n && rest % (prime * prime) === 0n) {
      root *= prime;
      rest /= prime * prime;
    }
  }
  const last = sqrt(rest);
  if (rest > 1n && last * last === rest) [root, rest] = [root * last, 1n];
  return { root, rest: value < 0n ? -rest : rest };
}

/**
 * Arithmetic of whole numbers of any size.
 *
 * `gcd` and `lcm` are never negative; `modulo` lies in [0, |m|); `sqrt` is rounded down; `power` is b^e mod m;
 * `inverse` is undefined where there is none; `squarePart` writes n = root^2 * rest.
 *
 * @throws DomainError "negative-root" from `sqrt` below 0
 * @example Integer.gcd(84n, -36n) // 12n
 * @example Integer.inverse(3n, 7n) // 5n
 * @example Integer.sqrt(99n) // 9n
 */
export const Integer = { abs, gcd, lcm, modulo, sqrt, bitLength, power, inverse, squarePart };
