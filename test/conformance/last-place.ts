/** Size of the last place of x in f64, or in f32 where `single`. */
export function lastPlace(x: number, single: boolean): number {
  const smallest = single ? 2 ** -149 : 2 ** -1074;
  const size = Math.abs(x);
  if (size === 0) return smallest;
  let exponent = Math.floor(Math.log2(size));
  if (2 ** exponent > size) exponent--;
  return Math.max(smallest, 2 ** (exponent - (single ? 23 : 52)));
}
