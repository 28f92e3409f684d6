/** Constants of the f64 functions. They are read from memory: a load is cheaper than building a vector from an immediate. */

export const SIGN: usize = memory.data<f64>([-0.0]);
/** ln 2 in 32 bits and the rest: k * LN2_HIGH is exact. */
export const LN2_HIGH: usize = memory.data<f64>([0.6931471806019545]);
export const LN2_LOW: usize = memory.data<f64>([-4.2009150726810846e-11]);
export const LOG2E: usize = memory.data<f64>([1.4426950408889634]);
/** 1.5 * 2^52: adding it rounds to an integer that then sits in the low bits. */
export const MAGIC: usize = memory.data<f64>([6755399441055744.0]);
export const ONE: usize = memory.data<f64>([1]);
export const EXP_LIMIT: usize = memory.data<f64>([708]);
export const EXPM1_LIMIT: usize = memory.data<f64>([700]);
export const EXP2_LIMIT: usize = memory.data<f64>([1020]);
/** 2^52 + 1023. */
export const EXPONENT_BIAS: usize = memory.data<f64>([4503599627371519.0]);
export const TWO: usize = memory.data<f64>([2]);
export const HALF: usize = memory.data<f64>([0.5]);
export const SMALLEST_NORMAL: usize = memory.data<f64>([2.2250738585072014e-308]);
export const INFINITE: usize = memory.data<f64>([Infinity]);
export const LOG10_E: usize = memory.data<f64>([0.4342944819032518]);
/** log10(2) in 33 bits and the rest. */
export const LOG10_2_HIGH: usize = memory.data<f64>([0.3010299956658855]);
export const LOG10_2_LOW: usize = memory.data<f64>([-1.9043128467164274e-12]);
export const LOG1P_LOWEST: usize = memory.data<f64>([-0.999999]);
export const LOG1P_HIGHEST: usize = memory.data<f64>([1e300]);
/** pi in 33 + 33 bits and the rest: the products with |n| < 2^20 are exact. */
export const PI_1: usize = memory.data<f64>([3.1415926534682512]);
export const PI_2: usize = memory.data<f64>([1.2154201012607932e-10]);
export const PI_3: usize = memory.data<f64>([4.044532497591901e-21]);
/** Above this the reduction by pi loses bits. */
export const TRIGONOMETRIC_LIMIT: usize = memory.data<f64>([8e5]);
export const INVERSE_PI: usize = memory.data<f64>([0.3183098861837907]);
export const QUADRANT_LIMIT: usize = memory.data<f64>([4e5]);
export const TWO_OVER_PI: usize = memory.data<f64>([0.6366197723675814]);
export const MINUS_ONE: usize = memory.data<f64>([-1]);
export const TANH_LIMIT: usize = memory.data<f64>([22]);
export const TAN_EIGHTH: usize = memory.data<f64>([0.41421356237309503]);
export const TAN_THREE_EIGHTHS: usize = memory.data<f64>([2.414213562373095]);
export const HALF_PI_LOW: usize = memory.data<f64>([6.123233995736766e-17]);
export const HALF_PI: usize = memory.data<f64>([1.5707963267948966]);
export const PI: usize = memory.data<f64>([3.141592653589793]);
export const PI_LOW: usize = memory.data<f64>([1.2246467991473532e-16]);
export const BIAS: usize = memory.data<i64>([1023]);
/** Bits of 1 less those of sqrt(1/2). */
export const SHIFT: usize = memory.data<i64>([0x95f619980c433]);
/** Bits of 2^52. */
export const TWO_52: usize = memory.data<i64>([0x4330000000000000]);
export const MANTISSA: usize = memory.data<i64>([0x000fffffffffffff]);
/** Bits of sqrt(1/2). */
export const ROOT_HALF: usize = memory.data<i64>([0x3fe6a09e667f3bcd]);
export const INTEGER_ONE: usize = memory.data<i64>([1]);
export const MINUS_HALF: usize = memory.data<f64>([-0.5]);
export const LARGEST_EXPONENT: usize = memory.data<f64>([1e15]);
export const THREE: usize = memory.data<f64>([3]);
export const CP_HIGH: usize = memory.data<f64>([0.961796760559082]);
export const CP_LOW: usize = memory.data<f64>([-6.663310642634338e-08]);
/** 2 / (3 ln 2), in 21 bits, and the rest. */
export const CP: usize = memory.data<f64>([0.9617966939259756]);
export const LN2_TOP: usize = memory.data<f64>([0.6931471824645996]);
export const LN2: usize = memory.data<f64>([0.6931471805599453]);
export const LN2_REST: usize = memory.data<f64>([-1.904654299957768e-09]);
export const NAN: usize = memory.data<f64>([NaN]);
export const TOP_32: usize = memory.data<i64>([0xffffffff00000000]);
export const MAGNITUDE: usize = memory.data<i64>([0x7fffffffffffffff]);
/** (exp(r) - 1 - r) / r^2 on |r| <= ln(2) / 2. As all that follow: coefficients from the constant one up. */
export const EXP_TAIL: usize = memory.data<f64>([
  0.5, 0.16666666666666669, 0.04166666666662413, 0.008333333333330062, 0.0013888888917213717, 0.00019841269863053618,
  2.4801521295954376e-05, 2.7557268459997064e-06, 2.7620088445409746e-07, 2.510038549551032e-08,
]);
/** (2^r - 1) / r on |r| <= 1/2. */
export const EXP2_TAIL: usize = memory.data<f64>([
  0.6931471805599453, 0.24022650695910072, 0.055504108664821625, 0.00961812910762848, 0.0013333558146406436,
  0.00015403530393370715, 1.5252733841601815e-05, 1.3215486808727859e-06, 1.0178057064573359e-07,
  7.054897292691627e-09, 4.455822025014915e-10, 2.5729344553786755e-11,
]);
/** (log((1 + s) / (1 - s)) / s - 2) / s^2 in s^2, for (1 + s) / (1 - s) in [sqrt(1/2), sqrt(2)]. */
export const LOG_TAIL: usize = memory.data<f64>([
  0.666666666666667, 0.3999999999989889, 0.28571428626253836, 0.22222211089379496, 0.1818289243253687,
  0.15331611722055008, 0.14617807153417325,
]);
/** (sin(r) - r) / r^3 in r^2, on |r| <= pi / 2. */
export const SIN_WIDE: usize = memory.data<f64>([
  -0.16666666666666666, 0.008333333333333316, -0.00019841269841254971, 2.755731921916275e-06,
  -2.5052107616935044e-08, 1.605897730850011e-10, -7.643970170240761e-13, 2.7314431889670642e-15,
]);
/** The same on |r| <= pi / 4. */
export const SIN_SHORT: usize = memory.data<f64>([
  -0.16666666666666666, 0.008333333333330948, -0.00019841269836758213, 2.755731610236554e-06,
  -2.5051131806051286e-08, 1.5918126488531496e-10,
]);
/** (cos(r) - 1 + r^2 / 2) / r^4 in r^2, on |r| <= pi / 4. */
export const COS_SHORT: usize = memory.data<f64>([
  0.041666666666666664, -0.0013888888888887398, 2.4801587298765462e-05, -2.755731727161287e-07,
  2.0876146244035124e-09, -1.1382630669902987e-11,
]);
/** (tan(r) / r - 1) / r^2 in r^2, on |r| <= pi / 4. */
export const TAN_TAIL: usize = memory.data<f64>([
  0.33333333333333326, 0.1333333333333737, 0.05396825396401422, 0.02186948871106655, 0.00886323177616722,
  0.003592176116222475, 0.0014554372109055495, 0.0005922416930920641, 0.00023059282326409804, 0.00011984371088341526,
  -3.212697125841816e-06, 6.847174666589002e-05, -3.3722689768919425e-05, 1.822220478880628e-05,
]);
/** (atan(t) / t - 1) / t^2 in t^2, on |t| <= tan(pi / 8). */
export const ATAN_TAIL: usize = memory.data<f64>([
  -0.3333333333333333, 0.199999999999998, -0.14285714285659326, 0.11111111105106705, -0.09090908751076636,
  0.0769229630497447, -0.06666423628069258, 0.058789145444006215, -0.052303478730160745, 0.04551108126325172,
  -0.034558092551413795, 0.01627194475162406,
]);
/** (asin(s) / s - 1) / s^2 in s^2, on |s| <= 1/2. */
export const ASIN_TAIL: usize = memory.data<f64>([
  0.16666666666666669, 0.07499999999998433, 0.04464285714635543, 0.030381944138531247, 0.02237217294214989,
  0.017352392720869973, 0.013971212973552933, 0.011479177415184906, 0.01032281435018578, 0.005457506718640358,
  0.01740087944269402, -0.014851887071247204, 0.028757851367421566,
]);
/** L(s^2) of the double-double log2. */
export const LOG_SERIES: usize = memory.data<f64>([
  0.6000000000000004, 0.42857142857007013, 0.3333333340699021, 0.27272712316382824, 0.23078366194962216,
  0.1992880325631861, 0.19372068275902635,
]);
