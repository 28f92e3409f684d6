import { multiplyMatrices, type Residues, SparseRows, sparseNullspace } from '../../numerics/index.ts';
import type { WordRelation } from '../integrability.ts';
import { wordLetters } from '../word.ts';

/**
 * Spaces of words of rising weight, each inside the one before times one letter more.
 *
 * Basis element i of weight k is the sum over j, x of T_k[i, j, x] (element j of weight k - 1, then the letter x). An
 * element is fixed by its values at the pivot words: element i is 1 at pivot word i and 0 at the others, and pivot
 * words of weight k are pivot words of weight k - 1 with a letter more.
 */
export interface Tower {
  readonly letters: number;
  readonly p: number;
  /** dims[k]: dimension at weight k; dims[0] = 1. */
  readonly dims: number[];
  /** tensors[k]: residues T_k, shape [dims[k], dims[k - 1], letters]; tensors[0] is empty. */
  readonly tensors: Uint32Array[];
  /** pivots[k][i]: element j of weight k - 1 times `letters` plus x for the pivot word of element i. */
  readonly pivots: Uint32Array[];
}

/** The tower of weight 0. */
export function emptyTower(letters: number, p: number): Tower {
  return { letters, p, dims: [1], tensors: [new Uint32Array(0)], pivots: [Uint32Array.of(0)] };
}

/** What must hold at the end of words, and at the whole word of one weight. */
export interface GrowthRules {
  /** Relations on the last letters. */
  readonly anywhere: readonly WordRelation[];
  /** Relations on whole words of their own length. */
  readonly atFront?: readonly WordRelation[];
}

/** A sparse matrix by its columns: for (k, letters) the elements with a value there. */
export interface Windows {
  /** Number of elements k that windows begin behind. */
  readonly lower: number;
  readonly letters: number;
  /** starts[k * letters^length + key]: where entries begin; one more at the end. */
  readonly starts: Uint32Array;
  readonly elements: Uint32Array;
  readonly residues: Uint32Array;
}

/**
 * What the last `length` letters of words of a weight read: value[i, k, x1 .. xl] is that of element i at element k of
 * weight - length, then the letters.
 */
export function windowsOf(tower: Tower, weight: number, length: number): Windows {
  const { dims, letters, p } = tower;
  // matrix[i, k, letters read so far]: first letter slowest.
  let dense: Uint32Array = Uint32Array.from({ length: dims[weight] ** 2 }, (_, i) => (i % (dims[weight] + 1) ? 0 : 1));
  let tail = 1;
  for (let step = 0; step < length; step++) {
    dense = oneLetterLower(tower, weight - step, dims[weight], dense, tail, p);
    tail *= letters;
  }
  return columnsOf(dense, dims[weight], dims[weight - length], tail, letters);
}

/** From [n, dims[k], tail] to [n, dims[k - 1], letters * tail]. */
function oneLetterLower(tower: Tower, k: number, n: number, dense: Uint32Array, tail: number, p: number): Uint32Array {
  const { dims, letters, tensors } = tower;
  const [upper, lower] = [dims[k], dims[k - 1]];
  // Rows (n, tail), columns the elements of weight k.
  const rows = new Uint32Array(n * tail * upper);
  for (let i = 0; i < n; i++) {
    for (let j = 0; j < upper; j++) {
      for (let t = 0; t < tail; t++) rows[(i * tail + t) * upper + j] = dense[(i * upper + j) * tail + t];
    }
  }
  const a: Residues = { rows: n * tail, columns: upper, entries: rows };
  const b: Residues = { rows: upper, columns: lower * letters, entries: tensors[k] };
  const product = multiplyMatrices(a, b, p).entries;
  const out = new Uint32Array(n * lower * letters * tail);
  for (let i = 0; i < n; i++) {
    for (let t = 0; t < tail; t++) {
      const from = (i * tail + t) * lower * letters;
      for (let c = 0; c < lower * letters; c++) out[(i * lower * letters + c) * tail + t] = product[from + c];
    }
  }
  return out;
}

