import type * as tf from '@tensorflow/tfjs';
import type { KeyValueCache } from './key-value-cache.ts';

/** A network that says token by token what comes next: what `generate` and `beamSearch` ask for. */
export interface TokenDecoder {
  readonly vocabulary: number;
  /** The longest sequence that it can read. */
  readonly length: number;
  /**
   * Reads new tokens, which are added to the cache.
   *
   * @param ids int32, shape [batch, steps]
   * @returns the logits behind every new token, shape [batch, steps, vocabulary]
   */
  step(ids: tf.Tensor, cache: KeyValueCache): tf.Tensor;
}
