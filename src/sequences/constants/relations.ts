import { reduceLattice } from '../../numerics/index.ts';

/** c0 y = sum c_i b_i within the error of y, c0 > 0: coefficients of all of the basis, zeros included. */
export interface Relation {
  readonly leading: bigint;
  readonly coefficients: readonly bigint[];
}

/** How much a sub-basis of k terms of m costs before its coefficients are known. */
export type Overhead = (k: number) => number;

/** Sub-bases of this many terms are tried one by one; then the whole basis at once. */
const LARGEST_SUBSET = 3;

/**
 * Integer relations of a number with few elements of a basis, by LLL on every small sub-basis and on the whole.
 *
 * Small sub-bases need fewer digits: a relation of k terms stands out from 2^(bits / (k + 1)) only.
 *
 * @param y the number times 2^bits
 * @param values the basis times 2^bits
 * @param error half width of y times 2^bits
 */
export function* relationsOf(
  y: bigint,
  values: readonly bigint[],
  error: bigint,
  overhead: Overhead,
  budget: () => number,
  shouldStop: () => boolean,
): Generator<Relation | undefined, void, void> {
  for (let k = 1; k <= Math.min(LARGEST_SUBSET, values.length); k++) {
    let tried = 0;
    for (const subset of subsets(values.length, k)) {
      if (overhead(k) > budget() || shouldStop()) return;
      yield* within(subset);
      if (++tried % 8 === 0) yield undefined;
    }
  }
  if (values.length <= LARGEST_SUBSET || shouldStop()) return;
  if (overhead(LARGEST_SUBSET + 1) <= budget()) yield* within(values.map((_, i) => i));

  function* within(subset: readonly number[]): Generator<Relation, void, void> {
    const numbers = [y, ...subset.map((i) => values[i])];
    const rows = numbers.map((value, i) => [
      ...numbers.map((_, j) => (i === j ? 1n : 0n)),
      roundedQuotient(value, 2n * error),
    ]);
    for (const row of reduceLattice(rows, { shouldStop }).basis) {
      if (row[0] === 0n) continue;
      const sign = row[0] < 0n ? 1n : -1n;
      const coefficients = values.map(() => 0n);
      subset.forEach((at, i) => {
        coefficients[at] = sign * row[i + 1];
      });
      if (coefficients.some((c) => c !== 0n)) yield { leading: -sign * row[0], coefficients };
    }
  }
}

function* subsets(n: number, k: number, from = 0): Generator<number[], void, void> {
  if (k === 0) {
    yield [];
    return;
  }
  for (let i = from; i <= n - k; i++) for (const rest of subsets(n, k - 1, i + 1)) yield [i, ...rest];
}

function roundedQuotient(a: bigint, b: bigint): bigint {
  return a < 0n ? -((-2n * a + b) / (2n * b)) : (2n * a + b) / (2n * b);
}
