import { relativeTo, type View } from '../tasks/views.ts';

/** Where z spans less than this factor, relative weights show nothing new. */
const NARROW = 3;

/** The view's own weights, and relative ones where they differ. */
export function weightings({ z, weights }: View): { readonly name: string; readonly weights: Float64Array }[] {
  const relative = relativeTo({ z, weights });
  let least = Infinity;
  let most = 0;
  for (const [i, value] of z.entries()) {
    if (!(weights[i] > 0)) continue;
    least = Math.min(least, Math.abs(value));
    most = Math.max(most, Math.abs(value));
  }
  const own = { name: 'own', weights };
  return relative && most > NARROW * least ? [own, { name: 'relative', weights: relative }] : [own];
}
