import * as tf from '@tensorflow/tfjs';
import { beforeAll, expect, test } from 'vitest';
import { RandomStream } from '../../../src/core/index.ts';
import { beamSearch, createSchedule, generate, SequenceTransformer, train } from '../../../src/networks/index.ts';
import { chooseBackend, crossEntropy } from '../../../src/tensors/index.ts';

/** Letters are 2 to 6; 0 fills up, 1 begins and ends what comes out. */
const [PADDING, EDGE, LETTERS, LONGEST, WORDS] = [0, 1, 5, 4, 96];

beforeAll(async () => {
  await chooseBackend({ backend: 'wasm' });
});

/** Words of one to four letters, each once. */
function drawWords(random: RandomStream): number[][] {
  const words = new Map<string, number[]>();
  while (words.size < WORDS) {
    const word = Array.from({ length: 1 + random.integer(LONGEST) }, () => 2 + random.integer(LETTERS));
    words.set(String(word), word);
  }
  return [...words.values()];
}

const filled = (row: number[], length: number, by: number): number[] => [
  ...row,
  ...new Array<number>(length - row.length).fill(by),
];
const tensor = (rows: number[][]): tf.Tensor2D => tf.tensor2d(rows, undefined, 'int32');

test('a sequence transformer learns words of several lengths backwards, and decodes them alone and together', async () => {
  const before = tf.memory().numTensors;
  const random = new RandomStream(4);
  const words = drawWords(random);
  const backwards = words.map((word) => [...word].reverse());
  const sizes = { sourceVocabulary: 7, vocabulary: 7, sourceLength: LONGEST, length: LONGEST + 1, padding: PADDING };
  const network = new SequenceTransformer({ ...sizes, layers: 1, width: 32, heads: 4 }, random);
  const data = {
    source: tensor(words.map((word) => filled(word, LONGEST, PADDING))),
    given: tensor(backwards.map((word) => filled([EDGE, ...word], LONGEST + 1, PADDING))),
    // What follows the end is not learned from.
    wanted: tensor(backwards.map((word) => filled([...word, EDGE], LONGEST + 1, -1))),
  };
  await train(network, data, {
    epochs: 60,
    batchSize: 32,
    learningRate: 0.01,
    clipNorm: 1,
    schedule: createSchedule('cosine', 0.1),
    losses: {
      next: {
        value: (net, { source, given, wanted }) => tf.mean(crossEntropy(net.call(source, given), wanted)) as tf.Scalar,
      },
    },
  });
  const cache = network.begin(data.source);
  const starts = words.map(() => [EDGE]);
  const made = generate(network, starts, { maxTokens: LONGEST + 1, end: EDGE, cache });
  const right = made.filter(({ tokens }, i) => String(tokens) === String([...backwards[i], EDGE])).length;
  expect(right).toBeGreaterThanOrEqual(0.95 * WORDS);
  for (const row of [0, 1, 2]) {
    const one = cache.select([row]);
    const [best] = beamSearch(network, [EDGE], { width: 4, maxTokens: LONGEST + 1, end: EDGE, cache: one });
    expect(best.tokens).toEqual(made[row].tokens);
    one.dispose();
  }
  cache.dispose();
  network.dispose();
  tf.dispose(data);
  expect(tf.memory().numTensors).toBe(before);
});
