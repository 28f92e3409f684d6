/**
 * One function a tile operation: out[i] = f(a[i], b[i], c[i]) over `bytes` bytes, a multiple of 64.
 *
 * All have one signature and sit in the function table, so that an instruction holds an index. An output may
 * be one of its inputs. A constant operand is 64 bytes of one value; the right and left variants read only
 * its first vector. The bodies are written once over the element type and the operator; both are literals, so
 * each function is compiled to one loop.
 */
import { rescue } from './checked64';
import * as d from './elementary64';
import { atan2, scalar } from './scalar';
import * as s from './elementary32';
import { pow as pow64 } from './power64';
import * as op from './opcodes';

/** y - x and y / x. */
const C_SUB: i32 = 120;
const C_DIV: i32 = 121;

@inline function splat<T>(x: f64): v128 {
  return v128.splat<T>(<T>x);
}

@inline function binaryVector<T>(code: i32, x: v128, y: v128): v128 {
  if (code == op.ADD) return v128.add<T>(x, y);
  if (code == op.SUB) return v128.sub<T>(x, y);
  if (code == op.MUL) return v128.mul<T>(x, y);
  if (code == op.DIV) return v128.div<T>(x, y);
  if (code == C_SUB) return v128.sub<T>(y, x);
  if (code == C_DIV) return v128.div<T>(y, x);
  if (code == op.MIN) return v128.min<T>(x, y);
  if (code == op.MAX) return v128.max<T>(x, y);
  // The table's rule, a - b floor(a / b), operation by operation.
  return v128.sub<T>(x, v128.mul<T>(y, v128.floor<T>(v128.div<T>(x, y))));
}

@inline function unaryVector<T>(code: i32, x: v128): v128 {
  if (code == op.NEG) return v128.neg<T>(x);
  if (code == op.ABS) return v128.abs<T>(x);
  if (code == op.SQRT) return v128.sqrt<T>(x);
  if (code == op.SQUARE) return v128.mul<T>(x, x);
  if (code == op.CUBE) return v128.mul<T>(v128.mul<T>(x, x), x);
  if (code == op.INV) return v128.div<T>(splat<T>(1), x);
  if (code == op.FLOOR) return v128.floor<T>(x);
  if (code == op.CEIL) return v128.ceil<T>(x);
  if (code == op.RELU) return v128.max<T>(x, splat<T>(0));
  const zero = splat<T>(0);
  const one = splat<T>(1);
  if (code == op.STEP) return v128.bitselect(v128.and(v128.gt<T>(x, zero), one), x, v128.eq<T>(x, x));
  // sign: a zero and a NaN are kept as they are
  const signed = v128.or(v128.and(x, splat<T>(-0.0)), one);
  return v128.bitselect(signed, x, v128.or(v128.gt<T>(x, zero), v128.lt<T>(x, zero)));
}

/** Cheap operators: four vectors a turn. */
@inline function binary<T>(code: i32, out: usize, a: usize, b: usize, bytes: usize): void {
  const end = a + bytes;
  while (a < end) {
    v128.store(out, binaryVector<T>(code, v128.load(a), v128.load(b)));
    v128.store(out, binaryVector<T>(code, v128.load(a, 16), v128.load(b, 16)), 16);
    v128.store(out, binaryVector<T>(code, v128.load(a, 32), v128.load(b, 32)), 32);
    v128.store(out, binaryVector<T>(code, v128.load(a, 48), v128.load(b, 48)), 48);
    a += 64;
    b += 64;
    out += 64;
  }
}

@inline function withConstant<T>(code: i32, out: usize, a: usize, b: usize, bytes: usize): void {
  const end = a + bytes;
  const y = v128.load(b);
  while (a < end) {
    v128.store(out, binaryVector<T>(code, v128.load(a), y));
    v128.store(out, binaryVector<T>(code, v128.load(a, 16), y), 16);
    v128.store(out, binaryVector<T>(code, v128.load(a, 32), y), 32);
    v128.store(out, binaryVector<T>(code, v128.load(a, 48), y), 48);
    a += 64;
    out += 64;
  }
}

@inline function unary<T>(code: i32, out: usize, a: usize, bytes: usize): void {
  const end = a + bytes;
  while (a < end) {
    v128.store(out, unaryVector<T>(code, v128.load(a)));
    v128.store(out, unaryVector<T>(code, v128.load(a, 16)), 16);
    v128.store(out, unaryVector<T>(code, v128.load(a, 32)), 32);
    v128.store(out, unaryVector<T>(code, v128.load(a, 48)), 48);
    a += 64;
    out += 64;
  }
}

