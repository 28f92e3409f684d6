/** Where things lie in linear memory. The host allocates; the kernel keeps the addresses. */

/** Bytes of a tile: 256 rows of f64 or 512 rows of f32. */
export const TILE: usize = 2048;
/** An instruction: function, out, a, b, c, and the strides of a, b and c in bytes a tile. */
export const INSTRUCTION: usize = 32;
/** A constant fills one unrolled turn of a loop. */
export const CONSTANT_BYTES: usize = 64;

/** Column 0 and the distance between columns, at each precision. */
export let columns64: usize = 0;
export let stride64: usize = 0;
export let columns32: usize = 0;
export let stride32: usize = 0;
export let target64: usize = 0;
export let target32: usize = 0;
/** 0 when all weights are 1. */
export let weights64: usize = 0;
export let weights32: usize = 0;
/** Start of the scratch space, which reaches to the end of memory. */
export let workspace: usize = 0;

export function setLayout(
  c64: usize, s64: usize, c32: usize, s32: usize, t64: usize, t32: usize, w64: usize, w32: usize, scratch: usize,
): void {
  columns64 = c64;
  stride64 = s64;
  columns32 = c32;
  stride32 = s32;
  target64 = t64;
  target32 = t32;
  weights64 = w64;
  weights32 = w32;
  workspace = scratch;
}

/** First address that the host may use. */
export function heapBase(): usize {
  return (__heap_base + 63) & ~63;
}

@inline export function columnAddress<T>(column: u32): usize {
  return sizeof<T>() == 8 ? columns64 + <usize>column * stride64 : columns32 + <usize>column * stride32;
}

@inline export function targetAddress<T>(): usize {
  return sizeof<T>() == 8 ? target64 : target32;
}

@inline export function weightsAddress<T>(): usize {
  return sizeof<T>() == 8 ? weights64 : weights32;
}

/** Bytes of `rows` elements, rounded up to a turn of the unrolled loops. */
@inline export function tileBytes<T>(rows: i32): usize {
  return (<usize>rows * sizeof<T>() + 63) & ~63;
}
