/**
 * The real power on two f64 lanes: log2 in double-double, then 2^z.
 *
 * The scheme of fdlibm's e_pow without its table: log2(m) = 2/(3 ln 2) s (3 + s^2 + s^4 L(s^2)) with
 * s = (m - 1) / (m + 1), every leading part cut to 21 bits so that the products are exact.
 */
import { both } from './elementary64';
import { power } from './scalar';

const ROOT_HALF_BITS: i64 = 0x3fe6a09e667f3bcd;
const MAGIC: f64 = 6755399441055744.0;
/** 2 / (3 ln 2) in 21 bits and the rest. */
const CP: f64 = 0.9617966939259756;
const CP_HIGH: f64 = 0.961796760559082;
const CP_LOW: f64 = -6.663310642634338e-08;
const LN2: f64 = 0.6931471805599453;
const LN2_HIGH: f64 = 0.6931471824645996;
const LN2_LOW: f64 = -1.904654299957768e-09;

@inline function mad(a: v128, b: v128, c: f64): v128 {
  return f64x2.add(f64x2.mul(a, b), f64x2.splat(c));
}

/** The leading 21 bits. */
@inline function cut(x: v128): v128 {
  return v128.and(x, i64x2.splat(0xffffffff00000000));
}

function eachLane(x: v128, y: v128): v128 {
  return f64x2.replace_lane(
    f64x2.splat(power(f64x2.extract_lane(x, 0), f64x2.extract_lane(y, 0))), 1,
    power(f64x2.extract_lane(x, 1), f64x2.extract_lane(y, 1)),
  );
}

@inline export function pow(x: v128, y: v128): v128 {
  const a = f64x2.abs(x);
  const usual = v128.and(
    v128.and(f64x2.ge(a, f64x2.splat(2.2250738585072014e-308)), f64x2.lt(a, f64x2.splat(Infinity))),
    f64x2.lt(f64x2.abs(y), f64x2.splat(1e15)),
  );
  if (!both(usual)) return eachLane(x, y);

  const moved = i64x2.add(a, i64x2.splat(0x3ff0000000000000 - ROOT_HALF_BITS));
  const k = f64x2.sub(v128.or(i64x2.shr_u(moved, 52), i64x2.splat(0x4330000000000000)), f64x2.splat(4503599627370496.0 + 1023.0));
  const m = i64x2.add(v128.and(moved, i64x2.splat(0x000fffffffffffff)), i64x2.splat(ROOT_HALF_BITS));

  const u = f64x2.sub(m, f64x2.splat(1));
  const sum = f64x2.add(m, f64x2.splat(1));
  const v = f64x2.div(f64x2.splat(1), sum);
  const s = f64x2.mul(u, v);
  const sHigh = cut(s);
  const sumHigh = cut(sum);
  const sumLow = f64x2.sub(m, f64x2.sub(sumHigh, f64x2.splat(1)));
  const sLow = f64x2.mul(v, f64x2.sub(f64x2.sub(u, f64x2.mul(sHigh, sumHigh)), f64x2.mul(sHigh, sumLow)));

  const z = f64x2.mul(s, s);
  let p = mad(f64x2.splat(0.19372068275902635), z, 0.1992880325631861);
  p = mad(p, z, 0.23078366194962216);
  p = mad(p, z, 0.27272712316382824);
  p = mad(p, z, 0.3333333340699021);
  p = mad(p, z, 0.42857142857007013);
  p = mad(p, z, 0.6000000000000004);
  const r = f64x2.add(f64x2.mul(f64x2.mul(z, z), p), f64x2.mul(sLow, f64x2.add(sHigh, s)));
  const square = f64x2.mul(sHigh, sHigh);
  const three = f64x2.splat(3);
  const tHigh = cut(f64x2.add(f64x2.add(three, square), r));
  const tLow = f64x2.sub(r, f64x2.sub(f64x2.sub(tHigh, three), square));
  const big = f64x2.mul(sHigh, tHigh);
  const small = f64x2.add(f64x2.mul(sLow, tHigh), f64x2.mul(tLow, s));
  const pHigh = cut(f64x2.add(big, small));
  const pLow = f64x2.sub(small, f64x2.sub(pHigh, big));
  const zHigh = f64x2.mul(f64x2.splat(CP_HIGH), pHigh);
  const zLow = f64x2.add(f64x2.mul(f64x2.splat(CP_LOW), pHigh), f64x2.mul(pLow, f64x2.splat(CP)));
  const logHigh = cut(f64x2.add(f64x2.add(zHigh, zLow), k));
  const logLow = f64x2.sub(zLow, f64x2.sub(f64x2.sub(logHigh, k), zHigh));

  const yHigh = cut(y);
  const low = f64x2.add(f64x2.mul(f64x2.sub(y, yHigh), logHigh), f64x2.mul(y, logLow));
  const high = f64x2.mul(yHigh, logHigh);
  const exponent = f64x2.add(high, low);
  if (!both(f64x2.lt(f64x2.abs(exponent), f64x2.splat(1020)))) return eachLane(x, y);

  const shifted = f64x2.add(exponent, f64x2.splat(MAGIC));
  const fraction = f64x2.sub(high, f64x2.sub(shifted, f64x2.splat(MAGIC)));
  const t = cut(f64x2.add(low, fraction));
  const e = f64x2.mul(t, f64x2.splat(LN2_HIGH));
  const eLow = f64x2.add(
    f64x2.mul(f64x2.sub(low, f64x2.sub(t, fraction)), f64x2.splat(LN2)),
    f64x2.mul(t, f64x2.splat(LN2_LOW)),
  );
  const w = f64x2.add(e, eLow);
  const wLow = f64x2.sub(eLow, f64x2.sub(w, e));
  // (exp(w) - 1 - w) / w^2 on |w| <= ln(2) / 2
  let q = mad(f64x2.splat(2.510038549551032e-08), w, 2.7620088445409746e-07);
  q = mad(q, w, 2.7557268459997064e-06);
  q = mad(q, w, 2.4801521295954376e-05);
  q = mad(q, w, 0.00019841269863053618);
  q = mad(q, w, 0.0013888888917213717);
  q = mad(q, w, 0.008333333333330062);
  q = mad(q, w, 0.04166666666662413);
  q = mad(q, w, 0.16666666666666669);
  q = mad(q, w, 0.5);
  const tail = f64x2.add(f64x2.mul(f64x2.mul(w, w), q), f64x2.add(wLow, f64x2.mul(w, wLow)));
  const value = i64x2.add(f64x2.add(f64x2.splat(1), f64x2.add(w, tail)), i64x2.shl(shifted, 52));

  // A negative base: odd exponents give the sign, fractions NaN.
  const negative = f64x2.lt(x, f64x2.splat(0));
  if (i64x2.bitmask(negative) == 0) return value;
  const halfY = f64x2.mul(y, f64x2.splat(0.5));
  const odd = f64x2.ne(f64x2.floor(halfY), halfY);
  const whole = f64x2.eq(f64x2.floor(y), y);
  const signed = v128.xor(value, v128.and(v128.and(negative, odd), f64x2.splat(-0.0)));
  return v128.bitselect(signed, f64x2.splat(NaN), v128.or(whole, v128.not(negative)));
}
