/**
 * Linear algebra modulo a prime p < 2^26, in 64-bit integers.
 *
 * A product of residues is below 2^52, so that 4095 of them are added to a residue before a remainder is taken.
 * Memory belongs to the host, but for the rows of the echelon form: those are appended behind `storeBegin`, and the
 * memory grows under them.
 */

const LAZY: i32 = 4000;
const PAGE: usize = 65536;

export function heapBase(): usize {
  return (__heap_base + 15) & ~15;
}

/** acc[i] += factor * row[i]: acc u64, row u32 residues; n a multiple of 4. */
// @ts-ignore: decorator
@inline
function addMultiple(acc: usize, row: usize, factor: u32, n: i32): void {
  const f = i32x4.splat(<i32>factor);
  const end = row + (<usize>n << 2);
  while (row < end) {
    const x = v128.load(row);
    v128.store(acc, i64x2.add(v128.load(acc), i64x2.extmul_low_i32x4_u(x, f)));
    v128.store(acc, i64x2.add(v128.load(acc, 16), i64x2.extmul_high_i32x4_u(x, f)), 16);
    acc += 32;
    row += 16;
  }
}

// @ts-ignore: decorator
@inline
function reduce(acc: usize, n: i32, p: u64): void {
  for (let i = 0; i < n; i++) {
    const at = acc + (<usize>i << 3);
    const v = load<u64>(at);
    if (v >= p) store<u64>(at, v % p);
  }
}

/**
 * out = a b modulo p: a of shape [n, k], b of shape [k, m], out of shape [n, m], u32; m a multiple of 4.
 *
 * @param acc room for m u64
 */
export function multiply(n: i32, k: i32, m: i32, a: usize, b: usize, out: usize, acc: usize, p: u64): void {
  for (let i = 0; i < n; i++) {
    memory.fill(acc, 0, <usize>m << 3);
    let pending = 0;
    for (let t = 0; t < k; t++) {
      const f = load<u32>(a + ((<usize>i * k + t) << 2));
      if (f == 0) continue;
      addMultiple(acc, b + ((<usize>t * m) << 2), f, m);
      if (++pending == LAZY) {
        reduce(acc, m, p);
        pending = 0;
      }
    }
    for (let j = 0; j < m; j++) {
      const v = load<u64>(acc + (<usize>j << 3));
      store<u32>(out + ((<usize>i * m + j) << 2), <u32>(v >= p ? v % p : v));
    }
  }
}

function power(base: u64, exponent: u64, p: u64): u64 {
  let result: u64 = 1;
  let b = base % p;
  for (let e = exponent; e > 0; e >>= 1) {
    if (e & 1) result = result * b % p;
    b = b * b % p;
  }
  return result;
}

let store_: usize = 0;

/** Where the next row of the echelon form will stand; rows are (column, value) pairs of u32. */
export function storeEnd(): usize {
  return store_;
}

/** Forgets the rows of the echelon form. */
export function storeBegin(at: usize): void {
  store_ = at;
}

/**
 * Brings rows into echelon form, one after the other, and skips those that depend on rows before.
 *
 * @param rows number of rows
 * @param starts u32, shape [rows + 1]: where each row begins among `entries`
 * @param entries (column, residue) pairs of u32
 * @param columns number of columns
 * @param pivotAt u32, shape [columns]: address of the row whose leading one stands there, 0 without one; kept
 *   between calls
 * @param pivotLength u32, shape [columns]: entries of that row
 * @param dense room for `columns` u64, all zero before and after
 * @param used u8, shape [rows]: 1 where a row was independent
 * @returns independent rows; -1 when memory could not grow
 */
