/** Keys this near to those of coinciding values say nothing. */
const DEGENERATE = 1e-7;

/**
 * The cross ratio of four values, squeezed into [-1, 1]: (v0 - v2)(v1 - v3) / ((v0 - v3)(v1 - v2)) is the same for
 * every (p + q v) / (r + s v), and so for every a v + b.
 *
 * @returns NaN when it is not defined
 */
export function crossRatio(v0: number, v1: number, v2: number, v3: number): number {
  const above = (v0 - v2) * (v1 - v3);
  const below = (v0 - v3) * (v1 - v2);
  const squeezed = above / (Math.abs(above) + Math.abs(below));
  return below < 0 ? -squeezed : squeezed;
}

/** Whether no two of the four values coincide; false for NaN. */
export function isTelling(key: number): boolean {
  const size = Math.abs(key);
  return size > DEGENERATE && size < 1 - DEGENERATE && Math.abs(key - 0.5) > DEGENERATE;
}
