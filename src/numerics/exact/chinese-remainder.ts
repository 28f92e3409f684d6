import { Integer } from './integer.ts';

/** Residues known modulo a product of primes, that grows. */
export interface Lift {
  readonly modulus: bigint;
  /** Residues 0 <= r < modulus. */
  readonly residues: readonly bigint[];
}

/** Joins residues mod M with residues mod a new prime p by the Chinese remainder theorem. */
export function liftBy({ modulus, residues }: Lift, p: number, fresh: ArrayLike<number>): Lift {
  const prime = BigInt(p);
  const inverse = Integer.inverse(modulus, prime) ?? 0n;
  return {
    modulus: modulus * prime,
    residues: residues.map((r, i) => {
      let step = ((BigInt(fresh[i]) - r) * inverse) % prime;
      if (step < 0n) step += prime;
      return r + modulus * step;
    }),
  };
}

/**
 * The fraction n / d = r mod m with |n|, d <= sqrt(m / 2), when there is one: it is unique.
 *
 * @see Wang, Guy, Davenport 1982, "P-adic reconstruction of rational numbers"
 */
export function reconstructRational(r: bigint, m: bigint): { num: bigint; den: bigint } | undefined {
  const bound = Integer.sqrt(m / 2n);
  let [r0, r1, s0, s1] = [m, r, 0n, 1n];
  while (r1 > bound) {
    const q = r0 / r1;
    [r0, r1] = [r1, r0 - q * r1];
    [s0, s1] = [s1, s0 - q * s1];
  }
  const den = s1 < 0n ? -s1 : s1;
  if (den === 0n || den > bound) return undefined;
  return { num: s1 < 0n ? -r1 : r1, den };
}
