import * as tf from '@tensorflow/tfjs';
import { DataError, DomainError, OptionError } from '../../core/index.ts';
import type { KeyValueCache } from '../layers/key-value-cache.ts';
import type { TokenDecoder } from '../layers/token-decoder.ts';

/**
 * Reads tokens and says how likely each is that may follow.
 *
 * @param rows tokens of every sequence side by side, all equally many
 * @returns the logarithms of the probabilities behind the last token, a row a sequence
 * @throws DomainError "not-finite" when the network does not say numbers
 */
export function nextTokens(
  network: TokenDecoder,
  rows: readonly (readonly number[])[],
  cache: KeyValueCache,
): Float64Array[] {
  const { vocabulary } = network;
  const logits = tf.tidy(() => {
    const ids = tf.tensor2d(rows.flat(), [rows.length, rows[0].length], 'int32');
    const all = network.step(ids, cache);
    return tf.slice(all, [0, rows[0].length - 1, 0], [rows.length, 1, vocabulary]).dataSync();
  });
  return rows.map((_, i) => logSoftmax(logits.subarray(i * vocabulary, (i + 1) * vocabulary)));
}

/** In double precision, so that sums over long sequences stay exact. */
function logSoftmax(logits: ArrayLike<number>): Float64Array {
  const values = Float64Array.from(logits);
  const largest = values.reduce((a, b) => Math.max(a, b), Number.NEGATIVE_INFINITY);
  const total = values.reduce((sum, value) => sum + Math.exp(value - largest), 0);
  if (!Number.isFinite(total)) {
    throw new DomainError('not-finite', 'the network says no numbers for the next token', 'look at its parameters');
  }
  return values.map((value) => value - largest - Math.log(total));
}

/**
 * Refuses what cannot be continued.
 *
 * @throws OptionError "range"; DataError "prompt" when it is empty or ragged, or the network cannot read so far
 */
export function checkPrompt(
  network: TokenDecoder,
  prompt: readonly (readonly number[])[],
  maxTokens: number,
  cache: KeyValueCache | undefined,
): void {
  if (!(Number.isSafeInteger(maxTokens) && maxTokens >= 1)) {
    throw new OptionError('range', 'maxTokens', `${maxTokens}`, 'a whole number from 1');
  }
  const steps = prompt[0]?.length ?? 0;
  if (steps === 0 || prompt.some(({ length }) => length !== steps)) {
    throw new DataError('prompt', 'the beginnings are empty or differ in length', 'begin with as many tokens each');
  }
  // The last token that is made is not read.
  const longest = (cache?.length ?? 0) + steps + maxTokens - 1;
  if (longest > network.length) {
    const message = `${longest} tokens are to be read, and the network reads ${network.length}`;
    throw new DataError('prompt', message, 'ask for fewer');
  }
}

/** @throws OptionError "range" */
export function checkEnd(network: TokenDecoder, end: number | undefined): void {
  if (end === undefined || (Number.isSafeInteger(end) && end >= 0 && end < network.vocabulary)) return;
  throw new OptionError('range', 'end', `${end}`, `a token from 0 to ${network.vocabulary - 1}`);
}
