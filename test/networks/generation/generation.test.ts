import * as tf from '@tensorflow/tfjs';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { RandomStream } from '../../../src/core/index.ts';
import {
  beamSearch,
  generate,
  KeyValueCache,
  LanguageTransformer,
  type Module,
  SequenceTransformer,
  type TokenDecoder,
} from '../../../src/networks/index.ts';
import { chooseBackend } from '../../../src/tensors/index.ts';

const [VOCABULARY, LENGTH, END] = [4, 8, 3];
const SIZES = { layers: 1, width: 8, heads: 2, hidden: 12, vocabulary: VOCABULARY, length: LENGTH };
const PROMPTS = [
  [0, 2],
  [1, 1],
  [2, 0],
];

let language: LanguageTransformer;
let translator: SequenceTransformer;
let source: KeyValueCache;
let before = 0;

beforeAll(async () => {
  await chooseBackend({ backend: 'wasm' });
  before = tf.memory().numTensors;
  language = sharpen(new LanguageTransformer(SIZES, new RandomStream(5)));
  translator = sharpen(
    new SequenceTransformer({ ...SIZES, sourceVocabulary: 5, sourceLength: 4, padding: 0 }, new RandomStream(6)),
  );
  const ids = tf.tensor2d([1, 3, 4, 2, 2, 0], [2, 3], 'int32');
  source = translator.begin(ids);
  ids.dispose();
});

afterAll(() => {
  source.dispose();
  language.dispose();
  translator.dispose();
  expect(tf.memory().numTensors).toBe(before);
});

/** Without training every token is about as likely: larger logits set them apart. */
function sharpen<N extends Module & { readonly logits: { readonly weight: tf.Variable } }>(network: N): N {
  tf.tidy(() => network.logits.weight.assign(tf.mul(network.logits.weight, 2)));
  return network;
}

/** The logarithm of the probability of tokens behind a beginning, from one pass over all of them. */
function fromWholePass(network: LanguageTransformer, prompt: readonly number[], tokens: readonly number[]): number {
  const all = [...prompt, ...tokens];
  return tf.tidy(() => {
    const logits = network.call(tf.tensor2d([all], undefined, 'int32'));
    const likely = tf.logSoftmax(logits).dataSync();
    return tokens.reduce((sum, token, i) => sum + likely[(prompt.length + i - 1) * VOCABULARY + token], 0);
  });
}

/** Every sequence of at most so many tokens that ends where it says so, or is as long as it may be. */
function everySequence(maxTokens: number): number[][] {
  const grow = (tokens: number[]): number[][] =>
    tokens.length === maxTokens || tokens.at(-1) === END
      ? [tokens]
      : Array.from({ length: VOCABULARY }, (_, token) => grow([...tokens, token])).flat();
  return grow([]);
}

