/** One lane at a time: the rules of the operator table, for rare operators and for arguments off the fast path. */
import { erf, gamma } from './special';
import {
  EXP, EXP2, LOG, LOG2, LOG10, LOG1P, EXPM1, SIN, COS, TAN, SINH, COSH, CBRT, ASINH, ACOSH, ATANH, ERF, GAMMA,
  ASIN, ACOS, ATAN, TANH, SIGMOID,
} from './opcodes';

export function scalar(op: i32, x: f64): f64 {
  switch (op) {
    case EXP: return Math.exp(x);
    case EXP2: return exp2(x);
    case LOG: return Math.log(x);
    case LOG2: return Math.log2(x);
    case LOG10: return Math.log10(x);
    case LOG1P: return Math.log1p(x);
    case EXPM1: return Math.expm1(x);
    case SIN: return Math.sin(x);
    case COS: return Math.cos(x);
    case TAN: return Math.tan(x);
    case SINH: return sinh(x);
    case COSH: return cosh(x);
    case CBRT: return Math.cbrt(x);
    case ASINH: return Math.asinh(x);
    case ACOSH: return Math.acosh(x);
    case ATANH: return Math.atanh(x);
    case ASIN: return Math.asin(x);
    case ACOS: return Math.acos(x);
    case ATAN: return Math.atan(x);
    case TANH: return Math.tanh(x);
    case SIGMOID: return 1 / (1 + Math.exp(-x));
    case ERF: return erf(x);
    case GAMMA: return gamma(x);
    default: return NaN;
  }
}

function exp2(x: f64): f64 {
  return x != x ? x : Math.pow(2, x);
}

/** Two factors, since exp overflows before sinh and cosh do. */
function cosh(x: f64): f64 {
  const half = Math.exp(0.5 * abs(x));
  return 0.5 * half * half;
}

function sinh(x: f64): f64 {
  return abs(x) > 30 ? copysign(cosh(x), x) : Math.sinh(x);
}

/** The real power: NaN where the table says so, unlike the C library. */
export function power(x: f64, y: f64): f64 {
  if (x != x || y != y) return NaN;
  if (x == 0) return y >= 0 ? Math.pow(x, y) : NaN;
  if (x < 0 && (floor(y) != y || abs(y) == Infinity)) return NaN;
  if (abs(y) == Infinity && abs(x) == 1) return NaN;
  return Math.pow(x, y);
}

/** The angle in (-pi, pi]: a negative zero counts as zero, as in the operator table. */
export function atan2(y: f64, x: f64): f64 {
  return Math.atan2(y + 0, x + 0);
}
