import { logarithm } from './elementary';
import { multiplyAdd } from './multiply-add';
import { findBin, gather, HEIGHT, LEFT, RIGHT, scatter, shares, slopeOf, WIDTH, wrapped, X, Y } from './spline-bins';

/**
 * Values and logarithms of derivatives of n elements, or of the inverse.
 *
 * @param pitch parameters an element: `bins` for widths, `bins` for heights, then slopes: `bins` of them when `circular`,
 *   where the last equals the first; else bins - 1, and the function is the identity outside [-bound, bound]
 * @param minimum of a width and a height as shares of 2 bound, and of a slope
 * @param shift added to what a slope is made from, so that zeros give 1
 * @param room for 2 bins + 7 vectors
 */
export function spline(
  n: i32,
  bins: i32,
  bound: f32,
  minimum: f32,
  shift: f32,
  circular: bool,
  inverse: bool,
  source: usize,
  parameters: usize,
  values: usize,
  logs: usize,
  room: usize,
): void {
  const pitch = <usize>(3 * bins - (circular ? 0 : 1)) << 2;
  const one = f32x4.splat(1);
  const found = room + (<usize>bins << 5);
  const limit = f32x4.splat(bound);
  for (let i = 0; i < n; i += 4) {
    // Lanes behind the last element do its work again.
    const i1 = min(i + 1, n - 1);
    const i2 = min(i + 2, n - 1);
    const i3 = min(i + 3, n - 1);
    const a0 = parameters + <usize>i * pitch;
    const a1 = parameters + <usize>i1 * pitch;
    const a2 = parameters + <usize>i2 * pitch;
    const a3 = parameters + <usize>i3 * pitch;
    const o0 = <usize>i << 2;
    const o1 = <usize>i1 << 2;
    const o2 = <usize>i2 << 2;
    const o3 = <usize>i3 << 2;
    let at = gather(source + o0, source + o1, source + o2, source + o3, 0);
    if (circular) at = wrapped(at, bound);
    const overWidths = shares(bins, a0, a1, a2, a3, 0, room);
    const overHeights = shares(bins, a0, a1, a2, a3, <usize>bins << 2, room + (<usize>bins << 4));
    findBin(bins, bound, minimum, circular, inverse, at, a0, a1, a2, a3, room, found, overWidths, overHeights);
    const binX = v128.load(found + X);
    const binWidth = v128.load(found + WIDTH);
    const binY = v128.load(found + Y);
    const binHeight = v128.load(found + HEIGHT);
    const rawLeft = v128.load(found + LEFT);
    const rawRight = v128.load(found + RIGHT);
    const d0 = slopeOf(rawLeft, minimum, shift);
    const d1 = slopeOf(rawRight, minimum, shift);
    const s = f32x4.div(binHeight, binWidth);
    const bend = f32x4.sub(f32x4.add(d0, d1), f32x4.add(s, s));
    let t: v128;
    if (inverse) {
      // The root of a t^2 + b t + c in [0, 1], in the form that does not cancel.
      const up = f32x4.sub(at, binY);
      const b = f32x4.sub(f32x4.mul(binHeight, d0), f32x4.mul(up, bend));
      const a = f32x4.sub(f32x4.mul(binHeight, s), b);
      const c = f32x4.mul(s, up);
      const square = f32x4.add(f32x4.mul(b, b), f32x4.mul(f32x4.splat(4), f32x4.mul(a, c)));
      const root = f32x4.sqrt(f32x4.max(square, f32x4.splat(0)));
      t = f32x4.div(f32x4.add(c, c), f32x4.add(b, root));
    } else t = f32x4.div(f32x4.sub(at, binX), binWidth);
    const u = f32x4.sub(one, t);
    const tu = f32x4.mul(t, u);
    const tt = f32x4.mul(t, t);
    const under = multiplyAdd(bend, tu, s);
    const stu = f32x4.mul(s, tu);
    const rise = multiplyAdd(d1, tt, multiplyAdd(d0, f32x4.mul(u, u), f32x4.add(stu, stu)));
    const ratio = f32x4.div(s, under);
    let log = logarithm(f32x4.mul(f32x4.mul(ratio, ratio), rise));
    let value: v128;
    if (inverse) {
      value = multiplyAdd(t, binWidth, binX);
      log = f32x4.neg(log);
    } else {
      const over = multiplyAdd(s, tt, f32x4.mul(d0, tu));
      value = multiplyAdd(binHeight, f32x4.div(over, under), binY);
    }
    if (!circular) {
      const inside = f32x4.le(f32x4.abs(at), limit);
      value = v128.bitselect(value, at, inside);
      log = v128.and(log, inside);
    }
    scatter(values + o0, values + o1, values + o2, values + o3, 0, value);
    scatter(logs + o0, logs + o1, logs + o2, logs + o3, 0, log);
  }
}
