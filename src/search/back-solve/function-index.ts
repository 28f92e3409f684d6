import { crossRatio, isTelling } from './cross-ratio.ts';
import { FIRST_ROWS, KEY_ROWS } from './key-rows.ts';

/** Width of a cell of the hash in tolerances; a key nearer than one to its edge is looked for on both sides. */
const CELL = 16;
/** Keys of a function: one for every row after the third. */
const KEYS = KEY_ROWS - FIRST_ROWS + 1;
/** Functions kept that are Moebius transforms of each other, simplest first. */
const CLASS_SIZE = 16;

/**
 * Functions by what all their Moebius transforms share: finds every g with z = (p + q g) / (r + s g) at once.
 *
 * @see H. S. M. Coxeter, Introduction to Geometry: cross ratio
 */
export class FunctionIndex {
  private readonly keys: Float64Array;
  private readonly heads: Int32Array;
  private readonly next: Int32Array;
  private readonly mask: number;
  private readonly cell: number;

  /**
   * @param values on the key rows, shape [functions][KEY_ROWS], simplest first; NaN for a function to leave out
   * @param tolerance difference of cross ratios that rounding can leave
   * @param classSize functions of one class that are kept
   */
  constructor(
    values: Float64Array,
    private readonly tolerance: number,
    classSize = CLASS_SIZE,
  ) {
    const count = values.length / KEY_ROWS;
    let size = 1024;
    while (size < 4 * count) size *= 2;
    this.mask = size - 1;
    this.cell = CELL * tolerance;
    this.heads = new Int32Array(size).fill(-1);
    this.next = new Int32Array(count).fill(-1);
    this.keys = new Float64Array(count * KEYS);
    for (let i = 0; i < count; i++) this.insert(values, i, classSize);
  }

  private insert(values: Float64Array, index: number, classSize: number): void {
    const at = index * KEY_ROWS;
    const [v0, v1, v2] = [values[at], values[at + 1], values[at + 2]];
    for (let k = 0; k < KEYS; k++) this.keys[index * KEYS + k] = crossRatio(v0, v1, v2, values[at + 3 + k]);
    const key = this.keys[index * KEYS];
    if (!isTelling(key)) return;
    const slot = this.slot(Math.floor(key / this.cell));
    let same = 0;
    let last = -1;
    for (let i = this.heads[slot]; i >= 0; i = this.next[i]) {
      if (this.agree(i, index)) same++;
      last = i;
    }
    if (same >= classSize) return;
    if (last < 0) this.heads[slot] = index;
    else this.next[last] = index;
  }

  private agree(i: number, j: number): boolean {
    for (let k = 0; k < KEYS; k++) {
      if (!(Math.abs(this.keys[i * KEYS + k] - this.keys[j * KEYS + k]) <= this.tolerance)) return false;
    }
    return true;
  }

  private slot(cell: number): number {
    return (Math.imul(cell, 0x9e3779b1) >>> 7) & this.mask;
  }

  /** Whether the hash has anything where a key belongs: a quick no for most keys. */
  has(key: number): boolean {
    if (!isTelling(key)) return false;
    const cell = key / this.cell;
    const floor = Math.floor(cell);
    const within = cell - floor;
    if (this.heads[this.slot(floor)] >= 0) return true;
    // Near an edge the neighbour may hold it.
    return within < 1 / CELL || within > 1 - 1 / CELL;
  }

  /** First function with this first key; -1 for none. Allocates nothing. */
  first(key: number): number {
    if (!isTelling(key)) return -1;
    const cell = Math.floor(key / this.cell);
    const found = this.along(this.heads[this.slot(cell)], key);
    if (found >= 0) return found;
    const within = key / this.cell - cell;
    if (within < 1 / CELL) return this.along(this.heads[this.slot(cell - 1)], key);
    if (within > 1 - 1 / CELL) return this.along(this.heads[this.slot(cell + 1)], key);
    return -1;
  }

  /** The function after `found` with the same first key; -1 when there are no more. */
  after(found: number, key: number): number {
    return this.along(this.next[found], key);
  }

  /** Whether the keys of the remaining rows agree with those of a function found. */
  confirms(found: number, values: Float64Array): boolean {
    for (let k = 1; k < KEYS; k++) {
      const key = crossRatio(values[0], values[1], values[2], values[3 + k]);
      if (!(Math.abs(key - this.keys[found * KEYS + k]) <= 10 * this.tolerance)) return false;
    }
    return true;
  }

  private along(from: number, key: number): number {
    let i = from;
    while (i >= 0 && !(Math.abs(this.keys[i * KEYS] - key) <= this.tolerance)) i = this.next[i];
    return i;
  }
}
