/**
 * A training to be killed: `node --import tsx interrupted-run.ts <folder>`.
 *
 * Goes on from <folder>/checkpoint where there is one, writes it after every epoch, says "epoch N", and at the end leaves
 * the history in <folder>/history.json and the parameters in <folder>/network.safetensors.
 */
import { existsSync, readFileSync, renameSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import * as tf from '@tensorflow/tfjs';
import { RandomStream } from '../../../src/core/index.ts';
import { createSchedule, Dense, Dropout, Sequential, train } from '../../../src/networks/index.ts';
import { chooseBackend } from '../../../src/tensors/index.ts';

const [folder] = process.argv.slice(2);
const file = join(folder, 'checkpoint');
const [ROWS, INPUTS, EPOCHS] = [1500, 8, 40];

await chooseBackend({ backend: 'wasm' });
const random = new RandomStream(3);
const x = Float32Array.from({ length: ROWS * INPUTS }, () => random.normal());
const y = Float32Array.from({ length: ROWS }, (_, row) => Math.sin(x[INPUTS * row]) * x[INPUTS * row + 1]);
const network = new Sequential([
  new Dense(INPUTS, 64, random, { activation: 'gelu' }),
  new Dropout(0.2, new RandomStream(4)),
  new Dense(64, 1, random),
]);
const { history } = await train(
  network,
  { x: tf.tensor2d(x, [ROWS, INPUTS]), y: tf.tensor2d(y, [ROWS, 1]) },
  {
    epochs: EPOCHS,
    batchSize: 50,
    learningRate: 0.01,
    average: 0.95,
    schedule: createSchedule('cosine', 0.1),
    losses: {
      square: { value: (net, batch) => tf.mean(tf.square(tf.sub(net.call(batch['x']), batch['y']))) as tf.Scalar },
    },
    ...(existsSync(file) && { resume: readFileSync(file) }),
    onEpoch: ({ epoch }, checkpoint) => {
      // Written beside and moved: a file that is half written never stands in its place.
      writeFileSync(`${file}.new`, checkpoint());
      renameSync(`${file}.new`, file);
      console.log(`epoch ${epoch}`);
    },
  },
);
writeFileSync(join(folder, 'history.json'), JSON.stringify(history));
writeFileSync(join(folder, 'network.safetensors'), network.save());
