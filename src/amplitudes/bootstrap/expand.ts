import { multiplyMatrices, type Residues } from '../../numerics/index.ts';
import type { Tower } from './tower.ts';
import { seamShape, type Train } from './train.ts';

/** Letters at the end that are read from a table. */
const TAIL = 4;
/** Words whose tails are multiplied out at once. */
const BLOCK = 4096;

/** Words with a coefficient modulo a prime, in rising order of their keys. */
export interface ResidueTerms {
  readonly keys: Float64Array;
  /** Not zero; shape [terms]. */
  readonly residues: Uint32Array;
}

/** Beginnings of words, in rising order, with what they leave for the letters that follow: shape [words, dim]. */
interface Beginnings {
  readonly keys: Float64Array;
  readonly values: Residues;
}

/** All words of a symbol with their coefficients modulo the prime, letter by letter from the first. */
export function expand(train: Train): ResidueTerms {
  const { front, weight, back, backWeight, matrix } = train;
  const { p, letters } = front;
  const [height, width] = seamShape(train);
  let words = frontWords(front, weight);
  const sewn = multiplyMatrices(words.values, { rows: height, columns: width, entries: matrix }, p);
  words = withoutZeros({ keys: words.keys, values: sewn });
  const tail = Math.min(TAIL, backWeight);
  for (let left = backWeight; left > tail; left--) words = longer(words, back, left);
  return ended(words, tailTable(back, tail), letters ** tail, p);
}

/** The words of a front space and the values of its elements there. */
function frontWords(front: Tower, weight: number): Beginnings {
  const { letters, tensors, dims, p } = front;
  let words: Beginnings = { keys: Float64Array.of(0), values: { rows: 1, columns: 1, entries: Uint32Array.of(1) } };
  for (let k = 1; k <= weight; k++) {
    const [upper, lower] = [dims[k], dims[k - 1]];
    // [lower, letters, upper] from [upper, lower, letters].
    const turned = new Uint32Array(tensors[k].length);
    for (let i = 0; i < upper; i++) {
      for (let c = 0; c < lower * letters; c++) turned[c * upper + i] = tensors[k][i * lower * letters + c];
    }
    const next = multiplyMatrices(words.values, { rows: lower, columns: letters * upper, entries: turned }, p);
    words = byLetter(words.keys, next.entries, letters, upper);
  }
  return words;
}

/** Reads one letter of the back, of whose letters `left` are still to come. */
function longer({ keys, values }: Beginnings, { dims, tensors, letters, p }: Tower, left: number): Beginnings {
  const [upper, lower] = [dims[left], dims[left - 1]];
  // [upper, letters, lower] from [upper, lower, letters].
  const turned = new Uint32Array(tensors[left].length);
  for (let i = 0; i < upper; i++) {
    for (let j = 0; j < lower; j++) {
      for (let x = 0; x < letters; x++) {
        turned[(i * letters + x) * lower + j] = tensors[left][(i * lower + j) * letters + x];
      }
    }
  }
  const next = multiplyMatrices(values, { rows: upper, columns: letters * lower, entries: turned }, p);
  return byLetter(keys, next.entries, letters, lower);
}

/** Words one letter longer from values of shape [words, letters, dim], without those that read zero. */
function byLetter(keys: Float64Array, entries: Uint32Array, letters: number, dim: number): Beginnings {
  const longerKeys = new Float64Array(keys.length * letters);
  for (let w = 0; w < keys.length; w++) {
    for (let x = 0; x < letters; x++) longerKeys[w * letters + x] = keys[w] * letters + x;
  }
  return withoutZeros({ keys: longerKeys, values: { rows: longerKeys.length, columns: dim, entries } });
}

function withoutZeros({ keys, values }: Beginnings): Beginnings {
  const { rows, columns, entries } = values;
  const keptKeys = new Float64Array(rows);
  let kept = 0;
  for (let row = 0; row < rows; row++) {
    let at = row * columns;
    const end = at + columns;
    while (at < end && entries[at] === 0) at++;
    if (at === end) continue;
    entries.copyWithin(kept * columns, row * columns, end);
    keptKeys[kept++] = keys[row];
  }
  const rest = entries.slice(0, kept * columns);
  return { keys: keptKeys.slice(0, kept), values: { rows: kept, columns, entries: rest } };
}

/** Which endings occur, and the values of the elements of a back space there: shape [dim, endings]. */
interface Endings {
  readonly keys: Float64Array;
  readonly values: Residues;
}

function tailTable(back: Tower, weight: number): Endings {
  const words = frontWords(back, weight);
  const { letters } = back;
  // The tower reads words from the end.
  const reversed = words.keys.map((key) => {
    let [out, rest] = [0, key];
    for (let i = 0; i < weight; i++) {
      out = out * letters + (rest % letters);
      rest = Math.floor(rest / letters);
    }
    return out;
  });
  const order = Uint32Array.from(reversed.keys()).sort((i, j) => reversed[i] - reversed[j]);
  const dim = words.values.columns;
  const entries = new Uint32Array(dim * order.length);
  order.forEach((word, column) => {
    for (let i = 0; i < dim; i++) entries[i * order.length + column] = words.values.entries[word * dim + i];
  });
  return {
    keys: Float64Array.from(order, (word) => reversed[word]),
    values: { rows: dim, columns: order.length, entries },
  };
}

function ended({ keys, values }: Beginnings, endings: Endings, shift: number, p: number): ResidueTerms {
  const blocks: ResidueTerms[] = [];
  const dim = values.columns;
  const columns = endings.keys.length;
  for (let first = 0; first < keys.length; first += BLOCK) {
    const rows = Math.min(BLOCK, keys.length - first);
    const entries = values.entries.subarray(first * dim, (first + rows) * dim);
    const product = multiplyMatrices({ rows, columns: dim, entries }, endings.values, p).entries;
    let count = 0;
    for (let i = 0; i < product.length; i++) if (product[i] !== 0) count++;
    const found = { keys: new Float64Array(count), residues: new Uint32Array(count) };
    for (let row = 0, at = 0; row < rows; row++) {
      const head = keys[first + row] * shift;
      for (let c = 0, i = row * columns; c < columns; c++, i++) {
        if (product[i] === 0) continue;
        found.keys[at] = head + endings.keys[c];
        found.residues[at++] = product[i];
      }
    }
    blocks.push(found);
  }
  const total = blocks.reduce((sum, block) => sum + block.keys.length, 0);
  const out = { keys: new Float64Array(total), residues: new Uint32Array(total) };
  let at = 0;
  for (const block of blocks) {
    out.keys.set(block.keys, at);
    out.residues.set(block.residues, at);
    at += block.keys.length;
  }
  return out;
}
