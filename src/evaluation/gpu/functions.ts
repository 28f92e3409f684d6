/**
 * Elementary functions in the language of gpu.js, written out so that every device computes the same ones: what a
 * driver calls exp or sin may be wrong in the last ten bits.
 *
 * Arithmetic is f32. A function answers DECLINED outside of its domain, and where f32 overflows or loses bits; the
 * program is then evaluated on the CPU. Within 4 last places where it does not decline.
 */

/** No value of a program may be this large; what a function answers where it has no value. */
export const DECLINED = 3.3e38;
/** Sizes above this are no values. */
export const LARGEST = 3e38;

/** a + b x + c x^2 + ..., by Horner's rule. */
function polynomial(x: string, coefficients: readonly number[]): string {
  return coefficients.reduceRight((rest, c) => (rest === '' ? `${c}` : `(${c} + ${x} * ${rest})`), '');
}

/** (exp(r) - 1 - r) / r^2 on |r| <= ln(2) / 2. */
const EXP_TAIL = [0.5, 0.16666576989698775, 0.041666554617204574, 0.008363179052722578, 0.0013926183587713494];
/** (log((1 + s) / (1 - s)) / s - 2) / s^2 in s^2, for (1 + s) / (1 - s) in [sqrt(1/2), sqrt(2)]. */
const LOG_TAIL = [0.6666668509542907, 0.39988757716604845, 0.29580985929974424];
/** (sin(r) - r) / r^3 in r^2, on |r| <= pi / 2. */
const SIN_TAIL = [-0.166666659637654, 0.008333242129681654, -0.0001982273875793314, 2.634754024591718e-6];
/** (asin(x) - x) / x^3 in x^2, on |x| <= 1/2. */
const ASIN_TAIL = [
  0.16666673135884386, 0.07498761632381178, 0.045020212765764865, 0.02643337778398743, 0.03832827568028631,
];
/** (atan(x) - x) / x^3 in x^2, on |x| <= tan(pi / 8). */
const ATAN_TAIL = [
  -0.33333331795032084, 0.19999543283956045, -0.14263937636662133, 0.10742652994117972, -0.06446170310736163,
];
/** (sinh(x) - x) / x^3 in x^2, on |x| <= 1. */
const SINH_TAIL = [0.16666666646778508, 0.00833333968736779, 0.00019838098914871566, 2.806300618132933e-6];
/** erf(x) / x in x^2, on |x| <= 1. */
const ERF = [
  1.128379165913759, -0.37612627136028093, 0.11283600177000609, -0.026854444623974336, 0.005189535401624079,
  -0.0008020841836157705, 7.889121393429106e-5,
];
/** exp(x^2) erfc(x) in (x - 4) / (x + 4), on 1 <= x <= 4. */
const SCALED_ERFC = [
  0.13699945474649994, -0.2590686602901421, 0.21869837158179378, -0.16454033729282316, 0.10712769809389358,
  -0.06955372556253485, 0.018889942219180084, -0.024906379139059836,
];

/** ln 2, the first part so short that its products with exponents are exact. */
const LN2_HIGH = 0.693145751953125;
const LN2_LOW = 1.4286068203094173e-6;
const PI_PARTS = [3.140625, 0.0009675025939941406, 1.5099067240953445e-7, 5.126688303189038e-12];
const HALF_PI = Math.PI / 2;
/** Angles beyond which the reduction by pi loses bits. */
const LARGEST_ANGLE = 8192;
const SMALLEST_NORMAL = 1.1754944e-38;
/** exp below this is no normal number, and above that overflows soon. */
const LEAST_EXPONENT = -87.33;
const MOST_EXPONENT = 88;

const reducedAngle = (n: string): string => PI_PARTS.reduce((rest, part) => `(${rest} - ${n} * ${part})`, 'x');

