/** The f64 functions for any argument: the vector form where it holds on both lanes, else the scalar library. */
import * as fast from './elementary64';
import { scalar } from './scalar';
import { COSH, EXP, EXPM1, LOG, LOG1P, SINH } from './opcodes';

export function eachLane(code: i32, x: v128): v128 {
  const y = f64x2.splat(scalar(code, f64x2.extract_lane(x, 0)));
  return f64x2.replace_lane(y, 1, scalar(code, f64x2.extract_lane(x, 1)));
}

/** y with the lanes outside of the mask done one by one. */
export function rescue(code: i32, x: v128, y: v128, mask: v128): v128 {
  const bits = i64x2.bitmask(mask);
  if (!(bits & 1)) y = f64x2.replace_lane(y, 0, scalar(code, f64x2.extract_lane(x, 0)));
  if (!(bits & 2)) y = f64x2.replace_lane(y, 1, scalar(code, f64x2.extract_lane(x, 1)));
  return y;
}

@inline function holds(code: i32, x: v128): bool {
  return fast.both(fast.usual(code, x));
}

@inline export function exp(x: v128): v128 {
  return holds(EXP, x) ? fast.exp(x) : eachLane(EXP, x);
}
@inline export function expm1(x: v128): v128 {
  return holds(EXPM1, x) ? fast.expm1(x) : eachLane(EXPM1, x);
}
@inline export function log(x: v128): v128 {
  return holds(LOG, x) ? fast.log(x) : eachLane(LOG, x);
}
@inline export function log1p(x: v128): v128 {
  return holds(LOG1P, x) ? fast.log1p(x) : eachLane(LOG1P, x);
}
@inline export function sinh(x: v128): v128 {
  return holds(SINH, x) ? fast.sinh(x) : eachLane(SINH, x);
}
@inline export function cosh(x: v128): v128 {
  return holds(COSH, x) ? fast.cosh(x) : eachLane(COSH, x);
}
