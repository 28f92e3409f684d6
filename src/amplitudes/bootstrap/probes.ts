import { multiplyMatrices, type Residues } from '../../numerics/index.ts';
import type { Tower } from './tower.ts';
import { type Seam, seamShape, type Train } from './train.ts';

/**
 * What a place in a word contributes: a residue for every letter and every probe, shape [letters, probes].
 *
 * A probe is a product over the places of a word; its value on a symbol is the sum over words of coefficient times
 * product.
 */
export type Place = Uint32Array;

/** The values of probes on the elements of a tower; places in the order in which the tower grows. @returns [dim, probes] */
export function probedTower(tower: Tower, places: readonly Place[], probes: number): Residues {
  const { dims, letters, tensors, p } = tower;
  let values: Uint32Array = new Uint32Array(probes).fill(1);
  places.forEach((place, i) => {
    const lower = dims[i];
    const stacked = new Uint32Array(lower * letters * probes);
    for (let j = 0; j < lower; j++) {
      for (let x = 0; x < letters; x++) {
        const at = (j * letters + x) * probes;
        for (let c = 0; c < probes; c++) stacked[at + c] = (values[j * probes + c] * place[x * probes + c]) % p;
      }
    }
    values = multiplyMatrices(
      { rows: dims[i + 1], columns: lower * letters, entries: tensors[i + 1] },
      { rows: lower * letters, columns: probes, entries: stacked },
      p,
    ).entries;
  });
  return { rows: dims[places.length], columns: probes, entries: values };
}

/**
 * The values of probes on matrices of a seam.
 *
 * @param matrices shape [count, dim front, dim back]
 * @param places one for every letter of the whole word, first letter first
 * @returns residues, shape [count, probes]
 */
export function probedMatrices(
  seam: Seam,
  matrices: Uint32Array,
  places: readonly Place[],
  probes: number,
): Uint32Array {
  const { front, weight, back } = seam;
  const [height, width] = seamShape(seam);
  const count = matrices.length / (height * width);
  const left = probedTower(front, places.slice(0, weight), probes).entries;
  const right = probedTower(back, places.slice(weight).reverse(), probes);
  const sewn = multiplyMatrices({ rows: count * height, columns: width, entries: matrices }, right, front.p).entries;
  const out = new Uint32Array(count * probes);
  for (let t = 0; t < count; t++) {
    for (let i = 0; i < height; i++) {
      const [from, at] = [(t * height + i) * probes, i * probes];
      for (let c = 0; c < probes; c++) {
        out[t * probes + c] = (out[t * probes + c] + left[at + c] * sewn[from + c]) % front.p;
      }
    }
  }
  return out;
}

/** The values of probes on a symbol. @returns residues, shape [probes] */
export function probedTrain(train: Train, places: readonly Place[], probes: number): Uint32Array {
  return probedMatrices(train, train.matrix, places, probes);
}
