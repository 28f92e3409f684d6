import { AnsatzError } from '../../core/index.ts';
import { KERNEL_BASE64 } from './kernel-binary.ts';

interface KernelExports {
  readonly memory: WebAssembly.Memory;
  heapBase(): number;
  multiply(n: number, k: number, m: number, a: number, b: number, out: number, acc: number, p: bigint): void;
  storeBegin(at: number): void;
  eliminate(
    rows: number,
    starts: number,
    entries: number,
    columns: number,
    pivotAt: number,
    pivotLength: number,
    dense: number,
    used: number,
    p: bigint,
  ): number;
  nullVectors(
    columns: number,
    vectors: number,
    stride: number,
    pivotAt: number,
    pivotLength: number,
    free: number,
    out: number,
    acc: number,
    p: bigint,
  ): void;
}

const PAGE = 65536;
let compiled: WebAssembly.Module | undefined;

function instantiate(): KernelExports {
  compiled ??= new WebAssembly.Module(Uint8Array.from(atob(KERNEL_BASE64), (c) => c.charCodeAt(0)));
  const abort = (): never => {
    throw new Error('the kernel stopped');
  };
  return new WebAssembly.Instance(compiled, { env: { abort } }).exports as unknown as KernelExports;
}

/** Room in the memory of a kernel, handed out from its beginning. */
class Room {
  private end: number;

  constructor(readonly kernel: KernelExports) {
    this.end = kernel.heapBase();
  }

  /** @returns where `bytes` bytes begin */
  take(bytes: number): number {
    const at = this.end;
    this.end = Math.ceil((at + bytes) / 16) * 16;
    this.reserve(this.end);
    return at;
  }

  get top(): number {
    return this.end;
  }

  private reserve(end: number): void {
    const { memory } = this.kernel;
    const missing = end - memory.buffer.byteLength;
    if (missing <= 0) return;
    try {
      memory.grow(Math.ceil(missing / PAGE));
    } catch {
      throw outOfMemory(end);
    }
  }

  words(at: number, length: number): Uint32Array {
    return new Uint32Array(this.kernel.memory.buffer, at, length);
  }
}

function outOfMemory(bytes: number): AnsatzError {
  const megabytes = Math.ceil(bytes / 2 ** 20);
  return new AnsatzError('out-of-memory', `linear algebra needs more than ${megabytes} MB`, 'close other programs', {
    megabytes,
  });
}

/** Residues mod p, row by row: shape [rows, columns]. */
export interface Residues {
  readonly rows: number;
  readonly columns: number;
  /** 0 <= r < p < 2^26; length rows * columns. */
  readonly entries: Uint32Array;
}

let shared: KernelExports | undefined;

/**
 * The product a b modulo p < 2^26, by the SIMD kernel.
 *
 * @param a shape [n, k]
 * @param b shape [k, m]
 * @returns shape [n, m]
 */
export function multiplyMatrices(a: Residues, b: Residues, p: number): Residues {
  const [n, k, m] = [a.rows, a.columns, b.columns];
  const stride = Math.ceil(m / 4) * 4;
  shared ??= instantiate();
  const room = new Room(shared);
  const [atA, atB] = [room.take(4 * n * k), room.take(4 * k * stride)];
  const [atOut, acc] = [room.take(4 * n * stride), room.take(8 * stride)];
  room.words(atA, n * k).set(a.entries);
  const padded = room.words(atB, k * stride);
  if (stride === m) padded.set(b.entries);
  else {
    padded.fill(0);
    for (let row = 0; row < k; row++) padded.set(b.entries.subarray(row * m, row * m + m), row * stride);
  }
  shared.multiply(n, k, stride, atA, atB, atOut, acc, BigInt(p));
  const out = room.words(atOut, n * stride);
  if (stride === m) return { rows: n, columns: m, entries: out.slice() };
  const entries = new Uint32Array(n * m);
  for (let row = 0; row < n; row++) entries.set(out.subarray(row * stride, row * stride + m), row * m);
  return { rows: n, columns: m, entries };
}

/** Sparse rows, appended entry by entry. */
export class SparseRows {
  private pairs = new Uint32Array(1024);
  private ends: number[] = [];
  private count = 0;

  /** Adds an entry to the row that is open; entries of one column add up. */
  add(column: number, residue: number): void {
    if (this.count + 2 > this.pairs.length) {
      const larger = new Uint32Array(2 * this.pairs.length);
      larger.set(this.pairs);
      this.pairs = larger;
    }
    this.pairs[this.count++] = column;
    this.pairs[this.count++] = residue;
  }

  /** Ends the row that is open; one without entries is dropped. */
  close(): void {
    if (this.count > (this.ends.at(-1) ?? 0)) this.ends.push(this.count);
  }

  get rows(): number {
    return this.ends.length;
  }

