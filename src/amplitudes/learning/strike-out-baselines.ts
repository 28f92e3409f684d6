import { nearestNeighbour } from './nearest-neighbour.ts';
import { RowSet } from './row-set.ts';
import type { StrikeOutExamples } from './strike-out.ts';

/** A share of examples that is right. */
export interface LearningScore {
  readonly name: string;
  /** From 0 to 1. */
  readonly share: number;
}

/** What can be had without learning, or by learning at best: a row of a table. */
export interface StrikeOutBaseline {
  readonly name: string;
  readonly title: string;
  /** Examples for which it ends within some minutes. */
  readonly most: number;
  /** @param isTest shape [count]; ceilings do not look at it */
  score(examples: StrikeOutExamples, isTest: Uint8Array): readonly LearningScore[];
}

/** Ceilings and simple guesses for striking letters out. */
export const STRIKE_OUT_BASELINES: readonly StrikeOutBaseline[] = [
  {
    name: 'ceiling',
    title: 'the words that whoever knows the most frequent value of every row of parents has right',
    most: Number.POSITIVE_INFINITY,
    score: (examples) => [{ name: 'ceiling', share: ceiling(examples, false) }],
  },
  {
    name: 'ceiling, sorted',
    title: 'the same when the order of the parents is not known',
    most: Number.POSITIVE_INFINITY,
    score: (examples) => [{ name: 'ceiling, sorted', share: ceiling(examples, true) }],
  },
  {
    name: 'nearest neighbour',
    title: 'the value of the nearest row of parents, by the Euclidean distance of sign(x) log(1 + |x|)',
    most: 60_000,
    score: nearestNeighbour,
  },
];

/** The share of the words that the best function of the parents gets right. */
function ceiling({ count, parents, inputs, targets, words }: StrikeOutExamples, isSorted: boolean): number {
  const rows = new RowSet(parents, count);
  const row = new Int32Array(parents);
  const rowOf = Uint32Array.from({ length: count }, (_, i) => {
    row.set(inputs.subarray(i * parents, (i + 1) * parents));
    return rows.add(isSorted ? row.sort() : row);
  });
  const order = Uint32Array.from(rowOf.keys()).sort((i, j) => rowOf[i] - rowOf[j] || targets[i] - targets[j]);
  const best = new Float64Array(rows.count);
  let [all, same] = [0, 0];
  order.forEach((i, place) => {
    const before = order[place - 1];
    const isSame = place > 0 && rowOf[before] === rowOf[i] && targets[before] === targets[i];
    same = isSame ? same + words[i] : words[i];
    best[rowOf[i]] = Math.max(best[rowOf[i]], same);
    all += words[i];
  });
  return best.reduce((sum, one) => sum + one, 0) / all;
}
