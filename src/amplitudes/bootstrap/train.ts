import type { PolylogSymbol } from '../symbol.ts';
import { lettersKey } from '../word.ts';
import { pivotWord, type Tower } from './tower.ts';

/** Where a front space and a back space meet. */
export interface Seam {
  /** Grows to the right. */
  readonly front: Tower;
  /** Letters of the front. */
  readonly weight: number;
  /** Words read from the end. */
  readonly back: Tower;
  /** Letters of the back. */
  readonly backWeight: number;
}

/** A symbol modulo a prime: the sum over i, j of matrix[i, j] (front element i) (back element j). */
export interface Train extends Seam {
  /** Residues, shape [dim front, dim back]. */
  readonly matrix: Uint32Array;
}

/** Rows and columns of the matrices of a seam. */
export function seamShape({ front, weight, back, backWeight }: Seam): [number, number] {
  return [front.dims[weight], back.dims[backWeight]];
}

/** A symbol that lies in the space of a seam: its coefficients at the pivot words are the entries of the matrix. */
export function trainOf(symbol: PolylogSymbol, seam: Seam): Train {
  const { front, weight, back, backWeight } = seam;
  const [height, width] = seamShape(seam);
  const matrix = new Uint32Array(height * width);
  const { letters, p } = front;
  const tails = Array.from({ length: width }, (_, j) =>
    lettersKey(letters, backWeight, pivotWord(back, backWeight, j).reverse()),
  );
  for (let i = 0; i < height; i++) {
    const head = lettersKey(letters, weight, pivotWord(front, weight, i)) * letters ** backWeight;
    for (let j = 0; j < width; j++) matrix[i * width + j] = ((symbol.at(head + tails[j]) % p) + p) % p;
  }
  return { ...seam, matrix };
}
