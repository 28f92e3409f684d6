/**
 * Backward tile operations, f64: out = adjoint * partial derivative.
 *
 * a is the adjoint; b the operator's argument and c its value, or b and c its two arguments. Rules at kinks
 * are those of ../../reference/derivatives.ts.
 */
import * as fast from './elementary64';
import * as d from './checked64';
import { power } from './scalar';
import { digamma } from './special';
import * as op from './opcodes';

const LN2: f64 = 0.6931471805599453;
const LN10: f64 = 2.302585092994046;
const TWO_OVER_ROOT_PI: f64 = 1.1283791670955126;

/** Beside the opcodes of unary operators. */
export const MIN_A: i32 = 64;
export const MIN_B: i32 = 65;
export const MAX_A: i32 = 66;
export const MOD_B: i32 = 67;
export const ATAN2_A: i32 = 68;
export const ATAN2_B: i32 = 69;
export const MINUS_PRODUCT: i32 = 70;
export const POW_A: i32 = 71;
export const POW_B: i32 = 72;
export const DIV_B: i32 = 73;
/** Value and derivative at once: out = f(a), b = f'(a). */
export const SIN_BOTH: i32 = 74;
export const COS_BOTH: i32 = 75;

/** Local derivative from the argument x and the value v. */
@inline function slope(code: i32, x: v128, v: v128): v128 {
  const one = f64x2.splat(1);
  if (code == op.SQRT) return f64x2.div(f64x2.splat(0.5), v);
  if (code == op.CBRT) return f64x2.div(one, f64x2.mul(f64x2.splat(3), f64x2.mul(v, v)));
  if (code == op.SQUARE) return f64x2.add(x, x);
  if (code == op.CUBE) return f64x2.mul(f64x2.splat(3), f64x2.mul(x, x));
  if (code == op.INV) return f64x2.neg(f64x2.mul(v, v));
  if (code == op.EXP2) return f64x2.mul(f64x2.splat(LN2), v);
  if (code == op.LOG) return f64x2.div(one, x);
  if (code == op.LOG2) return f64x2.div(one, f64x2.mul(f64x2.splat(LN2), x));
  if (code == op.LOG10) return f64x2.div(one, f64x2.mul(f64x2.splat(LN10), x));
  if (code == op.LOG1P) return f64x2.div(one, f64x2.add(one, x));
  if (code == op.EXPM1) return f64x2.add(v, one);
  if (code == op.TAN) return f64x2.add(f64x2.mul(v, v), one);
  if (code == op.ATAN) return f64x2.div(one, f64x2.add(one, f64x2.mul(x, x)));
  if (code == op.SINH) return d.cosh(x);
  if (code == op.COSH) return d.sinh(x);
  if (code == op.TANH) return f64x2.mul(f64x2.sub(one, v), f64x2.add(one, v));
  if (code == op.ASINH) return f64x2.div(one, f64x2.sqrt(f64x2.add(f64x2.mul(x, x), one)));
  if (code == op.ACOSH) return f64x2.div(one, f64x2.sqrt(f64x2.mul(f64x2.sub(x, one), f64x2.add(x, one))));
  if (code == op.ATANH) return f64x2.div(one, f64x2.mul(f64x2.sub(one, x), f64x2.add(one, x)));
  if (code == op.ERF) return f64x2.mul(f64x2.splat(TWO_OVER_ROOT_PI), d.exp(f64x2.neg(f64x2.mul(x, x))));
  if (code == op.RELU) return v128.and(f64x2.gt(x, f64x2.splat(0)), one);
  if (code == op.SIGMOID) return f64x2.mul(v, f64x2.sub(one, v));
  if (code == op.ASIN || code == op.ACOS) {
    const root = f64x2.sqrt(f64x2.mul(f64x2.sub(one, x), f64x2.add(one, x)));
    return f64x2.div(code == op.ASIN ? one : f64x2.splat(-1), root);
  }
  // abs: the sign of x, and 0 at 0
  return v128.and(f64x2.ne(x, f64x2.splat(0)), v128.or(v128.and(x, f64x2.splat(-0.0)), one));
}

@inline function unary(code: i32, out: usize, a: usize, b: usize, c: usize, bytes: usize): void {
  const end = a + bytes;
  while (a < end) {
    v128.store(out, f64x2.mul(v128.load(a), slope(code, v128.load(b), v128.load(c))));
    v128.store(out, f64x2.mul(v128.load(a, 16), slope(code, v128.load(b, 16), v128.load(c, 16))), 16);
    a += 32;
    b += 32;
    c += 32;
    out += 32;
  }
}

