import { coefficientRange, LARGEST_EXACT, type TermBuffer } from './term-buffer.ts';

/** A stretch of terms in the order of their keys, each to be shifted and multiplied. */
export interface TermRun {
  readonly keys: Float64Array;
  readonly values: Float64Array | Int32Array;
  readonly from: number;
  readonly to: number;
  /** Taken away from every key. */
  readonly shift: number;
  /** An integer. */
  readonly factor: number;
}

/**
 * Adds runs of terms key by key, in one pass over all of them.
 *
 * @param out receives the sums that are not zero
 * @throws DomainError "coefficient-range" when a sum leaves 2^53
 */
export function mergeTerms(runs: readonly TermRun[], out: TermBuffer): void {
  const live = runs.filter(({ from, to, factor }) => from < to && factor !== 0);
  const at = live.map(({ from }) => from);
  const head = live.map(({ keys, from, shift }) => keys[from] - shift);
  for (;;) {
    let key = Number.POSITIVE_INFINITY;
    for (let r = 0; r < head.length; r++) if (head[r] < key) key = head[r];
    if (key === Number.POSITIVE_INFINITY) return;
    let sum = 0;
    for (let r = 0; r < head.length; r++) {
      if (head[r] !== key) continue;
      const run = live[r];
      const product = run.factor * run.values[at[r]];
      sum += product;
      // A product beyond 2^53 may be rounded and then cancel, so the sum alone does not tell.
      if (!(Math.abs(product) <= LARGEST_EXACT && Math.abs(sum) <= LARGEST_EXACT)) throw coefficientRange(sum);
      const next = ++at[r];
      head[r] = next < run.to ? run.keys[next] - run.shift : Number.POSITIVE_INFINITY;
    }
    out.push(key, sum);
  }
}
