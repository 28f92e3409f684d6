import * as tf from '@tensorflow/tfjs';
import { RandomStream } from '../../../src/core/index.ts';
import { createFlow } from '../../../src/networks/index.ts';
import { Adam, attention, crossEntropy, embedding, layerNorm, linear } from '../../../src/tensors/index.ts';

/** A network with data, ready to train. */
export interface Workload {
  readonly parameters: number;
  /** One step: forward, backward, Adam. */
  step(): number;
}

/** Variables in the order they are asked for, drawn from one stream. */
class Parameters {
  readonly list: tf.Variable[] = [];
  private readonly random = new RandomStream(8);

  normal(shape: number[], deviation: number): tf.Variable {
    const values = Float32Array.from({ length: tf.util.sizeFromShape(shape) }, () => deviation * this.random.normal());
    return this.add(tf.tensor(values, shape));
  }

  constant(length: number, value: number): tf.Variable {
    return this.add(tf.fill([length], value));
  }

  /** weight and bias of a dense layer */
  dense(inputs: number, outputs: number): [tf.Variable, tf.Variable] {
    return [this.normal([inputs, outputs], 1 / Math.sqrt(3 * inputs)), this.constant(outputs, 0)];
  }

  /** gain and shift of a layer normalisation */
  norm(width: number): [tf.Variable, tf.Variable] {
    return [this.constant(width, 1), this.constant(width, 0)];
  }

  private add(start: tf.Tensor): tf.Variable {
    const variable = tf.variable(start);
    start.dispose();
    this.list.push(variable);
    return variable;
  }
}

function training({ list }: { readonly list: tf.Variable[] }, loss: () => tf.Scalar): Workload {
  const optimiser = new Adam({ learningRate: 1e-3 });
  return {
    parameters: list.reduce((sum, { size }) => sum + size, 0),
    step: () =>
      tf.tidy(() => {
        const { value, grads } = tf.variableGrads(loss, list);
        optimiser.step(list.map((variable) => [variable, grads[variable.name]]));
        return value.dataSync()[0];
      }),
  };
}

/** 64-256-256-1 with relu, batch 1024, mean square. */
function mlp(): Workload {
  const parameters = new Parameters();
  const layers = [parameters.dense(64, 256), parameters.dense(256, 256), parameters.dense(256, 1)];
  const random = new RandomStream(9);
  const x = tf.tensor2d(
    Float32Array.from({ length: 1024 * 64 }, () => random.normal()),
    [1024, 64],
  );
  const [first, second] = [tf.slice(x, [0, 0], [1024, 1]), tf.slice(x, [0, 1], [1024, 1])];
  const y = tf.add(tf.sin(first), tf.mul(0.5, second));
  return training(parameters, () => {
    const [a, b, c] = layers;
    const out = linear(linear(linear(x, ...a, 'relu'), ...b, 'relu'), ...c);
    return tf.mean(tf.square(tf.sub(out, y))) as tf.Scalar;
  });
}

/** Six couplings with splines of 8 bins, networks 3-64-64-69 with relu, on six columns; batch 1024; mean -log p. */
function rqs(): Workload {
  const flow = createFlow({ dimension: 6, layers: 6, mixing: 'none' }, new RandomStream(8));
  const random = new RandomStream(9);
  const a = tf.tensor2d(
    Float32Array.from({ length: 1024 * 6 }, () => random.normal()),
    [1024, 6],
  );
  const [first, second] = tf.split(a, 2, 1);
  // Columns that depend on each other, so that there is something to learn.
  const x = tf.concat([first, tf.sub(tf.add(tf.mul(0.5, second), tf.square(first)), 1)], 1);
  return training({ list: flow.trainable() }, () => tf.neg(tf.mean(flow.logProbability(x))) as tf.Scalar);
}

/** Width 256, 4 layers, 8 heads, sequences of 32, batch 64, vocabulary 40: predict the next token. */
function transformer(): Workload {
  const [width, heads, steps, batch, vocabulary] = [256, 8, 32, 64, 40];
  const parameters = new Parameters();
  const tokens = parameters.normal([vocabulary, width], 1);
  const places = parameters.normal([steps, width], 0.02);
  const blocks = Array.from({ length: 4 }, () => ({
    first: parameters.norm(width),
    project: parameters.dense(width, 3 * width),
    join: parameters.dense(width, width),
    second: parameters.norm(width),
    widen: parameters.dense(width, 4 * width),
    narrow: parameters.dense(4 * width, width),
  }));
  const last = parameters.norm(width);
  const head = parameters.dense(width, vocabulary);
  const token = (row: number, column: number): number => ((row * (steps + 1) + column) * 7) % vocabulary;
  const shifted = (by: number): tf.Tensor => {
    const ids = Int32Array.from({ length: batch * steps }, (_, i) => token(Math.floor(i / steps), (i % steps) + by));
    return tf.tensor2d(ids, [batch, steps], 'int32');
  };
  const [ids, labels] = [shifted(0), shifted(1)];
  const later = (_: unknown, i: number) => (i % steps > Math.floor(i / steps) ? Number.NEGATIVE_INFINITY : 0);
  const mask = tf.tensor2d(Float32Array.from({ length: steps * steps }, later), [steps, steps]);
  return training(parameters, () => {
    let x = tf.add(embedding(tokens, ids), places);
    for (const { first, project, join, second, widen, narrow } of blocks) {
      const looked = attention(linear(layerNorm(x, ...first), ...project), { heads, bias: mask });
      x = tf.add(x, linear(looked, ...join));
      x = tf.add(x, linear(linear(layerNorm(x, ...second), ...widen, 'gelu'), ...narrow));
    }
    return tf.mean(crossEntropy(linear(layerNorm(x, ...last), ...head), labels)) as tf.Scalar;
  });
}

/** The workloads by the names that torch_workloads.py gives them. */
export const WORKLOADS: Readonly<Record<string, () => Workload>> = { mlp, rqs, transformer };
