/** A prime and its exponent. */
export type PrimePower = readonly [prime: number, exponent: number];

/** Prime powers of n >= 1, by trial division; the indices of sequences are small. */
export function factorsOf(n: number): readonly PrimePower[] {
  const known = cache[n];
  if (known) return known;
  const factors: PrimePower[] = [];
  let rest = n;
  for (let p = 2; p * p <= rest; p++) {
    let exponent = 0;
    while (rest % p === 0) {
      rest /= p;
      exponent++;
    }
    if (exponent > 0) factors.push([p, exponent]);
  }
  if (rest > 1) factors.push([rest, 1]);
  if (n < MOST_KEPT) cache[n] = factors;
  return factors;
}

const MOST_KEPT = 10_000;
const cache: (readonly PrimePower[])[] = [];

/** The first primes. */
export function primesUpTo(limit: number): number[] {
  const primes: number[] = [];
  for (let n = 2; n <= limit; n++) if (isPrime(n)) primes.push(n);
  return primes;
}

export function isPrime(n: number): boolean {
  const factors = n >= 2 ? factorsOf(n) : [];
  return factors.length === 1 && factors[0][1] === 1;
}

/** The n-th prime, n >= 1. */
export function nthPrime(n: number): number {
  while (primes.length < n) {
    let next = (primes.at(-1) ?? 1) + 1;
    while (!isPrime(next)) next++;
    primes.push(next);
  }
  return primes[n - 1];
}

const primes: number[] = [];
