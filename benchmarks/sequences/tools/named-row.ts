import { isPrime } from './factors.ts';

/** The first `count` terms from index `start`. */
export type Terms = (count: number, start: number) => bigint[];

/** A sequence that has a name and a definition. */
export interface NamedSequence {
  readonly name: string;
  readonly family: string;
  readonly start: 0 | 1;
  readonly terms: (count: number) => bigint[];
}

/** A line of a table of named sequences. */
export type NamedRow = readonly [name: string, start: 0 | 1, terms: Terms];

/** The rows of a family. */
export function family(name: string, rows: readonly NamedRow[]): readonly NamedSequence[] {
  return rows.map(([title, start, terms]) => ({
    name: title,
    family: name,
    start,
    terms: (count) => terms(count, start),
  }));
}

/** Term by term, from the index. */
export function each(term: (n: number) => number | bigint | boolean): Terms {
  return (count, start) => Array.from({ length: count }, (_, i) => BigInt(term(start + i)));
}

/** Term by term, from the index as a bigint. */
export function big(term: (n: bigint) => bigint): Terms {
  return (count, start) => Array.from({ length: count }, (_, i) => term(BigInt(start + i)));
}

/** The numbers from `from` on that have a property, in order. */
export function list(has: (n: number) => boolean, from = 1): Terms {
  return (count) => {
    const found: bigint[] = [];
    for (let n = from; found.length < count; n++) if (has(n)) found.push(BigInt(n));
    return found;
  };
}

/** The n-th prime in a formula; primes count from 1. */
export function ofPrimes(term: (p: number, n: number) => number | bigint): Terms {
  return (count) => {
    const found: bigint[] = [];
    for (let p = 2; found.length < count; p++) if (isPrime(p)) found.push(BigInt(term(p, found.length + 1)));
    return found;
  };
}

/** Rows of a triangle T(n, k), 0 <= k <= n or k up to `ends`, one after another. */
export function byRows(
  entry: (n: number, k: number) => number | bigint | boolean,
  first = 0,
  ends: (n: number) => number = (n) => n,
): Terms {
  return (count) => {
    const found: bigint[] = [];
    for (let n = first; found.length < count; n++) {
      for (let k = first; k <= ends(n) && found.length < count; k++) found.push(BigInt(entry(n, k)));
    }
    return found;
  };
}

/** A square array A(n, k), n, k >= first, by antidiagonals: n falls, k rises. */
export function byAntidiagonals(entry: (n: number, k: number) => number | bigint, first = 0): Terms {
  return byRows((n, k) => entry(n - k + first, k), first);
}

/** Coefficients of a power series; a shorter one ends in zeros. */
export function coefficients(series: (count: number) => readonly bigint[]): Terms {
  return (count) => {
    const found = series(count).slice(0, count);
    while (found.length < count) found.push(0n);
    return found as bigint[];
  };
}
