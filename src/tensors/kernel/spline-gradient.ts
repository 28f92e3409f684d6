import { sigmoidOf } from './elementary';
import { multiplyAdd } from './multiply-add';
import { findBin, gather, HEIGHT, LEFT, NUMBER, RIGHT, scatter, shares, slopeOf, WIDTH, wrapped, X } from './spline-bins';

/** The gradient of unnormalised shares: those before the bin carry `before`, the bin itself `own`, the others nothing. */
// @ts-ignore: decorator
@inline
function shareGradients(
  bins: i32,
  binNumber: v128,
  over: v128,
  before: v128,
  own: v128,
  room: usize,
  g0: usize,
  g1: usize,
  g2: usize,
  g3: usize,
  offset: usize,
): void {
  let mean = f32x4.splat(0);
  for (let k = 0; k < bins; k++) {
    const at = i32x4.splat(k);
    const slope = v128.or(v128.and(before, i32x4.gt_s(binNumber, at)), v128.and(own, i32x4.eq(binNumber, at)));
    mean = multiplyAdd(slope, v128.load(room + (<usize>k << 4)), mean);
  }
  mean = f32x4.mul(mean, over);
  for (let k = 0; k < bins; k++) {
    const at = i32x4.splat(k);
    const slope = v128.or(v128.and(before, i32x4.gt_s(binNumber, at)), v128.and(own, i32x4.eq(binNumber, at)));
    const share = f32x4.mul(v128.load(room + (<usize>k << 4)), over);
    scatter(g0, g1, g2, g3, offset + (<usize>k << 2), f32x4.mul(share, f32x4.sub(slope, mean)));
  }
}

/**
 * The gradients of `spline`. Both directions are differentiated at the point on the x side: with x = f^-1(y) a slope G along x
 * means G / f' along y and -G f_p / f' along a parameter p.
 *
 * @param source x of shape [n]: what went in, or what came out of the inverse
 * @param inputs what went in: where it was outside [-bound, bound] tells the identity
 * @param dvalues slopes along the values, shape [n], as `dlogs` along the logarithms
 * @param dsource receives the slopes along what went in, shape [n]
 * @param dparameters receives those along the parameters
 * @param room for 2 bins + 7 vectors
 */
