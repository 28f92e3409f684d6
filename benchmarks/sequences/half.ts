import { type Half, halfOf } from '../recovery/half.ts';
import type { SequenceSample } from './sequence-sample.ts';

/** The samples of a half: the guesser is tuned on development and judged on test. */
export function inHalf(samples: readonly SequenceSample[], half: Half | 'all'): readonly SequenceSample[] {
  return half === 'all' ? samples : samples.filter(({ id }) => halfOf(id) === half);
}
