import { beforeAll, describe, expect, test } from 'vitest';
import {
  admissibleExamples,
  bootstrapSymbol,
  FORM_FACTOR,
  orbitSplit,
  type PolylogSymbol,
  randomSplit,
  STRIKE_OUT_BASELINES,
  type StrikeOutExamples,
  strikeOutExamples,
  valueExamples,
  WORD_BASELINES,
  type WordExamples,
  wordKey,
} from '../../../src/amplitudes/index.ts';
import { RandomStream } from '../../../src/core/index.ts';

/** Half a point of a hundred. */
const HALF_A_POINT = 0.005;
/** For shares that one split gives only within two points: three standard deviations of two splits of 1973 rows. */
const TWO_SPLITS = 0.024;

let [four, five]: PolylogSymbol[] = [];
beforeAll(async () => {
  four = (await bootstrapSymbol(4)).symbol;
  five = (await bootstrapSymbol(5)).symbol;
}, 120_000);

/** The mean over splits by orbit that keep a tenth for the test. */
function meanScore(task: string, name: string, examples: WordExamples, splits: number): number {
  const { score } = WORD_BASELINES.find((row) => row.task === task && row.name === name)!;
  let sum = 0;
  for (let seed = 1; seed <= splits; seed++) {
    sum += score(examples, orbitSplit(examples, 0.1, new RandomStream(seed)));
  }
  return sum / splits;
}

function near(actual: number, expected: number, within: number): void {
  expect(Math.abs(actual - expected), `${actual} is not ${expected}`).toBeLessThan(within);
}

describe('zero or not at five loops, on all admissible words', () => {
  // Measured with a program in Python that shares nothing with this one.
  test.each([
    ['majority', 0.554],
    ['suffix 4', 0.908],
    ['prefix 3 and suffix 4', 0.943],
  ])('%s is right for a share of %d', (name, share) => {
    near(meanScore('zero', name, admissibleExamples(five), 3), share, HALF_A_POINT);
  });
});

describe('the value at five loops, on a split by orbits', () => {
  test.each([
    ['majority', 0.0425],
    ['Hamming-1 vote', 0.044],
  ])('%s is right for a share of %d', (name, share) => {
    near(meanScore('value', name, valueExamples(five), 8), share, HALF_A_POINT);
  });

  test('the neighbour that is most frequent is right more often than half of the votes', () => {
    const examples = valueExamples(five);
    expect(meanScore('value', 'Hamming-1 plurality', examples, 1)).toBeGreaterThan(0.1);
  });
});

describe('striking letters out, from four loops to five', () => {
  let examples: StrikeOutExamples;
  beforeAll(() => {
    examples = strikeOutExamples(five, four);
  });
  const scores = (name: string, seed: number): number[] => {
    const isTest = randomSplit(examples.count, 0.05, new RandomStream(seed));
    const row = STRIKE_OUT_BASELINES.find((baseline) => baseline.name === name)!;
    return row.score(examples, isTest).map(({ share }) => share);
  };

  test('has 45 parents and 39 453 different pairs', () => {
    expect([examples.parents, examples.count]).toEqual([45, 39_453]);
  });

  test('the ceilings are those that were measured elsewhere', () => {
    expect(scores('ceiling', 1)[0].toFixed(4)).toBe('0.9888');
    expect(scores('ceiling, sorted', 1)[0].toFixed(4)).toBe('0.9299');
  });

  test('the nearest neighbour has the value and the sign as often', { timeout: 120_000 }, () => {
    const [one, other] = [scores('nearest neighbour', 1), scores('nearest neighbour', 2)];
    near((one[0] + other[0]) / 2, 0.554, TWO_SPLITS);
    near((one[1] + other[1]) / 2, 0.868, TWO_SPLITS);
  });
});

describe('the nearest neighbour', () => {
  test('is the one that a search through all rows finds', () => {
    const random = new RandomStream(7);
    const [count, parents] = [300, 6];
    const inputs = Int32Array.from({ length: count * parents }, () => Math.floor(200 * random.uniform() - 100));
    // Every row has a value of its own but for pairs, so that the share says which neighbours were found.
    const targets = Int32Array.from({ length: count }, (_, i) => (i < 150 ? i + 1 : -(i - 149)));
    const near = (i: number, j: number): number => {
      const point = (row: number, k: number): number => {
        const value = inputs[row * parents + k];
        return Math.fround(Math.sign(value) * Math.log1p(Math.abs(value)));
      };
      let sum = 0;
      for (let k = 0; k < parents; k++) sum += (point(i, k) - point(j, k)) ** 2;
      return sum;
    };
    const isTest = randomSplit(count, 0.2, random);
    const found: number[] = [];
    for (let i = 0; i < count; i++) {
      if (!isTest[i]) continue;
      let best = -1;
      for (let j = 0; j < count; j++) if (!isTest[j] && (best < 0 || near(i, j) < near(i, best))) best = j;
      found.push(best);
      targets[i] = targets[best];
    }
    const examples = {
      weight: 4,
      count,
      parents,
      inputs,
      targets,
      keys: new Float64Array(count),
      words: new Uint32Array(count),
    };
    const { score } = STRIKE_OUT_BASELINES.find(({ name }) => name === 'nearest neighbour')!;
    expect(found.length).toBe(60);
    expect(score(examples, isTest).map(({ share }) => share)).toEqual([1, 1]);
    let changed = 0;
    for (let i = 0; i < count && changed < 15; i++) {
      if (!isTest[i]) continue;
      targets[i] = -targets[i];
      changed++;
    }
    expect(score(examples, isTest).map(({ share }) => share)).toEqual([0.75, 0.75]);
  });
});

describe('simple guesses on words', () => {
  const words = ['aaaf', 'abbf', 'bbbf', 'bbcd', 'cccd', 'ccce'];
  const examples = (targets: number[]): WordExamples => ({
    alphabet: FORM_FACTOR,
    weight: 4,
    keys: Float64Array.from(words, (word) => wordKey(FORM_FACTOR, word)),
    targets: Int32Array.from(targets),
  });
  const score = (name: string, targets: number[], test: number[]): number =>
    WORD_BASELINES.find((row) => row.name === name)!.score(examples(targets), Uint8Array.from(test));

  test('the most frequent of what is trained on, never of the test', () => {
    expect(score('majority', [1, 1, 2, 2, 2, 2], [0, 0, 0, 1, 1, 1])).toBe(0);
    expect(score('majority', [1, 2, 2, 2, 2, 1], [0, 0, 0, 0, 1, 1])).toBe(0.5);
  });

  test('a vote takes neighbours that are trained on, and more than half of them', () => {
    // abbf differs in one letter from bbbf alone.
    expect(score('Hamming-1 vote', [3, 8, 8, 3, 3, 3], [0, 1, 0, 0, 0, 0])).toBe(1);
    expect(score('Hamming-1 vote', [3, 8, 8, 3, 3, 3], [0, 1, 1, 0, 0, 0])).toBe(0);
  });
});