@inline function elementary64(code: i32, x: v128): v128 {
  if (code == op.EXP) return d.exp(x);
  if (code == op.EXP2) return d.exp2(x);
  if (code == op.LOG) return d.log(x);
  if (code == op.LOG2) return d.log2(x);
  if (code == op.LOG10) return d.log10(x);
  if (code == op.LOG1P) return d.log1p(x);
  if (code == op.EXPM1) return d.expm1(x);
  if (code == op.SIN) return d.sin(x);
  if (code == op.COS) return d.cos(x);
  if (code == op.TAN) return d.tan(x);
  if (code == op.ASIN) return d.asin(x);
  if (code == op.ACOS) return d.acos(x);
  if (code == op.ATAN) return d.atan(x);
  if (code == op.SINH) return d.sinh(x);
  if (code == op.COSH) return d.cosh(x);
  if (code == op.TANH) return d.tanh(x);
  return d.sigmoid(x);
}

@inline function elementary32(code: i32, x: v128): v128 {
  if (code == op.EXP) return s.exp(x);
  if (code == op.LOG) return s.log(x);
  if (code == op.SIN) return s.sin(x);
  if (code == op.COS) return s.cos(x);
  if (code == op.TANH) return s.tanh(x);
  return s.sigmoid(x);
}

/** Rare operators in f32: a tile is widened in two halves, computed in f64 and narrowed. */
const WIDE: usize = memory.data(2048, 16);

function widened(code: i32, out: usize, a: usize, bytes: usize): void {
  const index = tileFunction<f64>(code);
  for (let at: usize = 0; at < bytes; at += 1024) {
    const part = min(<usize>1024, bytes - at);
    for (let i: usize = 0; i < part; i += 16) {
      const x = v128.load(a + at + i);
      v128.store(WIDE + 2 * i, s.lowHalf(x));
      v128.store(WIDE + 2 * i, s.highHalf(x), 16);
    }
    call_indirect<void>(index, WIDE, WIDE, WIDE, WIDE, 2 * part);
    for (let i: usize = 0; i < part; i += 16) {
      v128.store(out + at + i, s.joinHalves(v128.load(WIDE + 2 * i), v128.load(WIDE + 2 * i, 16)));
    }
  }
}

/**
 * Costly operators: two vectors a turn, which share the loads of the coefficients and the test for odd lanes.
 * Both are computed before either is stored: a store would make the compiler load the coefficients again.
 */
@inline function map64(code: i32, out: usize, a: usize, bytes: usize): void {
  const end = a + bytes;
  while (a < end) {
    const x = v128.load(a);
    const y = v128.load(a, 16);
    if (d.isTotal(code) || d.both(v128.and(d.usual(code, x), d.usual(code, y)))) {
      const u = elementary64(code, x);
      const v = elementary64(code, y);
      v128.store(out, u);
      v128.store(out, v, 16);
    } else {
      oddLanes64(code, out, a);
    }
    a += 32;
    out += 32;
  }
}

@inline function map32(code: i32, out: usize, a: usize, bytes: usize): void {
  const end = a + bytes;
  while (a < end) {
    const x = v128.load(a);
    const y = v128.load(a, 16);
    if (code == op.TANH || s.all(v128.and(s.usual(code, x), s.usual(code, y)))) {
      const u = elementary32(code, x);
      const v = elementary32(code, y);
      v128.store(out, u);
      v128.store(out, v, 16);
    } else {
      oddLanes32(code, out, a);
    }
    a += 32;
    out += 32;
  }
}

/** Two vectors of which some lanes need the scalar library; the others get what they get beside usual neighbours. */
function oddLanes64(code: i32, out: usize, a: usize): void {
  for (let at: usize = 0; at < 32; at += 16) {
    const x = v128.load(a + at);
    v128.store(out + at, rescue(code, x, elementary64(code, x), d.usual(code, x)));
  }
}

function oddLanes32(code: i32, out: usize, a: usize): void {
  for (let at: usize = 0; at < 32; at += 16) {
    const x = v128.load(a + at);
    v128.store(out + at, rescue32(code, x, elementary32(code, x), s.usual(code, x)));
  }
}

