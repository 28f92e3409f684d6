import type { RandomStream } from '../../../src/core/index.ts';

/** A random member of a family: its first `count` terms, or undefined where the draw is of no use. */
export type Draw = (random: RandomStream, count: number) => readonly bigint[] | undefined;

/** A whole number in low..high. */
export function between(random: RandomStream, low: number, high: number): number {
  return low + random.integer(high - low + 1);
}

/** As `between`, without 0. */
export function nonzero(random: RandomStream, low: number, high: number): number {
  for (;;) {
    const value = between(random, low, high);
    if (value !== 0) return value;
  }
}

export function pick<T>(random: RandomStream, items: readonly T[]): T {
  return items[random.integer(items.length)];
}

export function several(random: RandomStream, length: number, low: number, high: number): number[] {
  return Array.from({ length }, () => between(random, low, high));
}

export function whether(random: RandomStream, probability: number): boolean {
  return random.uniform() < probability;
}

/** The n-th terms of a rule, n from `first` on. */
export function tabulate(count: number, first: number, term: (n: number) => number | bigint): bigint[] {
  return Array.from({ length: count }, (_, i) => BigInt(term(first + i)));
}
