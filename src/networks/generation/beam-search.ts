import { OptionError } from '../../core/index.ts';
import { KeyValueCache } from '../layers/key-value-cache.ts';
import type { TokenDecoder } from '../layers/token-decoder.ts';
import type { Generated } from './generate.ts';
import { checkEnd, checkPrompt, nextTokens } from './next-tokens.ts';

/** What `beamSearch` may be told. */
export interface BeamOptions {
  /** Sequences that are followed side by side, and that come back. */
  readonly width: number;
  /** Tokens to make at most. */
  readonly maxTokens: number;
  /** The token that ends a sequence; it is among those made. */
  readonly end?: number;
  /** The score is log p / length^lengthPower; 0, without a word, is log p, and 1 the mean over tokens. */
  readonly lengthPower?: number;
  /** What was read before, such as the source of a `SequenceTransformer`; a batch of one, which stays as it is. */
  readonly cache?: KeyValueCache;
}

/** A sequence that was found, and what it was ordered by. */
export interface Scored extends Generated {
  readonly score: number;
}

/**
 * Looks for the likeliest continuations: of all that are one token longer, the best few are followed.
 *
 * @param prompt how the sequence begins
 * @returns at most `width` sequences, the best score first
 * @throws OptionError "range"; DataError "prompt" for an empty beginning and one that becomes too long; ShapeError
 * @see Wu et al., arXiv:1609.08144, for the division by a power of the length
 */
export function beamSearch(network: TokenDecoder, prompt: readonly number[], options: BeamOptions): Scored[] {
  const { width, maxTokens, end, lengthPower = 0 } = options;
  checkPrompt(network, [prompt], maxTokens, options.cache);
  checkEnd(network, end);
  if (!(Number.isSafeInteger(width) && width >= 1))
    throw new OptionError('range', 'width', `${width}`, 'a whole number from 1');
  if (!(lengthPower >= 0 && Number.isFinite(lengthPower))) {
    throw new OptionError('range', 'lengthPower', `${lengthPower}`, 'a number from 0');
  }
  const scored = (one: Generated): Scored => ({ ...one, score: one.logProbability / one.tokens.length ** lengthPower });
  let cache = options.cache?.clone() ?? new KeyValueCache();
  let alive: Generated[] = [{ tokens: [], logProbability: 0, ended: false }];
  let finished: Scored[] = [];
  try {
    let read: readonly (readonly number[])[] = [prompt];
    for (let step = 1; ; step++) {
      const longer = extend(alive, nextTokens(network, read, cache), width, end);
      finished = best([...finished, ...longer.filter(({ one }) => one.ended).map(({ one }) => scored(one))], width);
      const going = longer.filter(({ one }) => !one.ended);
      alive = going.map(({ one }) => one);
      // What goes on only loses probability: at best, all of the rest is certain.
      if (step === maxTokens || alive.length === 0) break;
      const hope = alive[0].logProbability / maxTokens ** lengthPower;
      if (finished.length === width && finished[width - 1].score >= hope) break;
      const next = cache.select(going.map(({ from }) => from));
      cache.dispose();
      cache = next;
      read = alive.map(({ tokens }) => [tokens.at(-1)!]);
    }
  } finally {
    cache.dispose();
  }
  return best([...finished, ...alive.map(scored)], width);
}

/** The `width` likeliest that go on, and before the last of them all that end. */
function extend(alive: readonly Generated[], likely: readonly Float64Array[], width: number, end: number | undefined) {
  const all = alive.flatMap((one, from) =>
    Array.from(likely[from], (value, token) => ({ from, token, sum: one.logProbability + value })),
  );
  // Equal sums in the order of sequences and tokens, so that the answer is one.
  all.sort((a, b) => b.sum - a.sum || a.from - b.from || a.token - b.token);
  const kept: { one: Generated; from: number }[] = [];
  let going = 0;
  for (const { from, token, sum } of all) {
    if (going === width) break;
    const ended = token === end;
    if (!ended) going++;
    kept.push({ one: { tokens: [...alive[from].tokens, token], logProbability: sum, ended }, from });
  }
  return kept;
}

function best(all: readonly Scored[], width: number): Scored[] {
  return [...all].sort((a, b) => b.score - a.score).slice(0, width);
}