/** Lanes outside of the mask are done in f64 and rounded. */
function rescue32(code: i32, x: v128, y: v128, mask: v128): v128 {
  const low = rescue(code, s.lowHalf(x), s.lowHalf(y), s.lowMask(mask));
  const high = rescue(code, s.highHalf(x), s.highHalf(y), s.highMask(mask));
  return s.joinHalves(low, high);
}

/** Rare operators: lane by lane. */
@inline function lanes64(code: i32, out: usize, a: usize, bytes: usize): void {
  for (let i: usize = 0; i < bytes; i += 8) store<f64>(out + i, scalar(code, load<f64>(a + i)));
}

function fill(out: usize, a: usize, b: usize, c: usize, bytes: usize): void {
  const end = out + bytes;
  const x = v128.load(a);
  while (out < end) {
    v128.store(out, x);
    v128.store(out, x, 16);
    v128.store(out, x, 32);
    v128.store(out, x, 48);
    out += 64;
  }
}

function power_64(out: usize, a: usize, b: usize, c: usize, bytes: usize): void {
  const end = a + bytes;
  while (a < end) {
    v128.store(out, pow64(v128.load(a), v128.load(b)));
    a += 16;
    b += 16;
    out += 16;
  }
}

function power_32(out: usize, a: usize, b: usize, c: usize, bytes: usize): void {
  const end = a + bytes;
  while (a < end) {
    const x = v128.load(a);
    const y = v128.load(b);
    v128.store(out, s.joinHalves(pow64(s.lowHalf(x), s.lowHalf(y)), pow64(s.highHalf(x), s.highHalf(y))));
    a += 16;
    b += 16;
    out += 16;
  }
}

function atan2_64(out: usize, a: usize, b: usize, c: usize, bytes: usize): void {
  for (let i: usize = 0; i < bytes; i += 8) store<f64>(out + i, atan2(load<f64>(a + i), load<f64>(b + i)));
}

function atan2_32(out: usize, a: usize, b: usize, c: usize, bytes: usize): void {
  for (let i: usize = 0; i < bytes; i += 4) {
    store<f32>(out + i, <f32>atan2(<f64>load<f32>(a + i), <f64>load<f32>(b + i)));
  }
}