function columnsOf(dense: Uint32Array, n: number, lower: number, words: number, letters: number): Windows {
  const columns = lower * words;
  const starts = new Uint32Array(columns + 1);
  for (let i = 0; i < n; i++) for (let c = 0; c < columns; c++) if (dense[i * columns + c]) starts[c + 1]++;
  for (let c = 0; c < columns; c++) starts[c + 1] += starts[c];
  const elements = new Uint32Array(starts[columns]);
  const residues = new Uint32Array(starts[columns]);
  const next = starts.slice();
  for (let i = 0; i < n; i++) {
    for (let c = 0; c < columns; c++) {
      const residue = dense[i * columns + c];
      if (residue === 0) continue;
      elements[next[c]] = i;
      residues[next[c]++] = residue;
    }
  }
  return { lower, letters, starts, elements, residues };
}

/** Adds the next weight: all words that obey the rules. */
export function grow(tower: Tower, { anywhere, atFront = [] }: GrowthRules): void {
  const { dims, letters, p } = tower;
  const weight = dims.length;
  const previous = dims[weight - 1];
  const rules = [
    ...anywhere.filter(({ length }) => length <= weight),
    ...atFront.filter(({ length }) => length === weight),
  ];
  const rows = new SparseRows();
  const seen = new Map<number, Windows>();
  const pair = new Uint8Array(16);
  for (const { words, residues, length } of rules) {
    const before = length - 1;
    if (!seen.has(before)) seen.set(before, windowsOf(tower, weight - 1, before));
    const windows = seen.get(before)!;
    const width = letters ** before;
    for (let k = 0; k < windows.lower; k++) {
      for (let t = 0; t < words.length; t++) {
        wordLetters(letters, length, words[t], pair);
        const last = pair[length - 1];
        const column = k * width + (words[t] - last) / letters;
        for (let e = windows.starts[column]; e < windows.starts[column + 1]; e++) {
          rows.add(windows.elements[e] * letters + last, (residues[t] * windows.residues[e]) % p);
        }
      }
      rows.close();
    }
  }
  const { basis, free } = sparseNullspace(rows, previous * letters, p);
  dims.push(basis.rows);
  tower.tensors.push(basis.entries);
  tower.pivots.push(free);
}

/** The letters of the pivot word of an element, first letter first. */
export function pivotWord({ letters, pivots }: Tower, weight: number, element: number): Uint8Array {
  const word = new Uint8Array(weight);
  let at = element;
  for (let k = weight; k > 0; k--) {
    const pivot = pivots[k][at];
    word[k - 1] = pivot % letters;
    at = Math.floor(pivot / letters);
  }
  return word;
}

/** One letter more: from the values of all elements at a word to those at the word with `letter` behind it. */
export function appended(tower: Tower, weight: number, values: Uint32Array, letter: number): Uint32Array {
  const { dims, letters, tensors, p } = tower;
  const [upper, lower] = [dims[weight], dims[weight - 1]];
  const tensor = tensors[weight];
  const out = new Uint32Array(upper);
  for (let i = 0; i < upper; i++) {
    let sum = 0;
    for (let j = 0, at = i * lower * letters + letter; j < lower; j++, at += letters) {
      if (values[j] !== 0 && tensor[at] !== 0) sum = (sum + tensor[at] * values[j]) % p;
    }
    out[i] = sum;
  }
  return out;
}

/** The values of all elements of a weight at a word. @returns shape [dims[letters.length]] */
export function valuesAt(tower: Tower, letters: ArrayLike<number>): Uint32Array {
  let values: Uint32Array = Uint32Array.of(1);
  for (let k = 1; k <= letters.length; k++) values = appended(tower, k, values, letters[k - 1]);
  return values;
}
