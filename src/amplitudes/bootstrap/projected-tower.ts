import { reducedRows, SparseRows, sparseNullspace } from '../../numerics/index.ts';
import { appended, type Tower } from './tower.ts';

/**
 * The tower of what is seen of words when some letters are dropped and the others renamed.
 *
 * A word with a dropped letter reads zero; elements that agree on all words that are left become one.
 *
 * @param rename rename[x] is the letter of the new tower that shows letter x of the old one; shape [letters]
 */
export function projectedTower(tower: Tower, rename: ArrayLike<number>): Tower {
  const { p } = tower;
  const letters = rename.length;
  const projected: Tower = { letters, p, dims: [1], tensors: [new Uint32Array(0)], pivots: [Uint32Array.of(0)] };
  // The values of the old elements at the pivot words of the new ones.
  let values: Uint32Array[] = [Uint32Array.of(1)];
  for (let weight = 1; weight < tower.dims.length; weight++) {
    const candidates = values.flatMap((known) =>
      Array.from(rename, (letter) => appended(tower, weight, known, letter)),
    );
    const { entries, pivots } = independentRows(candidates, tower.dims[weight], p);
    projected.dims.push(pivots.length);
    projected.tensors.push(entries);
    projected.pivots.push(pivots);
    values = Array.from(pivots, (pivot) => candidates[pivot]);
  }
  return projected;
}

/**
 * Every candidate as a combination of the first ones that are independent.
 *
 * @returns entries of shape [rank, candidates]: column c holds the coefficients of candidate c
 */
function independentRows(
  candidates: readonly Uint32Array[],
  length: number,
  p: number,
): { entries: Uint32Array; pivots: Uint32Array } {
  const count = candidates.length;
  const rows = new SparseRows();
  for (let i = 0; i < length; i++) {
    for (let c = 0; c < count; c++) if (candidates[c][i] !== 0) rows.add(c, candidates[c][i]);
    rows.close();
  }
  return reducedRows(sparseNullspace(rows, count, p), p);
}