/** Sources by name; each uses only those above it. */
export const FUNCTIONS: Readonly<Record<string, string>> = {
  // 2^n for whole n in [-126, 127].
  twoTo: `function twoTo(n) {
    let m = Math.abs(n);
    let s = 1.0;
    ${[64, 32, 16, 8, 4, 2, 1]
      .map((bit) => `if (m > ${bit - 0.5}) { m = m - ${bit}; s = s * (n < 0 ? ${2 ** -bit} : ${2 ** bit}); }`)
      .join('\n')}
    return s;
  }`,
  // exp(r) - 1 near 0.
  expm1Near: `function expm1Near(r) { return r + r * r * ${polynomial('r', EXP_TAIL)}; }`,
  expOf: `function expOf(x) {
    if (x > ${MOST_EXPONENT}) { return ${DECLINED}; }
    if (x < ${LEAST_EXPONENT}) { return 0.0; }
    const k = Math.floor(x * ${Math.LOG2E} + 0.5);
    const r = (x - k * ${LN2_HIGH}) - k * ${LN2_LOW};
    return (1.0 + expm1Near(r)) * twoTo(k);
  }`,
  expm1Of: `function expm1Of(x) {
    if (x > ${MOST_EXPONENT}) { return ${DECLINED}; }
    if (x < -25.0) { return -1.0; }
    const k = Math.floor(x * ${Math.LOG2E} + 0.5);
    const r = (x - k * ${LN2_HIGH}) - k * ${LN2_LOW};
    const scale = twoTo(k);
    return scale * expm1Near(r) + (scale - 1.0);
  }`,
  exp2Of: `function exp2Of(x) {
    if (x > 126.9) { return ${DECLINED}; }
    if (x < -126.0) { return 0.0; }
    const k = Math.floor(x + 0.5);
    return (1.0 + expm1Near((x - k) * ${Math.LN2})) * twoTo(k);
  }`,
  // log(1 + f) for 1 + f in [sqrt(1/2), sqrt(2)]; the parts are added in the order of their sizes.
  logNear: `function logNear(f, carry) {
    const s = f / (f + 2.0);
    const z = s * s;
    const half = 0.5 * f * f;
    return f - (half - (s * (half + z * ${polynomial('z', LOG_TAIL)}) + carry));
  }`,
  // k for which x / 2^k is between sqrt(1/2) and sqrt(2), or a little outside.
  exponentOf: 'function exponentOf(x) { return Math.floor(Math.log2(x) + 0.5); }',
  mantissaOf: `function mantissaOf(x, k) {
    return k > 0.5 ? (x * 0.5) * twoTo(1.0 - k) : x * twoTo(-k);
  }`,
  logOf: `function logOf(x) {
    if (x < ${SMALLEST_NORMAL}) { return ${DECLINED}; }
    const k = exponentOf(x);
    return k * ${LN2_HIGH} + logNear(mantissaOf(x, k) - 1.0, k * ${LN2_LOW});
  }`,
  log2Of: `function log2Of(x) {
    if (x < ${SMALLEST_NORMAL}) { return ${DECLINED}; }
    const k = exponentOf(x);
    return k + logNear(mantissaOf(x, k) - 1.0, 0.0) * ${Math.LOG2E};
  }`,
  log10Of: `function log10Of(x) { const l = logOf(x); return l > ${LARGEST} ? l : l * ${Math.LOG10E}; }`,
  log1pOf: `function log1pOf(x) {
    if (x <= -1.0) { return ${DECLINED}; }
    if (Math.abs(x) < 0.29) { return logNear(x, 0.0); }
    return logOf(1.0 + x);
  }`,
  sinNear: `function sinNear(r) { const z = r * r; return r + z * r * ${polynomial('z', SIN_TAIL)}; }`,
  sinOf: `function sinOf(x) {
    if (Math.abs(x) > ${LARGEST_ANGLE}) { return ${DECLINED}; }
    const n = Math.floor(x * ${1 / Math.PI} + 0.5);
    const s = sinNear(${reducedAngle('n')});
    return n - 2.0 * Math.floor(0.5 * n) > 0.5 ? -s : s;
  }`,
  cosOf: `function cosOf(x) {
    if (Math.abs(x) > ${LARGEST_ANGLE}) { return ${DECLINED}; }
    const n = Math.floor(x * ${1 / Math.PI});
    const h = n + 0.5;
    const s = sinNear(${reducedAngle('h')});
    return n - 2.0 * Math.floor(0.5 * n) > 0.5 ? s : -s;
  }`,
  tanOf: `function tanOf(x) {
    const c = cosOf(x);
    if (c > ${LARGEST} || c == 0.0) { return ${DECLINED}; }
    return sinOf(x) / c;
  }`,
  asinNear: `function asinNear(x) { const z = x * x; return x + x * z * ${polynomial('z', ASIN_TAIL)}; }`,
  asinOf: `function asinOf(x) {
    const a = Math.abs(x);
    if (a > 1.0) { return ${DECLINED}; }
    if (a <= 0.5) { return asinNear(x); }
    const y = ${HALF_PI} - 2.0 * asinNear(Math.sqrt(0.5 * (1.0 - a)));
    return x < 0 ? -y : y;
  }`,
  acosOf: `function acosOf(x) {
    if (Math.abs(x) > 1.0) { return ${DECLINED}; }
    if (x > 0.5) { return 2.0 * asinNear(Math.sqrt(0.5 * (1.0 - x))); }
    if (x < -0.5) { return ${Math.PI} - 2.0 * asinNear(Math.sqrt(0.5 * (1.0 + x))); }
    return ${HALF_PI} - asinNear(x);
  }`,
  atanNear: `function atanNear(x) { const z = x * x; return x + x * z * ${polynomial('z', ATAN_TAIL)}; }`,
  atanOf: `function atanOf(x) {
    const a = Math.abs(x);
    let y = 0.0;
    if (a > 2.414213562373095) { y = ${HALF_PI} - atanNear(1.0 / a); }
    else if (a > 0.4142135623730951) { y = ${Math.PI / 4} + atanNear((a - 1.0) / (a + 1.0)); }
    else { y = atanNear(a); }
    return x < 0 ? -y : y;
  }`,
  atan2Of: `function atan2Of(y, x) {
    const a = Math.abs(x);
    const b = Math.abs(y);
    if (a == 0.0 && b == 0.0) { return 0.0; }
    let t = 0.0;
    if (b > a) { t = ${HALF_PI} - atanOf(a / b); } else { t = atanOf(b / a); }
    if (x < 0) { t = ${Math.PI} - t; }
    return y < 0 ? -t : t;
  }`,
  sinhOf: `function sinhOf(x) {
    const a = Math.abs(x);
    if (a > ${MOST_EXPONENT}) { return ${DECLINED}; }
    if (a < 1.0) { const z = x * x; return x + x * z * ${polynomial('z', SINH_TAIL)}; }
    const e = expOf(a);
    const s = 0.5 * e - 0.5 / e;
    return x < 0 ? -s : s;
  }`,
  coshOf: `function coshOf(x) {
    const a = Math.abs(x);
    if (a > ${MOST_EXPONENT}) { return ${DECLINED}; }
    const e = expOf(a);
    return 0.5 * e + 0.5 / e;
  }`,
  tanhOf: `function tanhOf(x) {
    const a = Math.abs(x);
    if (a > 10.0) { return x < 0 ? -1.0 : 1.0; }
    const m = expm1Of(2.0 * a);
    const t = m / (m + 2.0);
    return x < 0 ? -t : t;
  }`,
  asinhOf: `function asinhOf(x) {
    const a = Math.abs(x);
    let y = 0.0;
    if (a > 10000.0) { y = logOf(a) + ${Math.LN2}; }
    else { y = log1pOf(a + a * a / (1.0 + Math.sqrt(a * a + 1.0))); }
    return x < 0 ? -y : y;
  }`,
  acoshOf: `function acoshOf(x) {
    if (x < 1.0) { return ${DECLINED}; }
    if (x > 10000.0) { return logOf(x) + ${Math.LN2}; }
    const t = x - 1.0;
    return log1pOf(t + Math.sqrt(t * (t + 2.0)));
  }`,
  atanhOf: `function atanhOf(x) {
    const a = Math.abs(x);
    if (a >= 1.0) { return ${DECLINED}; }
    const y = 0.5 * log1pOf(2.0 * a / (1.0 - a));
    return x < 0 ? -y : y;
  }`,
  erfOf: `function erfOf(x) {
    const a = Math.abs(x);
    const z = x * x;
    if (a < 1.0) { return x * ${polynomial('z', ERF)}; }
    let y = 1.0;
    if (a < 4.0) {
      const s = (a - 4.0) / (a + 4.0);
      y = 1.0 - expOf(-z) * ${polynomial('s', SCALED_ERFC)};
    }
    return x < 0 ? -y : y;
  }`,
  sigmoidOf: `function sigmoidOf(x) {
    if (x < ${LEAST_EXPONENT}) { return 0.0; }
    return 1.0 / (1.0 + expOf(-x));
  }`,
  cbrtOf: `function cbrtOf(x) {
    const a = Math.abs(x);
    if (a < ${SMALLEST_NORMAL}) { return 0.0; }
    const t = exp2Of(log2Of(a) / 3.0);
    const y = t - (t - a / (t * t)) / 3.0;
    return x < 0 ? -y : y;
  }`,
  // x^y for x > 0, y times the exponent of x in exact parts: y log2(x) as a whole has no bits to spare.
  powNear: `function powNear(x, y) {
    const k = exponentOf(x);
    const l = logNear(mantissaOf(x, k) - 1.0, 0.0) * ${Math.LOG2E};
    if (Math.abs(y * l) > 3.0) { return ${DECLINED}; }
    const whole = Math.floor(y + 0.5);
    const high = Math.floor((y - whole) * 4096.0 + 0.5) / 4096.0;
    const low = (y - whole) - high;
    const near = Math.floor(high * k + 0.5);
    const rest = (high * k - near) + (low * k + y * l);
    const n = Math.floor(rest + 0.5);
    const exponent = whole * k + near + n;
    if (exponent > 126.0) { return ${DECLINED}; }
    if (exponent < -125.0) { return 0.0; }
    return (1.0 + expm1Near((rest - n) * ${Math.LN2})) * twoTo(exponent);
  }`,
  powOf: `function powOf(x, y) {
    const a = Math.abs(x);
    if (y == 0.0) { return 1.0; }
    if (a == 0.0) { return y > 0 ? 0.0 : ${DECLINED}; }
    if (a < ${SMALLEST_NORMAL}) { return ${DECLINED}; }
    if (x < 0 && Math.floor(y) != y) { return ${DECLINED}; }
    if (Math.abs(y) > 4096.0) { return ${DECLINED}; }
    if (y == 1.0) { return x; }
    if (y == 2.0) { return x * x; }
    if (y == 3.0) { return x * x * x; }
    if (y == -1.0) { return 1.0 / x; }
    if (y == 0.5) { return Math.sqrt(x); }
    const p = powNear(a, y);
    if (x < 0 && y - 2.0 * Math.floor(0.5 * y) > 0.5) { return p > ${LARGEST} ? p : -p; }
    return p;
  }`,
  // The quotient may come out just below a whole number: then the remainder is one divisor off.
  modOf: `function modOf(x, y) {
    if (y == 0.0) { return ${DECLINED}; }
    const q = Math.floor(x / y);
    if (Math.abs(q) > 4096.0) { return ${DECLINED}; }
    let r = x - y * q;
    const b = Math.abs(y);
    if (Math.abs(r) >= b || r * y < 0) { r = r * y < 0 ? r + y : r - y; }
    return r;
  }`,
  // log(cosh(d)) for d >= 0 without cancellation near 0 or overflow far from it.
  logCosh: `function logCosh(d) {
    if (d > 20.0) { return d - ${Math.LN2}; }
    const m = expm1Of(d);
    return log1pOf(m * m / (2.0 * (1.0 + m)));
  }`,
  overOf: `function overOf(x, y) { return Math.abs(y) < ${SMALLEST_NORMAL} ? ${DECLINED} : x / y; }`,
  sqrtOf: `function sqrtOf(x) { return x < 0 ? ${DECLINED} : Math.sqrt(x); }`,
};
