/** A score of the regression, and the share of laws of about that score that are right. */
export type Knot = readonly [score: number, share: number];

/** Trials at least behind a knot. */
const FEWEST = 40;

/**
 * The monotone map from scores to shares, by pooling neighbours that fall, in blocks of a least size.
 *
 * @see Ayer et al. 1955; Zadrozny, Elkan 2002, "Transforming classifier scores into accurate multiclass probability estimates"
 */
export function calibrate(trials: readonly { readonly score: number; readonly isRight: boolean }[]): Knot[] {
  const sorted = trials.toSorted((a, b) => a.score - b.score);
  const blocks: { sum: number; right: number; count: number }[] = [];
  for (let at = 0; at < sorted.length; at += FEWEST) {
    const part = sorted.slice(at, sorted.length - at < 2 * FEWEST ? sorted.length : at + FEWEST);
    blocks.push({
      sum: part.reduce((sum, { score }) => sum + score, 0),
      right: part.filter(({ isRight }) => isRight).length,
      count: part.length,
    });
    if (part.length > FEWEST) break;
  }
  for (let i = 1; i < blocks.length; ) {
    const [before, here] = [blocks[i - 1], blocks[i]];
    if (before.right / before.count <= here.right / here.count) {
      i++;
      continue;
    }
    blocks.splice(i - 1, 2, {
      sum: before.sum + here.sum,
      right: before.right + here.right,
      count: before.count + here.count,
    });
    i = Math.max(1, i - 1);
  }
  // Half a success and half a failure more: no share is 0 or 1.
  return blocks.map(({ sum, right, count }) => [sum / count, (right + 0.5) / (count + 1)]);
}
