import { biasActivate } from './activation';
import { matrixVector, transposedMatrixVector } from './matrix-vector';
import { multiplyAdd } from './multiply-add';
import { pack } from './packing';

/*
 * Goto's scheme: a block of B [DEPTH, COLUMNS] and one of A [ROWS, DEPTH] are packed into panels, and tiles of 4 x 8 run
 * over them. A tile of 4 x 8 with one step a turn is what V8 keeps in registers: 42 GFLOP/s, 53 with relaxed SIMD, where
 * tiles of 6 x 8, 4 x 12, 5 x 8 and unrolled ones reach 22 to 33 on the same core.
 */
const ROWS: i32 = 64;
const COLUMNS: i32 = 1024;
const DEPTH: i32 = 512;

/** Bytes of scratch that `gemm` wants: both packed blocks and a tile. */
export function gemmScratchBytes(): usize {
  return <usize>((ROWS * DEPTH + COLUMNS * DEPTH + 32) << 2);
}

/** c (+)= a b for a tile of 4 x 8: a a panel [k, 4], b a panel [k, 8]. */
// @ts-ignore: decorator
@inline
function tile(k: i32, a: usize, b: usize, c: usize, pitch: usize, add: bool): void {
  let c00 = f32x4.splat(0);
  let c01 = f32x4.splat(0);
  let c10 = f32x4.splat(0);
  let c11 = f32x4.splat(0);
  let c20 = f32x4.splat(0);
  let c21 = f32x4.splat(0);
  let c30 = f32x4.splat(0);
  let c31 = f32x4.splat(0);
  const end = b + (<usize>k << 5);
  while (b < end) {
    const b0 = v128.load(b);
    const b1 = v128.load(b, 16);
    const a0 = v128.load_splat<f32>(a, 0);
    c00 = multiplyAdd(a0, b0, c00);
    c01 = multiplyAdd(a0, b1, c01);
    const a1 = v128.load_splat<f32>(a, 4);
    c10 = multiplyAdd(a1, b0, c10);
    c11 = multiplyAdd(a1, b1, c11);
    const a2 = v128.load_splat<f32>(a, 8);
    c20 = multiplyAdd(a2, b0, c20);
    c21 = multiplyAdd(a2, b1, c21);
    const a3 = v128.load_splat<f32>(a, 12);
    c30 = multiplyAdd(a3, b0, c30);
    c31 = multiplyAdd(a3, b1, c31);
    a += 16;
    b += 32;
  }
  const r1 = c + pitch;
  const r2 = r1 + pitch;
  const r3 = r2 + pitch;
  if (add) {
    c00 = f32x4.add(c00, v128.load(c));
    c01 = f32x4.add(c01, v128.load(c, 16));
    c10 = f32x4.add(c10, v128.load(r1));
    c11 = f32x4.add(c11, v128.load(r1, 16));
    c20 = f32x4.add(c20, v128.load(r2));
    c21 = f32x4.add(c21, v128.load(r2, 16));
    c30 = f32x4.add(c30, v128.load(r3));
    c31 = f32x4.add(c31, v128.load(r3, 16));
  }
  v128.store(c, c00);
  v128.store(c, c01, 16);
  v128.store(r1, c10);
  v128.store(r1, c11, 16);
  v128.store(r2, c20);
  v128.store(r2, c21, 16);
  v128.store(r3, c30);
  v128.store(r3, c31, 16);
}

/** A tile that hangs over the edge of c: into `spare`, and from there what lies inside. */
function edgeTile(
  k: i32,
  a: usize,
  b: usize,
  c: usize,
  pitch: usize,
  add: bool,
  rows: i32,
  columns: i32,
  spare: usize,
): void {
  tile(k, a, b, spare, 32, false);
  for (let i = 0; i < rows; i++) {
    for (let j = 0; j < columns; j++) {
      const at = c + <usize>i * pitch + (<usize>j << 2);
      const value = load<f32>(spare + (<usize>((i << 3) + j) << 2));
      store<f32>(at, add ? load<f32>(at) + value : value);
    }
  }
}

