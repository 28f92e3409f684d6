import * as tf from '@tensorflow/tfjs';
import { FormatError, OptionError, ShapeError } from '../../core/index.ts';
import { decodeSafetensors, encodeSafetensors, type StoredTensor } from '../../tensors/index.ts';

/** Where training stands, beside its tensors. */
export interface TrainingPlace {
  /** Epochs done. */
  readonly epoch: number;
  /** Steps of the optimiser done. */
  readonly step: number;
  readonly seed: string;
  /** The history so far, as JSON. */
  readonly history: string;
}

const KIND = 'ansatz training';

/** The bytes of a checkpoint: a safetensors file with the place in its metadata. */
export function writeCheckpoint(
  tensors: ReadonlyMap<string, tf.Tensor>,
  place: TrainingPlace,
): Uint8Array<ArrayBuffer> {
  const stored = new Map<string, StoredTensor>();
  for (const [name, tensor] of tensors) {
    stored.set(name, { shape: tensor.shape, values: tensor.dataSync() as Float32Array });
  }
  const metadata = { kind: KIND, ...place, epoch: String(place.epoch), step: String(place.step) };
  return encodeSafetensors({ tensors: stored, metadata });
}

/**
 * Puts the tensors of a checkpoint into variables; nothing changes when one does not fit.
 *
 * @param seed of the training that is to go on
 * @throws FormatError "safetensors" | "checkpoint", ShapeError, OptionError "range" for another seed
 */
export function readCheckpoint(
  bytes: Uint8Array,
  variables: ReadonlyMap<string, tf.Variable>,
  seed: string,
): TrainingPlace {
  const { tensors, metadata } = decodeSafetensors(bytes, 'checkpoint');
  const fail = (what: string): never => {
    throw new FormatError('checkpoint', what, 'checkpoint', 0, 'it belongs to another training');
  };
  if (metadata['kind'] !== KIND) fail('is no checkpoint of a training');
  const [epoch, step] = [Number(metadata['epoch']), Number(metadata['step'])];
  if (!isCount(epoch) || !isCount(step)) fail('does not say where the training stood');
  const history = metadata['history'] ?? '';
  if (epochsOf(history) !== epoch) fail(`has no history of ${epoch} epochs`);
  if (metadata['seed'] !== seed) {
    throw new OptionError('range', 'seed', `${seed}, but the checkpoint began with ${metadata['seed']}`, 'give that');
  }
  const strange = [...tensors.keys()].filter((name) => !variables.has(name));
  const missing = [...variables.keys()].filter((name) => !tensors.has(name));
  if (strange.length + missing.length > 0) {
    fail(`tensors missing: ${missing.join(', ') || 'none'}; unknown: ${strange.join(', ') || 'none'}`);
  }
  for (const [name, { shape }] of variables) {
    const given = tensors.get(name)!.shape;
    if (tf.util.arraysEqual(shape, [...given])) continue;
    throw new ShapeError(name, `[${shape.join(', ')}]`, `[${given.join(', ')}]`, 'in the checkpoint');
  }
  for (const [name, variable] of variables) {
    const { values, shape } = tensors.get(name)!;
    tf.tidy(() => variable.assign(tf.tensor(Float32Array.from(values), [...shape])));
  }
  return { epoch, step, seed, history };
}

function isCount(value: number): boolean {
  return Number.isSafeInteger(value) && value >= 0;
}

/** How many epochs a text tells of, undefined where it is no history. */
function epochsOf(history: string): number | undefined {
  try {
    const records: unknown = JSON.parse(history);
    return Array.isArray(records) ? records.length : undefined;
  } catch {
    return undefined;
  }
}
