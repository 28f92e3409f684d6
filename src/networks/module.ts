import * as tf from '@tensorflow/tfjs';
import { FormatError, type RandomStream, ShapeError } from '../core/index.ts';
import { decodeSafetensors, encodeSafetensors, type StoredTensor } from '../tensors/index.ts';

/** The parameters of a network by name, such as "layers.0.weight". */
export type NamedParameters = ReadonlyMap<string, tf.Variable>;

/**
 * A network or a part of one. Variables and modules among its fields, also in arrays, are its parameters; their names are
 * those of the fields, joined by dots.
 */
export abstract class Module {
  /** Whether the network is being trained: what is random in it, such as dropout, is so only then. */
  private inTraining = false;

  /** What the network makes of a tensor; of more than one where it looks at more, such as a mask of padded places. */
  abstract call(x: tf.Tensor, ...more: (tf.Tensor | undefined)[]): tf.Tensor;

  get training(): boolean {
    return this.inTraining;
  }

  /** Begins or ends training, here and in all parts. */
  train(training = true): this {
    this.inTraining = training;
    for (const part of this.parts()) part.train(training);
    return this;
  }

  /** Gives every part that draws random numbers a stream of its own, so that a step can be done again. */
  seed(random: RandomStream): void {
    for (const [i, part] of this.parts().entries()) part.seed(random.split(i));
  }

  /** The modules among the fields, also in arrays. */
  private parts(): Module[] {
    return Object.values(this)
      .flat()
      .filter((value): value is Module => value instanceof Module);
  }

  /** Every parameter, in the order of the fields. */
  parameters(): NamedParameters {
    const found = new Map<string, tf.Variable>();
    for (const [name, value] of Object.entries(this)) collect(name, value, found);
    return found;
  }

  /** The parameters that training may move. */
  trainable(): tf.Variable[] {
    return [...this.parameters().values()].filter(({ trainable }) => trainable);
  }

  /** Keeps all parameters where they are, or lets them move again. */
  freeze(frozen = true): this {
    for (const variable of this.parameters().values()) variable.trainable = !frozen;
    return this;
  }

  /** How many numbers the parameters hold. */
  get parameterCount(): number {
    return [...this.parameters().values()].reduce((sum, { size }) => sum + size, 0);
  }

  /** A line a parameter: name, shape, count, and whether it is frozen. */
  summary(): string {
    const lines = [...this.parameters()].map(([name, { shape, size, trainable }]) =>
      [name, `[${shape.join(', ')}]`, String(size), trainable ? '' : 'frozen'].join('  ').trimEnd(),
    );
    return [...lines, `${this.parameterCount} parameters`].join('\n');
  }

  /** The parameters as the bytes of a safetensors file. */
  save(): Uint8Array<ArrayBuffer> {
    const tensors = new Map<string, StoredTensor>();
    for (const [name, variable] of this.parameters()) {
      tensors.set(name, { shape: variable.shape, values: variable.dataSync() as Float32Array });
    }
    return encodeSafetensors({ tensors, metadata: { format: 'ansatz' } });
  }

  /**
   * Takes every parameter from the bytes of a safetensors file. Nothing changes when one does not fit.
   *
   * @throws FormatError "safetensors" for a damaged file, "parameters" for names that are missing or unknown; ShapeError
   */
  load(bytes: Uint8Array, file = 'safetensors'): this {
    const { tensors } = decodeSafetensors(bytes, file);
    const own = this.parameters();
    const list = (names: string[]): string => names.join(', ') || 'none';
    const missing = [...own.keys()].filter((name) => !tensors.has(name));
    const unknown = [...tensors.keys()].filter((name) => !own.has(name));
    if (missing.length + unknown.length > 0) {
      const message = `parameters missing: ${list(missing)}; unknown: ${list(unknown)}`;
      throw new FormatError('parameters', message, file, 0, 'it belongs to a network of another make');
    }
    for (const [name, { shape }] of own) {
      const given = tensors.get(name)!;
      if (tf.util.arraysEqual(shape, [...given.shape])) continue;
      throw new ShapeError(name, `[${shape.join(', ')}]`, `[${given.shape.join(', ')}]`, `in ${file}`);
    }
    for (const [name, variable] of own) {
      const { values, shape } = tensors.get(name)!;
      tf.tidy(() => variable.assign(tf.tensor(Float32Array.from(values), [...shape])));
    }
    return this;
  }

  /** Frees the parameters. */
  dispose(): void {
    tf.dispose([...this.parameters().values()]);
  }
}

function collect(name: string, value: unknown, found: Map<string, tf.Variable>): void {
  if (value instanceof tf.Variable) found.set(name, value);
  else if (value instanceof Module)
    for (const [inner, variable] of value.parameters()) found.set(`${name}.${inner}`, variable);
  else if (Array.isArray(value)) for (const [i, entry] of value.entries()) collect(`${name}.${i}`, entry, found);
}