describe('beam search', () => {
  test.each([0, 0.7, 1])(
    'of full width finds what trying everything finds, with the power %s of the length',
    (power) => {
      const prompt = [1, 0];
      const all = everySequence(4)
        .map((tokens) => {
          const logProbability = fromWholePass(language, prompt, tokens);
          return { tokens, score: logProbability / tokens.length ** power };
        })
        .sort((a, b) => b.score - a.score);
      const found = beamSearch(language, prompt, { width: all.length, maxTokens: 4, end: END, lengthPower: power });
      expect(found.map(({ tokens }) => tokens)).toEqual(all.map(({ tokens }) => tokens));
      found.forEach(({ score }, i) => {
        expect(score).toBeCloseTo(all[i].score, 4);
      });
    },
  );

  test('of any width says sums of a whole pass, the best first, none twice, and no wider one is worse', () => {
    let last = Number.NEGATIVE_INFINITY;
    for (const width of [1, 2, 5, 40]) {
      const found = beamSearch(language, [2], { width, maxTokens: 5, end: END });
      expect(found.length).toBe(width);
      expect(new Set(found.map(({ tokens }) => tokens.join())).size).toBe(width);
      for (const { tokens, logProbability, score, ended } of found) {
        expect(logProbability).toBeCloseTo(fromWholePass(language, [2], tokens), 4);
        expect(score).toBe(logProbability);
        expect(ended).toBe(tokens.at(-1) === END);
      }
      const scores = found.map(({ score }) => score);
      expect(scores).toEqual([...scores].sort((a, b) => b - a));
      expect(scores[0]).toBeGreaterThanOrEqual(last);
      last = scores[0];
    }
  });

  test('of width 1 takes the likeliest token where nothing ends', () => {
    const [{ tokens }] = beamSearch(language, [2, 1], { width: 1, maxTokens: 6 });
    expect(tokens).toEqual(generate(language, [[2, 1]], { maxTokens: 6 })[0].tokens);
  });

  test('prefers long sequences the more, the higher the power of the length', () => {
    const mean = (lengthPower: number): number => {
      const found = beamSearch(language, [0], { width: 4, maxTokens: 6, end: END, lengthPower });
      return found.reduce((sum, { tokens }) => sum + tokens.length, 0);
    };
    expect(mean(2)).toBeGreaterThan(mean(0));
  });

  test('decodes a source, and leaves its cache as it was', () => {
    const one = source.select([1]);
    const found = beamSearch(translator, [0], { width: 3, maxTokens: 4, end: END, cache: one });
    const [both] = beamSearch(translator, [0], { width: 300, maxTokens: 4, end: END, cache: one });
    expect(found.length).toBe(3);
    expect(both.score).toBeGreaterThanOrEqual(found[0].score);
    expect(one.length).toBe(0);
    one.dispose();
  });
});

describe('generate', () => {
  const drawn = { maxTokens: 5, end: END, temperature: 1.3, random: new RandomStream(8) };

  test.each([
    ['the likeliest', { maxTokens: 5, end: END }],
    ['drawn ones', drawn],
    ['drawn from the best two', { ...drawn, topK: 2 }],
  ])('says the log-probability of a whole pass: %s', (_, options) => {
    const made = generate(language, PROMPTS, options);
    made.forEach(({ tokens, logProbability, ended }, row) => {
      expect(logProbability).toBeCloseTo(fromWholePass(language, PROMPTS[row], tokens), 4);
      expect(ended).toBe(tokens.at(-1) === END);
      expect(tokens.slice(0, -1)).not.toContain(END);
      if (!ended) expect(tokens.length).toBe(5);
    });
  });

  test('takes the likeliest token of a whole pass at every step', () => {
    const [{ tokens }] = generate(language, [[1]], { maxTokens: 6 });
    tokens.forEach((token, i) => {
      const scores = Array.from({ length: VOCABULARY }, (_, other) =>
        fromWholePass(language, [1, ...tokens.slice(0, i)], [other]),
      );
      expect(scores[token]).toBe(Math.max(...scores));
    });
  });

  test('draws the same from the same stream, and for a sequence the same whatever stands beside it', () => {
    const tokensOf = (prompts: number[][], seed: number) =>
      generate(language, prompts, { maxTokens: 6, temperature: 2, random: new RandomStream(seed) }).map(
        ({ tokens }) => tokens,
      );
    expect(tokensOf(PROMPTS, 1)).toEqual(tokensOf(PROMPTS, 1));
    expect(tokensOf(PROMPTS, 1)).not.toEqual(tokensOf(PROMPTS, 2));
    expect(tokensOf(PROMPTS.slice(0, 2), 1)).toEqual(tokensOf(PROMPTS, 1).slice(0, 2));
  });

  test('draws as often as the probabilities say, to the power of 1 / temperature, and from the best K alone', () => {
    const draws = 4000;
    const prompts = Array.from({ length: draws }, () => [2, 0]);
    const likely = Array.from({ length: VOCABULARY }, (_, token) => fromWholePass(language, [2, 0], [token]));
    const cut = [...likely].sort((a, b) => b - a)[1];
    for (const { temperature, topK } of [{ temperature: 1 }, { temperature: 0.5 }, { temperature: 3, topK: 2 }]) {
      const weights = likely.map((value) => (topK && value < cut ? 0 : Math.exp(value / temperature)));
      const total = weights.reduce((a, b) => a + b);
      const random = new RandomStream(4);
      const made = generate(language, prompts, { maxTokens: 1, temperature, random, ...(topK && { topK }) });
      weights.forEach((weight, token) => {
        const p = weight / total;
        const found = made.filter(({ tokens }) => tokens[0] === token).length;
        // Four standard deviations of a binomial count; exactly none where none may be.
        expect(Math.abs(found - draws * p), `token ${token}`).toBeLessThanOrEqual(4 * Math.sqrt(draws * p * (1 - p)));
      });
    }
  });

  test('decodes sources side by side as it decodes them alone', () => {
    const together = generate(translator, [[0], [0]], { maxTokens: 6, end: END, cache: source });
    for (const row of [0, 1]) {
      const one = source.select([row]);
      const [alone] = generate(translator, [[0]], { maxTokens: 6, end: END, cache: one });
      expect(alone.tokens).toEqual(together[row].tokens);
      expect(alone.logProbability).toBeCloseTo(together[row].logProbability, 4);
      one.dispose();
    }
    expect(source.length).toBe(0);
  });
});

