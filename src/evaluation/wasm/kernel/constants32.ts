/** Constants of the f32 functions. They are read from memory: a load is cheaper than building a vector from an immediate. */

export const SIGN: usize = memory.data<f32>([-0.0]);
/** ln 2 in 32 bits and the rest: k * LN2_HIGH is exact. */
export const LN2_HIGH: usize = memory.data<f32>([0.693145751953125]);
export const LN2_LOW: usize = memory.data<f32>([1.4286068203094173e-06]);
export const LOG2E: usize = memory.data<f32>([1.4426950408889634]);
/** 1.5 * 2^52: adding it rounds to an integer that then sits in the low bits. */
export const MAGIC: usize = memory.data<f32>([12582912.0]);
export const ONE: usize = memory.data<f32>([1]);
export const EXP_LIMIT: usize = memory.data<f32>([87]);
export const TANH_LIMIT: usize = memory.data<f32>([10]);
export const TWO: usize = memory.data<f32>([2]);
export const SMALLEST_NORMAL: usize = memory.data<f32>([1.17549435e-38]);
export const INFINITE: usize = memory.data<f32>([Infinity]);
export const HALF: usize = memory.data<f32>([0.5]);
/** pi in 33 + 33 bits and the rest: the products with |n| < 2^20 are exact. */
export const PI_1: usize = memory.data<f32>([3.140625]);
export const PI_2: usize = memory.data<f32>([0.0009675025939941406]);
export const PI_3: usize = memory.data<f32>([1.5099067240953445e-07]);
export const PI_4: usize = memory.data<f32>([5.126688303189038e-12]);
/** Above this the reduction by pi loses bits. */
export const TRIGONOMETRIC_LIMIT: usize = memory.data<f32>([8192]);
export const INVERSE_PI: usize = memory.data<f32>([0.3183098861837907]);
export const BIAS: usize = memory.data<i32>([127]);
/** Bits of 1 less those of sqrt(1/2). */
export const SHIFT: usize = memory.data<i32>([0x4afb0d]);
export const MANTISSA: usize = memory.data<i32>([0x007fffff]);
/** Bits of sqrt(1/2). */
export const ROOT_HALF: usize = memory.data<i32>([0x3f3504f3]);
export const MINUS_HALF: usize = memory.data<f32>([-0.5]);
export const MAGNITUDE: usize = memory.data<i32>([0x7fffffff]);
/** (exp(r) - 1 - r) / r^2 on |r| <= ln(2) / 2. As all that follow: coefficients from the constant one up. */
export const EXP_TAIL: usize = memory.data<f32>([
  0.5, 0.16666576989698775, 0.041666554617204574, 0.008363179052722578, 0.0013926183587713494,
]);
/** (log((1 + s) / (1 - s)) / s - 2) / s^2 in s^2, for (1 + s) / (1 - s) in [sqrt(1/2), sqrt(2)]. */
export const LOG_TAIL: usize = memory.data<f32>([
  0.6666668509542907, 0.39988757716604845, 0.29580985929974424,
]);
/** (sin(r) - r) / r^3 in r^2, on |r| <= pi / 2. */
export const SIN_WIDE: usize = memory.data<f32>([
  -0.166666659637654, 0.008333242129681654, -0.0001982273875793314, 2.634754024591718e-06,
]);
