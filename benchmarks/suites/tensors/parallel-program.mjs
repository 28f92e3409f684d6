/** What the threads of the benchmark train, from the built package: the workloads of `workloads.ts` as layers. */
import * as tf from '@tensorflow/tfjs';
import { RandomStream } from 'ansatz';
import { Dense, Embedding, PositionalEncoding, Sequential, Transformer } from 'ansatz/networks';
import { crossEntropy } from 'ansatz/tensors';

const PROGRAMS = {
  mlp: () => {
    const random = new RandomStream(8);
    const relu = { activation: 'relu' };
    const layers = [new Dense(64, 256, random, relu), new Dense(256, 256, random, relu), new Dense(256, 1, random)];
    const value = (network, { x, y }) => tf.mean(tf.square(tf.sub(network.call(x), y)));
    return { network: new Sequential(layers), losses: { square: { value } } };
  },
  transformer: () => {
    const random = new RandomStream(8);
    const [width, heads, steps, vocabulary] = [256, 8, 32, 40];
    const network = new Sequential([
      new Embedding(vocabulary, width, random),
      new PositionalEncoding(steps, width, 'learned', random),
      new Transformer({ layers: 4, width, heads, causal: true }, random),
      new Dense(width, vocabulary, random),
    ]);
    const value = (net, { tokens, next }) => tf.mean(crossEntropy(net.call(tokens), next));
    return { network, losses: { next: { value } } };
  },
};

/** Rows of data for a workload, drawn from a seed. */
export function dataOf(name, rows) {
  const random = new RandomStream(9);
  if (name === 'mlp') {
    const x = tf.tensor2d(
      Float32Array.from({ length: rows * 64 }, () => random.normal()),
      [rows, 64],
    );
    return { x, y: tf.sin(tf.slice(x, [0, 0], [rows, 1])) };
  }
  const draw = () =>
    tf.tensor2d(
      Int32Array.from({ length: rows * 32 }, () => Math.floor(40 * random.uniform())),
      [rows, 32],
      'int32',
    );
  return { tokens: draw(), next: draw() };
}

export default ({ name }) => PROGRAMS[name]();
