/**
 * Polynomials by Estrin's scheme: a few more multiplications than Horner, a third of the dependent steps.
 *
 * The coefficients lie in memory, the constant one first, and are spread over the lanes as they are loaded.
 */
@inline function coefficient<T>(at: usize, k: i32): v128 {
  return sizeof<T>() == 8 ? v128.load64_splat(at + 8 * <usize>k) : v128.load32_splat(at + 4 * <usize>k);
}

@inline function mad<T>(a: v128, b: v128, c: v128): v128 {
  return v128.add<T>(v128.mul<T>(a, b), c);
}

/** The coefficients k to k + count - 1, at most 4. */
@inline function upToFour<T>(count: i32, x: v128, x2: v128, at: usize, k: i32): v128 {
  if (count == 1) return coefficient<T>(at, k);
  const low = mad<T>(x, coefficient<T>(at, k + 1), coefficient<T>(at, k));
  if (count == 2) return low;
  if (count == 3) return mad<T>(x2, coefficient<T>(at, k + 2), low);
  return mad<T>(x2, mad<T>(x, coefficient<T>(at, k + 3), coefficient<T>(at, k + 2)), low);
}

/** A polynomial of `count` coefficients, 3 to 16; `count` is a literal. */
@inline export function polynomial<T>(count: i32, x: v128, at: usize): v128 {
  const x2 = v128.mul<T>(x, x);
  if (count <= 4) return upToFour<T>(count, x, x2, at, 0);
  const x4 = v128.mul<T>(x2, x2);
  const first = upToFour<T>(4, x, x2, at, 0);
  if (count <= 8) return mad<T>(x4, upToFour<T>(count - 4, x, x2, at, 4), first);
  const second = upToFour<T>(4, x, x2, at, 4);
  if (count <= 12) return mad<T>(x4, mad<T>(x4, upToFour<T>(count - 8, x, x2, at, 8), second), first);
  const third = upToFour<T>(4, x, x2, at, 8);
  return mad<T>(x4, mad<T>(x4, mad<T>(x4, upToFour<T>(count - 12, x, x2, at, 12), third), second), first);
}
