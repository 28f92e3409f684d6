/** gamma, erf and digamma on one lane: the same formulas and fits as src/numerics/special-functions.ts. */

const RECIPROCAL_GAMMA: StaticArray<f64> = [
  0.5772156649015329, -0.6558780715202539, -0.04200263503409524, 0.16653861138229156, -0.04219773455554433, -0.009621971527881249, 0.007218943246662746, -0.001165167591751475, -0.00021524167410606922, 0.0001280502809517133, -2.0134854898957988e-5, -1.250482594775016e-6, 1.133028122657376e-6, -2.0568091364409526e-7, 6.11228182534047e-9, 5.110410405681156e-9, -1.172668943707139e-9,
];
const STIRLING: StaticArray<f64> = [
  0.08333333333333333, 0.003472222222222239, -0.0026813271605026236, -0.00022947209184324402, 0.0007840390435130422, 6.973800823749864e-5, -0.000592478111321194, -4.6361778232872526e-5, 0.0008002812422094212,
];
const ERF: StaticArray<f64> = [
  1.1283791670955126, -0.3761263890318375, 0.11283791670954879, -0.026866170645076792, 0.0052239776248180145, -0.000854832698083379, 0.0001205533111164271, -1.4925595266831182e-5, 1.6461000484121368e-6, -1.6350312701054695e-7, 1.4659775274047436e-8, -1.1372848856791674e-9, 5.957176147748911e-11,
];
const SCALED_ERFC: StaticArray<f64> = [
  0.13699945762506138, -0.2590680487601718, 0.21871967891826713, -0.16425781669724077, 0.10896317739865745, -0.0631078156473828, 0.03129905651583277, -0.012843945687071453, 0.004060264660151152, -0.0007991322076390439, -2.179568166418796e-5, 7.895694927713207e-5, -2.2294712208280907e-5, -9.380004337296444e-7, 4.460009108363892e-6, 7.423164251116965e-7,
];
const DIGAMMA: StaticArray<f64> = [
  0.951055876031833, -0.4236274212814605, 0.2405424842407742, -0.14840492305390884, 0.09498872445494122, -0.061922133273064534, 0.04076083381242074, -0.02697579675613825, 0.0179072524394512, -0.011908218001568644, 0.007926944646403797, -0.005279964873257405, 0.003519006401502276, -0.002345267632540769, 0.0015566317474486838, -0.0010376374098418604, 0.0007233266279287554, -0.0004821990530566789, 0.0002272331660987376, -0.00015148586836773365, 0.00025968482126430747, -0.00017312261802727394,
];
const DIGAMMA_TAIL: StaticArray<f64> = [
  0.08333333333333333, -0.008333333333333246, 0.003968253968071808, -0.0041666665200247215, 0.007575699357598426, -0.021080156991782954, 0.0817924750293092, -0.3421318584841549,
];
const DIGAMMA_ROOT: f64 = 1.4616321449683622;
const DIGAMMA_ROOT_TAIL: f64 = 9.549995429965697e-17;
const SQRT_TWO_PI: f64 = 2.5066282746310007;

function polynomial(coefficients: StaticArray<f64>, x: f64): f64 {
  let i = coefficients.length - 1;
  let value = unchecked(coefficients[i]);
  while (--i >= 0) value = value * x + unchecked(coefficients[i]);
  return value;
}

function risingProduct(start: f64, count: i32): f64 {
  let high: f64 = 1;
  let low: f64 = 0;
  for (let k = 0; k < count; k++) {
    const factor = start + <f64>k;
    const product = high * factor;
    const a = 134217729 * high;
    const highTop = a - (a - high);
    const highRest = high - highTop;
    const b = 134217729 * factor;
    const factorTop = b - (b - factor);
    const factorRest = factor - factorTop;
    const error = highRest * factorRest - (product - highTop * factorTop - highRest * factorTop - highTop * factorRest);
    low = low * factor + error;
    high = product;
  }
  return high + low;
}

/** Factors of gamma(x) for x >= 20; the second one is 1 up to 140. */
@inline function stirlingPower(x: f64): f64 {
  return x <= 140 ? 1 : Math.pow(x, 0.5 * x - 0.25);
}
@inline function stirlingRest(x: f64, second: f64): f64 {
  const series = SQRT_TWO_PI * (1 + polynomial(STIRLING, 1 / x) / x);
  return series * (x <= 140 ? Math.pow(x, x - 0.5) : second) * Math.exp(-x);
}

export function gamma(x: f64): f64 {
  if (x != x || x == -Infinity) return NaN;
  if (x > 171.7) return Infinity;
  const nearest = floor(x + 0.5);
  const t = x - nearest;
  if (t == 0 && x <= 0) return NaN;
  if (x >= 20) {
    const second = stirlingPower(x);
    return stirlingRest(x, second) * second;
  }
  if (x <= -20) {
    const even = nearest == 2 * floor(0.5 * nearest);
    if (x < -200) return even == t > 0 ? 0 : -0.0;
    const sine = Math.sin(Math.PI * t) * (even ? 1 : -1);
    const second = stirlingPower(-x);
    return Math.PI / (-x * sine * stirlingRest(-x, second)) / second;
  }
  const base = 1 / (1 + t * polynomial(RECIPROCAL_GAMMA, t));
  if (nearest >= 1) return base * risingProduct(x - nearest + 1, <i32>nearest - 1);
  return base / risingProduct(x, 1 - <i32>nearest);
}

export function erf(x: f64): f64 {
  const size = abs(x);
  if (size <= 1) return x * polynomial(ERF, x * x);
  if (size >= 6) return copysign(1, x);
  return copysign(1 - Math.exp(-x * x) * polynomial(SCALED_ERFC, (size - 4) / (size + 4)), x);
}

@inline function onUnitInterval(x: f64): f64 {
  return (x - DIGAMMA_ROOT - DIGAMMA_ROOT_TAIL) * polynomial(DIGAMMA, x - 1.5);
}

export function digamma(x: f64): f64 {
  if (x != x || x == -Infinity) return NaN;
  if (x == Infinity) return x;
  let reflected: f64 = 0;
  if (x <= 0) {
    const t = x - floor(x + 0.5);
    if (t == 0) return NaN;
    if (x > -1e-8) return -0.5772156649015329 - 1 / x;
    reflected = Math.PI / Math.tan(Math.PI * t);
    x = 1 - x;
  }
  if (x >= 10) {
    const square = 1 / (x * x);
    return Math.log(x) - (0.5 / x + square * polynomial(DIGAMMA_TAIL, square)) - reflected;
  }
  if (x < 1) return onUnitInterval(1 + x) - 1 / x;
  let sum: f64 = 0;
  while (x > 2) {
    x -= 1;
    sum += 1 / x;
  }
  return sum + onUnitInterval(x) - reflected;
}
