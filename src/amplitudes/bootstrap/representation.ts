import { multiplyMatrices, SparseRows, sparseNullspace } from '../../numerics/index.ts';
import type { SewnSpace } from './sewing.ts';
import { pivotWord, type Tower, valuesAt } from './tower.ts';

/**
 * How a permutation of the letters acts on a space of words: element i at the image of a word is the sum over k of
 * rho[i, k] (element k at the word).
 *
 * @param image image[x] is where letter x goes; shape [letters]
 * @returns residues, shape [dim, dim]
 */
export function representation(tower: Tower, weight: number, image: Uint8Array): Uint32Array {
  const dim = tower.dims[weight];
  const rho = new Uint32Array(dim * dim);
  for (let k = 0; k < dim; k++) {
    const values = valuesAt(
      tower,
      pivotWord(tower, weight, k).map((letter) => image[letter]),
    );
    for (let i = 0; i < dim; i++) rho[i * dim + k] = values[i];
  }
  return rho;
}

/** The matrices of a sewn space that a permutation of the letters leaves as they are. */
export function invariantSpace(
  space: SewnSpace,
  front: Tower,
  weight: number,
  back: Tower,
  backWeight: number,
  image: Uint8Array,
): SewnSpace {
  const { p } = front;
  const [height, width] = [front.dims[weight], back.dims[backWeight]];
  const { count, matrices, marks } = space;
  const left = transposed(representation(front, weight, image), height);
  const right = transposed(representation(back, backWeight, image), width);
  // A matrix is fixed by its entries at the marks: those of the images say how the space is permuted.
  const images = new Uint32Array(count * count);
  for (let t = 0; t < count; t++) {
    const matrix = matrices.subarray(t * height * width, (t + 1) * height * width);
    const turned = multiplyMatrices(
      { rows: height, columns: height, entries: left },
      { rows: height, columns: width, entries: matrix },
      p,
    ).entries;
    for (let s = 0; s < count; s++) {
      const row = Math.floor(marks[s] / width) * width;
      const column = (marks[s] % width) * width;
      let sum = 0;
      for (let j = 0; j < width; j++) {
        if (turned[row + j] !== 0 && right[column + j] !== 0) sum = (sum + turned[row + j] * right[column + j]) % p;
      }
      images[t * count + s] = sum;
    }
  }
  const rows = new SparseRows();
  for (let s = 0; s < count; s++) {
    for (let t = 0; t < count; t++) {
      const residue = (images[t * count + s] + (s === t ? p - 1 : 0)) % p;
      if (residue !== 0) rows.add(t, residue);
    }
    rows.close();
  }
  const { basis, free } = sparseNullspace(rows, count, p);
  const combined = multiplyMatrices(basis, { rows: count, columns: height * width, entries: matrices }, p);
  return { count: basis.rows, matrices: combined.entries, marks: free.map((t) => marks[t]) };
}

function transposed(matrix: Uint32Array, size: number): Uint32Array {
  const out = new Uint32Array(matrix.length);
  for (let i = 0; i < size; i++) for (let j = 0; j < size; j++) out[j * size + i] = matrix[i * size + j];
  return out;
}
