import type * as tf from '@tensorflow/tfjs';
import { DataError, type RandomStream } from '../../core/index.ts';
import { embedding } from '../../tensors/index.ts';
import { Module } from '../module.ts';
import { checkSize, normalParameter } from '../parameter.ts';

/** A vector for each of a number of tokens, drawn with variance 1. */
export class Embedding extends Module {
  /** Shape [entries, features]. */
  readonly table: tf.Variable;

  /** @throws OptionError "size" */
  constructor(
    private readonly entries: number,
    features: number,
    random: RandomStream,
  ) {
    super();
    checkSize('entries', entries);
    checkSize('features', features);
    this.table = normalParameter([entries, features], 1, random);
  }

  /**
   * @param ids int32 in [0, entries), any shape
   * @returns shape [...ids, features]
   * @throws DataError "id-range" | "id-type"
   */
  override call(ids: tf.Tensor): tf.Tensor {
    const values = ids.dataSync();
    const at = values.findIndex((id) => !(id >= 0 && id < this.entries));
    if (at >= 0) {
      throw new DataError('id-range', `id ${values[at]} at place ${at + 1}`, `ids are from 0 to ${this.entries - 1}`);
    }
    return embedding(this.table, ids);
  }
}