export function splineGradient(
  n: i32,
  bins: i32,
  bound: f32,
  minimum: f32,
  shift: f32,
  circular: bool,
  inverse: bool,
  source: usize,
  inputs: usize,
  parameters: usize,
  dvalues: usize,
  dlogs: usize,
  dsource: usize,
  dparameters: usize,
  room: usize,
): void {
  const pitch = <usize>(3 * bins - (circular ? 0 : 1)) << 2;
  const one = f32x4.splat(1);
  const found = room + (<usize>bins << 5);
  const two = f32x4.splat(2);
  const limit = f32x4.splat(bound);
  const span = f32x4.splat(2 * bound * (1 - <f32>bins * minimum));
  const slopes = <usize>bins << 3;
  const heights = room + (<usize>bins << 4);
  const add = f32x4.splat(shift);
  const last = i32x4.splat(bins - 1);
  for (let i = 0; i < n; i += 4) {
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
    const given = gather(inputs + o0, inputs + o1, inputs + o2, inputs + o3, 0);
    const inside = circular ? i32x4.splat(-1) : f32x4.le(f32x4.abs(given), limit);
    const gy = gather(dvalues + o0, dvalues + o1, dvalues + o2, dvalues + o3, 0);
    const gl = gather(dlogs + o0, dlogs + o1, dlogs + o2, dlogs + o3, 0);
    const overWidths = shares(bins, a0, a1, a2, a3, 0, room);
    const overHeights = shares(bins, a0, a1, a2, a3, <usize>bins << 2, heights);
    findBin(bins, bound, minimum, circular, false, at, a0, a1, a2, a3, room, found, overWidths, overHeights);
    const binX = v128.load(found + X);
    const binWidth = v128.load(found + WIDTH);
    const binHeight = v128.load(found + HEIGHT);
    const rawLeft = v128.load(found + LEFT);
    const rawRight = v128.load(found + RIGHT);
    const binNumber = v128.load(found + NUMBER);
    const d0 = slopeOf(rawLeft, minimum, shift);
    const d1 = slopeOf(rawRight, minimum, shift);
    const perWidth = f32x4.div(one, binWidth);
    const s = f32x4.mul(binHeight, perWidth);
    const bend = f32x4.sub(f32x4.add(d0, d1), f32x4.add(s, s));
    // Outside, t may be anything: what follows is masked, and a bounded t keeps it finite.
    const t = f32x4.max(f32x4.min(f32x4.mul(f32x4.sub(at, binX), perWidth), one), f32x4.splat(0));
    const u = f32x4.sub(one, t);
    const tu = f32x4.mul(t, u);
    const tt = f32x4.mul(t, t);
    const uu = f32x4.mul(u, u);
    const skew = f32x4.sub(u, t);
    const perUnder = f32x4.div(one, multiplyAdd(bend, tu, s));
    const stu = f32x4.mul(s, tu);
    const rise = multiplyAdd(d1, tt, multiplyAdd(d0, uu, f32x4.add(stu, stu)));
    const perRise = f32x4.div(one, rise);
    const q = f32x4.mul(multiplyAdd(s, tt, f32x4.mul(d0, tu)), perUnder);
    // Logarithm of the derivative, 2 log s + log rise - 2 log under, along t, s, d0 and d1.
    const twoUnder = f32x4.mul(two, perUnder);
    const riseT = f32x4.mul(two, f32x4.add(f32x4.sub(f32x4.mul(d1, t), f32x4.mul(d0, u)), f32x4.mul(s, skew)));
    const lt = f32x4.sub(f32x4.mul(riseT, perRise), f32x4.mul(f32x4.mul(bend, skew), twoUnder));
    const underS = f32x4.sub(one, f32x4.mul(two, tu));
    const ls = f32x4.add(
      f32x4.div(two, s),
      f32x4.sub(f32x4.mul(f32x4.mul(two, tu), perRise), f32x4.mul(underS, twoUnder)),
    );
    const shared = f32x4.mul(tu, twoUnder);
    const l0 = f32x4.sub(f32x4.mul(uu, perRise), shared);
    const l1 = f32x4.sub(f32x4.mul(tt, perRise), shared);
    // Share q of the height, along t, s, d0 and d1.
    const qt = f32x4.mul(f32x4.mul(s, rise), f32x4.mul(perUnder, perUnder));
    const qs = f32x4.mul(f32x4.sub(tt, f32x4.mul(q, underS)), perUnder);
    const q1 = f32x4.neg(f32x4.mul(f32x4.mul(q, tu), perUnder));
    const q0 = multiplyAdd(tu, perUnder, q1);
    let along: v128;
    let ofY: v128;
    let ofL: v128;
    if (inverse) {
      const pull = f32x4.sub(gy, f32x4.mul(f32x4.mul(gl, lt), perWidth));
      along = f32x4.div(pull, f32x4.mul(s, qt));
      ofY = f32x4.neg(along);
      ofL = f32x4.neg(gl);
    } else {
      along = multiplyAdd(gy, f32x4.mul(s, qt), f32x4.mul(f32x4.mul(gl, lt), perWidth));
      ofY = gy;
      ofL = gl;
    }
    along = v128.bitselect(along, gy, inside);
    scatter(dsource + o0, dsource + o1, dsource + o2, dsource + o3, 0, along);
    ofY = v128.and(ofY, inside);
    ofL = v128.and(ofL, inside);
    const ofQ = f32x4.mul(ofY, binHeight);
    const ofT = multiplyAdd(ofQ, qt, f32x4.mul(ofL, lt));
    const ofS = multiplyAdd(ofQ, qs, f32x4.mul(ofL, ls));
    const of0 = multiplyAdd(ofQ, q0, f32x4.mul(ofL, l0));
    const of1 = multiplyAdd(ofQ, q1, f32x4.mul(ofL, l1));
    const ofHeight = multiplyAdd(ofS, perWidth, f32x4.mul(ofY, q));
    const ofX = f32x4.neg(f32x4.mul(ofT, perWidth));
    const ofWidth = f32x4.mul(ofX, t);
    const ofWidthAll = f32x4.sub(ofWidth, f32x4.mul(f32x4.mul(ofS, s), perWidth));
    const g0 = dparameters + <usize>i * pitch;
    const g1 = dparameters + <usize>i1 * pitch;
    const g2 = dparameters + <usize>i2 * pitch;
    const g3 = dparameters + <usize>i3 * pitch;
    shareGradients(bins, binNumber, overWidths, f32x4.mul(ofX, span), f32x4.mul(ofWidthAll, span), room, g0, g1, g2, g3, 0);
    const beforeHeights = f32x4.mul(ofY, span);
    const ownHeights = f32x4.mul(ofHeight, span);
    shareGradients(bins, binNumber, overHeights, beforeHeights, ownHeights, heights, g0, g1, g2, g3, <usize>bins << 2);
    const ofLeft = f32x4.mul(of0, sigmoidOf(f32x4.add(rawLeft, add)));
    const ofRight = f32x4.mul(of1, sigmoidOf(f32x4.add(rawRight, add)));
    const count = circular ? bins : bins - 1;
    const lead = circular ? 0 : 1;
    const follower = i32x4.add(binNumber, i32x4.splat(1));
    const right = circular ? v128.andnot(follower, i32x4.eq(binNumber, last)) : follower;
    for (let k = 0; k < count; k++) {
      const knot = i32x4.splat(k + lead);
      const slope = f32x4.add(
        v128.and(ofLeft, i32x4.eq(binNumber, knot)),
        v128.and(ofRight, i32x4.eq(right, knot)),
      );
      scatter(g0, g1, g2, g3, slopes + (<usize>k << 2), slope);
    }
  }
}
