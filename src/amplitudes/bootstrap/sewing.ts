import { SparseRows, sparseNullspace } from '../../numerics/index.ts';
import type { WordRelation } from '../integrability.ts';
import { lettersKey, wordLetters } from '../word.ts';
import { type Tower, type Windows, windowsOf } from './tower.ts';

/** Matrices that sew a front space to a back space. */
export interface SewnSpace {
  readonly count: number;
  /** Residues, shape [count, dim front, dim back]. */
  readonly matrices: Uint32Array;
  /** marks[t]: the entry where matrix t is 1 and the others are 0. */
  readonly marks: Uint32Array;
}

/**
 * The words of a front space followed by those of a back space that obey relations across the seam.
 *
 * Unknowns are the entries of a matrix M: the sum over i, j of M[i, j] (front element i) (back element j). Within a
 * row of M they are numbered from the last to the first, which keeps the elimination sparse.
 *
 * @param front grows to the right, `weight` letters of it
 * @param back a tower of reversed words, `backWeight` letters of it
 * @param relations on neighbouring letters
 * @returns the spanning matrices, and for each the entry (i * dim back + j) where it is 1 and the others are 0
 */
export function sewnSpace(
  front: Tower,
  weight: number,
  back: Tower,
  backWeight: number,
  relations: readonly WordRelation[],
): SewnSpace {
  const columns = front.dims[weight] * back.dims[backWeight];
  const rows = seamRows(front, weight, back, backWeight, relations);
  const { basis, free } = sparseNullspace(rows, columns, front.p);
  const width = back.dims[backWeight];
  const matrices = new Uint32Array(basis.entries.length);
  for (let at = 0; at < matrices.length; at += width) {
    for (let j = 0; j < width; j++) matrices[at + j] = basis.entries[at + width - 1 - j];
  }
  const marks = free.map((column) => column - (column % width) + width - 1 - (column % width));
  return { count: basis.rows, matrices, marks };
}

function seamRows(
  front: Tower,
  weight: number,
  back: Tower,
  backWeight: number,
  relations: readonly WordRelation[],
): SparseRows {
  const rows = new SparseRows();
  const width = back.dims[backWeight];
  const left = new Map<number, Windows>();
  const right = new Map<number, Windows>();
  for (const relation of relations) {
    for (let before = 1; before < relation.length; before++) {
      const after = relation.length - before;
      if (before > weight || after > backWeight) continue;
      if (!left.has(before)) left.set(before, windowsOf(front, weight, before));
      if (!right.has(after)) right.set(after, windowsOf(back, backWeight, after));
      addSeam(rows, relation, before, left.get(before)!, right.get(after)!, width, front.p);
    }
  }
  return rows;
}

/** A relation with `before` of its letters left of the seam, for every pair of elements that the windows begin behind. */
function addSeam(
  rows: SparseRows,
  { words, residues, length }: WordRelation,
  before: number,
  left: Windows,
  right: Windows,
  width: number,
  p: number,
): void {
  const { letters } = left;
  const after = length - before;
  const [leftWidth, rightWidth] = [letters ** before, letters ** after];
  const keys = words.map((word) => {
    const read = new Uint8Array(length);
    wordLetters(letters, length, word, read);
    const leftKey = lettersKey(letters, before, read);
    // Words of the back tower are read from the end.
    return [leftKey, lettersKey(letters, after, read.subarray(before).reverse())];
  });
  for (let k = 0; k < left.lower; k++) {
    for (let l = 0; l < right.lower; l++) {
      for (let t = 0; t < words.length; t++) {
        const leftColumn = k * leftWidth + keys[t][0];
        const rightColumn = l * rightWidth + keys[t][1];
        const [rightFrom, rightTo] = [right.starts[rightColumn], right.starts[rightColumn + 1]];
        if (rightFrom === rightTo) continue;
        for (let a = left.starts[leftColumn]; a < left.starts[leftColumn + 1]; a++) {
          const factor = (residues[t] * left.residues[a]) % p;
          const row = left.elements[a] * width + width - 1;
          for (let b = rightFrom; b < rightTo; b++) {
            rows.add(row - right.elements[b], (factor * right.residues[b]) % p);
          }
        }
      }
      rows.close();
    }
  }
}
