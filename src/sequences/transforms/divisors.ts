import type { Stretch, Transform } from './transform.ts';

/** Proper divisors are met in order; n >= 1. */
function divisorSum(values: readonly bigint[], sign: (n: number) => bigint): bigint[] {
  const sums = values.map(() => 0n);
  for (let d = 1; d <= values.length; d++) {
    for (let n = d; n <= values.length; n += d) sums[n - 1] += sign(n / d) * values[d - 1];
  }
  return sums;
}

/** The Moebius function. */
export function moebiusOf(n: number): bigint {
  let rest = n;
  let sign = 1n;
  for (let p = 2; p * p <= rest; p++) {
    if (rest % p !== 0) continue;
    rest /= p;
    if (rest % p === 0) return 0n;
    sign = -sign;
  }
  return rest > 1 ? -sign : sign;
}

/** The terms of index 1, 2, ...: a term of index 0 is left out. */
function fromOne({ values, start }: Stretch, isFirst: boolean): readonly bigint[] {
  return start === 0 && !isFirst ? values.slice(1) : values;
}

function transformOf(
  name: string,
  text: string,
  latex: string,
  isFirst: boolean,
  forward: (n: number) => bigint,
  backward: (n: number) => bigint,
): Transform {
  return {
    name,
    text,
    latex,
    forward(u) {
      if (isFirst && u.start === 1) return undefined;
      return { values: divisorSum(fromOne(u, isFirst), forward), start: 1 };
    },
    backward(v, u, count) {
      const head = u.start === 0 && !isFirst ? [u.values[0]] : [];
      return [...head, ...divisorSum(v, backward)].slice(0, count);
    },
  };
}

const one = (): bigint => 1n;
const MOEBIUS = ['u(n) = sum(v(d), d divides n)', 'u_n = \\sum_{d | n} v_d'] as const;
const DIVISORS = ['v(n) = sum(u(d), d divides n)', 'v_n = \\sum_{d | n} u_d'] as const;

/** v(n) = sum_{d | n} mu(n / d) u(d), the index from the given start. */
export const moebius = transformOf('Moebius', ...MOEBIUS, false, moebiusOf, one);
/** The same, the first term of index 1 whatever was given. */
export const moebiusFirst = transformOf('Moebius, from 1', ...MOEBIUS, true, moebiusOf, one);
/** v(n) = sum_{d | n} u(d). */
export const divisors = transformOf('divisor sum', ...DIVISORS, false, one, moebiusOf);
/** The same, the first term of index 1 whatever was given. */
export const divisorsFirst = transformOf('divisor sum, from 1', ...DIVISORS, true, one, moebiusOf);
