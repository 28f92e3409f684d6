import { RandomStream } from '../core/index.ts';
import { type Echelon, inverseMod, reduceRows } from '../numerics/index.ts';
import type { Alphabet } from './alphabet.ts';
import { LogarithmicForms } from './logarithmic-form.ts';

/** A linear relation on coefficients modulo p: the sum of `residues[i]` times the coefficient of `words[i]` is 0. */
export interface WordRelation {
  /** Keys of words of `length` letters. */
  readonly words: readonly number[];
  readonly residues: readonly number[];
  readonly length: number;
}

/** Points past the last one that taught anything. */
const IDLE_POINTS = 3;

/**
 * The relations between the coefficients of two neighbouring letters that make a symbol that of a function:
 * sum F^{xy} d log x ^ d log y = 0, at random points modulo p until no point adds another; adjacency included.
 *
 * @returns independent relations in reduced form; single forbidden pairs first
 * @throws ParseError | DomainError for letters that are not products of powers of rational functions
 */
export function pairRelations(alphabet: Alphabet, p: number, seed = 1): WordRelation[] {
  const { size, mayFollow } = alphabet;
  const forbidden = Array.from(mayFollow.entries()).flatMap(([key, may]) => (may ? [] : [key]));
  const wedges = wedgeRows(alphabet, p, seed);
  // Forbidden pairs have a relation of their own and drop out of the others.
  for (const row of wedges) for (const key of forbidden) row[key] = 0;
  const { entries, pivots } = echelonOf(wedges, size * size, p);
  const relations: WordRelation[] = forbidden.map((key) => ({ words: [key], residues: [1], length: 2 }));
  pivots.forEach((_, i) => {
    const row = entries.subarray(i * size * size, (i + 1) * size * size);
    const words = Array.from(row.keys()).filter((key) => row[key] !== 0);
    relations.push({ words, residues: words.map((key) => row[key]), length: 2 });
  });
  return relations;
}

/** Rows of d log x ^ d log y at random points, until points in a row add none. */
function wedgeRows(alphabet: Alphabet, p: number, seed: number): Float64Array[] {
  const { size, definition } = alphabet;
  const variables = definition.variables.length;
  const forms = new LogarithmicForms(alphabet, p);
  const random = new RandomStream(seed);
  const rows: Float64Array[] = [];
  let rank = 0;
  for (let idle = 0; idle < IDLE_POINTS; ) {
    const gradients = forms.at(
      Float64Array.from({ length: variables }, () => 2 + Math.floor(random.uniform() * (p - 3))),
    );
    if (!gradients) continue;
    for (let m = 0; m < variables; m++) {
      for (let n = m + 1; n < variables; n++) {
        const row = new Float64Array(size * size);
        for (let x = 0; x < size; x++) {
          for (let y = 0; y < size; y++) {
            if (x === y) continue;
            const minor = gradients[x][m] * gradients[y][n] - gradients[x][n] * gradients[y][m];
            row[x * size + y] = ((minor % p) + p) % p;
          }
        }
        rows.push(row);
      }
    }
    const now = echelonOf(rows, size * size, p).pivots.length;
    idle = now > rank ? 0 : idle + 1;
    rank = now;
  }
  return rows;
}

function echelonOf(rows: readonly Float64Array[], columns: number, p: number): Echelon {
  const entries = new Float64Array(rows.length * columns);
  rows.forEach((row, i) => {
    entries.set(row, i * columns);
  });
  return reduceRows({ rows: rows.length, columns, entries }, p);
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