test('a step makes as many numbers more for every token that was read before, and no more', async () => {
  const network = new LanguageTransformer({ ...SIZES, length: 400 }, new RandomStream(1));
  const cache = new KeyValueCache();
  const step = (): void => tf.tidy(() => void network.step(tf.tensor2d([[1]], [1, 1], 'int32'), cache));
  // Time says little on a busy machine; how many numbers the kernels write is exact.
  const written: number[] = [];
  for (let i = 1; i <= 400; i++) {
    if (i % 100 !== 0) step();
    else {
      const { kernels } = await tf.profile(step);
      const sizes = kernels.flatMap(({ outputShapes }) => outputShapes.map((shape) => tf.util.sizeFromShape(shape)));
      written.push(sizes.reduce((sum, size) => sum + size, 0));
    }
  }
  const more = written.slice(1).map((count, i) => count - written[i]);
  expect(more[0]).toBeGreaterThan(0);
  expect(more).toEqual([more[0], more[0], more[0]]);
  cache.dispose();
  network.dispose();
});

describe('what cannot be continued is refused', () => {
  const ok = { maxTokens: 2, width: 2 };
  const unfinished: TokenDecoder = {
    vocabulary: VOCABULARY,
    length: LENGTH,
    step: (ids) => tf.fill([...ids.shape, VOCABULARY], Number.NaN),
  };
  test.each<[string, string, () => unknown]>([
    ['no tokens to make', 'range', () => generate(language, [[1]], { maxTokens: 0 })],
    ['a negative temperature', 'range', () => generate(language, [[1]], { ...ok, temperature: -1 })],
    ['a temperature without a stream', 'range', () => generate(language, [[1]], { ...ok, temperature: 1 })],
    ['the best none', 'range', () => generate(language, [[1]], { ...ok, topK: 0 })],
    ['an end that is no token', 'range', () => generate(language, [[1]], { ...ok, end: 4 })],
    ['no beginning', 'prompt', () => generate(language, [], ok)],
    ['an empty beginning', 'prompt', () => generate(language, [[]], ok)],
    ['ragged beginnings', 'prompt', () => generate(language, [[1], [1, 2]], ok)],
    ['more than the network reads', 'prompt', () => generate(language, [[1, 2]], { maxTokens: LENGTH })],
    ['an unknown token', 'id-range', () => generate(language, [[9]], ok)],
    ['a cache of another batch', 'shape', () => generate(translator, [[1]], { ...ok, cache: source })],
    ['a network that says NaN', 'not-finite', () => generate(unfinished, [[1]], ok)],
    ['a beam of no width', 'range', () => beamSearch(language, [1], { ...ok, width: 0 })],
    ['a power below 0', 'range', () => beamSearch(language, [1], { ...ok, lengthPower: -1 })],
    ['a beam from nothing', 'prompt', () => beamSearch(language, [], ok)],
    ['a beam through NaN', 'not-finite', () => beamSearch(unfinished, [1], ok)],
  ])('%s', (_, code, attempt) => {
    const tensors = tf.memory().numTensors;
    expect(attempt).toThrow(expect.objectContaining({ code }));
    expect(tf.memory().numTensors).toBe(tensors);
  });
});
