import * as tf from '@tensorflow/tfjs';
import { RandomStream } from '../../../src/core/index.ts';
import {
  type Batch,
  Dense,
  type LossTerm,
  loss,
  Module,
  planingWeights,
  reverseGradient,
  Sequential,
  train,
} from '../../../src/networks/index.ts';
import type { Toy } from './toy.ts';

/** A classifier, and an adversary that guesses the mass from its score. */
class Classifier extends Module {
  readonly body: Sequential;
  readonly adversary: Sequential;

  constructor(random: RandomStream) {
    super();
    this.body = new Sequential([
      new Dense(3, 32, random, { activation: 'relu' }),
      new Dense(32, 32, random, { activation: 'relu' }),
      new Dense(32, 1, random),
    ]);
    this.adversary = new Sequential([
      new Dense(1, 32, random, { activation: 'tanh' }),
      new Dense(32, 32, random, { activation: 'tanh' }),
      new Dense(32, MASS_CLASSES, random),
    ]);
  }

  override call(x: tf.Tensor): tf.Tensor {
    return tf.reshape(this.body.call(x), [-1]);
  }
}

const MASS_CLASSES = 10;
const PLANING_BINS = 20;
const MODE_BINS = 16;
const USUAL_BATCH = 512;

type Term = LossTerm<Classifier>['value'];

/** How a method keeps the score from the mass: a term beside cross-entropy, by its strength, or weights of events. */
interface Method {
  readonly name: string;
  readonly strengths: readonly number[];
  readonly term?: (strength: number) => Term;
  readonly planed?: boolean;
  readonly adversarial?: boolean;
  /** 512 without a word; the epochs grow with it by its root. */
  readonly batchSize?: number;
}

/** Scores and masses of the background alone. */
function background(network: Classifier, batch: Batch) {
  const rows = Int32Array.from(batch['labels'].dataSync().keys());
  const labels = batch['labels'].dataSync();
  const which = tf.tensor1d(
    rows.filter((i) => labels[i] === 0),
    'int32',
  );
  const [inputs, mass, massClasses] = ['inputs', 'masses', 'massClasses'].map((name) => tf.gather(batch[name], which));
  return { score: tf.sigmoid(network.call(inputs)), mass, massClasses };
}

const moments =
  (order: number) =>
  (strength: number): Term =>
  (network, batch) => {
    const { score, mass } = background(network, batch);
    return tf.mul(strength, loss('moment-decomposition', { score, mass }, { order, bins: MODE_BINS })) as tf.Scalar;
  };

/** A new method is a new row. */
export const METHODS: readonly Method[] = [
  { name: 'plain', strengths: [0] },
  { name: 'planing', strengths: [0], planed: true },
  {
    name: 'DisCo',
    strengths: [1, 4, 15, 60],
    term: (strength) => (network, batch) => {
      const { score, mass } = background(network, batch);
      return tf.mul(strength, loss('squared-distance-correlation', { score, mass })) as tf.Scalar;
    },
  },
  // The bins of a batch of 512 hold 16 events each, and their noise is what would be fought.
  { name: 'MoDe, order 0', strengths: [20, 60, 200, 600], term: moments(0), batchSize: 2048 },
  { name: 'MoDe, order 1', strengths: [60, 200, 600], term: moments(1), batchSize: 2048 },
  {
    name: 'adversary',
    adversarial: true,
    strengths: [0.3, 1, 4, 15],
    term: (strength) => (network, batch) => {
      const { score, massClasses } = background(network, batch);
      const guess = network.adversary.call(tf.expandDims(reverseGradient(score, strength), 1));
      return loss('categorical-cross-entropy', { logits: guess, labels: massClasses });
    },
  },
];

/** The scores of a test sample after training. */
export async function trainedScores(
  method: Method,
  strength: number,
  toy: Toy,
  test: Toy,
  seed: number,
  epochs: number,
): Promise<Float32Array> {
  const events = toy.labels.length;
  const network = new Classifier(new RandomStream(seed));
  const weights = method.planed
    ? planingWeights(toy.masses, toy.labels, PLANING_BINS)
    : new Float64Array(events).fill(1);
  const classes = Int32Array.from(toy.masses, (mass) => Math.min(MASS_CLASSES - 1, Math.floor(MASS_CLASSES * mass)));
  const data = {
    inputs: tf.tensor2d(toy.inputs, [events, 3]),
    labels: tf.tensor1d(toy.labels),
    masses: tf.tensor1d(toy.masses),
    massClasses: tf.tensor1d(classes, 'int32'),
    weights: tf.tensor1d(Float32Array.from(weights)),
  };
  const classify: Term = (of, batch) =>
    loss('binary-cross-entropy', {
      logit: of.call(batch['inputs']),
      label: batch['labels'],
      weights: batch['weights'],
    });
  const extra = method.term?.(strength);
  const losses: Record<string, LossTerm<Classifier>> = { classify: { value: classify } };
  if (extra) losses['decorrelate'] = { value: extra };
  if (!method.adversarial) network.adversary.freeze();
  const { batchSize = USUAL_BATCH } = method;
  const longer = Math.round(epochs * Math.sqrt(batchSize / USUAL_BATCH));
  await train(network, data, { epochs: longer, batchSize, learningRate: 5e-3, losses, seed });
  const scores = tf.tidy(() => network.call(tf.tensor2d(test.inputs, [test.labels.length, 3])).dataSync());
  network.dispose();
  tf.dispose(Object.values(data));
  return scores as Float32Array;
}
