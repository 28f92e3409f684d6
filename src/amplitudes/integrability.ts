import { RandomStream } from '../core/index.ts';
import { inverseMod, reducedRows, SparseRows, sparseNullspace } from '../numerics/index.ts';
import type { Alphabet } from './alphabet.ts';
import { LogarithmicForms } from './logarithmic-form.ts';

/** A linear relation on coefficients modulo p: the sum of `residues[i]` times the coefficient of `words[i]` is 0. */
export interface WordRelation {
  /** Keys of words of `length` letters. */
  readonly words: readonly number[];
  readonly residues: readonly number[];
  readonly length: number;
}

/** Points at first; their number doubles until more of them say nothing new. */
const FIRST_POINTS = 4;

/**
 * The relations between the coefficients of two neighbouring letters that make a symbol that of a function:
 * sum F^{xy} d log x ^ d log y = 0, at random points modulo p until more points add none; adjacency included.
 *
 * @returns independent relations in reduced form; single forbidden pairs first
 * @throws ParseError | DomainError for letters that are not products of powers of rational functions
 */
export function pairRelations(alphabet: Alphabet, p: number, seed = 1): WordRelation[] {
  const { size, mayFollow } = alphabet;
  const forbidden = Array.from(mayFollow.entries()).flatMap(([key, may]) => (may ? [] : [key]));
  const { entries, pivots } = wedgeEchelon(alphabet, p, seed);
  const relations: WordRelation[] = forbidden.map((key) => ({ words: [key], residues: [1], length: 2 }));
  pivots.forEach((_, i) => {
    const row = entries.subarray(i * size * size, (i + 1) * size * size);
    const words = Array.from(row.keys()).filter((key) => row[key] !== 0);
    relations.push({ words, residues: words.map((key) => row[key]), length: 2 });
  });
  return relations;
}

/** The reduced echelon form of d log x ^ d log y at random points; forbidden pairs drop out. */
function wedgeEchelon(alphabet: Alphabet, p: number, seed: number): { entries: Uint32Array; pivots: Uint32Array } {
  const { size, definition } = alphabet;
  const variables = definition.variables.length;
  const forms = new LogarithmicForms(alphabet, p);
  const random = new RandomStream(seed);
  const rows = new SparseRows();
  let [points, rank, wanted] = [0, -1, FIRST_POINTS];
  for (;;) {
    while (points < wanted) {
      const point = Float64Array.from({ length: variables }, () => 2 + Math.floor(random.uniform() * (p - 3)));
      const gradients = forms.at(point);
      if (!gradients) continue;
      points++;
      addWedges(rows, alphabet, gradients, p);
    }
    const nullspace = sparseNullspace(rows, size * size, p);
    const found = size * size - nullspace.free.length;
    if (found === rank) return reducedRows(nullspace, p);
    rank = found;
    wanted *= 2;
  }
}

function addWedges(
  rows: SparseRows,
  { size, mayFollow }: Alphabet,
  gradients: readonly Float64Array[],
  p: number,
): void {
  const variables = gradients[0].length;
  for (let m = 0; m < variables; m++) {
    for (let n = m + 1; n < variables; n++) {
      for (let x = 0; x < size; x++) {
        for (let y = 0; y < size; y++) {
          if (!mayFollow[x * size + y]) continue;
          const minor = (gradients[x][m] * gradients[y][n] - gradients[x][n] * gradients[y][m]) % p;
          if (minor !== 0) rows.add(x * size + y, minor < 0 ? minor + p : minor);
        }
      }
      rows.close();
    }
  }
}

/** A relation given by words and small fractions, such as { aab: 1, abb: 1, acb: 1 }. */
export type RelationText = Readonly<Record<string, number>>;

/** A relation and its images under the symmetries of the alphabet, each once, modulo p. */
export function relationImages(alphabet: Alphabet, relation: RelationText, p: number): WordRelation[] {
  const found = new Map<string, WordRelation>();
  for (const image of alphabet.group) {
    const terms = Object.entries(relation).map(([word, value]): [number, number] => {
      let key = 0;
      for (const name of word) key = key * alphabet.size + image[alphabet.letter(name)];
      return [key, ((value % p) + p) % p];
    });
    terms.sort(([a], [b]) => a - b);
    const scale = inverseMod(terms[0][1], p);
    const residues = terms.map(([, value]) => (value * scale) % p);
    const words = terms.map(([key]) => key);
    found.set(`${words}:${residues}`, { words, residues, length: Object.keys(relation)[0].length });
  }
  return [...found.values()];
}
