import * as tf from '@tensorflow/tfjs';
import { RandomStream } from '../../../src/core/index.ts';
import { type Batch, createSchedule, LanguageTransformer, train } from '../../../src/networks/index.ts';
import { crossEntropy } from '../../../src/tensors/index.ts';
import type { Data, Sequences } from './data.ts';

/** What the network is and how it is trained. */
export interface LearnerSettings {
  readonly modulus: number;
  readonly layers: number;
  readonly width: number;
  readonly heads: number;
  readonly epochs: number;
  readonly batchSize: number;
  readonly learningRate: number;
  readonly weightDecay: number;
  readonly seed: number;
}

/** Where training stood after an epoch: losses in nats a term, shares of last terms that were right. */
export interface CurvePoint {
  readonly epoch: number;
  readonly loss: number;
  readonly newLawsLoss: number;
  readonly seenLaws: number;
  readonly newLaws: number;
}

/** What came of a training. */
export interface Learned {
  readonly curve: readonly CurvePoint[];
  readonly parameters: number;
  /** Shares of last terms that are right at the end, family by family. */
  readonly seenLaws: Readonly<Record<string, number>>;
  readonly newLaws: Readonly<Record<string, number>>;
}

/** Terms that nothing says yet: they are not learned from. */
const FIRST_TERMS = 3;

function batchOf(all: readonly Sequences[]): Batch {
  const rows = all.flatMap((one) => one.rows);
  const steps = rows[0].length - 1;
  return tf.tidy(() => ({
    ids: tf.tensor2d(
      rows.map((row) => row.slice(0, -1)),
      [rows.length, steps],
      'int32',
    ),
    labels: tf.tensor2d(
      rows.map((row) => row.slice(1).map((term, i) => (i + 1 < FIRST_TERMS ? -1 : term))),
      [rows.length, steps],
      'int32',
    ),
  }));
}

/** Mean of -log p over the terms that count. */
function loss(network: LanguageTransformer, { ids, labels }: Batch): tf.Scalar {
  const [, steps] = ids.shape as [number, number];
  const share = steps / (steps - FIRST_TERMS + 1);
  return tf.mul(tf.mean(crossEntropy(network.call(ids), labels)), share) as tf.Scalar;
}

/** Shares of sequences whose last term is the likeliest one, family by family. */
export function accuracy(network: LanguageTransformer, all: readonly Sequences[]): Record<string, number> {
  return Object.fromEntries(
    all.map(({ family, rows }) => {
      const right = tf.tidy(() => {
        const steps = rows[0].length - 1;
        const ids = tf.tensor2d(
          rows.map((row) => row.slice(0, -1)),
          [rows.length, steps],
          'int32',
        );
        const last = tf.gather(network.call(ids), steps - 1, 1);
        return tf.argMax(last, -1).dataSync();
      });
      return [family, rows.filter((row, i) => row.at(-1) === right[i]).length / rows.length];
    }),
  );
}

export const mean = (shares: Readonly<Record<string, number>>): number => {
  const values = Object.values(shares);
  return values.reduce((sum, value) => sum + value, 0) / values.length;
};

/** Trains a transformer on the sequences and asks it for the last terms of those kept apart. */
export async function learn(data: Data, settings: LearnerSettings, log: (text: string) => void): Promise<Learned> {
  const { modulus, layers, width, heads, epochs, batchSize, learningRate, weightDecay, seed } = settings;
  const length = data.train[0].rows[0].length - 1;
  const network = new LanguageTransformer(
    { vocabulary: modulus, length, layers, width, heads },
    new RandomStream(seed).split(7),
  );
  const [rows, validation] = [batchOf(data.train), batchOf(data.newLaws)];
  const curve: CurvePoint[] = [];
  try {
    await train(network, rows, {
      epochs,
      batchSize,
      learningRate,
      weightDecay,
      clipNorm: 1,
      schedule: createSchedule('cosine', 0.05),
      losses: { next: { value: loss } },
      validation,
      seed,
      onEpoch: ({ epoch, loss, validationLoss }) => {
        const point = {
          epoch,
          loss,
          newLawsLoss: validationLoss!,
          seenLaws: mean(accuracy(network, data.seenLaws)),
          newLaws: mean(accuracy(network, data.newLaws)),
        };
        curve.push(point);
        log(
          `seed ${seed}, epoch ${epoch}: loss ${loss.toFixed(3)}, new laws ${validationLoss!.toFixed(3)}; ` +
            `right ${(100 * point.seenLaws).toFixed(1)} % and ${(100 * point.newLaws).toFixed(1)} %`,
        );
      },
    });
    return {
      curve,
      parameters: network.parameterCount,
      seenLaws: accuracy(network, data.seenLaws),
      newLaws: accuracy(network, data.newLaws),
    };
  } finally {
    tf.dispose([rows, validation]);
    network.dispose();
  }
}