/** Partial derivatives of two arguments, times the adjoint. */
@inline function partial(code: i32, adjoint: v128, x: v128, y: v128): v128 {
  if (code == MIN_A) return v128.andnot(adjoint, f64x2.gt(x, y));
  if (code == MIN_B || code == MAX_A) return v128.and(adjoint, f64x2.gt(x, y));
  if (code == MOD_B) return f64x2.neg(f64x2.mul(adjoint, f64x2.floor(f64x2.div(x, y))));
  if (code == MINUS_PRODUCT) return f64x2.neg(f64x2.mul(adjoint, x));
  if (code == DIV_B) return f64x2.neg(f64x2.div(f64x2.mul(adjoint, y), x));
  // atan2(x, y): x is the ordinate
  const square = f64x2.add(f64x2.mul(x, x), f64x2.mul(y, y));
  if (code == ATAN2_A) return f64x2.mul(adjoint, f64x2.div(y, square));
  return f64x2.neg(f64x2.mul(adjoint, f64x2.div(x, square)));
}

@inline function binary(code: i32, out: usize, a: usize, b: usize, c: usize, bytes: usize): void {
  const end = a + bytes;
  while (a < end) {
    v128.store(out, partial(code, v128.load(a), v128.load(b), v128.load(c)));
    v128.store(out, partial(code, v128.load(a, 16), v128.load(b, 16), v128.load(c, 16)), 16);
    a += 32;
    b += 32;
    c += 32;
    out += 32;
  }
}

/** d(x^y)/dx alone: out from x, y and the value. */
function powBase(out: usize, a: usize, b: usize, c: usize, bytes: usize): void {
  for (let i: usize = 0; i < bytes; i += 16) {
    const x = v128.load(a + i);
    const y = v128.load(b + i);
    const v = v128.load(c + i);
    const quotient = f64x2.div(f64x2.mul(y, v), x);
    const usual = v128.and(
      f64x2.gt(f64x2.abs(v), f64x2.splat(1e-290)), f64x2.lt(f64x2.abs(f64x2.mul(y, v)), f64x2.splat(Infinity)),
    );
    if (fast.both(usual)) {
      v128.store(out + i, quotient);
    } else {
      store<f64>(out + i, powBaseScalar(f64x2.extract_lane(x, 0), f64x2.extract_lane(y, 0)));
      store<f64>(out + i, powBaseScalar(f64x2.extract_lane(x, 1), f64x2.extract_lane(y, 1)), 8);
    }
  }
}

function powBaseScalar(x: f64, y: f64): f64 {
  if (y == 0 && x != 0) return x == x ? 0 : NaN;
  if (x == 0) return y > 1 ? 0 : y == 1 ? 1 : y > 0 ? Infinity : NaN;
  return y * power(x, y - 1);
}

/** d(x^y)/dy alone. */
function powExponent(out: usize, a: usize, b: usize, c: usize, bytes: usize): void {
  for (let i: usize = 0; i < bytes; i += 16) {
    const x = v128.load(a + i);
    const zero = v128.and(f64x2.eq(x, f64x2.splat(0)), f64x2.gt(v128.load(b + i), f64x2.splat(0)));
    const slope = f64x2.mul(v128.load(c + i), d.log(v128.bitselect(f64x2.splat(1), x, zero)));
    v128.store(out + i, slope);
  }
}

function gamma_(out: usize, a: usize, b: usize, c: usize, bytes: usize): void {
  for (let i: usize = 0; i < bytes; i += 8) {
    store<f64>(out + i, load<f64>(a + i) * load<f64>(c + i) * digamma(load<f64>(b + i)));
  }
}

@inline function sinCos(isSin: bool, out: usize, a: usize, b: usize, bytes: usize): void {
  const end = a + bytes;
  while (a < end) {
    const x = v128.load(a);
    if (fast.both(fast.usual(op.TAN, x))) {
      const t = fast.quadrant(x);
      const r = fast.reduceQuadrant(x, t);
      const z = f64x2.mul(r, r);
      const even = fast.sinShort(r, z);
      const odd = fast.cosShort(z);
      const swap = i64x2.lt_s(i64x2.shl(t, 63), i64x2.splat(0));
      const sin = v128.xor(v128.bitselect(odd, even, swap), fast.sinSign(t));
      const cos = v128.xor(v128.bitselect(even, odd, swap), fast.cosSign(t));
      v128.store(out, isSin ? sin : cos);
      v128.store(b, isSin ? cos : f64x2.neg(sin));
    } else {
      v128.store(out, d.eachLane(isSin ? op.SIN : op.COS, x));
      const other = d.eachLane(isSin ? op.COS : op.SIN, x);
      v128.store(b, isSin ? other : f64x2.neg(other));
    }
    a += 16;
    b += 16;
    out += 16;
  }
}