export function eliminate(
  rows: i32, starts: usize, entries: usize, columns: i32, pivotAt: usize, pivotLength: usize, dense: usize,
  used: usize, p: u64,
): i32 {
  let rank = 0;
  for (let r = 0; r < rows; r++) {
    const from = load<u32>(starts + (<usize>r << 2));
    const to = load<u32>(starts + (<usize>r << 2), 4);
    store<u8>(used + r, 0);
    let low = columns;
    let high = -1;
    for (let k = from; k < to; k++) {
      const entry = entries + (<usize>k << 3);
      const c = <i32>load<u32>(entry);
      const at = dense + (<usize>c << 3);
      store<u64>(at, load<u64>(at) + load<u32>(entry, 4));
      if (c < low) low = c;
      if (c > high) high = c;
    }
    const first = low;
    let lead = -1;
    let count = 0;
    let pending = 1;
    for (let c = low; c <= high; c++) {
      const at = dense + (<usize>c << 3);
      let v = load<u64>(at);
      if (v == 0) continue;
      v %= p;
      store<u64>(at, v);
      if (v == 0) continue;
      const row = <usize>load<u32>(pivotAt + (<usize>c << 2));
      if (row == 0) {
        if (lead < 0) lead = c;
        count++;
        continue;
      }
      const f = p - v;
      const end = row + (<usize>load<u32>(pivotLength + (<usize>c << 2)) << 3);
      for (let entry = row; entry < end; entry += 8) {
        const target = dense + (<usize>load<u32>(entry) << 3);
        store<u64>(target, load<u64>(target) + f * load<u32>(entry, 4));
      }
      const last = <i32>load<u32>(end - 8);
      if (last > high) high = last;
      store<u64>(at, 0);
      if (++pending == LAZY) {
        reduce(dense + (<usize>c << 3), high - c + 1, p);
        pending = 1;
      }
    }
    if (lead >= 0) {
      const bytes = <usize>count << 3;
      const needed = store_ + bytes;
      const have = <usize>memory.size() * PAGE;
      if (needed > have) {
        const grow = <i32>((needed - have) / PAGE) + 256;
        if (memory.grow(grow) < 0) return -1;
      }
      const scale = power(load<u64>(dense + (<usize>lead << 3)), p - 2, p);
      let entry = store_;
      for (let c = lead; c <= high; c++) {
        const v = load<u64>(dense + (<usize>c << 3));
        if (v == 0) continue;
        store<u32>(entry, c);
        store<u32>(entry, <u32>(v * scale % p), 4);
        entry += 8;
      }
      store<u32>(pivotAt + (<usize>lead << 2), <u32>store_);
      store<u32>(pivotLength + (<usize>lead << 2), <u32>((entry - store_) >> 3));
      store_ = entry;
      store<u8>(used + r, 1);
      rank++;
    }
    memory.fill(dense + (<usize>first << 3), 0, <usize>(high - first + 1) << 3);
  }
  return rank;
}

/**
 * The null vectors of an echelon form, side by side: out[c, f] is the entry of vector f in column c.
 *
 * @param free u32, shape [vectors]: the columns without a pivot
 * @param stride vectors rounded up to a multiple of 4
 * @param out u32, shape [columns, stride], all zero before
 * @param acc room for `stride` u64
 */
export function nullVectors(
  columns: i32, vectors: i32, stride: i32, pivotAt: usize, pivotLength: usize, free: usize, out: usize, acc: usize,
  p: u64,
): void {
  for (let f = 0; f < vectors; f++) {
    const c = load<u32>(free + (<usize>f << 2));
    store<u32>(out + ((<usize>c * stride + f) << 2), 1);
  }
  for (let c = columns - 1; c >= 0; c--) {
    const row = <usize>load<u32>(pivotAt + (<usize>c << 2));
    if (row == 0) continue;
    const end = row + (<usize>load<u32>(pivotLength + (<usize>c << 2)) << 3);
    memory.fill(acc, 0, <usize>stride << 3);
    let pending = 0;
    for (let entry = row + 8; entry < end; entry += 8) {
      addMultiple(acc, out + ((<usize>load<u32>(entry) * stride) << 2), <u32>(p - load<u32>(entry, 4)), stride);
      if (++pending == LAZY) {
        reduce(acc, stride, p);
        pending = 0;
      }
    }
    const target = out + ((<usize>c * stride) << 2);
    for (let f = 0; f < vectors; f++) {
      const v = load<u64>(acc + (<usize>f << 3));
      store<u32>(target + (<usize>f << 2), <u32>(v >= p ? v % p : v));
    }
  }
}
