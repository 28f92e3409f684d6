const smallest: number[] = [0, 1];

/** Smallest prime factor of every number up to a limit, grown when asked for more. */
function grow(limit: number): void {
  const size = Math.max(limit, 2 * smallest.length, 4096);
  for (let n = smallest.length; n <= size; n++) smallest[n] = 0;
  for (let p = 2; p <= size; p++) {
    if (smallest[p] !== 0 && smallest[p] !== p) continue;
    smallest[p] = p;
    for (let n = p * p; n <= size; n += p) if (smallest[n] === 0) smallest[n] = p;
  }
}

/** Beyond this a table costs more than trial division. */
const LARGEST_TABLE = 1_000_000;

function smallestFactor(n: number): number {
  if (n > LARGEST_TABLE) {
    for (let p = 2; p * p <= n; p++) if (n % p === 0) return p;
    return n;
  }
  if (n >= smallest.length) grow(n);
  return smallest[n];
}

export function isPrime(n: number): boolean {
  return n > 1 && smallestFactor(n) === n;
}

/** [prime, exponent] of every prime in n >= 1, rising. */
export function factors(n: number): [prime: number, exponent: number][] {
  const found: [number, number][] = [];
  for (let rest = n; rest > 1; ) {
    const p = smallestFactor(rest);
    let exponent = 0;
    for (; rest % p === 0; rest /= p) exponent++;
    found.push([p, exponent]);
  }
  return found;
}

/** Divisors of n >= 1, rising. */
export function divisors(n: number): number[] {
  let found = [1];
  for (const [p, exponent] of factors(n)) {
    found = Array.from({ length: exponent + 1 }, (_, k) => found.map((d) => d * p ** k)).flat();
  }
  return found.sort((a, b) => a - b);
}

/** The multiplicative function with the given values at powers of primes. */
export function multiplicative(atPower: (p: number, exponent: number) => number): (n: number) => number {
  return (n) => factors(n).reduce((product, [p, exponent]) => product * atPower(p, exponent), 1);
}

export function gcd(a: number, b: number): number {
  return b === 0 ? Math.abs(a) : gcd(b, a % b);
}

export function lcm(a: number, b: number): number {
  return (a / gcd(a, b)) * b;
}

/** Digits of n >= 0, most significant first; 0 has the digit 0. */
export function digitsOf(n: number | bigint, base = 10): number[] {
  return n
    .toString(base)
    .split('')
    .map((digit) => Number.parseInt(digit, base));
}

export function sum(values: readonly number[]): number {
  return values.reduce((total, value) => total + value, 0);
}

/** Whether n >= 0 is the square of a whole number. */
export function isSquare(n: number): boolean {
  return n >= 0 && Math.round(Math.sqrt(n)) ** 2 === n;
}

export const sigma = (power: number) =>
  multiplicative((p, e) => sum(Array.from({ length: e + 1 }, (_, k) => p ** (k * power))));
export const tau = multiplicative((_, e) => e + 1);
export const totient = multiplicative((p, e) => p ** (e - 1) * (p - 1));
export const moebius = multiplicative((_, e) => (e > 1 ? 0 : -1));
/** Number of different primes in n. */
export const omega = (n: number): number => factors(n).length;
/** Number of primes in n with multiplicity. */
export const bigOmega = (n: number): number => sum(factors(n).map(([, e]) => e));
export const radical = multiplicative((p) => p);

/** The Jacobi symbol (a/n), n odd and positive. */
export function jacobi(a: number, n: number): number {
  let [top, bottom, sign] = [((a % n) + n) % n, n, 1];
  while (top !== 0) {
    for (; top % 2 === 0; top /= 2) if (bottom % 8 === 3 || bottom % 8 === 5) sign = -sign;
    [top, bottom] = [bottom, top];
    if (top % 4 === 3 && bottom % 4 === 3) sign = -sign;
    top %= bottom;
  }
  return bottom === 1 ? sign : 0;
}