function d_abs(out: usize, a: usize, b: usize, c: usize, bytes: usize): void { unary(op.ABS, out, a, b, c, bytes); }
function d_sqrt(out: usize, a: usize, b: usize, c: usize, bytes: usize): void { unary(op.SQRT, out, a, b, c, bytes); }
function d_cbrt(out: usize, a: usize, b: usize, c: usize, bytes: usize): void { unary(op.CBRT, out, a, b, c, bytes); }
function d_square(out: usize, a: usize, b: usize, c: usize, bytes: usize): void { unary(op.SQUARE, out, a, b, c, bytes); }
function d_cube(out: usize, a: usize, b: usize, c: usize, bytes: usize): void { unary(op.CUBE, out, a, b, c, bytes); }
function d_inv(out: usize, a: usize, b: usize, c: usize, bytes: usize): void { unary(op.INV, out, a, b, c, bytes); }
function d_exp2(out: usize, a: usize, b: usize, c: usize, bytes: usize): void { unary(op.EXP2, out, a, b, c, bytes); }
function d_log(out: usize, a: usize, b: usize, c: usize, bytes: usize): void { unary(op.LOG, out, a, b, c, bytes); }
function d_log2(out: usize, a: usize, b: usize, c: usize, bytes: usize): void { unary(op.LOG2, out, a, b, c, bytes); }
function d_log10(out: usize, a: usize, b: usize, c: usize, bytes: usize): void { unary(op.LOG10, out, a, b, c, bytes); }
function d_log1p(out: usize, a: usize, b: usize, c: usize, bytes: usize): void { unary(op.LOG1P, out, a, b, c, bytes); }
function d_expm1(out: usize, a: usize, b: usize, c: usize, bytes: usize): void { unary(op.EXPM1, out, a, b, c, bytes); }
function d_tan(out: usize, a: usize, b: usize, c: usize, bytes: usize): void { unary(op.TAN, out, a, b, c, bytes); }
function d_asin(out: usize, a: usize, b: usize, c: usize, bytes: usize): void { unary(op.ASIN, out, a, b, c, bytes); }
function d_acos(out: usize, a: usize, b: usize, c: usize, bytes: usize): void { unary(op.ACOS, out, a, b, c, bytes); }
function d_atan(out: usize, a: usize, b: usize, c: usize, bytes: usize): void { unary(op.ATAN, out, a, b, c, bytes); }
function d_sinh(out: usize, a: usize, b: usize, c: usize, bytes: usize): void { unary(op.SINH, out, a, b, c, bytes); }
function d_cosh(out: usize, a: usize, b: usize, c: usize, bytes: usize): void { unary(op.COSH, out, a, b, c, bytes); }
function d_tanh(out: usize, a: usize, b: usize, c: usize, bytes: usize): void { unary(op.TANH, out, a, b, c, bytes); }
function d_asinh(out: usize, a: usize, b: usize, c: usize, bytes: usize): void { unary(op.ASINH, out, a, b, c, bytes); }
function d_acosh(out: usize, a: usize, b: usize, c: usize, bytes: usize): void { unary(op.ACOSH, out, a, b, c, bytes); }
function d_atanh(out: usize, a: usize, b: usize, c: usize, bytes: usize): void { unary(op.ATANH, out, a, b, c, bytes); }
function d_erf(out: usize, a: usize, b: usize, c: usize, bytes: usize): void { unary(op.ERF, out, a, b, c, bytes); }
function d_relu(out: usize, a: usize, b: usize, c: usize, bytes: usize): void { unary(op.RELU, out, a, b, c, bytes); }
function d_sigmoid(out: usize, a: usize, b: usize, c: usize, bytes: usize): void { unary(op.SIGMOID, out, a, b, c, bytes); }
function d_min_a(out: usize, a: usize, b: usize, c: usize, bytes: usize): void { binary(MIN_A, out, a, b, c, bytes); }
function d_min_b(out: usize, a: usize, b: usize, c: usize, bytes: usize): void { binary(MIN_B, out, a, b, c, bytes); }
function d_mod_b(out: usize, a: usize, b: usize, c: usize, bytes: usize): void { binary(MOD_B, out, a, b, c, bytes); }
function d_atan2_a(out: usize, a: usize, b: usize, c: usize, bytes: usize): void { binary(ATAN2_A, out, a, b, c, bytes); }
function d_atan2_b(out: usize, a: usize, b: usize, c: usize, bytes: usize): void { binary(ATAN2_B, out, a, b, c, bytes); }
function d_minus_product(out: usize, a: usize, b: usize, c: usize, bytes: usize): void { binary(MINUS_PRODUCT, out, a, b, c, bytes); }
function d_div_b(out: usize, a: usize, b: usize, c: usize, bytes: usize): void { binary(DIV_B, out, a, b, c, bytes); }
function sinBoth(out: usize, a: usize, b: usize, c: usize, bytes: usize): void { sinCos(true, out, a, b, bytes); }
function cosBoth(out: usize, a: usize, b: usize, c: usize, bytes: usize): void { sinCos(false, out, a, b, bytes); }