function add_64(out: usize, a: usize, b: usize, c: usize, bytes: usize): void { binary<f64>(op.ADD, out, a, b, bytes); }
function add_32(out: usize, a: usize, b: usize, c: usize, bytes: usize): void { binary<f32>(op.ADD, out, a, b, bytes); }
function sub_64(out: usize, a: usize, b: usize, c: usize, bytes: usize): void { binary<f64>(op.SUB, out, a, b, bytes); }
function sub_32(out: usize, a: usize, b: usize, c: usize, bytes: usize): void { binary<f32>(op.SUB, out, a, b, bytes); }
function mul_64(out: usize, a: usize, b: usize, c: usize, bytes: usize): void { binary<f64>(op.MUL, out, a, b, bytes); }
function mul_32(out: usize, a: usize, b: usize, c: usize, bytes: usize): void { binary<f32>(op.MUL, out, a, b, bytes); }
function div_64(out: usize, a: usize, b: usize, c: usize, bytes: usize): void { binary<f64>(op.DIV, out, a, b, bytes); }
function div_32(out: usize, a: usize, b: usize, c: usize, bytes: usize): void { binary<f32>(op.DIV, out, a, b, bytes); }
function min_64(out: usize, a: usize, b: usize, c: usize, bytes: usize): void { binary<f64>(op.MIN, out, a, b, bytes); }
function min_32(out: usize, a: usize, b: usize, c: usize, bytes: usize): void { binary<f32>(op.MIN, out, a, b, bytes); }
function max_64(out: usize, a: usize, b: usize, c: usize, bytes: usize): void { binary<f64>(op.MAX, out, a, b, bytes); }
function max_32(out: usize, a: usize, b: usize, c: usize, bytes: usize): void { binary<f32>(op.MAX, out, a, b, bytes); }
function mod_64(out: usize, a: usize, b: usize, c: usize, bytes: usize): void { binary<f64>(op.MOD, out, a, b, bytes); }
function mod_32(out: usize, a: usize, b: usize, c: usize, bytes: usize): void { binary<f32>(op.MOD, out, a, b, bytes); }
function add_right_64(out: usize, a: usize, b: usize, c: usize, bytes: usize): void { withConstant<f64>(op.ADD, out, a, b, bytes); }
function add_right_32(out: usize, a: usize, b: usize, c: usize, bytes: usize): void { withConstant<f32>(op.ADD, out, a, b, bytes); }
function sub_right_64(out: usize, a: usize, b: usize, c: usize, bytes: usize): void { withConstant<f64>(op.SUB, out, a, b, bytes); }
function sub_right_32(out: usize, a: usize, b: usize, c: usize, bytes: usize): void { withConstant<f32>(op.SUB, out, a, b, bytes); }
function mul_right_64(out: usize, a: usize, b: usize, c: usize, bytes: usize): void { withConstant<f64>(op.MUL, out, a, b, bytes); }
function mul_right_32(out: usize, a: usize, b: usize, c: usize, bytes: usize): void { withConstant<f32>(op.MUL, out, a, b, bytes); }
function div_right_64(out: usize, a: usize, b: usize, c: usize, bytes: usize): void { withConstant<f64>(op.DIV, out, a, b, bytes); }
function div_right_32(out: usize, a: usize, b: usize, c: usize, bytes: usize): void { withConstant<f32>(op.DIV, out, a, b, bytes); }
function sub_left_64(out: usize, a: usize, b: usize, c: usize, bytes: usize): void { withConstant<f64>(C_SUB, out, a, b, bytes); }
function sub_left_32(out: usize, a: usize, b: usize, c: usize, bytes: usize): void { withConstant<f32>(C_SUB, out, a, b, bytes); }
function div_left_64(out: usize, a: usize, b: usize, c: usize, bytes: usize): void { withConstant<f64>(C_DIV, out, a, b, bytes); }
function div_left_32(out: usize, a: usize, b: usize, c: usize, bytes: usize): void { withConstant<f32>(C_DIV, out, a, b, bytes); }
function neg_64(out: usize, a: usize, b: usize, c: usize, bytes: usize): void { unary<f64>(op.NEG, out, a, bytes); }
function neg_32(out: usize, a: usize, b: usize, c: usize, bytes: usize): void { unary<f32>(op.NEG, out, a, bytes); }
function abs_64(out: usize, a: usize, b: usize, c: usize, bytes: usize): void { unary<f64>(op.ABS, out, a, bytes); }
function abs_32(out: usize, a: usize, b: usize, c: usize, bytes: usize): void { unary<f32>(op.ABS, out, a, bytes); }
function sqrt_64(out: usize, a: usize, b: usize, c: usize, bytes: usize): void { unary<f64>(op.SQRT, out, a, bytes); }
function sqrt_32(out: usize, a: usize, b: usize, c: usize, bytes: usize): void { unary<f32>(op.SQRT, out, a, bytes); }
function square_64(out: usize, a: usize, b: usize, c: usize, bytes: usize): void { unary<f64>(op.SQUARE, out, a, bytes); }
function square_32(out: usize, a: usize, b: usize, c: usize, bytes: usize): void { unary<f32>(op.SQUARE, out, a, bytes); }
function cube_64(out: usize, a: usize, b: usize, c: usize, bytes: usize): void { unary<f64>(op.CUBE, out, a, bytes); }
function cube_32(out: usize, a: usize, b: usize, c: usize, bytes: usize): void { unary<f32>(op.CUBE, out, a, bytes); }
function inv_64(out: usize, a: usize, b: usize, c: usize, bytes: usize): void { unary<f64>(op.INV, out, a, bytes); }
function inv_32(out: usize, a: usize, b: usize, c: usize, bytes: usize): void { unary<f32>(op.INV, out, a, bytes); }
function floor_64(out: usize, a: usize, b: usize, c: usize, bytes: usize): void { unary<f64>(op.FLOOR, out, a, bytes); }
function floor_32(out: usize, a: usize, b: usize, c: usize, bytes: usize): void { unary<f32>(op.FLOOR, out, a, bytes); }
function ceil_64(out: usize, a: usize, b: usize, c: usize, bytes: usize): void { unary<f64>(op.CEIL, out, a, bytes); }
function ceil_32(out: usize, a: usize, b: usize, c: usize, bytes: usize): void { unary<f32>(op.CEIL, out, a, bytes); }
function relu_64(out: usize, a: usize, b: usize, c: usize, bytes: usize): void { unary<f64>(op.RELU, out, a, bytes); }
function relu_32(out: usize, a: usize, b: usize, c: usize, bytes: usize): void { unary<f32>(op.RELU, out, a, bytes); }
function step_64(out: usize, a: usize, b: usize, c: usize, bytes: usize): void { unary<f64>(op.STEP, out, a, bytes); }
function step_32(out: usize, a: usize, b: usize, c: usize, bytes: usize): void { unary<f32>(op.STEP, out, a, bytes); }
function sign_64(out: usize, a: usize, b: usize, c: usize, bytes: usize): void { unary<f64>(op.SIGN, out, a, bytes); }
function sign_32(out: usize, a: usize, b: usize, c: usize, bytes: usize): void { unary<f32>(op.SIGN, out, a, bytes); }
function exp_64(out: usize, a: usize, b: usize, c: usize, bytes: usize): void { map64(op.EXP, out, a, bytes); }
function exp_32(out: usize, a: usize, b: usize, c: usize, bytes: usize): void { map32(op.EXP, out, a, bytes); }
function exp2_64(out: usize, a: usize, b: usize, c: usize, bytes: usize): void { map64(op.EXP2, out, a, bytes); }
function exp2_32(out: usize, a: usize, b: usize, c: usize, bytes: usize): void { widened(op.EXP2, out, a, bytes); }
function log_64(out: usize, a: usize, b: usize, c: usize, bytes: usize): void { map64(op.LOG, out, a, bytes); }
function log_32(out: usize, a: usize, b: usize, c: usize, bytes: usize): void { map32(op.LOG, out, a, bytes); }
function log2_64(out: usize, a: usize, b: usize, c: usize, bytes: usize): void { map64(op.LOG2, out, a, bytes); }
function log2_32(out: usize, a: usize, b: usize, c: usize, bytes: usize): void { widened(op.LOG2, out, a, bytes); }
function log10_64(out: usize, a: usize, b: usize, c: usize, bytes: usize): void { map64(op.LOG10, out, a, bytes); }
function log10_32(out: usize, a: usize, b: usize, c: usize, bytes: usize): void { widened(op.LOG10, out, a, bytes); }
function log1p_64(out: usize, a: usize, b: usize, c: usize, bytes: usize): void { map64(op.LOG1P, out, a, bytes); }
function log1p_32(out: usize, a: usize, b: usize, c: usize, bytes: usize): void { widened(op.LOG1P, out, a, bytes); }
function expm1_64(out: usize, a: usize, b: usize, c: usize, bytes: usize): void { map64(op.EXPM1, out, a, bytes); }
function expm1_32(out: usize, a: usize, b: usize, c: usize, bytes: usize): void { widened(op.EXPM1, out, a, bytes); }
function sin_64(out: usize, a: usize, b: usize, c: usize, bytes: usize): void { map64(op.SIN, out, a, bytes); }
function sin_32(out: usize, a: usize, b: usize, c: usize, bytes: usize): void { map32(op.SIN, out, a, bytes); }
function cos_64(out: usize, a: usize, b: usize, c: usize, bytes: usize): void { map64(op.COS, out, a, bytes); }
function cos_32(out: usize, a: usize, b: usize, c: usize, bytes: usize): void { map32(op.COS, out, a, bytes); }
function tan_64(out: usize, a: usize, b: usize, c: usize, bytes: usize): void { map64(op.TAN, out, a, bytes); }
function tan_32(out: usize, a: usize, b: usize, c: usize, bytes: usize): void { widened(op.TAN, out, a, bytes); }
function asin_64(out: usize, a: usize, b: usize, c: usize, bytes: usize): void { map64(op.ASIN, out, a, bytes); }
function asin_32(out: usize, a: usize, b: usize, c: usize, bytes: usize): void { widened(op.ASIN, out, a, bytes); }
function acos_64(out: usize, a: usize, b: usize, c: usize, bytes: usize): void { map64(op.ACOS, out, a, bytes); }
function acos_32(out: usize, a: usize, b: usize, c: usize, bytes: usize): void { widened(op.ACOS, out, a, bytes); }
function atan_64(out: usize, a: usize, b: usize, c: usize, bytes: usize): void { map64(op.ATAN, out, a, bytes); }
function atan_32(out: usize, a: usize, b: usize, c: usize, bytes: usize): void { widened(op.ATAN, out, a, bytes); }
function sinh_64(out: usize, a: usize, b: usize, c: usize, bytes: usize): void { map64(op.SINH, out, a, bytes); }
function sinh_32(out: usize, a: usize, b: usize, c: usize, bytes: usize): void { widened(op.SINH, out, a, bytes); }
function cosh_64(out: usize, a: usize, b: usize, c: usize, bytes: usize): void { map64(op.COSH, out, a, bytes); }
function cosh_32(out: usize, a: usize, b: usize, c: usize, bytes: usize): void { widened(op.COSH, out, a, bytes); }
function tanh_64(out: usize, a: usize, b: usize, c: usize, bytes: usize): void { map64(op.TANH, out, a, bytes); }
function tanh_32(out: usize, a: usize, b: usize, c: usize, bytes: usize): void { map32(op.TANH, out, a, bytes); }
function sigmoid_64(out: usize, a: usize, b: usize, c: usize, bytes: usize): void { map64(op.SIGMOID, out, a, bytes); }
function sigmoid_32(out: usize, a: usize, b: usize, c: usize, bytes: usize): void { map32(op.SIGMOID, out, a, bytes); }
function cbrt_64(out: usize, a: usize, b: usize, c: usize, bytes: usize): void { lanes64(op.CBRT, out, a, bytes); }
function cbrt_32(out: usize, a: usize, b: usize, c: usize, bytes: usize): void { widened(op.CBRT, out, a, bytes); }
function asinh_64(out: usize, a: usize, b: usize, c: usize, bytes: usize): void { lanes64(op.ASINH, out, a, bytes); }
function asinh_32(out: usize, a: usize, b: usize, c: usize, bytes: usize): void { widened(op.ASINH, out, a, bytes); }
function acosh_64(out: usize, a: usize, b: usize, c: usize, bytes: usize): void { lanes64(op.ACOSH, out, a, bytes); }
function acosh_32(out: usize, a: usize, b: usize, c: usize, bytes: usize): void { widened(op.ACOSH, out, a, bytes); }
function atanh_64(out: usize, a: usize, b: usize, c: usize, bytes: usize): void { lanes64(op.ATANH, out, a, bytes); }
function atanh_32(out: usize, a: usize, b: usize, c: usize, bytes: usize): void { widened(op.ATANH, out, a, bytes); }
function erf_64(out: usize, a: usize, b: usize, c: usize, bytes: usize): void { lanes64(op.ERF, out, a, bytes); }
function erf_32(out: usize, a: usize, b: usize, c: usize, bytes: usize): void { widened(op.ERF, out, a, bytes); }
function gamma_64(out: usize, a: usize, b: usize, c: usize, bytes: usize): void { lanes64(op.GAMMA, out, a, bytes); }
function gamma_32(out: usize, a: usize, b: usize, c: usize, bytes: usize): void { widened(op.GAMMA, out, a, bytes); }

