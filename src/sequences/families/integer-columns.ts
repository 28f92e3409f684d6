import { type ResidueMatrix, residue } from '../../numerics/index.ts';

/** The residues of an integer matrix, given column by column; all columns of one length. */
export function columnsMatrix(columns: readonly (readonly bigint[])[]): ResidueMatrix {
  const rows = columns[0].length;
  const width = columns.length;
  return {
    rows,
    columns: width,
    fill(entries, p) {
      for (let c = 0; c < width; c++) {
        const column = columns[c];
        for (let r = 0; r < rows; r++) {
          const value = column[r];
          if (value !== 0n) entries[r * width + c] = residue(value, p);
        }
      }
      return true;
    },
  };
}
