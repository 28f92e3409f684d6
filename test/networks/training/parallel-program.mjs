/** What threads of the tests train: a network with dropout, on a plane. */
import * as tf from '@tensorflow/tfjs';
import { RandomStream } from 'ansatz';
import { Dense, Dropout, Sequential } from 'ansatz/networks';

export default function program({ width = 16, dropout = 0.3, fail = '' } = {}) {
  if (fail === 'throw') throw new Error('no such data');
  const network = new Sequential([
    new Dense(2, width, new RandomStream(1), { activation: 'gelu' }),
    new Dropout(dropout, new RandomStream(9)),
    new Dense(width, 1, new RandomStream(2)),
  ]);
  const value = (net, { x, y }) => tf.mean(tf.square(tf.sub(net.call(x), y)));
  const size = (net) => tf.mean(tf.square(net.layers[2].weight));
  return { network, losses: { square: { value }, size: { value: size, weight: 0.1 } } };
}
