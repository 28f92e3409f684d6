import { OptionError, type RandomStream } from '../../core/index.ts';
import { KeyValueCache } from '../layers/key-value-cache.ts';
import type { TokenDecoder } from '../layers/token-decoder.ts';
import { checkEnd, checkPrompt, nextTokens } from './next-tokens.ts';

/** What `generate` may be told. */
export interface GenerationOptions {
  /** Tokens to make at most. */
  readonly maxTokens: number;
  /** The token that ends a sequence; it is among those made. */
  readonly end?: number;
  /** 0, without a word, always takes the likeliest token; otherwise tokens are drawn from p^(1 / temperature). */
  readonly temperature?: number;
  /** Draws from so many of the likeliest tokens alone. */
  readonly topK?: number;
  /** Draws the tokens, each sequence from a stream of its own. */
  readonly random?: RandomStream;
  /** What was read before, such as the source of a `SequenceTransformer`; it stays as it is. */
  readonly cache?: KeyValueCache;
}

/** A sequence that was made. */
export interface Generated {
  /** The tokens behind the beginning. */
  readonly tokens: readonly number[];
  /** The logarithm of their probability, in nats, whatever the temperature. */
  readonly logProbability: number;
  /** Whether it came to its end. */
  readonly ended: boolean;
}

/**
 * Continues sequences token by token.
 *
 * @param prompt how they begin, all equally long
 * @throws OptionError "range"; DataError "prompt" for an empty or ragged beginning and one that becomes too long;
 *   ShapeError for a cache of another batch
 */
export function generate(
  network: TokenDecoder,
  prompt: readonly (readonly number[])[],
  options: GenerationOptions,
): Generated[] {
  const { maxTokens, end, random } = options;
  checkPrompt(network, prompt, maxTokens, options.cache);
  checkEnd(network, end);
  const choose = choice(options, network.vocabulary);
  const streams = prompt.map((_, row) => random?.split(row));
  const made = prompt.map(() => ({ tokens: [] as number[], logProbability: 0, ended: false }));
  const cache = options.cache?.clone() ?? new KeyValueCache();
  try {
    let read = prompt;
    for (let step = 0; step < maxTokens && made.some(({ ended }) => !ended); step++) {
      const likely = nextTokens(network, read, cache);
      read = made.map((one, row) => {
        // Sequences that have ended are read on, and nothing comes of it.
        if (one.ended) return [end!];
        const token = choose(likely[row], streams[row]);
        one.tokens.push(token);
        one.logProbability += likely[row][token];
        one.ended = token === end;
        return [token];
      });
    }
  } finally {
    cache.dispose();
  }
  return made;
}

type Choose = (logProbabilities: Float64Array, random: RandomStream | undefined) => number;

function choice({ temperature = 0, topK, random }: GenerationOptions, vocabulary: number): Choose {
  if (!(temperature >= 0 && Number.isFinite(temperature))) {
    throw new OptionError('range', 'temperature', `${temperature}`, 'a number from 0');
  }
  if (topK !== undefined && !(Number.isSafeInteger(topK) && topK >= 1)) {
    throw new OptionError('range', 'topK', `${topK}`, 'a whole number from 1');
  }
  if (temperature === 0) return (likely) => likely.indexOf(likely.reduce((a, b) => Math.max(a, b)));
  if (!random) throw new OptionError('range', 'random', 'none', 'give a stream to draw tokens from, or no temperature');
  const kept = Math.min(topK ?? vocabulary, vocabulary);
  return (likely, stream) => {
    const order = Array.from(likely, (_, token) => token);
    if (kept < vocabulary) order.sort((a, b) => likely[b] - likely[a] || a - b).splice(kept);
    const largest = order.reduce((most, token) => Math.max(most, likely[token]), Number.NEGATIVE_INFINITY);
    return order[stream!.weighted(order.map((token) => Math.exp((likely[token] - largest) / temperature)))];
  };
}
