import { KeyIndex } from './key-index.ts';
import { forNeighbours, type WordExamples } from './word-examples.ts';

/** What can be had without learning: a row of a table. */
export interface WordBaseline {
  readonly task: 'zero' | 'value';
  readonly name: string;
  readonly title: string;
  /** The share of the test that is right. @param isTest shape [examples] */
  score(examples: WordExamples, isTest: Uint8Array): number;
}

/** The simple guesses at a word, for zero or not and for its value. */
export const WORD_BASELINES: readonly WordBaseline[] = [
  {
    task: 'zero',
    name: 'majority',
    title: 'the answer that is most frequent',
    score: majorityScore,
  },
  {
    task: 'zero',
    name: 'suffix 4',
    title: 'the more frequent answer for the last four letters',
    score: (examples, isTest) => affixScore(examples, isTest, 0, 4),
  },
  {
    task: 'zero',
    name: 'prefix 3 and suffix 4',
    title: 'the more frequent answer for the first three and the last four letters',
    score: (examples, isTest) => affixScore(examples, isTest, 3, 4),
  },
  {
    task: 'value',
    name: 'majority',
    title: 'the coefficient that is most frequent',
    score: majorityScore,
  },
  {
    task: 'value',
    name: 'Hamming-1 vote',
    title: 'what more than half of the words that differ in one letter have, or else the most frequent coefficient',
    score: (examples, isTest) => voteScore(examples, isTest, 1 / 2),
  },
  {
    task: 'value',
    name: 'Hamming-1 plurality',
    title: 'what most of the words that differ in one letter have, the smaller of equals',
    score: (examples, isTest) => voteScore(examples, isTest, 0),
  },
];

/** The most frequent target of those that are trained on; the smaller of equals. */
function majorityOf({ targets }: WordExamples, isTest: Uint8Array): number {
  const counts = new Map<number, number>();
  targets.forEach((target, i) => {
    if (!isTest[i]) counts.set(target, (counts.get(target) ?? 0) + 1);
  });
  return mostFrequent(counts)[0];
}

function mostFrequent(counts: ReadonlyMap<number, number>): [number, number] {
  let best: [number, number] = [0, 0];
  for (const [target, count] of counts) {
    if (count > best[1] || (count === best[1] && target < best[0])) best = [target, count];
  }
  return best;
}

/** The share of the test that a guess gets right. */
function shareRight({ keys, targets }: WordExamples, isTest: Uint8Array, guess: (key: number) => number): number {
  let [right, all] = [0, 0];
  for (let i = 0; i < keys.length; i++) {
    if (!isTest[i]) continue;
    all++;
    if (guess(keys[i]) === targets[i]) right++;
  }
  return right / all;
}

function majorityScore(examples: WordExamples, isTest: Uint8Array): number {
  const majority = majorityOf(examples, isTest);
  return shareRight(examples, isTest, () => majority);
}

/** The more frequent of 0 and 1 for the first and last letters; what is most frequent of all where they are new. */
function affixScore(examples: WordExamples, isTest: Uint8Array, prefix: number, suffix: number): number {
  const { keys, targets, weight } = examples;
  const { size } = examples.alphabet;
  const ends = size ** Math.min(suffix, weight);
  const front = size ** Math.max(0, weight - prefix);
  const cell = (key: number): number => Math.floor(key / front) * ends + (key % ends);
  const surplus = new Int32Array(size ** Math.min(prefix, weight) * ends);
  for (let i = 0; i < keys.length; i++) if (!isTest[i]) surplus[cell(keys[i])] += targets[i] === 0 ? -1 : 1;
  const majority = majorityOf(examples, isTest);
  return shareRight(examples, isTest, (key) => {
    const votes = surplus[cell(key)];
    return votes === 0 ? majority : votes > 0 ? 1 : 0;
  });
}

/** What neighbours have. @param quorum share of the voters that it takes more than */
function voteScore(examples: WordExamples, isTest: Uint8Array, quorum: number): number {
  const { alphabet, weight, keys, targets } = examples;
  const majority = majorityOf(examples, isTest);
  const index = new KeyIndex(alphabet.size, weight, keys);
  const votes = new Map<number, number>();
  return shareRight(examples, isTest, (key) => {
    votes.clear();
    let voters = 0;
    forNeighbours(alphabet, weight, key, (neighbour) => {
      const at = index.indexOf(neighbour);
      if (at < 0 || isTest[at]) return;
      voters++;
      votes.set(targets[at], (votes.get(targets[at]) ?? 0) + 1);
    });
    const [target, count] = mostFrequent(votes);
    return count > quorum * voters ? target : majority;
  });
}