  /**
   * Rows by rising distance from first to last column: what a pivot reaches stays near, and rows stay sparse.
   *
   * On a seam of 15 000 unknowns this took between a third and two thirds of the time that shortest rows first do, on
   * a busy machine.
   */
  narrowestFirst(): { starts: Uint32Array; pairs: Uint32Array; order: Uint32Array } {
    const { ends, pairs } = this;
    const begin = (row: number): number => (row === 0 ? 0 : ends[row - 1]);
    const order = Uint32Array.from(ends.keys());
    const span = Uint32Array.from(ends, (end, row) => {
      let low = pairs[begin(row)];
      let high = low;
      for (let k = begin(row); k < end; k += 2) {
        if (pairs[k] < low) low = pairs[k];
        else if (pairs[k] > high) high = pairs[k];
      }
      return high - low;
    });
    order.sort((i, j) => span[i] - span[j] || i - j);
    const sorted = new Uint32Array(this.count);
    const starts = new Uint32Array(ends.length + 1);
    let at = 0;
    order.forEach((row, i) => {
      sorted.set(pairs.subarray(begin(row), ends[row]), at);
      at += ends[row] - begin(row);
      starts[i + 1] = at / 2;
    });
    return { starts, pairs: sorted, order };
  }
}

/** Null vectors of sparse rows. */
export interface Nullspace {
  /** One vector a row: shape [nullity, columns]. */
  readonly basis: Residues;
  /** The column where vector i is 1 and the others 0; shape [nullity]. */
  readonly free: Uint32Array;
  /** The rows that were independent, as numbers of the rows given. */
  readonly independent: Uint32Array;
}

/**
 * The null vectors of sparse rows modulo p < 2^26: narrowest rows first, then back substitution.
 *
 * @param columns number of unknowns
 * @throws AnsatzError "out-of-memory"
 */
export function sparseNullspace(rows: SparseRows, columns: number, p: number): Nullspace {
  const kernel = instantiate();
  const room = new Room(kernel);
  const { starts, pairs, order } = rows.narrowestFirst();
  const count = rows.rows;
  const [atStarts, atPairs] = [room.take(4 * starts.length), room.take(4 * pairs.length)];
  const [pivotAt, pivotLength] = [room.take(4 * columns), room.take(4 * columns)];
  const [dense, used] = [room.take(8 * columns), room.take(count)];
  room.words(atStarts, starts.length).set(starts);
  room.words(atPairs, pairs.length).set(pairs);
  kernel.storeBegin(room.top);
  const rank = kernel.eliminate(count, atStarts, atPairs, columns, pivotAt, pivotLength, dense, used, BigInt(p));
  if (rank < 0) throw outOfMemory(kernel.memory.buffer.byteLength);
  const flags = new Uint8Array(kernel.memory.buffer, used, count);
  const independent = order.filter((_, i) => flags[i] === 1).sort();
  const free = Uint32Array.from(
    Array.from(room.words(pivotAt, columns).entries()).flatMap(([c, at]) => (at ? [] : [c])),
  );
  return { basis: nullBasis(kernel, free, columns, pivotAt, pivotLength, p), free, independent };
}

/** The rows of the reduced echelon form that null vectors belong to, and the columns of their leading ones. */
export function reducedRows({ basis, free }: Nullspace, p: number): { entries: Uint32Array; pivots: Uint32Array } {
  const { columns } = basis;
  const isFree = new Uint8Array(columns);
  for (const column of free) isFree[column] = 1;
  const pivots = Uint32Array.from(isFree.keys()).filter((column) => !isFree[column]);
  const entries = new Uint32Array(pivots.length * columns);
  pivots.forEach((pivot, i) => {
    entries[i * columns + pivot] = 1;
    // A null vector says what its free column is: minus the other entries.
    free.forEach((column, vector) => {
      const residue = basis.entries[vector * columns + pivot];
      if (residue !== 0) entries[i * columns + column] = p - residue;
    });
  });
  return { entries, pivots };
}

function nullBasis(
  kernel: KernelExports,
  free: Uint32Array,
  columns: number,
  pivotAt: number,
  pivotLength: number,
  p: number,
): Residues {
  const vectors = free.length;
  const entries = new Uint32Array(vectors * columns);
  if (vectors === 0) return { rows: 0, columns, entries };
  const stride = Math.ceil(vectors / 4) * 4;
  const room = new Room(kernel);
  // Behind everything the elimination has left.
  const at = Math.ceil(kernel.memory.buffer.byteLength / 16) * 16;
  room.take(at - room.top);
  const [atFree, atOut, acc] = [room.take(4 * stride), room.take(4 * stride * columns), room.take(8 * stride)];
  room.words(atFree, vectors).set(free);
  kernel.nullVectors(columns, vectors, stride, pivotAt, pivotLength, atFree, atOut, acc, BigInt(p));
  const out = room.words(atOut, stride * columns);
  for (let column = 0; column < columns; column++) {
    for (let vector = 0; vector < vectors; vector++) entries[vector * columns + column] = out[column * stride + vector];
  }
  return { rows: vectors, columns, entries };
}