/** Function indices by code. */
const TABLE: usize = memory.data(4 * 128);

/** The backward operation of a code; 0 where there is none. */
@inline export function backward(code: i32): u32 {
  return load<u32>(TABLE + 4 * code);
}

export function buildBackwardTable(): void {
  store<u32>(TABLE + 4 * op.ABS, d_abs.index);
  store<u32>(TABLE + 4 * op.SQRT, d_sqrt.index);
  store<u32>(TABLE + 4 * op.CBRT, d_cbrt.index);
  store<u32>(TABLE + 4 * op.SQUARE, d_square.index);
  store<u32>(TABLE + 4 * op.CUBE, d_cube.index);
  store<u32>(TABLE + 4 * op.INV, d_inv.index);
  store<u32>(TABLE + 4 * op.EXP2, d_exp2.index);
  store<u32>(TABLE + 4 * op.LOG, d_log.index);
  store<u32>(TABLE + 4 * op.LOG2, d_log2.index);
  store<u32>(TABLE + 4 * op.LOG10, d_log10.index);
  store<u32>(TABLE + 4 * op.LOG1P, d_log1p.index);
  store<u32>(TABLE + 4 * op.EXPM1, d_expm1.index);
  store<u32>(TABLE + 4 * op.TAN, d_tan.index);
  store<u32>(TABLE + 4 * op.ASIN, d_asin.index);
  store<u32>(TABLE + 4 * op.ACOS, d_acos.index);
  store<u32>(TABLE + 4 * op.ATAN, d_atan.index);
  store<u32>(TABLE + 4 * op.SINH, d_sinh.index);
  store<u32>(TABLE + 4 * op.COSH, d_cosh.index);
  store<u32>(TABLE + 4 * op.TANH, d_tanh.index);
  store<u32>(TABLE + 4 * op.ASINH, d_asinh.index);
  store<u32>(TABLE + 4 * op.ACOSH, d_acosh.index);
  store<u32>(TABLE + 4 * op.ATANH, d_atanh.index);
  store<u32>(TABLE + 4 * op.ERF, d_erf.index);
  store<u32>(TABLE + 4 * op.RELU, d_relu.index);
  store<u32>(TABLE + 4 * op.SIGMOID, d_sigmoid.index);
  store<u32>(TABLE + 4 * MIN_A, d_min_a.index);
  store<u32>(TABLE + 4 * MIN_B, d_min_b.index);
  store<u32>(TABLE + 4 * MAX_A, d_min_b.index);
  store<u32>(TABLE + 4 * MOD_B, d_mod_b.index);
  store<u32>(TABLE + 4 * ATAN2_A, d_atan2_a.index);
  store<u32>(TABLE + 4 * ATAN2_B, d_atan2_b.index);
  store<u32>(TABLE + 4 * MINUS_PRODUCT, d_minus_product.index);
  store<u32>(TABLE + 4 * DIV_B, d_div_b.index);
  store<u32>(TABLE + 4 * SIN_BOTH, sinBoth.index);
  store<u32>(TABLE + 4 * COS_BOTH, cosBoth.index);
  store<u32>(TABLE + 4 * op.GAMMA, gamma_.index);
  store<u32>(TABLE + 4 * POW_A, powBase.index);
  store<u32>(TABLE + 4 * POW_B, powExponent.index);
}