/** Packed A [rows, k] times packed B [k, columns] into c. */
function multiplyBlocks(
  rows: i32,
  columns: i32,
  k: i32,
  packedA: usize,
  packedB: usize,
  c: usize,
  pitch: usize,
  add: bool,
  spare: usize,
): void {
  for (let j = 0; j < columns; j += 8) {
    const b = packedB + ((<usize>(j * k)) << 2);
    for (let i = 0; i < rows; i += 4) {
      const a = packedA + ((<usize>(i * k)) << 2);
      const at = c + <usize>i * pitch + (<usize>j << 2);
      if (i + 4 <= rows && j + 8 <= columns) tile(k, a, b, at, pitch, add);
      else edgeTile(k, a, b, at, pitch, add, min(4, rows - i), min(8, columns - j), spare);
    }
  }
}

/**
 * c = activation(op(a) op(b) + bias), or c + op(a) op(b); op transposes on request.
 *
 * @param a shape [m, k], or [k, m] with `transposeA`; `pitchA`, like the others, floats from row to row
 * @param b shape [k, n], or [n, k] with `transposeB`
 * @param c shape [m, n]
 * @param bias shape [n], or 0
 * @param scratch `gemmScratchBytes()` bytes
 */
export function gemm(
  transposeA: bool,
  transposeB: bool,
  m: i32,
  n: i32,
  k: i32,
  a: usize,
  pitchA: i32,
  b: usize,
  pitchB: i32,
  c: usize,
  pitchC: i32,
  add: bool,
  bias: usize,
  activation: i32,
  scratch: usize,
): void {
  const strideA = <usize>pitchA << 2;
  const strideB = <usize>pitchB << 2;
  const strideC = <usize>pitchC << 2;
  const packedB = scratch + ((<usize>(ROWS * DEPTH)) << 2);
  const spare = packedB + ((<usize>(COLUMNS * DEPTH)) << 2);
  if (k == 0) {
    for (let i = 0; i < m; i++) {
      const row = c + <usize>i * strideC;
      if (!add) memory.fill(row, 0, <usize>n << 2);
    }
    biasActivate(m, n, c, strideC, bias, activation);
    return;
  }
  // A column: blocks would be packed for one use, and filled to eight columns.
  if (n == 1 && !add && (transposeB || pitchB == 1) && (!transposeA || pitchC == 1)) {
    if (transposeA) transposedMatrixVector(m, k, a, strideA, b, c);
    else matrixVector(m, k, a, strideA, b, c, strideC);
    biasActivate(m, 1, c, strideC, bias, activation);
    return;
  }
  for (let j = 0; j < n; j += COLUMNS) {
    const columns = min(COLUMNS, n - j);
    for (let p = 0; p < k; p += DEPTH) {
      const depth = min(DEPTH, k - p);
      const fromB = b + (transposeB ? <usize>j * strideB + (<usize>p << 2) : <usize>p * strideB + (<usize>j << 2));
      pack(fromB, strideB, !transposeB, columns, depth, packedB, 8);
      for (let i = 0; i < m; i += ROWS) {
        const rows = min(ROWS, m - i);
        const fromA = a + (transposeA ? <usize>p * strideA + (<usize>i << 2) : <usize>i * strideA + (<usize>p << 2));
        pack(fromA, strideA, transposeA, rows, depth, scratch, 4);
        const to = c + <usize>i * strideC + (<usize>j << 2);
        multiplyBlocks(rows, columns, depth, scratch, packedB, to, strideC, add || p > 0, spare);
        if (p + depth == k) {
          biasActivate(rows, columns, to, strideC, bias == 0 ? 0 : bias + (<usize>j << 2), activation);
        }
      }
    }
  }
}

/** `count` products, each `stepA`, `stepB` and `stepC` floats after the one before; a step of 0 shares a factor. */
export function batchedGemm(
  count: i32,
  stepA: i32,
  stepB: i32,
  stepC: i32,
  transposeA: bool,
  transposeB: bool,
  m: i32,
  n: i32,
  k: i32,
  a: usize,
  pitchA: i32,
  b: usize,
  pitchB: i32,
  c: usize,
  pitchC: i32,
  scratch: usize,
): void {
  for (let i = 0; i < count; i++) {
    gemm(transposeA, transposeB, m, n, k, a, pitchA, b, pitchB, c, pitchC, false, 0, 0, scratch);
    a += <usize>stepA << 2;
    b += <usize>stepB << 2;
    c += <usize>stepC << 2;
  }
}
