import { berlekampMassey, Rational } from '../../numerics/index.ts';
import { bitsOf } from '../bits.ts';
import { primesUpTo } from '../known/factorisation.ts';
import type { Family, Law } from '../law.ts';

/** Primes up to this are tried as modulus. */
const MOST_MODULUS = 1100;
const MOST_ORDER = 3;
/** Equations at least beyond those that fix the recurrence. */
const SURPLUS = 4;
/** Terms of a small range are met by chance. */
const LEAST_RANGE = 3;

/** Residues of a linear recurrence: sum_j c_j u(n - j) = 0 mod p. */
export const residues: Family = {
  name: 'residues',
  bits: 6,
  propose({ values }) {
    const largest = values.reduce((most, value) => (value > most ? value : most), 0n);
    if (values.some((value) => value < 0n) || largest < LEAST_RANGE || largest >= MOST_MODULUS) return [];
    const terms = Float64Array.from(values.slice(0, 60), Number);
    let best: { p: number; connection: number[] } | undefined;
    for (const p of primesUpTo(Math.min(MOST_MODULUS, 3 * Number(largest) + 30))) {
      if (p <= largest) continue;
      const { length, connection } = berlekampMassey(terms, p);
      if (length > MOST_ORDER || length < 1 || terms.length - 2 * length < SURPLUS) continue;
      if (!best || length < best.connection.length - 1) best = { p, connection };
    }
    return best ? (lawOf(values, best.p, best.connection) ?? []) : [];
  },
};

function lawOf(values: readonly bigint[], p: number, connection: readonly number[]): Law[] | undefined {
  const order = connection.length - 1;
  const next = (terms: readonly bigint[], at: number): bigint => {
    let sum = 0n;
    for (let j = 1; j <= order; j++) sum -= BigInt(connection[j]) * terms[at - j];
    return ((sum % BigInt(p)) + BigInt(p)) % BigInt(p);
  };
  for (let n = order; n < values.length; n++) if (next(values, n) !== values[n]) return undefined;
  const factors = connection.slice(1).map((c) => (p - c) % p);
  const initial = values.slice(0, order);
  const write = (term: (j: number) => string, times: string): string =>
    factors.flatMap((c, j) => (c === 0 ? [] : [c === 1 ? term(j + 1) : `${c}${times}${term(j + 1)}`])).join(' + ');
  return [
    {
      kind: 'residues',
      formula: `u(n) = ${write((j) => `u(n-${j})`, '*')} mod ${p}`,
      latex: `u_n = ${write((j) => `u_{n-${j}}`, ' ')} \\bmod ${p}`,
      // The modulus is one of many.
      bits: Math.log2(MOST_MODULUS) + order * Math.log2(p) + bitsOf(initial) + 2,
      surplus: values.length - 2 * order,
      reach: 2 * order,
      coefficients: [...factors.map(BigInt), BigInt(p)],
      initial,
      extend(count) {
        const terms = [...values];
        for (let i = 0; i < count; i++) terms.push(next(terms, terms.length));
        return terms.slice(values.length).map((value) => Rational.of(value));
      },
    },
  ];
}
