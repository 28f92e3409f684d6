import { exponential, logOnePlus } from './elementary';
import { multiplyAdd } from './multiply-add';

/*
 * Monotone rational-quadratic splines, each element with its own: widths, heights and slopes come from `pitch` unnormalised
 * parameters an element. Four elements share a vector, one a lane, so that no sum goes across lanes and the search for the
 * bin is a choice by mask; only the two slopes at the ends of that bin are computed.
 *
 * Durkan, Bekasov, Murray, Papamakarios, "Neural spline flows", arXiv:1906.04032.
 */

/** The values of four elements that begin at four addresses. */
// @ts-ignore: decorator
@inline
export function gather(a0: usize, a1: usize, a2: usize, a3: usize, offset: usize): v128 {
  let v = v128.load32_zero(a0 + offset);
  v = v128.load_lane<f32>(a1 + offset, v, 1);
  v = v128.load_lane<f32>(a2 + offset, v, 2);
  return v128.load_lane<f32>(a3 + offset, v, 3);
}

// @ts-ignore: decorator
@inline
export function scatter(a0: usize, a1: usize, a2: usize, a3: usize, offset: usize, v: v128): void {
  v128.store_lane<f32>(a0 + offset, v, 0);
  v128.store_lane<f32>(a1 + offset, v, 1);
  v128.store_lane<f32>(a2 + offset, v, 2);
  v128.store_lane<f32>(a3 + offset, v, 3);
}

/** Shares of the whole that belong to the bins: minimum + (1 - bins minimum) softmax; into room for `bins` vectors. */
// @ts-ignore: decorator
@inline
export function shares(bins: i32, a0: usize, a1: usize, a2: usize, a3: usize, offset: usize, room: usize): v128 {
  let top = gather(a0, a1, a2, a3, offset);
  v128.store(room, top);
  for (let k = 1; k < bins; k++) {
    const v = gather(a0, a1, a2, a3, offset + (<usize>k << 2));
    top = f32x4.max(top, v);
    v128.store(room + (<usize>k << 4), v);
  }
  let sum = f32x4.splat(0);
  for (let k = 0; k < bins; k++) {
    const at = room + (<usize>k << 4);
    const e = exponential(f32x4.sub(v128.load(at), top));
    sum = f32x4.add(sum, e);
    v128.store(at, e);
  }
  return f32x4.div(f32x4.splat(1), sum);
}

/** Vectors of the bin that was found, behind the numerators. */
export const X: usize = 0;
export const WIDTH: usize = 16;
export const Y: usize = 32;
export const HEIGHT: usize = 48;
export const LEFT: usize = 64;
export const RIGHT: usize = 80;
export const NUMBER: usize = 96;

/**
 * Finds the bin that each lane's `at` falls into, by x or by y.
 *
 * @param room holds the numerators of both softmaxes, as `shares` left them
 * @param found receives the bin: where it begins, its width and height, the parameters of the slopes at its ends, its number
 */
// @ts-ignore: decorator
@inline
export function findBin(
  bins: i32,
  bound: f32,
  minimum: f32,
  circular: bool,
  byY: bool,
  at: v128,
  a0: usize,
  a1: usize,
  a2: usize,
  a3: usize,
  room: usize,
  found: usize,
  overWidths: v128,
  overHeights: v128,
): void {
  const least = f32x4.splat(2 * bound * minimum);
  const span = f32x4.splat(2 * bound * (1 - <f32>bins * minimum));
  const forWidths = f32x4.mul(span, overWidths);
  const forHeights = f32x4.mul(span, overHeights);
  const heights = room + (<usize>bins << 4);
  const slopes = <usize>bins << 3;
  const first = circular ? gather(a0, a1, a2, a3, slopes) : f32x4.splat(0);
  let x = f32x4.splat(-bound);
  let y = x;
  let left = first;
  let foundX = x;
  let foundY = x;
  let foundWidth = x;
  let foundHeight = x;
  let foundLeft = x;
  let foundRight = x;
  let foundNumber = x;
  for (let k = 0; k < bins; k++) {
    const width = multiplyAdd(forWidths, v128.load(room + (<usize>k << 4)), least);
    const height = multiplyAdd(forHeights, v128.load(heights + (<usize>k << 4)), least);
    // With fixed edges the first slope stored is that behind the first bin.
    const next = circular ? <usize>(k + 1) : <usize>k;
    const right = k + 1 == bins ? first : gather(a0, a1, a2, a3, slopes + (next << 2));
    const here = k == 0 ? i32x4.splat(-1) : f32x4.ge(at, byY ? y : x);
    foundX = v128.bitselect(x, foundX, here);
    foundY = v128.bitselect(y, foundY, here);
    foundWidth = v128.bitselect(width, foundWidth, here);
    foundHeight = v128.bitselect(height, foundHeight, here);
    foundLeft = v128.bitselect(left, foundLeft, here);
    foundRight = v128.bitselect(right, foundRight, here);
    foundNumber = v128.bitselect(i32x4.splat(k), foundNumber, here);
    x = f32x4.add(x, width);
    y = f32x4.add(y, height);
    left = right;
  }
  v128.store(found + X, foundX);
  v128.store(found + WIDTH, foundWidth);
  v128.store(found + Y, foundY);
  v128.store(found + HEIGHT, foundHeight);
  v128.store(found + LEFT, foundLeft);
  v128.store(found + RIGHT, foundRight);
  v128.store(found + NUMBER, foundNumber);
}

// @ts-ignore: decorator
@inline
export function slopeOf(raw: v128, minimum: f32, shift: f32): v128 {
  return f32x4.add(f32x4.splat(minimum), logOnePlusExp(f32x4.add(raw, f32x4.splat(shift))));
}

/** log(1 + exp(x)) */
// @ts-ignore: decorator
@inline
export function logOnePlusExp(x: v128): v128 {
  return f32x4.add(f32x4.max(x, f32x4.splat(0)), logOnePlus(exponential(f32x4.neg(f32x4.abs(x)))));
}

/** x brought into [-bound, bound] by whole turns. */
// @ts-ignore: decorator
@inline
export function wrapped(x: v128, bound: f32): v128 {
  const turns = f32x4.floor(f32x4.mul(f32x4.add(x, f32x4.splat(bound)), f32x4.splat(1 / (2 * bound))));
  return f32x4.sub(x, f32x4.mul(turns, f32x4.splat(2 * bound)));
}

