import type { LibraryEntry } from '../library.ts';
import { project } from '../scan.ts';

/**
 * Half of the simplest terms, and of the others those that alone explain most of z, in the order of the list.
 *
 * The dominant term of a law explains much by itself, however far down the list of functions it stands.
 *
 * @param z shape [rows], and its row weights
 */
export function screenTerms(
  terms: readonly LibraryEntry[],
  z: Float64Array,
  weights: Float64Array,
  limit: number,
): readonly LibraryEntry[] {
  if (terms.length <= limit) return terms;
  const rows = z.length;
  const simplest = Math.floor(limit / 2);
  const { basis, remainder, rootWeights } = project(z, weights, [new Float64Array(rows).fill(1)]);
  const ones = basis[0];
  const explained = new Float64Array(terms.length - simplest);
  for (let k = 0; k < explained.length; k++) {
    const { values } = terms[simplest + k];
    let square = 0;
    let along = 0;
    let mean = 0;
    for (let i = 0; i < rows; i++) {
      const value = values[i] * rootWeights[i];
      square += value * value;
      along += value * remainder[i];
      mean += value * ones[i];
    }
    const outside = square - mean * mean;
    explained[k] = outside > 1e-10 * square ? (along * along) / outside : 0;
  }
  const least = explained.slice().sort()[explained.length - (limit - simplest)];
  const chosen = terms.slice(0, simplest);
  for (let k = 0; k < explained.length && chosen.length < limit; k++) {
    if (explained[k] >= least && explained[k] > 0) chosen.push(terms[simplest + k]);
  }
  return chosen;
}
