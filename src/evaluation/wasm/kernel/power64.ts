/**
 * The real power on two f64 lanes: log2 in double-double, then 2^z.
 *
 * The scheme of fdlibm's e_pow without its table: log2(m) = 2/(3 ln 2) s (3 + s^2 + s^4 L(s^2)) with
 * s = (m - 1) / (m + 1), every leading part cut to 21 bits so that the products are exact.
 */
import {
  CP, CP_HIGH, CP_LOW, EXP2_LIMIT, EXPONENT_BIAS, EXP_TAIL, HALF, INFINITE, LARGEST_EXPONENT, LN2, LN2_REST, LN2_TOP,
  LOG_SERIES, MAGIC, MAGNITUDE, MANTISSA, NAN, ONE, ROOT_HALF, SHIFT, SIGN, SMALLEST_NORMAL, THREE, TOP_32, TWO_52,
} from './constants64';
import { both } from './elementary64';
import { polynomial } from './polynomial';
import { power } from './scalar';

@inline function load(at: usize): v128 {
  return v128.load64_splat(at);
}

/** The leading 21 bits. */
@inline function cut(x: v128): v128 {
  return v128.and(x, load(TOP_32));
}

function eachLane(x: v128, y: v128): v128 {
  return f64x2.replace_lane(
    f64x2.splat(power(f64x2.extract_lane(x, 0), f64x2.extract_lane(y, 0))), 1,
    power(f64x2.extract_lane(x, 1), f64x2.extract_lane(y, 1)),
  );
}

@inline export function pow(x: v128, y: v128): v128 {
  const a = v128.and(x, load(MAGNITUDE));
  const usual = v128.and(
    v128.and(f64x2.ge(a, load(SMALLEST_NORMAL)), f64x2.lt(a, load(INFINITE))),
    f64x2.lt(v128.and(y, load(MAGNITUDE)), load(LARGEST_EXPONENT)),
  );
  if (!both(usual)) return eachLane(x, y);

  const moved = i64x2.add(a, load(SHIFT));
  const k = f64x2.sub(v128.or(i64x2.shr_u(moved, 52), load(TWO_52)), load(EXPONENT_BIAS));
  const m = i64x2.add(v128.and(moved, load(MANTISSA)), load(ROOT_HALF));

  const u = f64x2.sub(m, load(ONE));
  const sum = f64x2.add(m, load(ONE));
  const v = f64x2.div(load(ONE), sum);
  const s = f64x2.mul(u, v);
  const sHigh = cut(s);
  const sumHigh = cut(sum);
  const sumLow = f64x2.sub(m, f64x2.sub(sumHigh, load(ONE)));
  const sLow = f64x2.mul(v, f64x2.sub(f64x2.sub(u, f64x2.mul(sHigh, sumHigh)), f64x2.mul(sHigh, sumLow)));

  const z = f64x2.mul(s, s);
  const p = polynomial<f64>(7, z, LOG_SERIES);
  const r = f64x2.add(f64x2.mul(f64x2.mul(z, z), p), f64x2.mul(sLow, f64x2.add(sHigh, s)));
  const square = f64x2.mul(sHigh, sHigh);
  const three = load(THREE);
  const tHigh = cut(f64x2.add(f64x2.add(three, square), r));
  const tLow = f64x2.sub(r, f64x2.sub(f64x2.sub(tHigh, three), square));
  const big = f64x2.mul(sHigh, tHigh);
  const small = f64x2.add(f64x2.mul(sLow, tHigh), f64x2.mul(tLow, s));
  const pHigh = cut(f64x2.add(big, small));
  const pLow = f64x2.sub(small, f64x2.sub(pHigh, big));
  const zHigh = f64x2.mul(load(CP_HIGH), pHigh);
  const zLow = f64x2.add(f64x2.mul(load(CP_LOW), pHigh), f64x2.mul(pLow, load(CP)));
  const logHigh = cut(f64x2.add(f64x2.add(zHigh, zLow), k));
  const logLow = f64x2.sub(zLow, f64x2.sub(f64x2.sub(logHigh, k), zHigh));

  const yHigh = cut(y);
  const low = f64x2.add(f64x2.mul(f64x2.sub(y, yHigh), logHigh), f64x2.mul(y, logLow));
  const high = f64x2.mul(yHigh, logHigh);
  const exponent = f64x2.add(high, low);
  if (!both(f64x2.lt(v128.and(exponent, load(MAGNITUDE)), load(EXP2_LIMIT)))) return eachLane(x, y);

  const shifted = f64x2.add(exponent, load(MAGIC));
  const fraction = f64x2.sub(high, f64x2.sub(shifted, load(MAGIC)));
  const t = cut(f64x2.add(low, fraction));
  const e = f64x2.mul(t, load(LN2_TOP));
  const eLow = f64x2.add(
    f64x2.mul(f64x2.sub(low, f64x2.sub(t, fraction)), load(LN2)),
    f64x2.mul(t, load(LN2_REST)),
  );
  const w = f64x2.add(e, eLow);
  const wLow = f64x2.sub(eLow, f64x2.sub(w, e));
  // (exp(w) - 1 - w) / w^2 on |w| <= ln(2) / 2
  const q = polynomial<f64>(10, w, EXP_TAIL);
  const tail = f64x2.add(f64x2.mul(f64x2.mul(w, w), q), f64x2.add(wLow, f64x2.mul(w, wLow)));
  const value = i64x2.add(f64x2.add(load(ONE), f64x2.add(w, tail)), i64x2.shl(shifted, 52));

  // A negative base: odd exponents give the sign, fractions NaN.
  const negative = f64x2.lt(x, f64x2.splat(0));
  if (i64x2.bitmask(negative) == 0) return value;
  const halfY = f64x2.mul(y, load(HALF));
  const odd = f64x2.ne(f64x2.floor(halfY), halfY);
  const whole = f64x2.eq(f64x2.floor(y), y);
  const signed = v128.xor(value, v128.and(v128.and(negative, odd), load(SIGN)));
  return v128.bitselect(signed, load(NAN), v128.or(whole, v128.not(negative)));
}
