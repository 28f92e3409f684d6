import { AnsatzError } from '../../core/index.ts';
import { multiplyMatrices, SparseRows, sparseNullspace } from '../../numerics/index.ts';
import type { SewnSpace } from './sewing.ts';
import { type Seam, seamShape } from './train.ts';

/**
 * The symbols that obey the constraints so far, as matrices of a seam.
 *
 * They are combinations of the rows of `matrices`, with the `normalisation` of the combination equal to one: a
 * constraint may say what a linear functional of the symbol is, and not only that it vanishes.
 */
export interface Candidates {
  readonly seam: Seam;
  /** Residues, shape [count, dim front, dim back]. */
  readonly matrices: Uint32Array;
  /** Shape [count]. */
  readonly normalisation: Uint32Array;
}

/** Everything in a sewn space, and the zero symbol with normalisation one. */
export function allOf(seam: Seam, { matrices, count }: SewnSpace): Candidates {
  const [height, width] = seamShape(seam);
  const extended = new Uint32Array((count + 1) * height * width);
  extended.set(matrices);
  const normalisation = new Uint32Array(count + 1);
  normalisation[count] = 1;
  return { seam, matrices: extended, normalisation };
}

/** How many parameters are free. */
export function freeParameters({ normalisation }: Candidates): number {
  return normalisation.length - 1;
}

/** Linear equations on symbols: for each, the value on every candidate and what it shall be. */
export interface Equations {
  /** Residues, shape [candidates, equations]. */
  readonly values: Uint32Array;
  /** Residues, shape [equations]. */
  readonly wanted: Uint32Array;
}

/**
 * The candidates that solve equations.
 *
 * @throws AnsatzError "no-solution" when none does
 */
export function restricted(candidates: Candidates, { values, wanted }: Equations, name: string): Candidates {
  const { seam, matrices, normalisation } = candidates;
  const { p } = seam.front;
  const [height, width] = seamShape(seam);
  const count = normalisation.length;
  const rows = new SparseRows();
  for (let e = 0; e < wanted.length; e++) {
    for (let t = 0; t < count; t++) {
      const residue = (values[t * wanted.length + e] + (p - wanted[e]) * normalisation[t]) % p;
      if (residue !== 0) rows.add(t, residue);
    }
    rows.close();
  }
  const { basis } = sparseNullspace(rows, count, p);
  const mixed = multiplyMatrices(basis, { rows: count, columns: height * width, entries: matrices }, p);
  const norms = multiplyMatrices(basis, { rows: count, columns: 1, entries: normalisation }, p);
  if (!norms.entries.some((norm) => norm !== 0)) {
    throw new AnsatzError('no-solution', `no symbol obeys the constraint "${name}"`, 'switch another constraint off', {
      constraint: name,
    });
  }
  return { seam, matrices: mixed.entries, normalisation: norms.entries };
}
