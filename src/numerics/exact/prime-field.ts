/**
 * Primes below 2^26: the product of two residues is below 2^52, so that floats hold it exactly.
 *
 * The largest ones, in falling order; the first is used for a first look, the next ones confirm and lift.
 */
export function primeAt(index: number): number {
  while (known.length <= index) known.push(primeBelow(known[known.length - 1] ?? CEILING));
  return known[index];
}

const CEILING = 2 ** 26;
const known: number[] = [];

function primeBelow(limit: number): number {
  let candidate = limit - 1 - (limit % 2 === 0 ? 0 : 1);
  while (!isOddPrime(candidate)) candidate -= 2;
  return candidate;
}

function isOddPrime(n: number): boolean {
  for (let d = 3; d * d <= n; d += 2) if (n % d === 0) return false;
  return true;
}

/** a b mod p for residues 0 <= a, b < p < 2^26. */
export function multiplyMod(a: number, b: number, p: number): number {
  return (a * b) % p;
}

/** The power a^e mod p, e >= 0 an integer. */
export function powerMod(a: number, e: number, p: number): number {
  let result = 1;
  let base = a;
  for (let rest = e; rest > 0; rest = Math.floor(rest / 2)) {
    if (rest % 2 === 1) result = (result * base) % p;
    base = (base * base) % p;
  }
  return result;
}

/** The inverse of a mod p by Euclid's algorithm; a must not be 0 mod p. */
export function inverseMod(a: number, p: number): number {
  let [r0, r1, s0, s1] = [p, a, 0, 1];
  while (r1 !== 0) {
    const q = Math.floor(r0 / r1);
    [r0, r1] = [r1, r0 - q * r1];
    [s0, s1] = [s1, s0 - q * s1];
  }
  return s0 < 0 ? s0 + p : s0;
}

/** The residue 0 <= r < p of an integer of any size. */
export function residue(value: bigint, p: number): number {
  const r = Number(value % BigInt(p));
  return r < 0 ? r + p : r;
}