/** Function indices of the f64 tile operations, then of the f32 ones. */
const TABLE: usize = memory.data(4 * 2 * 128);
/** Writes one vector over a whole tile. */
export const FILL: i32 = 100;

@inline function put64(code: i32, index: u32): void {
  store<u32>(TABLE + 4 * code, index);
}
@inline function put32(code: i32, index: u32): void {
  store<u32>(TABLE + 4 * (128 + code), index);
}

/** Index in the function table of an operator on tiles. */
@inline export function tileFunction<T>(code: i32): u32 {
  return load<u32>(TABLE + 4 * ((sizeof<T>() == 4 ? 128 : 0) + code));
}

/** Variant of add to div with a constant second operand, and with a constant first operand that is passed second. */
@inline export function rightConstant(code: i32): i32 {
  return 64 + code;
}
@inline export function leftConstant(code: i32): i32 {
  return 72 + code;
}

export function buildTable(): void {
  put64(op.ADD, add_64.index);
  put32(op.ADD, add_32.index);
  put64(op.SUB, sub_64.index);
  put32(op.SUB, sub_32.index);
  put64(op.MUL, mul_64.index);
  put32(op.MUL, mul_32.index);
  put64(op.DIV, div_64.index);
  put32(op.DIV, div_32.index);
  put64(op.MIN, min_64.index);
  put32(op.MIN, min_32.index);
  put64(op.MAX, max_64.index);
  put32(op.MAX, max_32.index);
  put64(op.MOD, mod_64.index);
  put32(op.MOD, mod_32.index);
  put64(rightConstant(op.ADD), add_right_64.index);
  put32(rightConstant(op.ADD), add_right_32.index);
  put64(rightConstant(op.SUB), sub_right_64.index);
  put32(rightConstant(op.SUB), sub_right_32.index);
  put64(rightConstant(op.MUL), mul_right_64.index);
  put32(rightConstant(op.MUL), mul_right_32.index);
  put64(rightConstant(op.DIV), div_right_64.index);
  put32(rightConstant(op.DIV), div_right_32.index);
  put64(leftConstant(op.SUB), sub_left_64.index);
  put32(leftConstant(op.SUB), sub_left_32.index);
  put64(leftConstant(op.DIV), div_left_64.index);
  put32(leftConstant(op.DIV), div_left_32.index);
  put64(leftConstant(op.ADD), add_right_64.index);
  put32(leftConstant(op.ADD), add_right_32.index);
  put64(leftConstant(op.MUL), mul_right_64.index);
  put32(leftConstant(op.MUL), mul_right_32.index);
  put64(op.NEG, neg_64.index);
  put32(op.NEG, neg_32.index);
  put64(op.ABS, abs_64.index);
  put32(op.ABS, abs_32.index);
  put64(op.SQRT, sqrt_64.index);
  put32(op.SQRT, sqrt_32.index);
  put64(op.SQUARE, square_64.index);
  put32(op.SQUARE, square_32.index);
  put64(op.CUBE, cube_64.index);
  put32(op.CUBE, cube_32.index);
  put64(op.INV, inv_64.index);
  put32(op.INV, inv_32.index);
  put64(op.FLOOR, floor_64.index);
  put32(op.FLOOR, floor_32.index);
  put64(op.CEIL, ceil_64.index);
  put32(op.CEIL, ceil_32.index);
  put64(op.RELU, relu_64.index);
  put32(op.RELU, relu_32.index);
  put64(op.STEP, step_64.index);
  put32(op.STEP, step_32.index);
  put64(op.SIGN, sign_64.index);
  put32(op.SIGN, sign_32.index);
  put64(op.EXP, exp_64.index);
  put32(op.EXP, exp_32.index);
  put64(op.EXP2, exp2_64.index);
  put32(op.EXP2, exp2_32.index);
  put64(op.LOG, log_64.index);
  put32(op.LOG, log_32.index);
  put64(op.LOG2, log2_64.index);
  put32(op.LOG2, log2_32.index);
  put64(op.LOG10, log10_64.index);
  put32(op.LOG10, log10_32.index);
  put64(op.LOG1P, log1p_64.index);
  put32(op.LOG1P, log1p_32.index);
  put64(op.EXPM1, expm1_64.index);
  put32(op.EXPM1, expm1_32.index);
  put64(op.SIN, sin_64.index);
  put32(op.SIN, sin_32.index);
  put64(op.COS, cos_64.index);
  put32(op.COS, cos_32.index);
  put64(op.TAN, tan_64.index);
  put32(op.TAN, tan_32.index);
  put64(op.ASIN, asin_64.index);
  put32(op.ASIN, asin_32.index);
  put64(op.ACOS, acos_64.index);
  put32(op.ACOS, acos_32.index);
  put64(op.ATAN, atan_64.index);
  put32(op.ATAN, atan_32.index);
  put64(op.SINH, sinh_64.index);
  put32(op.SINH, sinh_32.index);
  put64(op.COSH, cosh_64.index);
  put32(op.COSH, cosh_32.index);
  put64(op.TANH, tanh_64.index);
  put32(op.TANH, tanh_32.index);
  put64(op.SIGMOID, sigmoid_64.index);
  put32(op.SIGMOID, sigmoid_32.index);
  put64(op.CBRT, cbrt_64.index);
  put32(op.CBRT, cbrt_32.index);
  put64(op.ASINH, asinh_64.index);
  put32(op.ASINH, asinh_32.index);
  put64(op.ACOSH, acosh_64.index);
  put32(op.ACOSH, acosh_32.index);
  put64(op.ATANH, atanh_64.index);
  put32(op.ATANH, atanh_32.index);
  put64(op.ERF, erf_64.index);
  put32(op.ERF, erf_32.index);
  put64(op.GAMMA, gamma_64.index);
  put32(op.GAMMA, gamma_32.index);
  put64(op.POW, power_64.index);
  put32(op.POW, power_32.index);
  put64(op.ATAN2, atan2_64.index);
  put32(op.ATAN2, atan2_32.index);
  put64(FILL, fill.index);
  put32(FILL, fill.index);
}
