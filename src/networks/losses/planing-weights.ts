import { DomainError, OptionError, ShapeError } from '../../core/index.ts';

/**
 * Weights that make the distribution of a mass flat within every class, over the range of the masses: what a classifier may
 * learn from the mass alone is gone, what it learns from inputs that know the mass need not be.
 *
 * @param masses shape [events]
 * @param labels the class of each event, shape [events]
 * @param bins of equal width over the range of all masses; a bin that a class does not reach stays empty
 * @returns shape [events]; the mean over each class is 1
 * @throws ShapeError, OptionError "range", DomainError "not-finite"
 * @see de Oliveira et al., arXiv:1511.05190; Chang, Cohen, Ostdiek, arXiv:1709.10106
 * @example planingWeights([0, 0.1, 0.2, 1], [0, 0, 0, 0], 2) // [0.6666666666666666, 0.6666666666666666, 0.6666666666666666, 2]
 */
export function planingWeights(masses: ArrayLike<number>, labels: ArrayLike<number>, bins: number): Float64Array {
  const { length } = masses;
  if (length === 0 || labels.length !== length) throw new ShapeError('labels', `[${length}]`, `[${labels.length}]`);
  if (!(Number.isSafeInteger(bins) && bins >= 1))
    throw new OptionError('range', 'bins', `${bins}`, 'a whole number > 0');
  let [low, high] = [Number.POSITIVE_INFINITY, Number.NEGATIVE_INFINITY];
  for (let i = 0; i < length; i++) {
    if (!Number.isFinite(masses[i])) {
      throw new DomainError('not-finite', `mass ${i} is ${masses[i]}`, 'masses must be finite', { row: i });
    }
    low = Math.min(low, masses[i]);
    high = Math.max(high, masses[i]);
  }
  const scale = high > low ? bins / (high - low) : 0;
  const binOf = (i: number): number => Math.min(bins - 1, Math.floor((masses[i] - low) * scale));
  const counts = new Map<number, Float64Array>();
  for (let i = 0; i < length; i++) {
    const own = counts.get(labels[i]) ?? new Float64Array(bins);
    own[binOf(i)]++;
    counts.set(labels[i], own);
  }
  const mean = new Map([...counts].map(([label, own]) => [label, meanOf(own)]));
  return Float64Array.from({ length }, (_, i) => mean.get(labels[i])! / counts.get(labels[i])![binOf(i)]);
}

/** The mean count of the bins that are reached. */
function meanOf(counts: Float64Array): number {
  const reached = counts.filter((count) => count > 0);
  return reached.reduce((sum, count) => sum + count, 0) / reached.length;
}
