import type { Subset } from '../tasks/kept-subsets.ts';

/** A subset below this share of the target's square is a law and no look-alike. */
const EXACT = 1e-20;
/** Laws of which as many are looked at: the same one in other words. */
const MOST_EXACT = 4;
/** Nats that a node and a coefficient cost. */
const NODE_NATS = 1.5;
const COEFFICIENT_NATS = 5;

/** A subset worth a fit, with the nodes of the sum that it makes. */
export interface ChosenSubset extends Subset {
  readonly size: number;
}

/**
 * The subsets worth a fit of all constants: exact laws, the simplest first; where there are none, those that leave less
 * than all simpler ones, the shortest descriptions first.
 *
 * @param sizeOf nodes of the sum
 */
export function chooseSubsets(
  found: readonly Subset[],
  sizeOf: (subset: readonly number[]) => number,
  rows: number,
  largest: number,
  most: number,
): ChosenSubset[] {
  const sized = found
    .map((hit) => ({ ...hit, size: sizeOf(hit.subset) }))
    .filter(({ size }) => size <= largest)
    .sort((a, b) => a.size - b.size || a.residual - b.residual);
  const exact = sized.filter(({ residual }) => residual < EXACT);
  if (exact.length > 0) return exact.slice(0, MOST_EXACT);
  const out: (ChosenSubset & { nats: number })[] = [];
  let simpler = Infinity;
  let least = Infinity;
  let size = 0;
  for (const hit of sized) {
    if (hit.size > size) {
      simpler = least;
      size = hit.size;
    }
    least = Math.min(least, hit.residual);
    if (!(hit.residual < simpler)) continue;
    const price = NODE_NATS * hit.size + COEFFICIENT_NATS * hit.subset.length;
    out.push({ ...hit, nats: (rows / 2) * Math.log(hit.residual) + price });
  }
  return out.sort((a, b) => a.nats - b.nats).slice(0, most);
}
